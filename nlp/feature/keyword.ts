// Which words name a proposal: candidates from the subject, the introducing sentence and what surrounds and answers it.
import type { Turn, Unit } from '../finding.ts';
import { isStopWord, stem } from '../words.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';

/** A word that may name the proposal. */
export interface KeywordCandidate {
  readonly stem: string;
  /** As first written, in the subject or the introducing sentence when it is there. */
  readonly form: string;
}

export interface KeywordRows {
  readonly candidates: readonly KeywordCandidate[];
  readonly matrix: NamedMatrix;
}

const PIECE = /[A-Za-z0-9_]+/g;
const MOST_CANDIDATES = 80;
const CODE_FORM = /_|\d|[a-z][A-Z]|^[A-Z]{2,}$/;

/** Words of a debate counted once, for all its proposals. */
export class WordCensus {
  readonly units: Map<string, number> = new Map();
  readonly authors: Map<string, Set<string>> = new Map();
  readonly pieces: readonly (readonly string[])[];
  readonly total: number;
  readonly people: number;

  constructor(turns: readonly Turn[], units: readonly Unit[]) {
    this.total = Math.max(1, units.length);
    this.people = Math.max(1, new Set(turns.map((turn) => turn.author)).size);
    this.pieces = units.map((unit) => unit.text.match(PIECE) ?? []);
    units.forEach((unit, index) => {
      const author = turns[unit.turn]?.author ?? '';
      for (const own of new Set((this.pieces[index] ?? []).map((piece) => stem(piece.toLowerCase())))) {
        this.units.set(own, (this.units.get(own) ?? 0) + 1);
        const known = this.authors.get(own);
        if (known) known.add(author);
        else this.authors.set(own, new Set([author]));
      }
    });
  }
}

/** Candidates for the proposal that `unit` introduces; `common` tells how usual a stem is (share of debates, 0 to 1). */
export function keywordRows(
  turns: readonly Turn[],
  units: readonly Unit[],
  unit: Unit,
  subject: string,
  head: boolean,
  census: WordCensus,
  common: Readonly<Record<string, number>>,
): KeywordRows {
  const forms = new Map<string, string>();
  const inSubject = place(subject.match(PIECE) ?? [], forms);
  const inUnit = place(census.pieces[unit.index] ?? [], forms);
  const neighbor = (at: number): Map<string, number> =>
    units[at]?.turn === unit.turn ? place(census.pieces[at] ?? [], forms) : new Map();
  const before = neighbor(unit.index - 1);
  const after = neighbor(unit.index + 1);
  const inTurn = new Map<string, number>();
  const inAnswers = new Map<string, number>();
  units.forEach((other, index) => {
    const table = other.turn === unit.turn ? inTurn : other.answers.includes(unit.index) ? inAnswers : null;
    if (!table) return;
    for (const own of place(census.pieces[index] ?? [], table === inTurn && head ? forms : null).keys()) {
      table.set(own, (table.get(own) ?? 0) + 1);
    }
  });
  const author = turns[unit.turn]?.author ?? '';
  const unitWords = census.pieces[unit.index]?.length ?? 0;
  const out = new MatrixBuilder();
  const candidates: KeywordCandidate[] = [];
  for (const [own, form] of forms) {
    if (candidates.length >= MOST_CANDIDATES) break;
    candidates.push({ stem: own, form });
    out.put('head', head ? 1 : 0);
    out.put('inSubject', inSubject.has(own) ? 1 : 0);
    out.put('subjectPlace', inSubject.get(own) ?? -1);
    out.put('inUnit', inUnit.has(own) ? 1 : 0);
    out.put('unitPlace', inUnit.get(own) ?? -1);
    out.put('unitWords', unitWords);
    out.put('before', before.has(own) ? 1 : 0);
    out.put('after', after.has(own) ? 1 : 0);
    out.put('inTurn', inTurn.get(own) ?? 0);
    out.put('inAnswers', inAnswers.get(own) ?? 0);
    out.put('inDebate', (census.units.get(own) ?? 0) / census.total);
    out.put('uses', census.units.get(own) ?? 0);
    const by = census.authors.get(own);
    out.put('authors', (by?.size ?? 0) / census.people);
    out.put('others', by ? by.size - (by.has(author) ? 1 : 0) : 0);
    out.put('common', common[own] ?? 0);
    out.put('code', CODE_FORM.test(form) ? 1 : 0);
    out.put('capital', /^[A-Z]/.test(form) ? 1 : 0);
    out.put('number', /^\d+$/.test(form) ? 1 : 0);
    out.put('length', form.length);
    out.endRow();
  }
  return { candidates, matrix: out.finish() };
}

/** Stem -> first place (share of the text) of the content words; their forms are noted when new. */
function place(pieces: readonly string[], forms: Map<string, string> | null): Map<string, number> {
  const found = new Map<string, number>();
  pieces.forEach((piece, index) => {
    const lower = piece.toLowerCase();
    if (isStopWord(lower)) return;
    const own = stem(lower);
    if (!found.has(own)) found.set(own, index / pieces.length);
    if (forms && !forms.has(own)) forms.set(own, piece);
  });
  return found;
}
