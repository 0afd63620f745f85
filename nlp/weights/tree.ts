// Boosted regression trees as flat arrays: evaluation only. Training is in nlp/train/boost.ts.

/** Trees of depth at most `depth`, each stored as a full binary tree in heap order. */
export interface Boosted {
  readonly depth: number;
  readonly trees: number;
  /** Column tested at each inner node, -1 for a leaf reached early (go left). `trees * (2^depth - 1)`. */
  readonly column: Int16Array;
  /** Go left when value <= threshold. */
  readonly threshold: Float32Array;
  /** `trees * 2^depth` leaf values. */
  readonly leaf: Float32Array;
  /** Log-odds before any tree. */
  readonly base: number;
}

/** Sum of the leaves a row falls into, plus the base: log-odds. */
export function evaluate(model: Boosted, row: ArrayLike<number>, trees = model.trees): number {
  const { depth, column, threshold, leaf } = model;
  const inner = (1 << depth) - 1;
  const leaves = 1 << depth;
  let sum = model.base;
  for (let t = 0; t < trees; t++) {
    const base = t * inner;
    let node = 0;
    for (let d = 0; d < depth; d++) {
      const c = column[base + node]!;
      node = 2 * node + (c < 0 || row[c]! <= threshold[base + node]! ? 1 : 2);
    }
    sum += leaf[t * leaves + node - inner]!;
  }
  return sum;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
