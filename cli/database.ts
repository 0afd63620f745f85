// Finds and opens the database: --db, else HUM_DB, else the XDG data folder.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../model/fault.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Call } from './call.ts';
import { dataFolder } from './folder.ts';

export function databasePath({ options, env }: Pick<Call, 'options' | 'env'>): string {
  const set = env['HUM_DB'] ?? '';
  return options.text('db') ?? (set === '' ? join(dataFolder(env), 'hum.sqlite') : set);
}

/** Opens the database for writing, makes it when there is none. */
export function openForWriting(call: Call): Store {
  return openStore(databasePath(call));
}

/** @throws Fault noInput when there is no database yet */
export function openForReading(call: Call): Store {
  const path = databasePath(call);
  if (path !== ':memory:' && !existsSync(path)) {
    throw new Fault(
      'noInput',
      `there is no database at ${path}`,
      'Make one with `hum add SOURCE`, or name another with --db FILE or HUM_DB.',
    );
  }
  return openStore(path, { readonly: true });
}
