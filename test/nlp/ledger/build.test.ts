// One message on which the ledger fails never stops a debate: it is kept whole, and the others are read as ever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildLedger } from '../../../nlp/ledger/build.ts';
import { segmentBody } from '../../../nlp/ledger/segment.ts';
import { splitSentences } from '../../../nlp/ledger/sentence.ts';
import { debateOf } from './debate.ts';

const letters = [
  { id: 'a@example.org', from: 'Ann Other', body: 'We should rename the helpers to something clear.\n' },
  {
    id: 'b@example.org',
    from: 'Bob Else',
    to: 'a@example.org',
    body: 'Ann wrote:\n> We should rename the helpers to something clear.\n\nBOOM\n',
  },
  {
    id: 'c@example.org',
    from: 'Cy Third',
    to: 'b@example.org',
    body: 'Ann wrote:\n> We should rename the helpers to something clear.\n\nAgreed.\n',
  },
];

/** Throws at Bob's words. */
function odd<A extends readonly [string, ...unknown[]], R>(work: (...given: A) => R): (...given: A) => R {
  return (...given) => {
    if (given[0].includes('BOOM')) throw new Error('cannot read this');
    return work(...given);
  };
}

for (const [name, reader] of [
  ['segmenting', { segment: odd(segmentBody), split: splitSentences }],
  ['splitting', { segment: segmentBody, split: odd(splitSentences) }],
] as const) {
  test(`a failure while ${name} stays with its message`, () => {
    const debate = debateOf(letters);
    const sound = buildLedger(debate);
    const { entries } = buildLedger(debate, reader);
    const [first, second, third] = entries;
    assert.deepEqual([first, third], [sound.entries[0], sound.entries[2]]);
    assert.deepEqual(second?.segments, [
      { kind: 'own', start: 0, end: second?.message.body.length, quoteDepth: 0 },
    ]);
    assert.deepEqual(second?.sentences, []);
    assert.deepEqual(second?.message.defects, [{ code: 'ledger-failed', detail: 'cannot read this' }]);
    assert.equal(second?.message.body, letters[1]?.body);
  });
}
