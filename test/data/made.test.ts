// The made-up clauses of data/train/made: every line well formed, nothing twice, and long enough to sound like mail.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../data/train/made/', import.meta.url));

/** Label -> its kinds; an empty list means that it takes none. */
const KINDS: Record<string, readonly string[]> = {
  PROPOSAL: [],
  SUPPORT: [],
  OPPOSE: [],
  CONDITIONAL: [],
  NEUTRAL: [],
  CONCEDE: ['yield', 'persuaded', 'withdraw'],
  QUESTION: ['information', 'confirmation', 'decision-request'],
  DECISION: [
    'applied',
    'merged',
    'accepted',
    'nacked',
    'rejected',
    'consensus',
    'withdrawn',
    'superseded',
    'deferred',
    'partial',
  ],
  RATIONALE: ['for', 'against'],
  NONE: [],
};
const STRENGTHS = ['strong', 'normal', 'weak'];
const STANCES = ['SUPPORT', 'OPPOSE', 'CONDITIONAL', 'NEUTRAL'];
const KEYS = ['label', 'quoted', 'text', 'kind', 'strength'];
/** Files older than the debates, with shorter clauses. */
const SHORT_FILES = ['plain.jsonl', 'prose.jsonl', 'replies.jsonl'];
/** Words of a clause in the debate files, and the share that must lie between. */
const SHORTEST = 8;
const LONGEST = 45;
const SHARE_IN_BOUNDS = 0.95;
/** Share of the clauses of debates that answer a quoted line. */
const SHARE_ANSWERING = 0.6;
/** Answers that occur with two labels or more. */
const FEWEST_PAIRS = 150;
/** Breaks, doubled blanks and typographic quotes: none of them in these files. */
const UNTIDY = /[\n\r\t\u2018\u2019\u201c\u201d]| {2}|^ | $/;
/** Addresses and pages outside the example domains of RFC 2606. */
const FOREIGN = /\w@(?!example\.(?:com|net|org))\w|https?:\/\/(?!(?:[a-z]+\.)?example\.(?:com|net|org))/;

interface Line {
  readonly place: string;
  readonly file: string;
  readonly fields: ReadonlyMap<string, string>;
}

const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
const lines = files.flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text, index): Line => {
      const place = `${file}:${index + 1}`;
      const value: unknown = JSON.parse(text);
      assert.ok(typeof value === 'object' && value !== null, `${place}: no object`);
      const fields = Object.entries(value).map(([key, field]: [string, unknown]): [string, string] => {
        assert.ok(typeof field === 'string', `${place}: ${key} is no string`);
        return [key, field];
      });
      return { place, file, fields: new Map(fields) };
    }),
);
const debates = lines.filter((line) => !SHORT_FILES.includes(line.file));

function field(line: Line, key: string): string {
  return line.fields.get(key) ?? '';
}

/** What two clauses share that differ in punctuation and case only. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+-]+/gu, ' ')
    .trim();
}

function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Places of the lines for which `isFaulty` holds. */
function faults(among: readonly Line[], isFaulty: (line: Line) => boolean): string[] {
  return among.filter(isFaulty).map((line) => `${line.place} ${field(line, 'text')}`);
}

test('there are clauses', () => {
  assert.ok(lines.length > 6_000, `only ${lines.length} lines`);
  assert.ok(SHORT_FILES.every((name) => files.includes(name)));
});

test('each line has a known label and no field but the five', () => {
  const strange = (line: Line): boolean =>
    !(field(line, 'label') in KINDS) || [...line.fields.keys()].some((key) => !KEYS.includes(key));
  assert.deepEqual(faults(lines, strange), []);
});

test('each line says what it answers, if only ""', () => {
  assert.deepEqual(
    faults(lines, (line) => !line.fields.has('quoted') || field(line, 'text') === ''),
    [],
  );
});

test('kinds fit labels', () => {
  const unfit = (line: Line): boolean => {
    const kinds = KINDS[field(line, 'label')] ?? [];
    const kind = line.fields.get('kind');
    return kinds.length === 0 ? kind !== undefined : !kinds.includes(kind ?? '');
  };
  assert.deepEqual(faults(lines, unfit), []);
});

test('only stances have a strength', () => {
  const unfit = (line: Line): boolean => {
    const strength = line.fields.get('strength');
    return (
      strength !== undefined && !(STRENGTHS.includes(strength) && STANCES.includes(field(line, 'label')))
    );
  };
  assert.deepEqual(faults(lines, unfit), []);
});

test('text is tidy, and names only example addresses and pages', () => {
  const untidy = (line: Line): boolean =>
    ['text', 'quoted'].some((key) => UNTIDY.test(field(line, key)) || FOREIGN.test(field(line, key)));
  assert.deepEqual(faults(lines, untidy), []);
});

test('nothing is there twice under the same quoted line', () => {
  const seen = new Map<string, string>();
  const twice = lines.flatMap((line) => {
    const key = `${bare(field(line, 'quoted'))}\n${bare(field(line, 'text'))}`;
    const first = seen.get(key);
    seen.set(key, line.place);
    return first === undefined ? [] : [`${line.place} repeats ${first}`];
  });
  assert.deepEqual(twice, []);
});

test('clauses of debates are as long as in mail', () => {
  const counts = debates.map((line) => wordCount(field(line, 'text'))).toSorted((a, b) => a - b);
  const inBounds = counts.filter((count) => count >= SHORTEST && count <= LONGEST).length;
  assert.ok(inBounds / counts.length >= SHARE_IN_BOUNDS, `${inBounds} of ${counts.length} in bounds`);
  const median = counts[counts.length >> 1] ?? 0;
  assert.ok(median >= 15 && median <= 25, `median ${median}`);
});

test('most clauses of debates answer a line', () => {
  const answering = debates.filter((line) => field(line, 'quoted') !== '').length;
  assert.ok(answering / debates.length >= SHARE_ANSWERING, `${answering} of ${debates.length}`);
});

test('many answers mean another thing under another line', () => {
  const labels = new Map<string, Set<string>>();
  for (const line of debates) {
    const text = bare(field(line, 'text'));
    labels.set(text, (labels.get(text) ?? new Set()).add(field(line, 'label')));
  }
  const many = [...labels.values()].filter((known) => known.size > 1).length;
  assert.ok(many >= FEWEST_PAIRS, `only ${many}`);
});

test('every label and kind is there', () => {
  const missing = Object.entries(KINDS).flatMap(([label, kinds]) =>
    (kinds.length > 0 ? kinds : [undefined])
      .filter((kind) => !debates.some((l) => field(l, 'label') === label && l.fields.get('kind') === kind))
      .map((kind) => `${label} ${kind ?? ''}`),
  );
  assert.deepEqual(missing, []);
});

test('the README counts the clauses of each file', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const counted = [...readme.matchAll(/^\| `([a-z-]+\.jsonl)` \| ([\d,]+) \|/gm)].map(
    ([, file, count]) => [file, Number((count ?? '').replaceAll(',', ''))] as const,
  );
  const real = files.map((file) => [file, lines.filter((line) => line.file === file).length] as const);
  assert.deepEqual(new Map(counted), new Map(real));
});
