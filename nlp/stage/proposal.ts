// The head proposal: what the debate was opened for, said by the root message.
import type { Proposal, Turn, Unit } from '../finding.ts';
import { contentWords } from '../words.ts';
import { defineStage } from './stage.ts';

const PROPOSING =
  /\b(?:this (?:patch|series|set)|(?:i|we) (?:propose|suggest|would like|want to|plan to)|(?:should|could|let's) )\b/i;
const GREETING = /^(?:hi|hello|hey|dear|good (?:morning|day)|greetings)\b/i;
const KEYWORDS = 8;

export const proposalStage = defineStage({
  name: 'proposal',
  requires: ['turns', 'units', 'root'],
  assigns: ['proposals', 'axes'],
  run({ turns, units, root }) {
    const turn = turns[root];
    if (!turn) return { proposals: [], axes: [] };
    const own = units.filter((unit) => unit.turn === root && !GREETING.test(unit.text));
    return { proposals: [headOf(turn, own)], axes: [] };
  },
});

function headOf(turn: Turn, own: readonly Unit[]): Proposal {
  const unit = own.find((candidate) => PROPOSING.test(candidate.text)) ?? own[0];
  return {
    id: 'P1',
    title: turn.subject.base || unit?.text.slice(0, 80) || '(no subject)',
    keywords: unit ? [...contentWords(unit.text)].slice(0, KEYWORDS) : [],
    by: turn.author,
    head: true,
    versions: turn.subject.patch ? [{ v: `v${turn.subject.version}`, turn: turn.index }] : [],
    alternativeTo: [],
    amends: '',
    outcome: 'open',
    evidence: unit
      ? [{ turn: unit.turn, start: unit.start, end: unit.end, reason: 'root:first-proposing-sentence' }]
      : [],
    units: unit ? [unit.index] : [],
  };
}
