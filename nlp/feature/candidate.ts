// Which sentences introduce further proposals: one row per likely candidate, with what others made of it.
import type { Findings, Unit } from '../finding.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { contentStems, dice } from '../words.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';
import { cosine, rarity, stemsOf, vectorOf } from './likeness.ts';

export interface CandidateRows {
  /** Unit indices in reading order. */
  readonly candidates: readonly number[];
  readonly matrix: NamedMatrix;
}

/** Log-odds of INTRO below which a unit is no candidate. */
const LEAST = -4;
const MOST = 60;
const AT: ReadonlyMap<Score, number> = new Map(SCORES.map((score, index) => [score, index]));
const REACTIONS: readonly Score[] = ['SUPPORT', 'OPPOSE', 'CONDITIONAL', 'STANCE', 'RATIONALE', 'QUESTION'];
const USED_SHAPE: ReadonlySet<string> = new Set([
  'words',
  'asks',
  'place',
  'placeShare',
  'unitsInTurn',
  'answer',
  'sinceQuote',
  'turnShare',
  'turnsLeft',
  'turns',
  'depth',
  'children',
  'isRoot',
  'byRootAuthor',
  'nthOfAuthor',
  'inPatch',
  'quotedByTurns',
  'quotedByOthers',
  'quotedTightly',
  'likeSubject',
  'likeWhole',
  'likeParent',
  'likeQuoted',
  'cue.proposal',
  'cue.question',
  'cue.oppose',
  'obligation',
  'possibility',
  'negation',
]);

/** `head` is the unit that introduces the head proposal, -1 for none; it is no candidate. */
export function candidateRows(
  found: Pick<Findings, 'turns' | 'units' | 'root' | 'scores'>,
  shape: NamedMatrix,
  head: number,
): CandidateRows {
  const { turns, units, scores } = found;
  const { width, values } = scores;
  const score = (unit: number, name: Score): number => values[unit * width + (AT.get(name) ?? 0)]!;
  const likely = units
    .filter((unit) => unit.index !== head && score(unit.index, 'INTRO') >= LEAST)
    .toSorted((a, b) => score(b.index, 'INTRO') - score(a.index, 'INTRO') || a.index - b.index)
    .slice(0, MOST);
  const rankOf = new Map(likely.map((unit, rank) => [unit.index, rank]));
  const candidates = likely.map((unit) => unit.index).toSorted((a, b) => a - b);
  const answers = new Map<number, Unit[]>();
  for (const unit of units) {
    for (const answered of unit.answers) {
      const known = answers.get(answered);
      if (known) known.push(unit);
      else answers.set(answered, [unit]);
    }
  }
  const stems = units.map((unit) => stemsOf(unit.text));
  const rare = rarity(stems);
  const vectors = new Map(candidates.map((index) => [index, vectorOf(stems[index] ?? [], rare)]));
  const headStems = head >= 0 ? contentStems(units[head]?.text ?? '') : new Set<string>();
  const out = new MatrixBuilder();
  for (const index of candidates) {
    const unit = units[index];
    const turn = turns[unit?.turn ?? -1];
    if (!unit || !turn) continue;
    for (const name of SCORES) out.put(`score.${name}`, score(index, name));
    for (const step of [-1, 1]) {
      const near = units[index + step]?.turn === unit.turn ? index + step : -1;
      for (const name of ['INTRO', 'PROPOSAL', 'RATIONALE', 'STANCE'] as const) {
        out.put(`${step < 0 ? 'before' : 'after'}.${name}`, near < 0 ? -6 : score(near, name));
      }
    }
    shape.names.forEach((name, c) => {
      if (USED_SHAPE.has(name)) out.put(name, shape.values[index * shape.names.length + c] ?? 0);
    });
    const others = (answers.get(index) ?? []).filter((other) => turns[other.turn]?.author !== turn.author);
    out.put('answers', others.length);
    for (const name of REACTIONS) {
      let sum = 0;
      let most = -6;
      for (const other of others) {
        sum += 1 / (1 + Math.exp(-score(other.index, name)));
        most = Math.max(most, score(other.index, name));
      }
      out.put(`answers.${name}`, sum);
      out.put(`answersMost.${name}`, most);
    }
    const replies = turn.children.filter((child) => turns[child]?.author !== turn.author).length;
    out.put('replies', replies);
    out.put('rank', rankOf.get(index) ?? 0);
    const rivals = candidates.filter((other) => units[other]?.turn === unit.turn);
    const own = score(index, 'INTRO');
    out.put('turnRank', rivals.filter((other) => score(other, 'INTRO') > own).length);
    out.put(
      'earlierInTurn',
      rivals.filter((other) => other < index && score(other, 'INTRO') > own - 1).length,
    );
    const vector = vectors.get(index) ?? new Map();
    let earlier = 0;
    let earlierOwn = 0;
    let later = 0;
    for (const other of candidates) {
      if (other === index) continue;
      const like = cosine(vector, vectors.get(other) ?? new Map());
      const same = turns[units[other]?.turn ?? -1]?.author === turn.author;
      if (other < index) earlier = Math.max(earlier, like);
      if (other < index && same) earlierOwn = Math.max(earlierOwn, like);
      if (other > index) later = Math.max(later, like);
    }
    out.put('likeEarlier', earlier);
    out.put('likeEarlierOwn', earlierOwn);
    out.put('likeLater', later);
    out.put('likeHead', dice(contentStems(unit.text), headStems));
    out.put('nearHead', head >= 0 && unit.turn === units[head]?.turn ? Math.abs(index - head) : -1);
    out.endRow();
  }
  return { candidates, matrix: out.finish() };
}
