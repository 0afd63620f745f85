// Boosted trees with the names of the columns they were trained on.
import type { NamedMatrix } from '../feature/column.ts';
import { evaluate, type Boosted } from './tree.ts';

export interface Forest {
  readonly columns: readonly string[];
  readonly trees: Boosted;
}

/** Log-odds of every row. Throws when the matrix has other columns than the forest: the weights are stale. */
export function forestScores(forest: Forest, matrix: NamedMatrix): Float64Array {
  if (matrix.rows === 0) return new Float64Array(0);
  const width = matrix.names.length;
  if (width !== forest.columns.length || matrix.names.some((name, c) => name !== forest.columns[c])) {
    throw new RangeError(`weights were trained on other columns: ${forest.columns.length}, here ${width}`);
  }
  const scores = new Float64Array(matrix.rows);
  for (let r = 0; r < matrix.rows; r++) {
    scores[r] = evaluate(forest.trees, matrix.values.subarray(r * width, (r + 1) * width));
  }
  return scores;
}
