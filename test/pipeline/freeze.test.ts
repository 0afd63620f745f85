// Labels in offset form say the same as labels with their text, and hold none of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freezeGold } from '../../nlp/train/freeze.ts';
import { viewOfGold } from '../../nlp/train/score/view.ts';
import { readMadeDebates } from '../../pipeline/labeled.ts';

const folder = fileURLToPath(new URL('../../../data/train/debate/', import.meta.url));

test('frozen labels give the same view without any words of the mails', () => {
  const debates = readMadeDebates(folder);
  assert.ok(debates.length > 0);
  for (const { gold, mail, view } of debates) {
    const frozen = freezeGold(gold, mail);
    assert.deepEqual(viewOfGold(frozen, mail), view);
    const text = JSON.stringify(frozen);
    for (const segment of gold.segments) {
      if (typeof segment.quote === 'string' && segment.quote.length > 30) {
        assert.ok(!text.includes(JSON.stringify(segment.quote).slice(1, -1)), segment.sid);
      }
    }
    assert.ok(!text.includes('@example'), 'an address is left');
  }
});
