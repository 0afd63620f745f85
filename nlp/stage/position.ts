// Positions: the value a person last expressed on a target, with its history.
import type { StanceValue } from '../../model/report.ts';
import type { Act, Position, Quotation, Step } from '../finding.ts';
import { defineStage } from './stage.ts';

const VALUE_OF_LABEL: Partial<Record<Act['label'], StanceValue>> = {
  SUPPORT: 'support',
  OPPOSE: 'oppose',
  CONDITIONAL: 'conditional',
  NEUTRAL: 'neutral',
};

export const positionStage = defineStage({
  name: 'position',
  requires: ['turns', 'acts', 'proposals'],
  assigns: ['positions'],
  run({ turns, acts, proposals }) {
    const head = proposals.find((proposal) => proposal.head);
    if (!head) return { positions: [] };
    const steps = new Map<string, Step[]>();
    const first = head.evidence[0];
    if (first) steps.set(head.by, [{ value: 'support', change: 'first', quotation: first }]);
    for (const act of acts) {
      const value = VALUE_OF_LABEL[act.label];
      const author = turns[act.turn]?.author;
      if (!value || author === undefined) continue;
      const quotation: Quotation = { turn: act.turn, start: act.start, end: act.end, reason: act.reason };
      const known = steps.get(author) ?? [];
      const before = known.at(-1)?.value;
      known.push({
        value,
        change: before === undefined ? 'first' : before === value ? 'repeat' : 'flip',
        quotation,
      });
      steps.set(author, known);
    }
    const positions = [...steps].flatMap(([person, taken]) => toPosition(person, head.id, taken));
    return { positions };
  },
});

function toPosition(person: string, target: string, steps: readonly Step[]): Position[] {
  const last = steps.at(-1);
  if (!last) return [];
  return [
    {
      person,
      target,
      value: last.value,
      yielded: false,
      strength: 'normal',
      confidence: 0.5,
      evidence: steps.filter((step) => step.value === last.value).map((step) => step.quotation),
      history: steps.some((step) => step.change === 'flip')
        ? steps.filter((step) => step.change !== 'repeat')
        : [],
    },
  ];
}
