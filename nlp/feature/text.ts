// Text features of a unit: word and character n-grams, first and last words, the quoted line's words.
import type { Unit } from '../finding.ts';
import { addCueFeatures, type UnitCues } from './cue.ts';
import { hashText, joinHash, RowBuilder, type SparseRow } from './sparse.ts';
import { featureWords } from './word.ts';

const WORDS = 1;
const CHARS = 2;
const EDGES = 3;
const QUOTED = 4;
const ANSWER = 5;
const NEXT = 6;
const PREVIOUS = 7;
/** Scratch for the hashes of one unit's words. */
const MOST_CHARS = 600;

export interface TextContext {
  readonly previous: Unit | undefined;
  readonly next: Unit | undefined;
  readonly cues: UnitCues;
}

/** Emptied by each `take`. */
const row = new RowBuilder();

/** Hashed text features of a unit and its surroundings. */
export function textRow(unit: Pick<Unit, 'text' | 'quoted' | 'opens'>, context: TextContext): SparseRow {
  const words = featureWords(unit.text);
  const hashes = words.map((word) => hashText(word));
  addGrams(row, hashes, WORDS, 3);
  row.endBlock(1);
  addChars(row, unit.text);
  row.endBlock(0.7);
  addEdges(row, hashes);
  row.endBlock(0.7);
  const quoted = featureWords(lastPart(unit.quoted)).map((word) => hashText(word));
  addGrams(row, quoted, QUOTED, 2);
  row.endBlock(0.4);
  // what is said together with how the quoted line ends
  const asked = unit.quoted === '' ? 1 : unit.quoted.trimEnd().endsWith('?') ? 2 : 3;
  const first = Math.min(3, hashes.length);
  for (let k = 0; k < first; k++) row.add(joinHash(joinHash(ANSWER, asked), hashes[k] ?? 0));
  row.add(joinHash(ANSWER, asked));
  row.endBlock(0.4);
  if (context.next)
    addGrams(
      row,
      featureWords(context.next.text)
        .slice(0, 12)
        .map((word) => hashText(word)),
      NEXT,
      1,
    );
  row.endBlock(0.3);
  if (context.previous)
    addGrams(
      row,
      featureWords(context.previous.text)
        .slice(0, 12)
        .map((word) => hashText(word)),
      PREVIOUS,
      1,
    );
  row.endBlock(0.3);
  addCueFeatures(row, context.cues);
  return row.take();
}

/** The end of a quoted run is what is answered. */
function lastPart(text: string): string {
  return text.slice(-300);
}

function addGrams(row: RowBuilder, hashes: readonly number[], space: number, longest: number): void {
  for (let i = 0; i < hashes.length; i++) {
    let hash = space;
    for (let n = 0; n < longest && i + n < hashes.length; n++) {
      hash = joinHash(hash, hashes[i + n] ?? 0);
      row.add(hash);
    }
  }
}

function addEdges(row: RowBuilder, hashes: readonly number[]): void {
  let hash = joinHash(EDGES, 1);
  for (let k = 0; k < 4 && k < hashes.length; k++) row.add((hash = joinHash(hash, hashes[k] ?? 0)));
  hash = joinHash(EDGES, 2);
  for (let k = 1; k < 4 && k <= hashes.length; k++)
    row.add((hash = joinHash(hash, hashes[hashes.length - k] ?? 0)));
}

/** Character 3- to 5-grams inside words, word edges included. */
function addChars(row: RowBuilder, text: string): void {
  const lower = ` ${text.slice(0, MOST_CHARS).toLowerCase()} `;
  for (let i = 0; i + 3 <= lower.length; i++) {
    let hash = joinHash(CHARS, lower.charCodeAt(i));
    hash = joinHash(hash, lower.charCodeAt(i + 1));
    for (let n = 2; n < 5 && i + n < lower.length; n++) {
      const code = lower.charCodeAt(i + n);
      if (lower.charCodeAt(i + n - 1) === 32 && n > 1) break;
      hash = joinHash(hash, code);
      row.add(joinHash(hash, n));
    }
  }
}
