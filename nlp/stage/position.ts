// Positions: what each person holds of each proposal, with the words that show it.
import type { StanceValue } from '../../model/report.ts';
import { MatrixBuilder } from '../feature/column.ts';
import { PairTable, targetStems, type PairTarget } from '../feature/pair.ts';
import type { Act, Findings, Position, Proposal, Quotation, Speaker, Step, Unit } from '../finding.ts';
import { forestScores } from '../weights/forest.ts';
import { blend, linearRows } from '../weights/softmax.ts';
import { PAIR_VALUES, SCORES, type PairModel } from '../weights/model.ts';
import { sigmoid } from '../weights/tree.ts';
import { defineStage } from './stage.ts';

/** Probability from which a position on a proposal other than the head is given: people oppose in fewer words. */
const OTHER_LEAST: Readonly<Record<StanceValue, number>> = {
  support: 0.16,
  oppose: 0.1,
  conditional: 0.25,
  neutral: 1,
};
/** Confidence in what an opener holds who gave the proposal up in so many words. */
const GIVEN_UP = 0.6;
const STRONG = 0.5;
const MOST_EVIDENCE = 3;
/** A window of units that bears on the proposal adds this to a unit's log-odds as evidence. */
const BEARING = 1.5;

export const positionStage = defineStage({
  name: 'position',
  requires: [
    'turns',
    'speakers',
    'root',
    'units',
    'cues',
    'scores',
    'trailerActs',
    'acts',
    'proposals',
    'decisions',
  ],
  assigns: ['positions'],
  run(found, { models }) {
    return { positions: findPositions(found, models.head, models.other) };
  },
});

type Input = Pick<
  Findings,
  | 'turns'
  | 'speakers'
  | 'root'
  | 'units'
  | 'cues'
  | 'scores'
  | 'trailerActs'
  | 'acts'
  | 'proposals'
  | 'decisions'
>;

function findPositions(found: Input, head: PairModel, other: PairModel): Position[] {
  const table = new PairTable(found);
  const positions: Position[] = [];
  for (const proposal of found.proposals) {
    const target = targetOf(proposal, found);
    const out = new MatrixBuilder();
    for (const speaker of found.speakers) table.put(out, speaker, target);
    const matrix = out.finish();
    const model = proposal.head ? head : other;
    const odds = model.values.map((forest) => forestScores(forest, matrix));
    const linear = linearRows(model.linear, matrix);
    found.speakers.forEach((speaker, row) => {
      const chance = blend(
        odds.map((scores) => sigmoid(scores[row] ?? 0)),
        linear[row] ?? [],
      );
      const position = toPosition(speaker, proposal, chance, model, found);
      if (position) positions.push(position);
    });
  }
  return positions;
}

function targetOf(proposal: Proposal, found: Input): PairTarget {
  return {
    by: proposal.by,
    head: proposal.head,
    turn: proposal.evidence[0]?.turn ?? found.root,
    units: proposal.units,
    stems: targetStems(proposal.title, proposal.keywords),
  };
}

function toPosition(
  speaker: Speaker,
  proposal: Proposal,
  chance: readonly number[],
  model: PairModel,
  found: Input,
): Position | null {
  const given = proposal.head && givenUpBy(speaker, proposal, found);
  if (given) {
    return {
      person: speaker.id,
      target: proposal.id,
      value: 'oppose',
      yielded: false,
      strength: 'normal',
      confidence: GIVEN_UP,
      evidence: [given],
      history: [
        ...proposal.evidence
          .slice(0, 1)
          .map((quotation) => ({ value: 'support', change: 'first', quotation }) as const),
        { value: 'oppose', change: 'flip', quotation: given },
      ],
    };
  }
  let best = 0;
  chance.forEach((p, v) => {
    if (p * (model.weights[v] ?? 1) > (chance[best] ?? 0) * (model.weights[best] ?? 1)) best = v;
  });
  // who gives in without being convinced was against it, or for something else
  const gaveIn = proposal.head && speaker.id !== proposal.by && hasYielded(speaker, found);
  if (gaveIn && PAIR_VALUES[best] !== 'oppose') {
    const [against, conditional] = [PAIR_VALUES.indexOf('oppose'), PAIR_VALUES.indexOf('conditional')];
    best = (chance[against] ?? 0) > 2 * (chance[conditional] ?? 0) ? against : conditional;
  }
  const value = PAIR_VALUES[best] ?? 'neutral';
  if (value === 'neutral') return null;
  const own = chance[best] ?? 0;
  const trust = model.trust[best];
  const odds = Math.log(Math.max(1e-6, own) / Math.max(1e-6, 1 - own));
  const right = trust ? sigmoid(trust.slope * odds + trust.offset) : own;
  // words that may as well mean the contrary are no ground to speak for somebody
  const contrary = value === 'support' ? (chance[1] ?? 0) : value === 'oppose' ? (chance[0] ?? 0) : 0;
  const confidence = right * (1 - contrary) * proposal.chance;
  if (!proposal.head && own * proposal.chance < OTHER_LEAST[value]) return null;
  const evidence = evidenceOf(speaker, proposal, value, found);
  if (evidence.length === 0) return null;
  return {
    person: speaker.id,
    target: proposal.id,
    value,
    yielded: gaveIn,
    strength: evidence[0]?.reason.startsWith('trailer:nack') ? 'strong' : 'normal',
    confidence,
    evidence,
    history: proposal.head ? historyOf(speaker, value, found) : [],
  };
}

