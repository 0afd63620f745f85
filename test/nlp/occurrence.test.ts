// Which occurrence of its own words a span is, counted over authored text; also where a mail says one thing a thousand times.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessage } from '../../nlp/ledger/build.ts';
import { OccurrenceCounter } from '../../nlp/occurrence.ts';
import { debateOf } from './ledger/debate.ts';
import type { LedgerEntry } from '../../model/ledger.ts';

function entryOf(body: string): LedgerEntry {
  const [message] = debateOf([{ id: 'a@example.org', from: 'Ann Other', body }]).messages;
  assert.ok(message);
  return readMessage(message);
}

test('quoted copies and parts of words do not count', () => {
  const body = '> We agree.\nWe agree.\nWe agreed. We\nagree.\n\n> We agree.\n\nWe agree.\n';
  const counter = new OccurrenceCounter(entryOf(body));
  const places = [...body.matchAll(/We\sagree\./g)].map((match) => match.index);
  // quoted, own, own over a line end, quoted, own
  assert.deepEqual(
    places.map((place) => counter.rank('We agree.', place)),
    [1, 1, 2, 3, 3],
  );
  assert.equal(counter.rank('nowhere', 0), 1);
});

test('the same words 20,000 times take linear time', () => {
  const body = 'Not so.\n\n'.repeat(20_000);
  const counter = new OccurrenceCounter(entryOf(body));
  const start = performance.now();
  for (let i = 0; i < 20_000; i++) assert.equal(counter.rank('Not so.', i * 9), i + 1);
  // two hundred million steps would take many seconds
  assert.ok(performance.now() - start < 3_000);
});
