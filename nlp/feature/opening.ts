// Which sentence of the opening message says what the debate was opened for: one row per candidate sentence.
import type { Findings } from '../finding.ts';
import { contentStems } from '../words.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';

export interface OpeningRows {
  /** Unit indices. */
  readonly candidates: readonly number[];
  readonly matrix: NamedMatrix;
}

const THIS_PATCH =
  /\b(?:this|these|the (?:following|attached)) (?:\w+ )?(?:patch|patches|patchset|series|set|change|changes|commit|proposal|rfc|pep|draft|document)\b/i;
const SELF_PROPOSING =
  /\b(?:i|we)(?:'d| would)? (?:\w+ )?(?:propose|suggest|like to|want to|think|plan|volunteer|intend)\b/i;
const THEREFORE =
  /^(?:so|therefore|thus|hence|to (?:\w+ ){1,3}this|instead|for this|that's why|with this)\b/i;
const VERB =
  /^(?:add|allow|avoid|chang|clean|clear|convert|creat|decid|deprecat|disabl|discuss|distinguish|document|drop|enabl|enhanc|export|extend|extract|fix|implement|improv|introduc|kill|let|make|mark|merg|mov|pass|prevent|propos|provid|reduc|refactor|remov|renam|replac|reserv|restrict|resurrect|revert|rework|rewrit|simplif|skip|split|stop|support|switch|turn|unif|updat|us)/;
const IMPERATIVE =
  /^(?:add|allow|avoid|change|clean|clear|convert|create|deprecate|disable|document|do|drop|enable|enhance|export|extend|extract|fix|implement|improve|include|introduce|kill|let|make|mark|merge|move|pass|prevent|provide|put|reduce|refactor|remove|rename|replace|reserve|restrict|resurrect|return|revert|rework|rewrite|set|simplify|skip|split|stop|support|switch|turn|unify|update|use)\b/i;
const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|day)|greetings|all|folks)\b/i;
const CHANGELOG = /^(?:v\d+|changes? (?:since|in|from)|changelog|base|link|http)/i;
const PROBLEM =
  /\b(?:however|but|problem|issue|bug|currently|today|broken|fails?|unfortunately|concern|confus\w*)\b/i;
const LINK = /https?:/;
const MOST = 60;
/** Words at the start of a sentence among which its verb is looked for. */
const START_WORDS = 14;
const GAPS: readonly Score[] = ['INTRO', 'PROPOSAL', 'KEY', 'RATIONALE'];
const SHAPES = [
  'quotedByOthers',
  'quotedTightly',
  'past',
  'negation',
  'obligation',
  'wish',
  'we',
  'i',
  'paragraph',
  'item',
  'likeWhole',
  'likeTurn',
  'likeSubject',
  'code',
  'number',
  'endsColon',
  'cue.proposal',
];

/**
 * Candidates are the units of the opening turn, at most 60; of an empty one, those of its author's next turn;
 * the oldest words at hand when it is missing.
 * `common` is the share of debates a stem is used in (0 when rare).
 */
