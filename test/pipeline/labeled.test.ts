// On the real labeled debates where they are present: the scorer here and the reference scorer give the same numbers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { analyzeDebate } from '../../nlp/analyze.ts';
import { countReport, measures, total } from '../../nlp/train/score/measure.ts';
import { matchPeople, viewOfReport } from '../../nlp/train/score/view.ts';
import { readLabeled } from '../../pipeline/labeled.ts';

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const gold = join(shared, 'gold');
const python = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))']).status === 0;
const absent = !existsSync(join(gold, 'tools/score.py'))
  ? '../shared/gold is not here'
  : !python
    ? 'python3 is not here'
    : false;

test('scores agree with the reference scorer', { skip: absent }, async () => {
  const labeled = await readLabeled(join(gold, 'dev'), join(shared, 'mail/dev'));
  const folder = mkdtempSync(join(tmpdir(), 'hum-scores-'));
  try {
    const rows = labeled.map((one) => {
      const report = analyzeDebate(one.debate, one.ledger, one.context);
      writeFileSync(join(folder, `${one.gold.threadId}.json`), JSON.stringify(report));
      const people = matchPeople(one.gold, report, one.mail);
      return countReport(
        one.gold,
        one.mail,
        one.view,
        viewOfReport(report, one.mail, people),
        report,
        people,
      );
    });
    const counts = total(rows);
    const options = [
      '--gold',
      'dev',
      '--mail',
      '../mail',
      '--pred',
      folder,
      '--json',
      '--resamples',
      '1',
      '--chance-runs',
      '1',
    ];
    const run = spawnSync('python3', ['tools/score.py', ...options], {
      cwd: gold,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
    });
    assert.equal(run.status, 0, run.stderr);
    const printed: unknown = JSON.parse(run.stdout);
    const reference = flatten(printed);
    let compared = 0;
    for (const measure of measures) {
      const theirs = reference.get(
        measure.key === 'target.P'
          ? 'target.proposals'
          : measure.key === 'target.A'
            ? 'target.axes'
            : measure.key,
      );
      if (theirs === undefined) continue;
      compared++;
      assert.ok(
        Math.abs((measure.value(counts) ?? Number.NaN) - theirs) < 0.005,
        `${measure.key}: ${measure.value(counts)} against ${theirs}`,
      );
    }
    assert.ok(compared >= 30, `only ${compared} measures compared`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** measure key -> value, wherever the table of measures stands in the scorer's output. */
function flatten(printed: unknown): Map<string, number> {
  const found = new Map<string, number>();
  const stack: unknown[] = [printed];
  while (stack.length > 0) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    for (const [key, value] of Object.entries(node)) {
      if (typeof value !== 'object' || value === null) continue;
      if ('title' in value && 'value' in value && typeof value.value === 'number')
        found.set(key, value.value);
      else stack.push(value);
    }
  }
  return found;
}
