// Answers: pages, JSON and errors in one way each.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonText } from '../views/export/json.ts';
import { errorPage } from '../views/page/error.ts';
import type { Site } from '../views/page/layout.ts';
import { HttpError } from './http-error.ts';

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page);
}

export function sendJson(reply: FastifyReply, value: unknown): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(`${jsonText(value, 2)}\n`);
}

function wantsJson(request: FastifyRequest): boolean {
  const [path = ''] = request.url.split('?');
  const accept = request.headers.accept ?? '';
  return path.endsWith('.json') || (accept.includes('application/json') && !accept.includes('text/html'));
}

/** Faults of ours keep their details for the log. */
function known(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const status: unknown =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new HttpError(status, 'bad-request', 'The request could not be read', 'Check the address.');
  }
  return new HttpError(
    500,
    'internal',
    'Something went wrong here',
    'The terminal that runs hum has the details; please report them.',
  );
}

export function sendError(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply {
  const { status, code, message, remedy } = known(error);
  if (status >= 500) request.log.error(error);
  const shape = { status, code, message, remedy };
  return wantsJson(request)
    ? sendJson(reply.code(status), { error: shape })
    : sendPage(reply.code(status), errorPage(site, shape));
}
