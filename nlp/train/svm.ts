// Linear support vector machine with squared hinge loss, by dual coordinate descent
// (Hsieh et al. 2008, the method of liblinear's -s 1). Deterministic: the order is drawn from a fixed seed.
import type { SparseRow } from '../feature/sparse.ts';
import { Random } from './random.ts';

export interface SvmOptions {
  readonly columns: number;
  /** Cost of an error, times the row's weight. */
  readonly cost: number;
  readonly positiveWeight?: number;
  readonly epochs?: number;
  readonly tolerance?: number;
  readonly seed?: number;
}

/** Weights of one binary classifier. `labels` are 1 or 0; a row of weight 0 is left out. */
export function trainSvm(
  rows: readonly SparseRow[],
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  options: SvmOptions,
): Float64Array {
  const { columns, cost, positiveWeight = 1, epochs = 40, tolerance = 0.05, seed = 1 } = options;
  const w = new Float64Array(columns);
  const order: number[] = [];
  for (let i = 0; i < rows.length; i++) if (!weights || (weights[i] ?? 0) > 0) order.push(i);
  const alpha = new Float64Array(rows.length);
  const diagonal = new Float64Array(rows.length);
  const norm = new Float64Array(rows.length);
  for (const i of order) {
    const { values } = rows[i] as SparseRow;
    let sum = 0;
    for (let k = 0; k < values.length; k++) sum += values[k]! * values[k]!;
    norm[i] = sum;
    const c = cost * (weights ? weights[i]! : 1) * (labels[i] ? positiveWeight : 1);
    diagonal[i] = 0.5 / c;
  }
  const random = new Random(seed);
  for (let epoch = 0; epoch < epochs; epoch++) {
    random.shuffle(order);
    let largest = 0;
    for (const i of order) {
      const row = rows[i]!;
      const y = labels[i] ? 1 : -1;
      const { columns: at, values } = row;
      let dot = 0;
      for (let k = 0; k < at.length; k++) dot += w[at[k]!]! * values[k]!;
      const gradient = y * dot - 1 + diagonal[i]! * alpha[i]!;
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(projected) > largest) largest = Math.abs(projected);
      if (Math.abs(projected) < 1e-9) continue;
      const old = alpha[i]!;
      alpha[i] = Math.max(0, old - gradient / (norm[i]! + diagonal[i]!));
      const step = (alpha[i]! - old) * y;
      if (step === 0) continue;
      for (let k = 0; k < at.length; k++) w[at[k]!]! += step * values[k]!;
    }
    if (largest < tolerance) break;
  }
  return w;
}

/** Dot product of a row with weights. */
export function dot(row: SparseRow, w: Float64Array | Float32Array): number {
  let sum = 0;
  const { columns, values } = row;
  for (let k = 0; k < columns.length; k++) sum += w[columns[k]!]! * values[k]!;
  return sum;
}
