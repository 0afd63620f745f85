// Second-layer columns of a unit: its shape, its own margins and those of its neighbors, its message, and what it answers.
import type { Turn, Unit } from '../finding.ts';
import type { NamedMatrix } from './column.ts';

/** Margin of a neighbor that is not there. */
const ABSENT = -3;
const PLACES = ['own', 'before', 'after', 'answered', 'turnMost', 'turnMean', 'parentMost'] as const;

/** Column names for margins of the given labels. */
export function surroundingNames(shape: readonly string[], labels: readonly string[]): string[] {
  return [...shape, ...PLACES.flatMap((place) => labels.map((label) => `${place}.${label}`))];
}

/** One row per unit: shape columns, then margins by place and label. `margins` has `width` numbers per unit. */
export function surroundingRows(
  turns: readonly Turn[],
  units: readonly Unit[],
  shape: NamedMatrix,
  margins: Float32Array,
  width: number,
): Float32Array {
  const own = shape.names.length;
  const columns = own + PLACES.length * width;
  const rows = new Float32Array(units.length * columns);
  const most = new Float32Array(turns.length * width).fill(ABSENT);
  const mean = new Float32Array(turns.length * width);
  const count = new Int32Array(turns.length);
  for (const unit of units) count[unit.turn]!++;
  for (const unit of units) {
    for (let l = 0; l < width; l++) {
      const value = margins[unit.index * width + l]!;
      const at = unit.turn * width + l;
      if (value > most[at]!) most[at] = value;
      mean[at]! += value / count[unit.turn]!;
    }
  }
  for (const unit of units) {
    const { index } = unit;
    const start = index * columns;
    rows.set(shape.values.subarray(index * own, (index + 1) * own), start);
    let at = start + own;
    const put = (source: Float32Array, place: number): void => {
      if (place < 0) rows.fill(ABSENT, at, at + width);
      else rows.set(source.subarray(place * width, (place + 1) * width), at);
      at += width;
    };
    put(margins, index);
    put(margins, units[index - 1]?.turn === unit.turn ? index - 1 : -1);
    put(margins, units[index + 1]?.turn === unit.turn ? index + 1 : -1);
    rows.fill(ABSENT, at, at + width);
    for (const answered of unit.answers) {
      for (let l = 0; l < width; l++) rows[at + l] = Math.max(rows[at + l]!, margins[answered * width + l]!);
    }
    at += width;
    put(most, unit.turn);
    put(mean, unit.turn);
    put(most, turns[unit.turn]?.parent ?? -1);
  }
  return rows;
}
