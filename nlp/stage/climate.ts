// Countable facts about the debate as a whole: temperature and silence. Never a score of consensus.
import { defineStage } from './stage.ts';

export const climateStage = defineStage({
  name: 'climate',
  requires: ['turns', 'positions', 'questions'],
  assigns: ['temperature', 'silence'],
  run({ turns, positions, questions }) {
    const idOf = (turn: number): string => turns[turn]?.message.id ?? '';
    const open = questions.filter((question) => question.status === 'open');
    const supporting = positions.filter((position) => position.value === 'support');
    const opposing = positions.filter((position) => position.value === 'oppose');
    const quote = (position: (typeof positions)[number]): string => idOf(position.evidence[0]?.turn ?? -1);
    return {
      temperature: {
        value: opposing.length > 0 && supporting.length > 0 ? 'contested' : 'quiet',
        facts: [
          { text: 'people who oppose a proposal', count: opposing.length, messageIds: opposing.map(quote) },
          {
            text: 'people who support a proposal',
            count: supporting.length,
            messageIds: supporting.map(quote),
          },
          {
            text: 'questions left open',
            count: open.length,
            messageIds: open.map((question) => idOf(question.turn)),
          },
        ],
      },
      silence: [],
    };
  },
});
