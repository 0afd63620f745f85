// Questions and what became of them: answered when somebody else answers below them or replies to the message.
import type { Question, Quotation, Turn, Unit } from '../finding.ts';
import { defineStage } from './stage.ts';

const DECISION_REQUEST =
  /\b(?:can (?:we|you|i|somebody|someone)|could (?:we|you)|may i|shall (?:we|i)|should (?:we|i))\b.*\b(?:apply|merge|pick|take|queue|decide|go ahead)\b/i;
const CONFIRMATION =
  /(?:^(?:is|are|was|were|do|does|did|isn't|aren't|don't|doesn't|right|correct|so)\b|\b(?:right|correct|isn't it|no)\s?\?)/i;

export const questionStage = defineStage({
  name: 'question',
  requires: ['turns', 'units', 'acts'],
  assigns: ['questions'],
  run({ turns, units, acts }) {
    const questions: Question[] = [];
    for (const act of acts) {
      if (act.label !== 'QUESTION') continue;
      const turn = turns[act.turn];
      if (!turn) continue;
      const text = turn.message.body.slice(act.start, act.end);
      const answers = answersTo(act.unit, turn, turns, units);
      questions.push({
        id: `Q${questions.length + 1}`,
        turn: act.turn,
        start: act.start,
        end: act.end,
        unit: act.unit,
        kind: DECISION_REQUEST.test(text)
          ? 'decision-request'
          : CONFIRMATION.test(text)
            ? 'confirmation'
            : 'information',
        status: answers.length > 0 ? 'answered' : 'open',
        askedBy: turn.author,
        askedOf: [],
        answers,
        confidence: act.confidence,
      });
    }
    return { questions };
  },
});

/** First unit of somebody else that stands below this one quoted; else the first unit of the first direct reply. */
function answersTo(unit: number, turn: Turn, turns: readonly Turn[], units: readonly Unit[]): Quotation[] {
  const below = units.find(
    (other) => other.answers.includes(unit) && turns[other.turn]?.author !== turn.author,
  );
  if (below) return [quotationOf(below, 'answer:below-quote')];
  for (const child of turn.children) {
    const reply = turns[child];
    if (!reply || reply.author === turn.author) continue;
    const first = units.find((other) => other.turn === child);
    if (first) return [quotationOf(first, 'answer:direct-reply')];
  }
  return [];
}

function quotationOf(unit: Unit, reason: string): Quotation {
  return { turn: unit.turn, start: unit.start, end: unit.end, reason };
}
