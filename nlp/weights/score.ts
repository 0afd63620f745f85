// Scores units with a trained model: the linear layer over words, then trees over the surroundings.
import type { NamedMatrix } from '../feature/column.ts';
import type { SparseRow } from '../feature/sparse.ts';
import { surroundingRows } from '../feature/surroundings.ts';
import type { Turn, Unit, UnitScores } from '../finding.ts';
import { linearMargins } from './linear.ts';
import { SCORES, type UnitModel } from './model.ts';
import { evaluate } from './tree.ts';

/** Log-odds of every unit and score. `text` and `shape` have one row per unit. */
export function scoreUnits(
  model: UnitModel,
  turns: readonly Turn[],
  units: readonly Unit[],
  text: readonly SparseRow[],
  shape: NamedMatrix,
): UnitScores {
  const width = SCORES.length;
  const margins = new Float32Array(units.length * width);
  text.forEach((row, unit) => linearMargins(model.bank, row, margins, unit * width));
  const rows = surroundingRows(turns, units, shape, margins, width);
  const columns = model.columns.length;
  const values = new Float32Array(margins.length);
  for (let u = 0; u < units.length; u++) {
    const row = rows.subarray(u * columns, (u + 1) * columns);
    model.scores.forEach(({ slope, offset, trees }, l) => {
      values[u * width + l] = slope * margins[u * width + l]! + offset + evaluate(trees, row);
    });
  }
  return { width, values };
}