export function openingRows(
  found: Pick<Findings, 'turns' | 'units' | 'root' | 'scores'>,
  shape: NamedMatrix,
  common: Readonly<Record<string, number>>,
): OpeningRows {
  const { turns, units, root, scores } = found;
  const candidates = candidatesOf(found);
  const idf = (stem: string): number => -Math.log((common[stem] ?? 0) + 0.013);
  const rootTurn = turns[root];
  const subject = contentStems(rootTurn?.subject.base ?? '');
  const subjectWeight = sum(subject, idf) || 1;
  const subjectVerbs = [...subject].filter((stem) => VERB.test(stem));
  const uses = usesByOthers(found);
  const width = scores.width;
  const at = new Map(SCORES.map((name, index) => [name, index]));
  const score = (unit: number, name: Score): number => scores.values[unit * width + (at.get(name) ?? 0)] ?? 0;
  const best = new Map(GAPS.map((name) => [name, Math.max(...candidates.map((unit) => score(unit, name)))]));
  const columns = SHAPES.map((name) => shape.names.indexOf(name));
  const patch = rootTurn?.subject.patch ? 1 : 0;
  const out = new MatrixBuilder();
  let seenThis = false;
  let seenImperative = false;
  candidates.forEach((index, place) => {
    const text = units[index]?.text ?? '';
    const before = place > 0 ? (units[candidates[place - 1] ?? -1]?.text ?? '') : '';
    const stems = contentStems(text);
    const weight = sum(stems, idf) || 1;
    const shared = sum(
      [...subject].filter((stem) => stems.has(stem)),
      idf,
    );
    const words = text.split(' ').length;
    const order = place / Math.max(1, candidates.length);
    const thisPatch = THIS_PATCH.test(text);
    const imperative = IMPERATIVE.test(text);
    const proposing = SELF_PROPOSING.test(text) ? 1 : 0;
    const starts = text.toLowerCase().match(/[a-z]+/g) ?? [];
    for (const name of GAPS) out.put(`gap.${name}`, score(index, name) - (best.get(name) ?? 0));
    out.put('intro', score(index, 'INTRO'));
    out.put('decision', score(index, 'DECISION'));
    out.put('question', score(index, 'QUESTION'));
    out.put('subjectCovered', shared / subjectWeight);
    out.put('topicCovered', patch ? 0 : shared / subjectWeight);
    out.put('ofSubject', shared / weight);
    out.put('takenUp', sum(stems, (stem) => Math.log(1 + (uses.get(stem) ?? 0)) * idf(stem)) / weight);
    out.put('order', order);
    out.put('patchOrder', patch * order);
    out.put('topicOrder', (1 - patch) * order);
    out.put('first', place === 0 ? 1 : 0);
    out.put('place', Math.log(1 + place));
    out.put('words', Math.log(1 + words));
    out.put('long', words > 35 ? 1 : 0);
    out.put('short', words < 6 ? 1 : 0);
    out.put('thisPatch', thisPatch ? 1 : 0);
    out.put('firstThis', thisPatch && !seenThis ? 1 : 0);
    out.put('proposing', proposing);
    out.put('topicProposing', (1 - patch) * proposing);
    out.put('therefore', THEREFORE.test(text) ? 1 : 0);
    out.put('imperative', imperative ? 1 : 0);
    out.put('patchImperative', imperative ? patch : 0);
    out.put('firstImperative', imperative && !seenImperative ? 1 : 0);
    out.put('greeting', GREETING.test(text) ? 1 : 0);
    out.put('changelog', CHANGELOG.test(text) ? 1 : 0);
    out.put('problem', PROBLEM.test(text) ? 1 : 0);
    out.put('afterProblem', PROBLEM.test(before) ? 1 : 0);
    out.put('verb', starts.slice(0, START_WORDS).some((word) => VERB.test(word)) ? 1 : 0);
    out.put('sameVerb', subjectVerbs.some((stem) => stems.has(stem)) ? 1 : 0);
    out.put('link', LINK.test(text) ? 1 : 0);
    SHAPES.forEach((name, c) => {
      out.put(name, shape.values[index * shape.names.length + (columns[c] ?? 0)] ?? 0);
    });
    out.endRow();
    seenThis ||= thisPatch;
    seenImperative ||= imperative;
  });
  return { candidates, matrix: out.finish() };
}

function candidatesOf({ turns, units, root }: Pick<Findings, 'turns' | 'units' | 'root'>): number[] {
  const own = (turn: number): number[] =>
    units.filter((unit) => unit.turn === turn).map((unit) => unit.index);
  // without the opening message, the oldest words at hand
  let candidates = own(root < 0 ? (units[0]?.turn ?? 0) : root);
  const author = turns[root]?.author;
  for (const turn of turns) {
    if (candidates.length > 0) break;
    if (turn.author === author) candidates = own(turn.index);
  }
  return candidates.slice(0, MOST);
}

/** In how many units of other people than the opener each stem stands. */
function usesByOthers({
  turns,
  units,
  root,
}: Pick<Findings, 'turns' | 'units' | 'root'>): Map<string, number> {
  const uses = new Map<string, number>();
  for (const unit of units) {
    if (turns[unit.turn]?.author === turns[root]?.author) continue;
    for (const stem of contentStems(unit.text)) uses.set(stem, (uses.get(stem) ?? 0) + 1);
  }
  return uses;
}

function sum(stems: Iterable<string>, weight: (stem: string) => number): number {
  let total = 0;
  for (const stem of stems) total += weight(stem);
  return total;
}
