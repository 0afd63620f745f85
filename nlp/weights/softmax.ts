// Small linear models over named, standardized columns: scores per class, softmax. Evaluation only.
import type { NamedMatrix } from '../feature/column.ts';

/** Columns brought to mean 0 and deviation 1, then weighted: `weights` has one number per column and class, then the offsets. */
export interface LinearModel {
  readonly columns: readonly string[];
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly weights: Float32Array;
  readonly classes: number;
}

/** Scores of one row, one per class. */
export function linearScores(model: LinearModel, row: ArrayLike<number>): number[] {
  const width = model.columns.length;
  return Array.from({ length: model.classes }, (_, c) => {
    let sum = model.weights[model.classes * width + c] ?? 0;
    for (let j = 0; j < width; j++) {
      sum += ((row[j]! - model.mean[j]!) / model.scale[j]!) * model.weights[c * width + j]!;
    }
    return sum;
  });
}

export function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const parts = scores.map((score) => Math.exp(score - most));
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => part / total);
}

/** Scores of every row, one array per row. Throws when the matrix has other columns: the weights are stale. */
export function linearRows(model: LinearModel, matrix: NamedMatrix): number[][] {
  if (matrix.rows === 0) return [];
  const width = matrix.names.length;
  if (width !== model.columns.length || matrix.names.some((name, c) => name !== model.columns[c])) {
    throw new RangeError(`weights were trained on other columns: ${model.columns.length}, here ${width}`);
  }
  return Array.from({ length: matrix.rows }, (_, r) =>
    linearScores(model, matrix.values.subarray(r * width, (r + 1) * width)),
  );
}

/** Mean of tree probabilities (brought to sum 1) and the softmax of linear scores. */
export function blend(trees: readonly number[], scores: readonly number[]): number[] {
  const total = trees.reduce((sum, p) => sum + p, 0) || 1;
  const linear = scores.length > 0 ? softmax(scores) : [];
  return trees.map((p, c) => (p / total + (linear[c] ?? p / total)) / 2);
}
