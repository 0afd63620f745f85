// Countable facts about the debate as a whole: temperature and silence. Never a score of consensus.
import type { ReportSilence, ReportTemperature } from '../../model/report.ts';
import type { Findings, Turn } from '../finding.ts';
import { defineStage } from './stage.ts';

type Input = Pick<Findings, 'turns' | 'speakers' | 'root' | 'acts' | 'positions' | 'questions' | 'status'>;

/** Confidence from which a position counts. */
const LEAST = 0.25;
/** Acts of the last third of the messages tell where a debate is heading. */
const LATE = 2 / 3;
const FEW_MESSAGES = 3;
const MOST_SILENT = 8;

export const climateStage = defineStage({
  name: 'climate',
  requires: ['turns', 'speakers', 'root', 'acts', 'positions', 'questions', 'status'],
  assigns: ['temperature', 'silence'],
  run(found) {
    return { temperature: temperatureOf(found), silence: silenceOf(found) };
  },
});

function temperatureOf({ turns, acts, positions, questions, status }: Input): ReportTemperature {
  const idsOf = (all: readonly { readonly turn: number }[]): string[] => [
    ...new Set(all.flatMap(({ turn }) => turns[turn]?.message.id ?? [])),
  ];
  const held = positions.filter((position) => position.confidence >= LEAST);
  const people = (value: string): { readonly turn: number }[] => [
    ...new Map(
      held
        .filter((position) => position.value === value)
        .map((position) => [position.person, { turn: position.evidence[0]?.turn ?? -1 }] as const),
    ).values(),
  ];
  const supporting = people('support');
  const opposing = people('oppose');
  const open = questions.filter((question) => question.status === 'open');
  const late = acts.filter((act) => act.turn >= Math.floor(turns.length * LATE));
  const against = late.filter((act) => act.label === 'OPPOSE');
  const giving = late.filter((act) => act.label === 'CONCEDE' || act.label === 'SUPPORT');
  const differ = supporting.length > 0 && opposing.length > 0;
  const settled = status.value !== 'open';
  let value: ReportTemperature['value'] = 'quiet';
  if (differ && settled) value = 'converging';
  else if (differ && 2 * against.length >= giving.length && against.length > 0) value = 'contested';
  else if (differ && giving.length > 0) value = 'converging';
  else if (differ) value = 'stalled';
  else if (open.length > 0 && turns.length > FEW_MESSAGES && !settled) value = 'stalled';
  const fact = (
    text: string,
    all: readonly { readonly turn: number }[],
  ): ReportTemperature['facts'][number] => ({
    text,
    count: all.length,
    messageIds: idsOf(all),
  });
  return {
    value,
    facts: [
      fact('people who oppose a proposal', opposing),
      fact('people who support a proposal', supporting),
      fact('words against, in the last third', against),
      fact('words of agreement or giving in, in the last third', giving),
      fact('questions left open', open),
    ].filter(({ count }) => count > 0),
  };
}

/** People asked a question that stands open and who wrote nothing since, latest question each. */
function silenceOf({ turns, speakers, questions }: Input): ReportSilence[] {
  const places = new Map(speakers.map((speaker, index) => [speaker.id, index]));
  const silent = new Map<string, ReportSilence>();
  for (const question of questions) {
    const turn = turns[question.turn];
    if (question.status !== 'open' || !turn || turn.ghost) continue;
    for (const person of askedBy(question.askedOf, turn, turns)) {
      const index = places.get(person) ?? -1;
      const speaker = speakers[index];
      if (!speaker || person === turn.author || speaker.quotedOnly || speaker.role === 'bot') continue;
      if (speaker.turns.some((own) => own > turn.index)) continue;
      silent.set(person, {
        participant: `p${index + 1}`,
        reason: 'was asked and has not answered',
        since: new Date(turn.message.time * 1000).toISOString().replace('.000Z', 'Z'),
        messageId: turn.message.id,
      });
    }
  }
  return [...silent.values()].slice(0, MOST_SILENT);
}

/** Whom a question is put to: those named, else the author of the message it answers. */
function askedBy(named: readonly string[], turn: Turn, turns: readonly Turn[]): readonly string[] {
  if (named.length > 0) return named;
  const above = turns[turn.parent]?.author;
  return above === undefined ? [] : [above];
}
