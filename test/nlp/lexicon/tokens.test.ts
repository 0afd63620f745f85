// Words, offsets, contractions and breaks of one sentence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openSpelling, tokenize } from '../../../nlp/lexicon/tokens.ts';

const spelling = openSpelling({
  expansions: new Map([
    ["don't", ['do', 'not']],
    ["i'm", ['i', 'am']],
  ]),
  folds: new Map([['acked', 'ack']]),
});

/** Words, with `,` before one after a pause and `;` before one after a stop. */
function show(text: string): string {
  return tokenize(text, spelling)
    .list.map((token) => ['', ',', ';'][token.gap] + token.word)
    .join(' ');
}

const table: [string, string][] = [
  ["I'm fine, thanks.", 'i am fine ,thanks'],
  ['I don’t\n  know', 'i do not know'],
  ['a hard-cut ban', 'a hard cut ban'],
  ['+1 (binding)', '+1 ,binding'],
  ['-0 from me; -1 later', '-0 from me ;-1 later'],
  ['*not* _good_ `foo_bar`', 'not good foo_bar'],
  ['fs/foo.c is 5.10', 'fs foo c is 5 10'],
  ['Acked-by: Ada', 'ack by ;ada'],
  ['yes - but no', 'yes ,but no'],
  ['yes -- but', 'yes ,but'],
  ['well... no', 'well ;no'],
  ['Grüße, Jürgen', 'grüße ,jürgen'],
  ['std::move', 'std move'],
  ['', ''],
  ['?!*', ''],
];
for (const [text, expected] of table) {
  test(JSON.stringify(text), () => assert.equal(show(text), expected));
}

test('asks and exclaims read the last mark', () => {
  const marks = (text: string): [boolean, boolean] => {
    const { asks, exclaims } = tokenize(text, spelling);
    return [asks, exclaims];
  };
  assert.deepEqual(marks('Why?'), [true, false]);
  assert.deepEqual(marks('Why?!'), [true, true]);
  assert.deepEqual(marks('Why? Because.'), [false, false]);
  assert.deepEqual(marks('No!'), [false, true]);
});

test('offsets point at the written words, in order, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      let before = 0;
      for (const { start, end } of tokenize(text, spelling).list) {
        assert.ok(start >= before && end > start && end <= text.length);
        before = start;
      }
    }),
  );
});
