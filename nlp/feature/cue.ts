// Cue hits of units as features: which phrases, with which scope, and what they mean towards the quoted line.
import type { Unit } from '../finding.ts';
import type { CueHit, CueLabel } from '../lexicon/cue.ts';
import { matchCues, type Lexicon } from '../lexicon/match.ts';
import type { MatrixBuilder } from './column.ts';
import { hashText, joinHash, type RowBuilder } from './sparse.ts';

/** Cues of a unit and of the end of the line it answers. */
export interface UnitCues {
  readonly own: readonly CueHit[];
  readonly quoted: readonly CueHit[];
}

/** Only the end of a quoted run is what is answered. */
const QUOTED_TAIL = 400;
const CUE = 11;
const SCOPE = 12;
const COMPOSED = 13;
const QUOTED = 14;

export function cuesOf(unit: Pick<Unit, 'text' | 'quoted'>, lexicon: Lexicon): UnitCues {
  return {
    own: matchCues(unit.text, lexicon),
    quoted: unit.quoted === '' ? [] : matchCues(unit.quoted.slice(-QUOTED_TAIL), lexicon),
  };
}

/** Sides of label families, for composition with the quoted line. */
export function sideOf(hits: readonly CueHit[]): number {
  let sum = 0;
  for (const hit of hits) {
    if (hit.reported || hit.conditionalScope) continue;
    sum += hit.polarity * hit.strength * (hit.beforeContrast ? 0.5 : 1);
  }
  return Math.max(-3, Math.min(3, sum));
}

/** Adds cue features of one unit to its sparse row. */
export function addCueFeatures(row: RowBuilder, cues: UnitCues): void {
  for (const hit of cues.own) {
    const effective = hashText(hit.effective);
    row.add(joinHash(joinHash(CUE, hashText(hit.id)), effective));
    row.add(joinHash(joinHash(SCOPE, effective), scopeOf(hit)));
    row.add(joinHash(joinHash(SCOPE, effective), hashText(hit.person)));
    row.add(joinHash(SCOPE, effective));
  }
  row.endFlat(0.35);
  const quotedSide = Math.sign(sideOf(cues.quoted));
  for (const hit of cues.own) row.add(joinHash(joinHash(COMPOSED, hashText(hit.effective)), quotedSide + 2));
  for (const hit of cues.quoted) row.add(joinHash(QUOTED, hashText(hit.effective)));
  row.endFlat(0.25);
}

function scopeOf(hit: CueHit): number {
  return (
    (hit.negated ? 1 : 0) +
    (hit.conditionalScope ? 2 : 0) +
    (hit.questionScope ? 4 : 0) +
    (hit.reported ? 8 : 0) +
    (hit.beforeContrast ? 16 : 0)
  );
}

/** Groups of labels that share a dense column. */
const GROUPS: readonly (readonly [string, readonly CueLabel[]])[] = [
  ['proposal', ['proposal']],
  ['support', ['support']],
  ['oppose', ['oppose']],
  ['conditional', ['conditional']],
  ['neutral', ['neutral']],
  ['yield', ['concede-yield']],
  ['persuaded', ['concede-persuaded']],
  ['withdraw', ['concede-withdraw']],
  ['question', ['question', 'question-information', 'question-confirmation', 'question-decision-request']],
  ['rhetorical', ['rhetorical']],
  ['decisionFor', ['decision-applied', 'decision-merged', 'decision-accepted']],
  ['decisionAgainst', ['decision-nacked', 'decision-rejected', 'decision-withdrawn']],
  ['decisionOther', ['decision-consensus', 'decision-superseded', 'decision-deferred', 'decision-partial']],
  ['for', ['rationale-for']],
  ['against', ['rationale-against']],
  ['evidence', ['evidence']],
  ['agree', ['agree']],
  ['disagree', ['disagree']],
  ['summary', ['summary']],
  ['promise', ['promise']],
  ['nit', ['nit']],
  ['thanks', ['thanks']],
  ['sarcasm', ['sarcasm']],
  ['hypothetical', ['hypothetical']],
  ['hedge', ['hedge']],
];

const GROUP_OF: ReadonlyMap<CueLabel, number> = new Map(
  GROUPS.flatMap(([, labels], index) => labels.map((label) => [label, index] as const)),
);

/** Puts the dense cue columns of one unit: strongest hit per group, sides, composition. */
export function putCueColumns(out: MatrixBuilder, cues: UnitCues): void {
  const own = strongest(cues.own);
  GROUPS.forEach(([name], index) => out.put(`cue.${name}`, own[index] ?? 0));
  const side = sideOf(cues.own);
  const quotedSide = sideOf(cues.quoted);
  out.put('cue.side', side);
  out.put('cue.quotedSide', quotedSide);
  out.put('cue.composedSide', side * Math.sign(quotedSide));
  out.put('cue.reported', cues.own.some((hit) => hit.reported) ? 1 : 0);
  out.put('cue.hedged', cues.own.some((hit) => hit.hedged) ? 1 : 0);
  out.put('cue.conditioned', cues.own.some((hit) => hit.conditioned || hit.conditionalScope) ? 1 : 0);
  const quoted = strongest(cues.quoted);
  for (const name of ['proposal', 'question', 'support', 'oppose', 'agree', 'disagree']) {
    out.put(`quoted.${name}`, quoted[GROUPS.findIndex(([known]) => known === name)] ?? 0);
  }
}

/** Strength per group; a reported or hypothetical hit counts half. */
function strongest(hits: readonly CueHit[]): number[] {
  const best: number[] = Array.from({ length: GROUPS.length }, () => 0);
  for (const hit of hits) {
    const group = GROUP_OF.get(hit.effective);
    if (group === undefined) continue;
    const strength = (hit.strength + 0.5) * (hit.reported || hit.conditionalScope ? 0.5 : 1);
    if (strength > (best[group] ?? 0)) best[group] = strength;
  }
  return best;
}
