// Which sentence of the opening message says what the debate was opened for: one row per candidate sentence.
import type { Findings } from '../finding.ts';
import { SCORES } from '../weights/model.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';
import { contentStems, dice } from '../words.ts';

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
const IMPERATIVE =
  /^(?:add|allow|avoid|change|clean|clear|convert|create|deprecate|disable|document|do|drop|enable|enhance|export|extend|extract|fix|implement|improve|include|introduce|kill|let|make|mark|merge|move|pass|prevent|provide|put|reduce|refactor|remove|rename|replace|reserve|restrict|resurrect|return|revert|rework|rewrite|set|simplify|skip|split|stop|support|switch|turn|unify|update|use)\b/i;
const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|day)|greetings|all|folks)\b/i;
const CHANGELOG = /^(?:v\d+|changes? (?:since|in|from)|changelog|base|link|http)/i;
const MOST = 60;

/** Candidates are the units of the opening turn, at most 60; of an empty one, those of its author's next turn. */
export function openingRows(
  found: Pick<Findings, 'turns' | 'units' | 'root' | 'scores'>,
  shape: NamedMatrix,
): OpeningRows {
  const { turns, units, root, scores } = found;
  const author = turns[root]?.author;
  const own = (turn: number): number[] =>
    units.filter((unit) => unit.turn === turn).map((unit) => unit.index);
  let candidates = own(root);
  for (const turn of turns) {
    if (candidates.length > 0) break;
    if (turn.author === author) candidates = own(turn.index);
  }
  if (candidates.length === 0) candidates = units.slice(0, MOST).map((unit) => unit.index);
  candidates = candidates.slice(0, MOST);
  const subject = contentStems(turns[root]?.subject.base ?? '');
  const width = scores.width;
  const best = SCORES.map((_, l) =>
    Math.max(...candidates.map((index) => scores.values[index * width + l] ?? 0)),
  );
  const out = new MatrixBuilder();
  let seenThis = 0;
  let seenImperative = 0;
  candidates.forEach((index, place) => {
    const unit = units[index];
    if (!unit) return;
    const thisPatch = THIS_PATCH.test(unit.text) ? 1 : 0;
    const imperative = IMPERATIVE.test(unit.text) ? 1 : 0;
    SCORES.forEach((name, l) => {
      const value = scores.values[index * width + l] ?? 0;
      out.put(`score.${name}`, value);
      out.put(`gap.${name}`, value - (best[l] ?? 0));
    });
    shape.names.forEach((name, c) => {
      if (USED_SHAPE.has(name)) out.put(name, shape.values[index * shape.names.length + c] ?? 0);
    });
    out.put('candidates', candidates.length);
    out.put('order', place);
    out.put('thisPatch', thisPatch);
    out.put('firstThis', thisPatch && seenThis === 0 ? 1 : 0);
    out.put('selfProposing', SELF_PROPOSING.test(unit.text) ? 1 : 0);
    out.put('therefore', THEREFORE.test(unit.text) ? 1 : 0);
    out.put('imperative', imperative);
    out.put('firstImperative', imperative && seenImperative === 0 ? 1 : 0);
    out.put('greeting', GREETING.test(unit.text) ? 1 : 0);
    out.put('changelog', CHANGELOG.test(unit.text) ? 1 : 0);
    out.put('subjectDice', dice(contentStems(unit.text), subject));
    out.put('patch', turns[root]?.subject.patch ? 1 : 0);
    out.put('cover', turns[root]?.subject.part === 0 ? 1 : 0);
    out.endRow();
    seenThis += thisPatch;
    seenImperative += imperative;
  });
  return { candidates, matrix: out.finish() };
}

const USED_SHAPE: ReadonlySet<string> = new Set([
  'words',
  'asks',
  'endsStop',
  'endsColon',
  'negation',
  'i',
  'we',
  'obligation',
  'possibility',
  'wish',
  'past',
  'code',
  'placeShare',
  'wordShare',
  'paragraph',
  'item',
  'inPatch',
  'quotedByTurns',
  'quotedByOthers',
  'quotedTightly',
  'likeSubject',
  'likeWhole',
  'likeTurn',
  'rareWords',
  'cue.proposal',
  'cue.side',
]);
