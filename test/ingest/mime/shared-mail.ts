// The mails under ../shared/mail, for tests that are skipped where that folder is absent.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSource } from '../../../ingest/source/open.ts';
import type { RawMail } from '../../../model/source.ts';

const folder = fileURLToPath(new URL('../../../../../shared/mail/', import.meta.url));

export const missing: string | false = existsSync(folder) ? false : '../shared/mail is not here';

/** Files of a subfolder in order of names, with their paths. */
export function sharedFiles(
  subfolder: string,
  wanted: RegExp,
): readonly { readonly name: string; readonly path: string }[] {
  if (missing) return [];
  return readdirSync(join(folder, subfolder))
    .filter((name) => wanted.test(name))
    .toSorted()
    .map((name) => ({ name, path: join(folder, subfolder, name) }));
}

/** The mails of one file as its source gives them. */
export async function* mailsOf(path: string): AsyncGenerator<RawMail> {
  const source = await openSource(path);
  try {
    for await (const event of source.read(new Map())) {
      if (event.kind === 'mail') yield event;
    }
  } finally {
    await source.close();
  }
}
