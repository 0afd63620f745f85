// kill -9 at ten random instants during `add` of a made git archive of 3,000 mails, each time run again from what was left:
// the database ends row for row as after an undisturbed run.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../store/open.ts';
import { addEntries, gitMissing, scratch } from '../ingest/source/made-git.ts';
import { madeArchive } from '../pipeline/made-source.ts';
import { dumpDatabase } from '../store/dump.ts';

const child = new URL('kill-child.js', import.meta.url).pathname;

interface Run {
  readonly killed: boolean;
  readonly milliseconds: number;
}

async function run(path: string, repo: string, killAfter?: number): Promise<Run> {
  const start = performance.now();
  const process_ = spawn(process.execPath, [child, path, repo], { stdio: ['ignore', 'ignore', 'inherit'] });
  const timer = killAfter === undefined ? undefined : setTimeout(() => process_.kill('SIGKILL'), killAfter);
  const [status] = await once(process_, 'exit');
  clearTimeout(timer);
  assert.ok(status === null || status === 0, String(status));
  return { killed: status === null, milliseconds: performance.now() - start };
}

test(
  'killed at ten random instants, add ends in the same rows',
  { skip: gitMissing, timeout: 600_000 },
  async (t) => {
    const dir = scratch(t);
    const repo = join(dir, 'made.git');
    addEntries(
      repo,
      madeArchive(3_000).flatMap(([kind, text]) =>
        kind === 'm' || kind === 'd' ? [[kind, text] as const] : [],
      ),
    );
    const whole = join(dir, 'whole.db');
    const { milliseconds } = await run(whole, repo);
    const expected = dumpDatabase(whole);
    assert.ok((expected['message']?.length ?? 0) > 2_500);

    const cut = join(dir, 'cut.db');
    const instants: number[] = [];
    for (let kills = 0; kills < 10;) {
      // Spread over the run; what a killed run did is not done again, so the later ones come late in it.
      const after = Math.random() * milliseconds;
      instants.push(Math.round(after));
      const { killed } = await run(cut, repo, after);
      const store = openStore(cut);
      assert.deepEqual(store.check(), [], `after ${instants.join(', ')} ms`);
      store.close();
      if (!killed) {
        // It got through before its time: begin anew with what is left to kill.
        const found = dumpDatabase(cut);
        for (const [table, rows] of Object.entries(expected)) assert.deepEqual(found[table], rows, table);
        for (const end of ['', '-wal', '-shm', '.lock']) rmSync(cut + end, { force: true });
        continue;
      }
      kills += 1;
    }
    await run(cut, repo);
    t.diagnostic(`killed after ${instants.join(', ')} ms of about ${Math.round(milliseconds)}`);
    const found = dumpDatabase(cut);
    for (const [table, rows] of Object.entries(expected)) assert.deepEqual(found[table], rows, table);
  },
);
