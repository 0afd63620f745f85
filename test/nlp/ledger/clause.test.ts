// Clauses: where a sentence turns, and by which word.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitClauses } from '../../../nlp/ledger/clause.ts';

/** Clauses as `connective: words`. */
function clausesOf(sentence: string): string[] {
  return splitClauses(sentence, 0, sentence.length).map(
    (clause) => `${clause.connective}: ${sentence.slice(clause.start, clause.end)}`,
  );
}

const table: readonly (readonly [string, readonly string[]])[] = [
  ['This is fine.', [': This is fine.']],
  ['I like the idea, but the patch is wrong.', [': I like the idea,', 'but: but the patch is wrong.']],
  ['I like the idea but the patch is wrong.', [': I like the idea', 'but: but the patch is wrong.']],
  ['It works; nobody asked for it, however.', [': It works;', ': nobody asked for it, however.']],
  ['I would take it if the name changed.', [': I would take it', 'if: if the name changed.']],
  ['If the name changed, I would take it.', ['if: If the name changed,', ': I would take it.']],
  ['Keep it unless somebody objects to it.', [': Keep it', 'unless: unless somebody objects to it.']],
  ['We need it because users rely on it.', [': We need it', 'because: because users rely on it.']],
  ['But it is what it is, so we can go on now.', ['but: But it is what it is,', 'so: so we can go on now.']],
  ['I agree, we should drop the old helper.', [': I agree,', ': we should drop the old helper.']],
  ['Yes, please.', [': Yes,', ': please.']],
  ['I agree with everything except the name of it.', [': I agree with everything except the name of it.']],
  ['All of it is fine, except the name of it.', [': All of it is fine,', 'except: except the name of it.']],
  ['It looks as if nobody tested it.', [': It looks as if nobody tested it.']],
  ['I do not think so either.', [': I do not think so either.']],
  ['It has been merged so far without trouble.', [': It has been merged so far without trouble.']],
  ['The helper (which is slow, but safe) stays in.', [': The helper (which is slow, but safe) stays in.']],
  ['We could do that, and I would even prefer that.', [': We could do that,', 'and: and I would even prefer that.']],
  ['Salt, pepper, and sugar are fine.', [': Salt, pepper, and sugar are fine.']],
  ['It is slow - it always was like that.', [': It is slow -', ': it always was like that.']],
]; // prettier-ignore

for (const [sentence, expected] of table) {
  test(`clauses: ${sentence}`, () => assert.deepEqual(clausesOf(sentence), expected));
}

test('clauses are offsets into the whole text', () => {
  const text = 'First. I like it,\nbut not now. Last.';
  const start = text.indexOf('I like');
  const end = text.indexOf(' Last');
  assert.deepEqual(
    splitClauses(text, start, end).map((clause) => text.slice(clause.start, clause.end)),
    ['I like it,', 'but not now.'],
  );
});
