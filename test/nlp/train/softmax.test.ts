// The small linear learners: they separate what can be separated, and repeat exactly.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainClasses, trainRanking } from '../../../nlp/train/softmax.ts';
import { blend, linearRows, linearScores, softmax } from '../../../nlp/weights/softmax.ts';

const COLUMNS = ['x', 'noise'];
const ROWS = [
  [-2, 1],
  [-1, -1],
  [-1.5, 0.5],
  [1, 1],
  [2, -1],
  [1.5, 0],
].map((row) => Float32Array.from(row));

test('classes are separated by the column that tells them apart', () => {
  const model = trainClasses(COLUMNS, ROWS, [0, 0, 0, 1, 1, 1], 2, 0.1);
  const chances = ROWS.map((row) => softmax(linearScores(model, row))[1] ?? 0);
  assert.deepEqual(
    chances.map((p) => p > 0.5),
    [false, false, false, true, true, true],
  );
  assert.deepEqual(trainClasses(COLUMNS, ROWS, [0, 0, 0, 1, 1, 1], 2, 0.1), model);
});

test('a stronger penalty gives less certain classes', () => {
  const sure = (l2: number): number =>
    softmax(linearScores(trainClasses(COLUMNS, ROWS, [0, 0, 0, 1, 1, 1], 2, l2), [2, 0]))[1] ?? 0;
  assert.ok(sure(100) < sure(0.1));
  assert.ok(sure(100) > 0.5);
});

test('ranking learns which row of a choice is wanted, not how large the choices are', () => {
  const choice = (...rows: number[][]): { rows: number[][]; wanted: number[] } => ({
    rows,
    wanted: rows.map((row) => (row[0] === Math.max(...rows.map(([x]) => x ?? 0)) ? 1 : 0)),
  });
  const model = trainRanking(
    COLUMNS,
    [choice([0, 1], [3, 0], [1, 1]), choice([5, 1], [4, 0]), choice([-3, 0], [-1, 0], [-2, 1])],
    0.1,
  );
  const scores = [
    [10, 0],
    [11, 0],
    [9, 0],
  ].map((row) => linearScores(model, row)[0] ?? 0);
  assert.equal(scores.indexOf(Math.max(...scores)), 1);
});

test('rows under other columns are refused: the weights are stale', () => {
  const model = trainClasses(COLUMNS, ROWS, [0, 0, 0, 1, 1, 1], 2, 1);
  const matrix = { names: ['x', 'other'], rows: 1, values: Float32Array.of(1, 2) };
  assert.throws(() => linearRows(model, matrix), RangeError);
});

test('a blend is the mean of trees brought to sum 1 and the linear model', () => {
  assert.deepEqual(blend([0.4, 0.4], [0, 0]), [0.5, 0.5]);
  assert.deepEqual(blend([0.5, 1.5], []), [0.25, 0.75]);
});
