// The examples that stand beside each cue and bot rule in data/dialect.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadBots, loadRoleCues } from '../../../nlp/dialect/load.ts';
import { holdsCue } from '../../../nlp/role/cue.ts';

for (const cue of loadRoleCues()) {
  test(`role cue ${cue.id} matches its examples and nothing else`, () => {
    assert.ok(cue.match.length > 0 && cue.noMatch.length > 0);
    for (const sentence of cue.match) assert.ok(holdsCue(cue, sentence), sentence);
    for (const sentence of cue.noMatch) assert.ok(!holdsCue(cue, sentence), sentence);
  });
}

test('role cues and bot rules read a hostile sentence in time', () => {
  const words = ['I ', 'the ', 'maintain ', 'my ', 'as a ', 'applied ', 'of ', 'x', ' '];
  for (const word of words) {
    const text = word.repeat(50_000);
    const before = performance.now();
    for (const cue of loadRoleCues()) holdsCue(cue, text);
    for (const bot of loadBots()) {
      bot.name?.test(text.slice(0, 400));
      bot.address?.test(text.slice(0, 400));
    }
    assert.ok(performance.now() - before < 1000, word);
  }
});

test('ids are unique', () => {
  const ids = [...loadRoleCues(), ...loadBots()].map((entry) => entry.id);
  assert.equal(new Set(ids).size, ids.length);
});
