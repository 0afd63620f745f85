import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  bestPairs,
  contentWords,
  dice,
  greedyPairs,
  iou,
  rougeCounts,
} from '../../../nlp/train/score/text.ts';
import { occurrences } from '../../../nlp/train/gold.ts';
import { normalName } from '../../../nlp/train/score/view.ts';

const set = (...tokens: number[]): Set<number> => new Set(tokens);

test('iou counts shared tokens over all tokens', () => {
  assert.equal(iou(set(1, 2, 3), set(2, 3, 4)), 0.5);
  assert.equal(iou(set(), set()), 0);
  assert.equal(iou(set(1), set()), 0);
});

test('greedy pairs take the best overlap first and each side once', () => {
  const rows = [set(1, 2), set(1, 2, 3)];
  const columns = [set(1, 2, 3), set(9)];
  assert.deepEqual(greedyPairs(rows, columns, 0.25), [[1, 0]]);
  assert.deepEqual(
    greedyPairs(rows, columns, 0.25, (i) => i === 0),
    [[0, 0]],
  );
  assert.deepEqual(greedyPairs(rows, columns, 1.01), []);
});

test('best pairs maximize the total weight and drop zero pairs', () => {
  assert.deepEqual(
    bestPairs([
      [5, 4],
      [4, 1],
    ]),
    [
      [0, 1],
      [1, 0],
    ],
  );
  assert.deepEqual(bestPairs([[1], [3], [2]]), [[1, 0]]);
  assert.deepEqual(bestPairs([[0, 0]]), []);
  assert.deepEqual(bestPairs([]), []);
});

test('best pairs are never worse than any other assignment', () => {
  const matrix = fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }), {
    minLength: 3,
    maxLength: 3,
  });
  fc.assert(
    fc.property(matrix, (weights) => {
      const value = (pairs: [number, number][]): number =>
        pairs.reduce((sum, [i, j]) => sum + (weights[i]?.[j] ?? 0), 0);
      const best = value(bestPairs(weights));
      for (const [a, b, c] of [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
      ] as const) {
        assert.ok(
          best >=
            value([
              [0, a],
              [1, b],
              [2, c],
            ]),
        );
      }
    }),
  );
});

test('content words are stems without stop words', () => {
  assert.deepEqual([...contentWords('The functions should be removed', 'removing')].toSorted(), [
    'function',
    'remov',
  ]);
  assert.equal(dice(contentWords('remove it'), contentWords('removing them')), 1);
  assert.equal(dice(contentWords(''), contentWords('')), 0);
});

test('rouge counts overlap, system and gold', () => {
  const counts = rougeCounts('the cat sat on the mat', 'the cat lay on a mat');
  assert.deepEqual(counts.rouge1, [4, 6, 6]);
  assert.deepEqual(counts.rouge2, [1, 5, 5]);
  assert.deepEqual(counts.rougeL, [4, 6, 6]);
});

test('a quote is found over line ends, and not inside a word when it also stands alone', () => {
  assert.deepEqual(occurrences('a drop. drop\n it', 'drop it'), [[8, 16]]);
  assert.deepEqual(occurrences('backdrop drop', 'drop'), [[9, 13]]);
  assert.deepEqual(occurrences('backdrop', 'drop'), [[4, 8]]);
  assert.deepEqual(occurrences('> we should\n> stop', 'we should stop', '>|:'), [[2, 18]]);
  assert.deepEqual(occurrences('abc', ' '), []);
});

test('names compare without case, accents, punctuation and order', () => {
  assert.equal(normalName('Høiland-Jørgensen, Toke'), normalName('toke høiland jørgensen'));
  assert.equal(normalName('José Ángel'), 'jose angel');
  assert.equal(normalName('Smith,'), 'smith');
});
