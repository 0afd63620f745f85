// Runs the server until it is stopped, and says where it is.
import type { AddressInfo } from 'node:net';
import { Fault } from '../model/fault.ts';
import { isLoopback } from '../server/host.ts';
import { buildServer } from '../server/build.ts';
import type { Store } from '../store/store.ts';
import type { Call } from './call.ts';
import { humVersion } from './version.ts';

export const defaultPort = 8125;
const highestPort = 65_535;
/** `start` goes on from a taken port to the next, so often. */
const triedPorts = 50;

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Take the next free port when this one is taken. */
  readonly orNext: boolean;
  readonly allowHosts: readonly string[];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function listenFault(error: unknown, { host, port }: Listening): Fault {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return new Fault(
      'busy',
      `port ${port} is taken`,
      `Another hum may be running. Choose another with --port N; 0 takes any free one.`,
    );
  }
  if (code === 'EACCES')
    return new Fault('permission', `port ${port} is not allowed`, 'Choose one above 1023 with --port N.');
  return new Fault('usage', `cannot listen on ${host}:${port} (${code})`, 'Check --host and --port.');
}

function urlOf(address: AddressInfo): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}/`;
}

/** Serves `store`; returns when Ctrl-C was pressed. */
export async function serveStore(call: Call, store: Store, wish: Listening): Promise<'interrupted'> {
  const { terminal, signal } = call;
  if (wish.port > highestPort)
    throw new Fault('usage', `there is no port ${wish.port}`, `Ports go up to ${highestPort}.`);
  const app = await buildServer(store, {
    version: humVersion(),
    loopbackOnly: isLoopback(wish.host) || wish.allowHosts.length > 0,
    allowHosts: wish.allowHosts,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  const last = wish.orNext && wish.port > 0 ? Math.min(highestPort, wish.port + triedPorts) : wish.port;
  for (let { port } = wish; ; port++) {
    try {
      await app.listen({ host: wish.host, port });
      break;
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || port >= last) throw listenFault(error, wish);
    }
  }
  const address = app.server.address();
  if (address !== null && typeof address === 'object') terminal.out(`${urlOf(address)}\n`);
  if (!isLoopback(wish.host)) terminal.note('hum: whoever reaches this address can read the database');
  terminal.note('Ctrl-C stops it.');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // connections kept alive by browsers would hold it open
  app.server.closeAllConnections();
  await app.close();
  return 'interrupted';
}
