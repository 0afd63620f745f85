// Acts: labeled spans. Here by plain words in own text: a NACK, a question mark, a word of decision.
import type { Act, Unit } from '../finding.ts';
import { defineStage } from './stage.ts';

const NACK = /(?:^|[^\w-])nac?k(?:ed)?(?![\w-])/i;
const QUESTION_MARK = /\?["')\]]*$/;
const DECIDED = /\b(?:applied|merged|queued|nacked|withdrawn|superseded)\b/i;

export const actStage = defineStage({
  name: 'act',
  requires: ['units', 'trailerActs'],
  assigns: ['acts'],
  run({ units, trailerActs }) {
    const acts: Act[] = [...trailerActs];
    for (const unit of units) {
      if (QUESTION_MARK.test(unit.text)) acts.push(actOf(unit, 'QUESTION', 'cue:question.mark'));
      else if (NACK.test(unit.text)) acts.push(actOf(unit, 'OPPOSE', 'cue:oppose.nack'));
      else if (DECIDED.test(unit.text)) acts.push(actOf(unit, 'DECISION', 'cue:decision.word'));
    }
    acts.sort((a, b) => a.turn - b.turn || a.start - b.start || a.end - b.end);
    return { acts };
  },
});

function actOf(unit: Unit, label: Act['label'], reason: string): Act {
  const strength = label === 'OPPOSE' ? 'strong' : 'normal';
  return {
    turn: unit.turn,
    start: unit.start,
    end: unit.end,
    label,
    unit: unit.index,
    strength,
    confidence: 0.6,
    reason,
  };
}
