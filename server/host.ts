// A server on loopback answers only to loopback names, or a page elsewhere could read it through DNS rebinding.
import type { FastifyInstance } from 'fastify';
import { HttpError } from './http-error.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Host header without its port. */
function nameOf(host: string): string {
  return host.replace(/:\d*$/, '').toLowerCase();
}

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);
}

/** @param allowed further names it answers to */
export function checkHost(app: FastifyInstance, allowed: readonly string[]): void {
  const names = new Set([...loopbackNames, ...allowed.map((name) => name.toLowerCase())]);
  app.addHook('onRequest', async (request) => {
    const name = nameOf(request.headers.host ?? '');
    if (names.has(name) || isLoopback(name)) return;
    throw new HttpError(
      421,
      'wrong-host',
      'This server answers on this machine only',
      'Use http://127.0.0.1, or start it with --allow-host NAME.',
    );
  });
}
