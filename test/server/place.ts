// A server over a database in memory with the made mails, for tests by injection.
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { openSource } from '../../ingest/source/open.ts';
import { addSource } from '../../pipeline/add.ts';
import { buildServer } from '../../server/build.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { debate, hostile, mbox, other, type MadeMail } from '../cli/mail.ts';

export interface Served {
  readonly app: FastifyInstance;
  readonly store: Store;
  close(): Promise<void>;
}

export async function addMails(
  store: Store,
  list: string,
  mails: readonly MadeMail[],
  analyze = true,
): Promise<void> {
  const source = await openSource('-', { stdin: Readable.from([Buffer.from(mbox(mails))]) });
  await addSource(store, source, { list, analyze, version: 'test' });
  await source.close();
}

export async function serveMade(): Promise<Served> {
  const store = openStore(':memory:');
  await addMails(store, 'tools', [...debate, other]);
  await addMails(store, 'odd', [hostile, ...debate.slice(0, 1)]);
  const app = await buildServer(store, {
    version: 'test',
    loopbackOnly: true,
    allowHosts: ['hum.example.org'],
  });
  return {
    app,
    store,
    async close() {
      await app.close();
      store.close();
    },
  };
}
