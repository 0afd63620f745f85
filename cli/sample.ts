// The made-up debate that comes with hum, and the database it is read into: apart from the user's own, made anew when
// the sample changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../model/fault.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { cacheFolder } from './folder.ts';

const sampleFolder = fileURLToPath(new URL('../../data/sample/', import.meta.url));

/** Paths of the sample's mailboxes. @throws Fault noInput when they were not installed */
export function sampleFiles(): readonly string[] {
  const names = existsSync(sampleFolder) ? readdirSync(sampleFolder) : [];
  const files = names.filter((name) => name.endsWith('.mbox')).toSorted();
  if (files.length === 0) {
    throw new Fault(
      'noInput',
      `there is no sample in ${sampleFolder}`,
      'Name a source: hum start thread.mbox',
    );
  }
  return files.map((name) => join(sampleFolder, name));
}

export function sampleDatabase(env: NodeJS.ProcessEnv): string {
  const hash = createHash('sha1');
  for (const path of sampleFiles()) hash.update(readFileSync(path));
  return join(cacheFolder(env), `sample-${hash.digest('hex').slice(0, 12)}.sqlite`);
}

/** A sample database that cannot be opened (damaged, or from a newer version) is made again: nothing in it is the user's. */
export function openSample(env: NodeJS.ProcessEnv): Store {
  const path = sampleDatabase(env);
  mkdirSync(cacheFolder(env), { recursive: true });
  try {
    return openStore(path);
  } catch (error) {
    if (!(error instanceof Fault) || error.exit !== 'config') throw error;
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    return openStore(path);
  }
}
