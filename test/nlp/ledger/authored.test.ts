// Compares what is taken for the sender's own words with the reading of the mails that judges use, line by line, and
// measures how well labeled spans fit sentences and clauses. Needs ../shared and python3, else skipped.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { segmentBody } from '../../../nlp/ledger/segment.ts';
import { splitSentences } from '../../../nlp/ledger/sentence.ts';

const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

/** Prints one JSON array per message: body, authored (per line), spans of its labeled segments. */
const DUMP = `
import sys, json, glob
sys.path.insert(0, sys.argv[1] + 'gold/tools')
import threadtext as tt, goldfile as gf
for path in sorted(glob.glob(sys.argv[1] + 'gold/dev/*.json')):
    gold = gf.read(path)
    mbox = gf.find_mbox(gold, path)
    spans = {}
    messages = tt.load(mbox)
    for s in gold['segments']:
        m = next((m for m in messages if m.message_id == s['msg']), None)
        span = m and gf.locate(m, s['quote'], s.get('occ', 1))
        if span: spans.setdefault(s['msg'], []).append(span)
    for m in messages:
        print(json.dumps([m.body, m.authored, spans.get(m.message_id, [])]))
`;

interface Judged {
  readonly body: string;
  readonly authored: readonly boolean[];
  readonly spans: readonly { readonly start: number; readonly end: number }[];
}

function readJudged(): Judged[] {
  const run = spawnSync('python3', ['-B', '-c', DUMP, shared], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  assert.equal(run.status, 0, run.stderr);
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => {
      const row: unknown = JSON.parse(line);
      assert.ok(Array.isArray(row));
      const [body, authored, spans] = row as [string, boolean[], [number, number][]];
      // Python counts code points, JavaScript UTF-16 units
      const points = [...body];
      const shift = (at: number): number => points.slice(0, at).join('').length;
      const wide = points.length !== body.length;
      return {
        body,
        authored,
        spans: spans.map(([start, end]) =>
          wide ? { start: shift(start), end: shift(end) } : { start, end },
        ),
      };
    });
}

/** Token overlap of two ranges, as the scorer counts it. */
function overlap(
  tokens: readonly (readonly [number, number])[],
  a: [number, number],
  b: [number, number],
): number {
  let both = 0;
  let any = 0;
  for (const [start, end] of tokens) {
    const inA = start < a[1] && end > a[0];
    const inB = start < b[1] && end > b[0];
    if (inA && inB) both++;
    if (inA || inB) any++;
  }
  return any === 0 ? 0 : both / any;
}

const python = spawnSync('python3', ['--version']).status === 0;
const missing = !existsSync(`${shared}gold/dev`)
  ? '../shared/gold is not here'
  : !python
    ? 'python3 is not here'
    : false;

test('own words are authored by the measure of the judges, and labeled spans fit', { skip: missing }, (t) => {
  const counts = { both: 0, codeOnly: 0, judgesOnly: 0 };
  const wrong: string[] = [];
  const fit = { spans: 0, half: 0, quarter: 0 };
  for (const { body, authored, spans } of readJudged()) {
    const { segments, trailers } = segmentBody(body);
    let offset = 0;
    let at = 0;
    for (const [i, line] of body.split('\n').entries()) {
      while (at + 1 < segments.length && (segments[at]?.end ?? 0) <= offset) at++;
      const kind = segments[at]?.kind;
      if (line.trim() !== '') {
        const own = kind === 'own' || kind === 'trailer';
        if (own && authored[i] !== true) wrong.push(line);
        else if (own) counts.both++;
        else if (authored[i] === true && kind === 'code') counts.codeOnly++;
        else if (authored[i] === true) counts.judgesOnly++;
      }
      offset += line.length + 1;
    }
    const tokens = [...body.matchAll(/\S+/g)].map((m): [number, number] => [m.index, m.index + m[0].length]);
    const units: [number, number][] = [
      ...splitSentences(body, segments).flatMap((one) => [one, ...one.clauses]),
      ...trailers.map((trailer) => trailer.span),
    ].map((one) => [one.start, one.end]);
    for (const span of spans) {
      const near = units.filter(([start, end]) => start < span.end && end > span.start);
      const best = Math.max(0, ...near.map((unit) => overlap(tokens, unit, [span.start, span.end])));
      fit.spans++;
      if (best >= 0.5) fit.half++;
      if (best >= 0.25) fit.quarter++;
    }
  }
  t.diagnostic(
    `lines own for both ${counts.both}, code to us ${counts.codeOnly}, else to judges only ${counts.judgesOnly}`,
  );
  t.diagnostic(
    `spans ${fit.spans}, IoU >= .5: ${(fit.half / fit.spans).toFixed(4)}, >= .25: ${(fit.quarter / fit.spans).toFixed(4)}`,
  );
  assert.deepEqual(wrong, [], 'lines taken for own words that the judges do not');
  assert.ok(counts.both > 10_000);
  assert.ok(counts.judgesOnly / counts.both < 0.002);
  assert.ok(counts.codeOnly / counts.both < 0.07);
  assert.ok(fit.half / fit.spans > 0.95, 'spans with a sentence or clause of IoU .5');
  assert.ok(fit.quarter / fit.spans > 0.99, 'spans with a sentence or clause of IoU .25');
});
