// All features of a debate's units that need no model: hashed words and dense shape.
import type { Findings } from '../finding.ts';
import type { NamedMatrix } from './column.ts';
import { shapeRows } from './shape.ts';
import type { SparseRow } from './sparse.ts';
import { textRow } from './text.ts';

export interface UnitFeatures {
  readonly text: readonly SparseRow[];
  readonly shape: NamedMatrix;
}

const NO_CUES = { own: [], quoted: [] };

export function unitFeatures(
  found: Pick<Findings, 'turns' | 'speakers' | 'root' | 'units' | 'cues'>,
): UnitFeatures {
  const { units, cues } = found;
  const text = units.map((unit, index) => {
    const previous = units[index - 1];
    const next = units[index + 1];
    return textRow(unit, {
      previous: previous?.turn === unit.turn ? previous : undefined,
      next: next?.turn === unit.turn ? next : undefined,
      cues: cues[index] ?? NO_CUES,
    });
  });
  return { text, shape: shapeRows(found).matrix };
}
