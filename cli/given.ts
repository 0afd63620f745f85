// Files a user names beside mail: --mailmap, --maintainers, --roles. `none` forgets what was remembered.
import { readFileSync, statSync } from 'node:fs';
import { fileFault } from '../ingest/source/bytes.ts';
import { Fault } from '../model/fault.ts';
import type { Given, GivenFile } from '../pipeline/given.ts';
import type { Call } from './call.ts';

/** Linux's MAINTAINERS has a megabyte. */
const mostBytes = 32 * 1024 * 1024;

function readGiven(path: string | undefined): GivenFile | 'forget' | undefined {
  if (path === undefined) return undefined;
  if (path === 'none') return 'forget';
  try {
    const found = statSync(path);
    if (found.isDirectory()) {
      throw new Fault('badInput', `${path} is a folder, not a file`, 'Name the file itself.');
    }
    if (found.size > mostBytes) {
      throw new Fault(
        'badInput',
        `${path} has ${found.size} bytes`,
        'Name a .mailmap, MAINTAINERS or roles.toml.',
      );
    }
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw fileFault(path, error);
  }
}

/** @throws Fault noInput, permission or badInput naming the file */
export function givenBy({ options }: Call): Given {
  const mailmap = readGiven(options.text('mailmap'));
  const maintainers = readGiven(options.text('maintainers'));
  const roles = readGiven(options.text('roles'));
  return {
    ...(mailmap !== undefined && { mailmap }),
    ...(maintainers !== undefined && { maintainers }),
    ...(roles !== undefined && { roles }),
  };
}
