// The shared archives: every mail that git holds is read. Skipped where they are absent.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { openGit } from '../../../ingest/source/git.ts';
import { gitMissing } from './made-git.ts';

const archives = fileURLToPath(new URL('../../../../../shared/mail/archives/', import.meta.url));
const skip = gitMissing || (existsSync(archives) ? false : 'no ../shared/mail/archives');

// The larger ones are read by the slow tests.
for (const [name, commits] of [
  ['ksummit-discuss', 759],
  ['linux-spdx', 1033],
  ['ksummit', 3115],
] as const) {
  test(`${name} gives one mail for each of its ${commits} commits`, { skip }, async (t) => {
    const source = await openGit(`${archives}${name}.bundle`);
    t.after(() => source.close());
    const counts = { mail: 0, delete: 0, reject: 0, notice: 0, cursor: 0, restart: 0 };
    const blobs = new Set<number | string>();
    for await (const event of source.read(new Map())) {
      counts[event.kind] += 1;
      if (event.kind === 'mail') blobs.add(event.origin.at);
    }
    assert.deepEqual(counts, { mail: commits, delete: 0, reject: 0, notice: 0, cursor: commits, restart: 0 });
    assert.equal(blobs.size, commits, 'every commit holds another blob');
    assert.equal(source.listHint, name);
  });
}
