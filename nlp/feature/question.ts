// Questions and their possible answers: one row per likely question, one row per question and later message.
import type { Findings, Unit } from '../finding.ts';
import { SCORES } from '../weights/model.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';
import { cosine, rarity, stemsOf, vectorOf, type Vector } from './likeness.ts';
import { ReplyTree } from './reply-tree.ts';

export interface AnswerLink {
  /** Index into `candidates`. */
  readonly question: number;
  readonly turn: number;
  /** The unit that answers: below the quoted question, else the likest. */
  readonly unit: number;
}

export interface QuestionRows {
  /** Unit indices in reading order. */
  readonly candidates: readonly number[];
  readonly matrix: NamedMatrix;
  readonly links: readonly AnswerLink[];
  readonly linkMatrix: NamedMatrix;
}

const QUESTION = SCORES.indexOf('QUESTION');
/** Log-odds below which a unit without question mark is no candidate. */
const LEAST = -3;
/** Later messages looked at per question. */
const MOST_LINKS = 40;
const ENDS_ASKING = /\?["')\]]*$/;
const OPENS_WH = /^(?:and |but |so |ok,? |also,? )?(?:what|why|how|when|where|who|which|whose)\b/i;
const OPENS_AUX =
  /^(?:and |but |so |ok,? |also,? )?(?:is|are|was|were|do|does|did|can|could|would|should|will|have|has|had|may|might|shall|isn't|aren't|doesn't|don't|didn't|can't|couldn't|wouldn't|shouldn't|won't|haven't|hasn't)\b/i;
const TAG = /\b(?:right|correct|no|isn't it|or not|ok|okay|yes|agreed|huh|eh|hm+)\s?\?/i;
const INDIRECT =
  /\b(?:wonder|wondering|curious|not sure|unsure|unclear|let me know|any (?:idea|thoughts|comments|objections|opinions?|feedback|suggestions?))\b/i;
const ASKS_ALL =
  /\b(?:thoughts|comments|opinions|objections|ideas|feedback|suggestions|anyone|anybody|everyone|folks|all)\b/i;
const YOU = /\b(?:you|your|you're)\b/i;
const OWN_ANSWER =
  /^(?:i think|i guess|i'd|maybe|perhaps|probably|no[,.\s]|yes[,.\s]|because|if (?:so|not|yes)|well|it|that|this|the answer)\b/i;
const USED_SHAPE: ReadonlySet<string> = new Set([
  'place',
  'fromEnd',
  'placeShare',
  'unitsInTurn',
  'wordsInTurn',
  'sinceQuote',
  'blockLeft',
  'quotedWords',
  'quotedAsks',
  'answersSelf',
  'inPatch',
  'turn',
  'turnShare',
  'turnsLeft',
  'turns',
  'depth',
  'children',
  'isRoot',
  'byRootAuthor',
  'parentByRootAuthor',
  'nthOfAuthor',
  'lastOfAuthor',
  'maintainer',
  'people',
  'likeSubject',
  'likeWhole',
  'likeQuoted',
  'quotedByTurns',
  'quotedByOthers',
  'quotedTightly',
  'cue.question',
  'cue.rhetorical',
  'cue.proposal',
  'cue.support',
  'cue.oppose',
  'cue.thanks',
  'negation',
  'obligation',
  'code',
]);

type Scene = Pick<Findings, 'turns' | 'units' | 'root' | 'shape' | 'scores'>;

export function questionRows(scene: Scene): QuestionRows {
  const { turns, units, shape, scores } = scene;
  const score = (unit: number, l: number): number => scores.values[unit * scores.width + l]!;
  const asking = units.map((unit) => ENDS_ASKING.test(unit.text));
  const candidates = units
    .filter((unit, index) => asking[index] || unit.text.includes('?') || score(index, QUESTION) >= LEAST)
    .map((unit) => unit.index);
  const stems = units.map((unit) => stemsOf(unit.text));
  const rare = rarity(stems);
  const vectors = new Map<number, Vector>();
  const vectorAt = (index: number): Vector => {
    let own = vectors.get(index);
    if (!own) vectors.set(index, (own = vectorOf(stems[index] ?? [], rare)));
    return own;
  };
  const byTurn: Unit[][] = turns.map(() => []);
  for (const unit of units) byTurn[unit.turn]?.push(unit);
  const tree = new ReplyTree(turns.map((turn) => turn.parent));
  const out = new MatrixBuilder();
  const linkOut = new MatrixBuilder();
  const links: AnswerLink[] = [];
  candidates.forEach((index, question) => {
    const unit = units[index];
    const turn = turns[unit?.turn ?? -1];
    if (!unit || !turn) return;
    const own = byTurn[unit.turn] ?? [];
    const first = own[0]?.index ?? index;
    const last = own.at(-1)?.index ?? index;
    const asked = turns[turn.parent]?.author ?? '';
    // the question itself
    SCORES.forEach((name, l) => out.put(`score.${name}`, score(index, l)));
    for (const step of [-1, 1]) {
      const near = index + step >= first && index + step <= last ? index + step : -1;
      out.put(step < 0 ? 'before.asks' : 'after.asks', near < 0 ? -1 : asking[near] ? 1 : 0);
      for (const name of ['QUESTION', 'PROPOSAL', 'RATIONALE', 'STANCE'] as const) {
        const l = SCORES.indexOf(name);
        out.put(`${step < 0 ? 'before' : 'after'}.${name}`, near < 0 ? -8 : score(near, l));
      }
    }
    const next = units[index + 1]?.turn === unit.turn ? (units[index + 1]?.text ?? '') : '';
    out.put('ownAnswer', OWN_ANSWER.test(next) && units[index + 1]?.opens !== 'answer' ? 1 : 0);
    out.put('nextOpens', units[index + 1]?.turn === unit.turn && units[index + 1]?.opens !== null ? 1 : 0);
    let runStart = index;
    while (runStart > first && asking[runStart - 1]) runStart--;
    let runEnd = index;
    while (runEnd < last && asking[runEnd + 1]) runEnd++;
    out.put('runPlace', index - runStart);
    out.put('runLeft', runEnd - index);
    out.put('askingInTurn', own.filter((other) => asking[other.index]).length);
    out.put('words', unit.text.split(' ').length);
    out.put('ends', asking[index] ? 1 : 0);
    out.put('marks', unit.text.includes('?') ? 1 : 0);
    out.put('wh', OPENS_WH.test(unit.text) ? 1 : 0);
    out.put('aux', OPENS_AUX.test(unit.text) ? 1 : 0);
    out.put('tag', TAG.test(unit.text) ? 1 : 0);
    out.put('indirect', INDIRECT.test(unit.text) ? 1 : 0);
    out.put('asksAll', ASKS_ALL.test(unit.text) ? 1 : 0);
    out.put('you', YOU.test(unit.text) ? 1 : 0);
    out.put('quotes', /["“”]/.test(unit.text) ? 1 : 0);
    shape.names.forEach((name, c) => {
      if (USED_SHAPE.has(name)) out.put(name, shape.values[index * shape.names.length + c] ?? 0);
    });
    // what followed
    const later = turns.slice(unit.turn + 1, unit.turn + 1 + MOST_LINKS);
    let bestLike = 0;
    let replies = 0;
    let repliesByAsked = 0;
    let laterByAsked = 0;
    let below = 0;
    let tightBelow = 0;
    let askerReturns = 0;
    for (const reply of later) {
      const theirs = byTurn[reply.index] ?? [];
      const under = theirs.filter((other) => other.answers.includes(index));
      const inTurn = theirs.some((other) =>
        other.answers.some((answered) => units[answered]?.turn === unit.turn),
      );
      const direct = reply.parent === unit.turn;
      const descends = tree.isBelow(reply.index, unit.turn);
      const self = reply.author === turn.author;
      if (self && descends) askerReturns = 1;
      let like = 0;
      let likest = theirs[0]?.index ?? -1;
      for (const other of theirs) {
        const value = cosine(vectorAt(index), vectorAt(other.index));
        if (value > like) {
          like = value;
          likest = other.index;
        }
      }
      if (!self && descends) bestLike = Math.max(bestLike, like);
      if (!self && direct) {
        replies++;
        if (reply.author === asked) repliesByAsked++;
      }
      if (reply.author === asked) laterByAsked++;
      const tight = under.length > 0 ? Math.max(...under.map((other) => 1 / other.answers.length)) : 0;
      if (!self && under.length > 0) {
        below++;
        tightBelow = Math.max(tightBelow, tight);
      }
      if (!descends && under.length === 0 && like < 0.25) continue;
      links.push({ question, turn: reply.index, unit: under[0]?.index ?? likest });
      const lead = under[0]?.index ?? -1;
      linkOut.put('question', score(index, QUESTION));
      linkOut.put('ends', asking[index] ? 1 : 0);
      linkOut.put('self', self ? 1 : 0);
      linkOut.put('direct', direct ? 1 : 0);
      linkOut.put('descends', descends ? 1 : 0);
      linkOut.put('steps', reply.depth - turn.depth);
      linkOut.put('apart', reply.index - unit.turn);
      linkOut.put('byAsked', reply.author === asked ? 1 : 0);
      linkOut.put('under', under.length);
      linkOut.put('tight', tight);
      linkOut.put('inTurn', inTurn ? 1 : 0);
      linkOut.put('like', like);
      linkOut.put('earlierReplies', replies - (direct && !self ? 1 : 0));
      linkOut.put('earlierBelow', below - (under.length > 0 && !self ? 1 : 0));
      linkOut.put('units', theirs.length);
      linkOut.put('questionsInTurn', own.filter((other) => asking[other.index]).length);
      linkOut.put('leftInBlock', last - index);
      linkOut.put('patch', reply.subject.patch && !reply.subject.reply ? 1 : 0);
      linkOut.put('lead.asks', lead >= 0 && asking[lead] ? 1 : 0);
      for (const name of [
        'QUESTION',
        'SUPPORT',
        'OPPOSE',
        'RATIONALE',
        'ANY',
        'CONCEDE',
        'PROPOSAL',
      ] as const) {
        linkOut.put(`lead.${name}`, lead < 0 ? -8 : score(lead, SCORES.indexOf(name)));
      }
      linkOut.put('lead.words', lead < 0 ? 0 : (units[lead]?.text.split(' ').length ?? 0));
      linkOut.put(
        'unsure',
        /\b(?:not sure|don't know|no idea|good question|have to check|will check|let me)\b/i.test(
          units[lead]?.text ?? '',
        )
          ? 1
          : 0,
      );
      linkOut.endRow();
    }
    out.put('replies', replies);
    out.put('repliesByAsked', repliesByAsked);
    out.put('laterByAsked', laterByAsked);
    out.put('below', below);
    out.put('tightBelow', tightBelow);
    out.put('bestLike', bestLike);
    out.put('askerReturns', askerReturns);
    out.put('asksNobody', asked === '' ? 1 : 0);
    out.endRow();
  });
  return { candidates, matrix: out.finish(), links, linkMatrix: linkOut.finish() };
}

/** Question columns with what the answer model said of each question's links: its best log-odds and the sum of chances. */
export function withLinks(rows: QuestionRows, linkScores: ArrayLike<number>): NamedMatrix {
  const { matrix, links } = rows;
  const best = new Float32Array(matrix.rows).fill(-6);
  const sum = new Float32Array(matrix.rows);
  links.forEach(({ question }, k) => {
    const score = linkScores[k] ?? -6;
    best[question] = Math.max(best[question] ?? -6, score);
    sum[question] = (sum[question] ?? 0) + 1 / (1 + Math.exp(-score));
  });
  const width = matrix.names.length;
  const values = new Float32Array(matrix.rows * (width + 2));
  for (let row = 0; row < matrix.rows; row++) {
    values.set(matrix.values.subarray(row * width, (row + 1) * width), row * (width + 2));
    values[row * (width + 2) + width] = best[row] ?? -6;
    values[row * (width + 2) + width + 1] = sum[row] ?? 0;
  }
  return { names: [...matrix.names, 'links.best', 'links.sum'], rows: matrix.rows, values };
}
