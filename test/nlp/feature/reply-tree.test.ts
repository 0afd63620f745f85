// Ancestry by numbers equals ancestry by walking up, for any forest whose parents stand first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ReplyTree } from '../../../nlp/feature/reply-tree.ts';

/** A parent before each turn, or none. */
const forest = fc
  .array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 40 })
  .map((draws) => draws.map((draw, turn) => (draw % (turn + 1)) - 1));

test('a turn is below its ancestors and nothing else', () => {
  fc.assert(
    fc.property(forest, (parents) => {
      const tree = new ReplyTree(parents);
      for (let turn = 0; turn < parents.length; turn++) {
        const above = new Set<number>();
        for (let up = parents[turn] ?? -1; up >= 0; up = parents[up] ?? -1) above.add(up);
        for (let other = 0; other < parents.length; other++)
          assert.equal(tree.isBelow(turn, other), above.has(other));
      }
    }),
  );
});

test('turns that are not there are below nothing', () => {
  const tree = new ReplyTree([-1, 0]);
  assert.deepEqual([tree.isBelow(1, -1), tree.isBelow(2, 0), tree.isBelow(1, 0)], [false, false, true]);
});

test('a chain of 200,000 replies takes no more memory than its length', () => {
  const tree = new ReplyTree(Array.from({ length: 200_000 }, (_, turn) => turn - 1));
  assert.ok(tree.isBelow(199_999, 0));
  assert.ok(!tree.isBelow(0, 199_999));
});
