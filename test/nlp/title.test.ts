import assert from 'node:assert/strict';
import { test } from 'node:test';
import { titleOfSentence, titleOfSubject } from '../../nlp/title.ts';

for (const [subject, title] of [
  ['Documentation/x: Add a description of "stable parts"', 'Add a description of "stable parts"'],
  ['mm: drop the cache', 'Drop the cache'],
  ['Say "no', 'Say no'],
  ['Deprecate foo() and bar()', 'Deprecate foo() and bar()'],
  ['Move (almost) everything (finally', 'Move (almost) everything finally'],
] as const) {
  test(`title of subject: ${subject}`, () => assert.equal(titleOfSubject(subject), title));
}

for (const [sentence, title] of [
  ['I think we should drop the old format in 4.0, because nobody uses it.', 'Drop the old format in 4.0'],
  ["Let's keep the option as a build flag for those that", 'Keep the option as a build flag for those'],
  ['It rained.', ''],
] as const) {
  test(`title of sentence: ${sentence}`, () => assert.equal(titleOfSentence(sentence), title));
}
