// Trains forests on rows that come in groups (one group per debate), with scores held out by fold.
import type { NamedMatrix } from '../feature/column.ts';
import type { Forest } from '../weights/forest.ts';
import { evaluate, type Boosted } from '../weights/tree.ts';
import { bin, trainBoosted, type BoostOptions } from './boost.ts';

export interface Group {
  readonly matrix: NamedMatrix;
  readonly labels: ArrayLike<number>;
  readonly fold: number;
  readonly weights?: ArrayLike<number>;
}

export interface TrainedForest {
  readonly forest: Forest;
  /** Log-odds of each group's rows from trees that did not see the group's fold. */
  readonly heldOut: readonly Float64Array[];
}

/** Trains with the number of trees that does best on held-out folds. All matrices have the same columns. */
export function trainForest(groups: readonly Group[], options: BoostOptions): TrainedForest {
  const columns = groups.find((group) => group.matrix.rows > 0)?.matrix.names ?? [];
  const width = columns.length;
  const rows = groups.reduce((sum, group) => sum + group.matrix.rows, 0);
  const values = new Float32Array(rows * width);
  const labels = new Uint8Array(rows);
  const weights = new Float32Array(rows);
  const folds = new Int32Array(rows);
  let at = 0;
  for (const group of groups) {
    values.set(group.matrix.values, at * width);
    for (let r = 0; r < group.matrix.rows; r++) {
      labels[at + r] = group.labels[r] ? 1 : 0;
      weights[at + r] = group.weights?.[r] ?? 1;
      folds[at + r] = group.fold;
    }
    at += group.matrix.rows;
  }
  const binned = bin({ rows, columns: width, values });
  const count = rows > 0 ? Math.max(...folds) + 1 : 0;
  const losses = new Float64Array(options.trees);
  const partial: Boosted[] = [];
  for (let fold = 0; fold < count; fold++) {
    const heldOut = new Float64Array(options.trees);
    const own = Float32Array.from(weights, (weight, r) => (folds[r] === fold ? 0 : weight));
    const held = folds.reduce((sum, of) => sum + (of === fold ? 1 : 0), 0);
    partial.push(trainBoosted(binned, labels, own, { ...options, heldOut }));
    for (let t = 0; t < options.trees; t++) losses[t]! += heldOut[t]! * held;
  }
  const best = losses.indexOf(Math.min(...losses)) + 1;
  let start = 0;
  const heldOut = groups.map((group) => {
    const scores = new Float64Array(group.matrix.rows);
    const trees = partial[group.fold];
    for (let r = 0; r < scores.length; r++) {
      const row = values.subarray((start + r) * width, (start + r + 1) * width);
      scores[r] = trees ? evaluate(trees, row, best) : 0;
    }
    start += group.matrix.rows;
    return scores;
  });
  return {
    forest: { columns, trees: trainBoosted(binned, labels, weights, { ...options, trees: best }) },
    heldOut,
  };
}
