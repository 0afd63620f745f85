// The phrase language: what a pattern expands to, and where a bad one is faulted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PhraseError, parsePhrase } from '../../../nlp/lexicon/phrase.ts';

const classes = new Set(['i', 'adv', 'good']);
const spelling = { expansions: new Map([["don't", ['do', 'not']]]), folds: new Map([['acked', 'ack']]) };

/** One line per sequence: elements joined by spaces, anchors as written. */
function show(pattern: string): string[] {
  return parsePhrase(pattern, classes, spelling).map(({ elements, atStart, atEnd, slack, asking }) =>
    [
      ...(atStart ? ['^'] : []),
      ...elements.map((element) =>
        element.kind === 'gap' ? `..${element.most}` : element.symbols.join('|'),
      ),
      ...(slack > 0 ? [`..${slack}`] : []),
      ...(atEnd ? ['$'] : []),
      ...(asking ? ['{?}'] : []),
    ].join(' '),
  );
}

const good: [string, string[]][] = [
  ['i agree', ['i agree']],
  ['{i} {adv}? agree', ['{i} agree', '{i} {adv} agree']],
  ['(yes|no) thanks', ['no|yes thanks']],
  ['(looks|sounds) (good|like a plan)', ['looks|sounds good', 'looks|sounds like a plan']],
  ['not ..3 (need|want)', ['not ..3 need|want']],
  ['^ correct $', ['^ correct $']],
  ['^ really $ {?}', ['^ really $ {?}']],
  ['propos* it', ['propos* it']],
  ['a ..2 b?', ['a', 'a ..2 b']],
  ['^ ..2 no', ['^ ..2 no']],
  ['fine ..2 $', ['fine ..2 $']],
  ['..2 no', ['no']],
  ['(a (b|c d)|e)? f', ['f', 'a b f', 'a c d f', 'e f']],
  ['+1 for', ['+1 for']],
  ["(i|we) don't (acked|like)", ['i|we do not ack|like']],
  ["(can|don't) it", ['can it', 'do not it']],
];
for (const [pattern, expected] of good) {
  test(`"${pattern}"`, () => assert.deepEqual(show(pattern).toSorted(), expected.toSorted()));
}

const bad: [string, RegExp, number][] = [
  ['{good', /without "}"/, 0],
  ['i {nosuch} it', /unknown word class/, 2],
  ['(a|b', /without "\)"/, 0],
  ['a) b', /without "\("/, 1],
  ['a | b', /outside/, 2],
  ['(a|) b', /empty alternative/, 0],
  ['? a', /after nothing/, 0],
  ['a ..9 b', /\.\.1 to \.\.6/, 2],
  ['a ^ b', /stands first/, 0],
  ['a $ b', /stands last/, 0],
  ['I agree', /lower case/, 0],
  ['a hard-cut ban', /not a word/, 2],
  ['a?', /at least one word/, 0],
  ['(a|b c)?'.repeat(10) + ' d', /variants/, 0],
];
for (const [pattern, cause, at] of bad) {
  test(`faults "${pattern}"`, () => {
    assert.throws(
      () => show(pattern),
      (error) => error instanceof PhraseError && cause.test(error.message) && (at === 0 || error.at === at),
    );
  });
}