/** The words in which a proposal's own author gave it up. */
function givenUpBy(speaker: Speaker, proposal: Proposal, found: Input): Quotation | undefined {
  if (proposal.by !== speaker.id) return undefined;
  return found.decisions.find(
    (decision) =>
      decision.target === proposal.id && decision.kind === 'withdrawn' && decision.by === speaker.id,
  )?.evidence[0];
}

/** In the person's last message: words that stop contesting with the mind unchanged. */
function hasYielded(speaker: Speaker, { units, cues }: Input): boolean {
  const last = speaker.turns.at(-1);
  return units.some(
    (unit) =>
      unit.turn === last &&
      (cues[unit.index]?.own ?? []).some(
        (hit) =>
          hit.effective === 'concede-yield' && hit.strength >= 2 && !hit.conditionalScope && !hit.reported,
      ),
  );
}

const VALUES: Partial<Record<Act['label'], StanceValue>> = {
  SUPPORT: 'support',
  OPPOSE: 'oppose',
  CONDITIONAL: 'conditional',
};
const HARDNESS: Readonly<Record<StanceValue, number>> = { support: 0, neutral: 1, conditional: 2, oppose: 3 };

/** What the person said from message to message, when it changed and ended at `value`; [] otherwise. */
function historyOf(speaker: Speaker, value: StanceValue, { turns, acts }: Input): Step[] {
  const strongest = new Map<number, Act>();
  for (const act of acts) {
    if (!VALUES[act.label] || turns[act.turn]?.author !== speaker.id || act.confidence < STRONG) continue;
    const known = strongest.get(act.turn);
    if (!known || act.confidence > known.confidence) strongest.set(act.turn, act);
  }
  const steps: Step[] = [];
  for (const act of strongest.values()) {
    const said = VALUES[act.label];
    if (!said) continue;
    const before = steps.at(-1)?.value;
    if (before === said) continue;
    steps.push({ value: said, change: changeOf(before, said), quotation: quotationOf(act, act.reason) });
  }
  return steps.length > 1 && steps.at(-1)?.value === value ? steps : [];
}

function changeOf(before: StanceValue | undefined, after: StanceValue): Step['change'] {
  if (before === undefined) return 'first';
  const step = HARDNESS[after] - HARDNESS[before];
  if (Math.abs(step) === 3) return 'flip';
  return step > 0 ? 'harden' : 'soften';
}

/** The person's words that show the value best: trailers, then the units with the highest score for it. */
function evidenceOf(speaker: Speaker, proposal: Proposal, value: StanceValue, found: Input): Quotation[] {
  const { turns, units, scores, trailerActs } = found;
  const label = value === 'support' ? 'SUPPORT' : value === 'oppose' ? 'OPPOSE' : 'CONDITIONAL';
  const quotations: Quotation[] = [];
  if (proposal.head) {
    for (const act of trailerActs) {
      if (turns[act.turn]?.author === speaker.id && act.label === label)
        quotations.push(quotationOf(act, act.reason));
    }
  }
  if (proposal.by === speaker.id && value === 'support') quotations.push(...proposal.evidence);
  const at = SCORES.indexOf(label);
  const targets = new Set(proposal.units);
  const intro = proposal.evidence[0]?.turn ?? found.root;
  const ranked = units
    .filter((unit) => turns[unit.turn]?.author === speaker.id)
    .map((unit) => {
      const bears =
        unit.answers.some((answered) => targets.has(answered)) || turns[unit.turn]?.parent === intro;
      return { unit, score: (scores.values[unit.index * scores.width + at] ?? 0) + (bears ? BEARING : 0) };
    })
    .toSorted((a, b) => b.score - a.score || a.unit.index - b.unit.index);
  for (const { unit, score } of ranked) {
    if (quotations.length >= MOST_EVIDENCE) break;
    if (quotations.length > 0 && score < -1) break;
    quotations.push(quotationOf(unit, `model:${label.toLowerCase()}`));
  }
  return quotations;
}

function quotationOf(at: Pick<Unit | Act, 'turn' | 'start' | 'end'>, reason: string): Quotation {
  return { turn: at.turn, start: at.start, end: at.end, reason };
}
