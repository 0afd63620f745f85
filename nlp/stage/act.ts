// Acts: labeled spans. Trailers as they stand; units whose scores clear the thresholds.
import type { SegmentLabel } from '../../model/report.ts';
import type { Act, Findings, Unit } from '../finding.ts';
import { SCORES, type ActModel } from '../weights/model.ts';
import { sigmoid } from '../weights/tree.ts';
import { defineStage } from './stage.ts';

const LABELS: readonly SegmentLabel[] = [
  'PROPOSAL',
  'SUPPORT',
  'OPPOSE',
  'CONDITIONAL',
  'NEUTRAL',
  'CONCEDE',
  'QUESTION',
  'DECISION',
  'RATIONALE',
];
const SIDES: readonly SegmentLabel[] = ['SUPPORT', 'OPPOSE', 'CONDITIONAL'];
const STANCE = SCORES.indexOf('STANCE');

export const actStage = defineStage({
  name: 'act',
  requires: ['units', 'scores', 'trailerActs', 'questions'],
  assigns: ['acts'],
  run({ units, scores, trailerActs, questions }, { models }) {
    const asked = questions.map(({ turn, start, end, unit, kind, confidence }): Act => {
      return { turn, start, end, unit, kind, confidence, label: 'QUESTION', reason: 'model:question' };
    });
    const acts = [...trailerActs, ...asked, ...units.flatMap((unit) => actsOf(unit, scores, models.act))];
    acts.sort((a, b) => a.turn - b.turn || a.start - b.start || a.end - b.end);
    return { acts };
  },
});

function actsOf(unit: Unit, scores: Findings['scores'], model: ActModel): Act[] {
  const row = unit.index * scores.width;
  const excess = (l: number): number => (scores.values[row + l] ?? 0) - (model.thresholds[l] ?? 0);
  const given = LABELS.filter((label, l) => label !== 'QUESTION' && excess(l) >= 0);
  if (excess(STANCE) >= 0 && !given.some((label) => SIDES.includes(label))) {
    const side = SIDES.toSorted((a, b) => excess(LABELS.indexOf(b)) - excess(LABELS.indexOf(a)))[0];
    if (side) given.push(side);
  }
  return given.map((label) => ({
    turn: unit.turn,
    start: unit.start,
    end: unit.end,
    label,
    unit: unit.index,
    confidence: sigmoid(scores.values[row + LABELS.indexOf(label)] ?? 0),
    reason: `model:${label.toLowerCase()}`,
  }));
}
