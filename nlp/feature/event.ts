// Which sentences state an outcome: one row per sentence with a decision cue or score, and what kind of outcome it is.
import type { DecisionKind } from '../../model/report.ts';
import type { Findings, Speaker, Unit } from '../finding.ts';
import type { CueHit } from '../lexicon/cue.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';

export interface EventRows {
  /** Unit indices. */
  readonly candidates: readonly number[];
  readonly kinds: readonly DecisionKind[];
  readonly matrix: NamedMatrix;
}

/** Decision cues carry their kind in the label. */
const CUE = 'decision-';
/** Log-odds of DECISION from which a sentence with a word of outcome is looked at. */
const LEAST = -3.5;
const KINDS: readonly (readonly [RegExp, DecisionKind])[] = [
  [/\b(?:nac?k(?:ed)?)\b/i, 'nacked'],
  [
    /\b(?:reject(?:ed|ing)?|not (?:an option|acceptable|going to happen|applying|taking|merging)|isn't going to|won't (?:be )?(?:apply|applied|take|merge|merged)|not even getting)\b/i,
    'rejected',
  ],
  [
    /\b(?:withdr(?:aw|ew|awn|awing)|(?:i'll|i will|let me|i(?:'ve| have)?|let's) (?:drop(?:ped)?|abandon(?:ed)?|retract(?:ed)?) (?:this|that|it|the (?:patch|series|idea|proposal))|not ready|scrap (?:this|it|that)|forget (?:this|it|that)|please (?:ignore|disregard|drop) this)\b/i,
    'withdrawn',
  ],
  [
    /\b(?:supersed(?:ed|es)|v\d+ (?:is |was |has been |have been )?(?:posted|sent|out)|(?:posted|sent) (?:a |an |the )?(?:new |updated )?v\d+|there's a v\d+)\b/i,
    'superseded',
  ],
  [
    /\b(?:defer(?:red)?|postpone[ds]?|for now|later|hold(?:ing)? (?:this|it|off)|dropped it from|todo list|next (?:cycle|release|merge window))\b/i,
    'deferred',
  ],
  [
    /\b(?:consensus|(?:we|everyone|everybody|all|it was|been) (?:have |has |had )?(?:agreed|decided|concluded)|came (?:up with|to) the conclusion|conclusion (?:was|is))\b/i,
    'consensus',
  ],
  [/\bmerged\b/i, 'merged'],
  [
    /\b(?:appl(?:ied|y(?:ing)? (?:it|this|that) now)|queued|queuing|picked|picking (?:it|this|that)|pulled|pushed|committed|taken into|landed|done)\b/i,
    'applied',
  ],
  [
    /\b(?:accept(?:ed)?|approved?|i'll take (?:it|this|that)|taking (?:it|this|that)|adopted|go ahead|announce|created)\b/i,
    'accepted',
  ],
];
const APPLIED_FIRST =
  /^(?:\W*(?:ok(?:ay)?|great|thanks?|thank you|now|all|and|so|i(?:'ve)?|i have|patch(?:es)?|series|both|this|whole)[,.!]?\s+){0,4}(?:applied|queued|picked|merged|pulled|pushed|committed|took)\b/i;
const NACK_ALONE = /^\W*(?:nack|nak)\b/i;
const PLACE =
  /\b(?:tree|branch|next|for-next|for-linus|master|trunk|main|linux-next|mainline|upstream|repo)\b/i;
const FUTURE = /\b(?:will|i'll|we'll|going to|gonna|would|could|should|can|might|may)\b/i;
const CONDITION = /\b(?:if|once|unless|when|until|after|assuming|provided)\b/i;
const OTHERS = /\b(?:he|she|they|you|someone|somebody|people)\b/i;
const LOOKED_AT: readonly Score[] = [
  'DECISION',
  'ANY',
  'QUESTION',
  'CONDITIONAL',
  'SUPPORT',
  'OPPOSE',
  'PROPOSAL',
  'CONCEDE',
  'KEY',
  'RATIONALE',
];

/** Rows of the sentences that may state an outcome, in reading order. */
export function eventRows(
  found: Pick<Findings, 'turns' | 'speakers' | 'units' | 'root' | 'cues' | 'scores'>,
): EventRows {
  const { turns, units, root, cues, scores } = found;
  const people = new Map(found.speakers.map((speaker) => [speaker.id, speaker]));
  const at = new Map(SCORES.map((name, index) => [name, index]));
  const score = (unit: Unit, name: Score): number =>
    scores.values[unit.index * scores.width + (at.get(name) ?? 0)] ?? 0;
  const firstOf = new Map<number, number>();
  for (const unit of units) if (!firstOf.has(unit.turn)) firstOf.set(unit.turn, unit.index);
  const out = new MatrixBuilder();
  const candidates: number[] = [];
  const kinds: DecisionKind[] = [];
  for (const unit of units) {
    const own = cues[unit.index]?.own ?? [];
    const hits = own.filter((hit) => hit.effective.startsWith(CUE));
    const kind = kindOf(unit, hits);
    const turn = turns[unit.turn];
    if (!kind || !turn || (hits.length === 0 && score(unit, 'DECISION') < LEAST)) continue;
    candidates.push(unit.index);
    kinds.push(kind);
    const speaker: Speaker | undefined = people.get(turn.author);
    const opener = turn.author === turns[root]?.author;
    const strength = Math.max(0, ...hits.map((hit) => hit.strength + 0.5));
    const has = (test: (hit: CueHit) => boolean): number => (own.some(test) ? 1 : 0);
    const said = (test: (hit: CueHit) => boolean): number => (hits.some(test) ? 1 : 0);
    const positive = kind === 'applied' || kind === 'merged' || kind === 'accepted';
    const negative = kind === 'nacked' || kind === 'rejected';
    const entitled = speaker?.role === 'maintainer' || speaker?.role === 'bot';
    for (const name of LOOKED_AT) out.put(name, score(unit, name));
    out.put('cue', strength);
    out.put('positive', positive ? 1 : 0);
    out.put('negative', negative ? 1 : 0);
    out.put('withdrawn', kind === 'withdrawn' ? 1 : 0);
    out.put('superseded', kind === 'superseded' ? 1 : 0);
    out.put('deferred', kind === 'deferred' ? 1 : 0);
    out.put('consensus', kind === 'consensus' ? 1 : 0);
    out.put('positiveCue', positive ? strength : 0);
    out.put('negativeCue', negative ? strength : 0);
    out.put(
      'byI',
      said((hit) => hit.person === 'I' || hit.person === 'none'),
    );
    out.put(
      'byOther',
      said((hit) => hit.person === 'they' || hit.person === 'you'),
    );
    out.put(
      'hedged',
      said((hit) => hit.hedged),
    );
    out.put(
      'conditional',
      said((hit) => hit.conditionalScope || hit.conditioned),
    );
    out.put('asked', said((hit) => hit.questionScope) || (unit.text.endsWith('?') ? 1 : 0));
    out.put(
      'reported',
      said((hit) => hit.reported),
    );
    out.put(
      'promise',
      has((hit) => hit.label === 'promise'),
    );
    out.put(
      'hypothetical',
      has((hit) => hit.label === 'hypothetical'),
    );
    out.put(
      'thanks',
      has((hit) => hit.label === 'thanks'),
    );
    out.put('appliedFirst', APPLIED_FIRST.test(unit.text) ? 1 : 0);
    out.put('nackAlone', NACK_ALONE.test(unit.text) ? 1 : 0);
    out.put('place', PLACE.test(unit.text) ? 1 : 0);
    out.put('future', FUTURE.test(unit.text) ? 1 : 0);
    out.put('condition', CONDITION.test(unit.text) ? 1 : 0);
    out.put('others', OTHERS.test(unit.text) ? 1 : 0);
    out.put('words', Math.log(1 + unit.text.split(' ').length));
    out.put('firstOfTurn', firstOf.get(unit.turn) === unit.index ? 1 : 0);
    out.put('inPatch', unit.inPatch ? 1 : 0);
    out.put('item', unit.opens === 'item' ? 1 : 0);
    out.put('maintainer', entitled ? 1 : 0);
    out.put('entitledPositive', entitled && positive ? 1 : 0);
    out.put('entitledNegative', entitled && negative ? 1 : 0);
    out.put('bot', speaker?.role === 'bot' ? 1 : 0);
    out.put('opener', opener ? 1 : 0);
    out.put('openerWithdraws', opener && (kind === 'withdrawn' || kind === 'superseded') ? 1 : 0);
    out.put('isRoot', unit.turn === root ? 1 : 0);
    out.put('late', turns.length > 1 ? unit.turn / (turns.length - 1) : 0);
    out.put('last', unit.turn === turns.length - 1 ? 1 : 0);
    out.endRow();
  }
  return { candidates, kinds, matrix: out.finish() };
}

/** Kind of the strongest cue, else of the first word of outcome. */
function kindOf(unit: Unit, hits: readonly CueHit[]): DecisionKind | undefined {
  let best: CueHit | undefined;
  for (const hit of hits) if (!best || hit.strength > best.strength) best = hit;
  const label = best?.effective.slice(CUE.length);
  return ALL_KINDS.find((kind) => kind === label) ?? KINDS.find(([pattern]) => pattern.test(unit.text))?.[1];
}

const ALL_KINDS: readonly DecisionKind[] = [
  'applied',
  'merged',
  'accepted',
  'nacked',
  'rejected',
  'consensus',
  'withdrawn',
  'superseded',
  'deferred',
  'partial',
];
