// A bank of linear classifiers over the same hashed columns, in whole bytes: evaluation and rounding only.
import type { SparseRow } from '../feature/sparse.ts';

export interface LinearBank {
  readonly labels: readonly string[];
  /** Value of one step of a weight, by label. */
  readonly scale: Float32Array;
  /** Weights of one column lie together: `weights[column * labels.length + label]` steps. */
  readonly weights: Int8Array;
}

const STEPS = 127;

/** Rounds weights, one array per label, to bytes. */
export function roundBank(labels: readonly string[], weights: readonly Float64Array[]): LinearBank {
  const width = labels.length;
  const columns = weights[0]?.length ?? 0;
  const scale = new Float32Array(width);
  const bytes = new Int8Array(columns * width);
  weights.forEach((own, l) => {
    let largest = 1e-9;
    for (const weight of own) largest = Math.max(largest, Math.abs(weight));
    scale[l] = largest / STEPS;
    for (let c = 0; c < columns; c++) bytes[c * width + l] = Math.round(own[c]! / scale[l]!);
  });
  return { labels, scale, weights: bytes };
}

/** Margin of each label for a row, written to `out` at `offset`. */
export function linearMargins(bank: LinearBank, row: SparseRow, out: Float32Array, offset: number): void {
  const width = bank.labels.length;
  const { weights, scale } = bank;
  out.fill(0, offset, offset + width);
  for (let k = 0; k < row.columns.length; k++) {
    const base = row.columns[k]! * width;
    const value = row.values[k]!;
    for (let l = 0; l < width; l++) out[offset + l]! += weights[base + l]! * value;
  }
  for (let l = 0; l < width; l++) out[offset + l]! *= scale[l]!;
}
