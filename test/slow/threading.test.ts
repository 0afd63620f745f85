// Our threads of two real archives against the References graph, public-inbox and notmuch. Skips what is not installed.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareThreading, printComparison } from '../../bench/threading.ts';

const archives = fileURLToPath(new URL('../../../../shared/mail/archives/', import.meta.url));

for (const name of ['linux-spdx.bundle', 'ksummit-discuss.bundle']) {
  const bundle = join(archives, name);
  const skip = existsSync(bundle) ? false : `${name} is not in ../shared/mail/archives`;
  test(`threads of ${name} are those of other tools`, { skip }, async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'hum-threading-'));
    try {
      const comparison = await compareThreading(bundle, folder);
      for (const tool of comparison.absent) context.diagnostic(`${tool} is not installed, not compared`);
      const text = printComparison(comparison);
      for (const one of comparison.differences) {
        assert.deepEqual(one.unshared, [], text);
        assert.deepEqual(one.otherThread, [], text);
        assert.equal(one.ourThreads, one.theirThreads, text);
        assert.deepEqual(
          one.otherParent.filter(({ cause }) => cause !== 'absent parent'),
          [],
          text,
        );
        if (one.tool === 'public-inbox') assert.deepEqual(one.otherParent, [], text);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
