// Two small linear learners by full-batch AdaGrad: a softmax over classes, and one over the rows of a group (ranking).
// Few rows and strong penalties: what thread-level training has. Deterministic.
import type { LinearModel } from '../weights/softmax.ts';

const STEPS = 250;

interface Standardized {
  readonly mean: Float32Array;
  readonly scale: Float32Array;
  readonly rows: readonly Float64Array[];
}

function standardize(rows: readonly ArrayLike<number>[], width: number): Standardized {
  const mean = new Float64Array(width);
  const scale = new Float64Array(width);
  for (const row of rows) for (let j = 0; j < width; j++) mean[j]! += row[j]! / rows.length;
  for (const row of rows)
    for (let j = 0; j < width; j++) scale[j]! += (row[j]! - mean[j]!) ** 2 / rows.length;
  for (let j = 0; j < width; j++) scale[j] = Math.sqrt(scale[j]!) || 1;
  const shortMean = Float32Array.from(mean);
  const shortScale = Float32Array.from(scale);
  return {
    mean: shortMean,
    scale: shortScale,
    rows: rows.map((row) =>
      Float64Array.from({ length: width }, (_, j) => (row[j]! - shortMean[j]!) / shortScale[j]!),
    ),
  };
}

/** Class probabilities: multinomial logistic regression with penalty `l2` on the weights. */
export function trainClasses(
  columns: readonly string[],
  rows: readonly ArrayLike<number>[],
  labels: readonly number[],
  classes: number,
  l2: number,
  rate = 0.1,
): LinearModel {
  const width = columns.length;
  const { mean, scale, rows: z } = standardize(rows, width);
  const total = classes * (width + 1);
  const weights = new Float64Array(total);
  const squares = new Float64Array(total).fill(1e-8);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(total);
    z.forEach((row, i) => {
      const scores = new Float64Array(classes);
      let most = -Infinity;
      for (let c = 0; c < classes; c++) {
        let sum = weights[classes * width + c]!;
        for (let j = 0; j < width; j++) sum += row[j]! * weights[c * width + j]!;
        scores[c] = sum;
        most = Math.max(most, sum);
      }
      let all = 0;
      for (let c = 0; c < classes; c++) all += scores[c] = Math.exp(scores[c]! - most);
      for (let c = 0; c < classes; c++) {
        const error = scores[c]! / all - (labels[i] === c ? 1 : 0);
        for (let j = 0; j < width; j++) gradient[c * width + j]! += error * row[j]!;
        gradient[classes * width + c]! += error;
      }
    });
    descend(weights, gradient, squares, l2, classes * width, rate);
  }
  return { columns, mean, scale, weights: Float32Array.from(weights), classes };
}

/** Rows of one choice; `wanted` is each row's share of being the right one (sum 1). */
export interface Choice {
  readonly rows: readonly ArrayLike<number>[];
  readonly wanted: readonly number[];
}

/** A score per row such that the softmax within each choice gives the wanted rows. */
export function trainRanking(
  columns: readonly string[],
  choices: readonly Choice[],
  l2: number,
): LinearModel {
  const width = columns.length;
  const {
    mean,
    scale,
    rows: z,
  } = standardize(
    choices.flatMap((choice) => choice.rows),
    width,
  );
  const weights = new Float64Array(width + 1);
  const squares = new Float64Array(width + 1).fill(1e-8);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(width + 1);
    let at = 0;
    for (const { rows, wanted } of choices) {
      const own = z.slice(at, at + rows.length);
      at += rows.length;
      const scores = own.map((row) => {
        let sum = 0;
        for (let j = 0; j < width; j++) sum += row[j]! * weights[j]!;
        return sum;
      });
      const most = Math.max(...scores);
      const parts = scores.map((score) => Math.exp(score - most));
      const all = parts.reduce((sum, part) => sum + part, 0);
      own.forEach((row, k) => {
        const error = parts[k]! / all - wanted[k]!;
        for (let j = 0; j < width; j++) gradient[j]! += error * row[j]!;
      });
    }
    descend(weights, gradient, squares, l2, width, 0.3);
  }
  return { columns, mean, scale, weights: Float32Array.from(weights), classes: 1 };
}

/** One AdaGrad step; the first `penalized` weights carry the penalty. */
function descend(
  weights: Float64Array,
  gradient: Float64Array,
  squares: Float64Array,
  l2: number,
  penalized: number,
  rate: number,
): void {
  for (let k = 0; k < weights.length; k++) {
    const g = gradient[k]! + (k < penalized ? l2 * weights[k]! : 0);
    squares[k]! += g * g;
    weights[k]! -= (rate * g) / Math.sqrt(squares[k]!);
  }
}
