// ETag and 304 for pages made on request (RFC 9110 sections 8.8.3 and 13.1.2).
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

function matches(header: string, tag: string): boolean {
  return header.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === tag);
}

/** Tags every successful text answer by its bytes. */
export function tagEntities(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const tagged = typeof payload === 'string' && reply.statusCode === 200 && !reply.hasHeader('etag');
    if (!tagged || (request.method !== 'GET' && request.method !== 'HEAD')) return payload;
    const tag = `"${createHash('sha1').update(payload).digest('base64url')}"`;
    reply.header('etag', tag).header('cache-control', 'no-cache');
    const known = request.headers['if-none-match'];
    if (known === undefined || !matches(known, tag)) return payload;
    reply.code(304).removeHeader('content-length');
    return null;
  });
}
