// Decisions stated in somebody's own words, and the status of the debate that follows from the last of them.
import type { DecisionKind, DebateStatus } from '../../model/report.ts';
import type { Act, Decision, Status, Turn } from '../finding.ts';
import { defineStage } from './stage.ts';

const KINDS: readonly (readonly [RegExp, DecisionKind])[] = [
  [/\b(?:applied|queued)\b/i, 'applied'],
  [/\bmerged\b/i, 'merged'],
  [/\bnac?k(?:ed)?\b/i, 'nacked'],
  [/\bwithdrawn\b/i, 'withdrawn'],
  [/\bsuperseded\b/i, 'superseded'],
];
const STATUS_OF_KIND: Partial<Record<DecisionKind, DebateStatus>> = {
  applied: 'decided-accepted',
  merged: 'decided-accepted',
  accepted: 'decided-accepted',
  nacked: 'decided-rejected',
  rejected: 'decided-rejected',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
};

export const decisionStage = defineStage({
  name: 'decision',
  requires: ['turns', 'speakers', 'acts', 'proposals'],
  assigns: ['decisions', 'status'],
  run({ turns, speakers, acts, proposals }) {
    const deciders = new Set(
      speakers.filter((s) => s.role === 'maintainer' || s.role === 'bot').map((s) => s.id),
    );
    const head = proposals.find((proposal) => proposal.head)?.id ?? '';
    const decisions: Decision[] = [];
    for (const act of acts) {
      const turn = turns[act.turn];
      if (!turn || !deciders.has(turn.author)) continue;
      const kind = kindOf(act, turn);
      if (!kind) continue;
      const evidence = [{ turn: act.turn, start: act.start, end: act.end, reason: act.reason }];
      const last = decisions.at(-1);
      if (last?.kind === kind)
        decisions[decisions.length - 1] = { ...last, evidence: [...last.evidence, ...evidence] };
      else {
        decisions.push({
          id: `D${decisions.length + 1}`,
          kind,
          target: head,
          by: turn.author,
          entitled: true,
          basis: 'stated',
          contested: false,
          external: false,
          evidence,
        });
      }
    }
    return { decisions, status: statusOf(decisions) };
  },
});

function kindOf(act: Act, turn: Turn): DecisionKind | undefined {
  if (act.label !== 'DECISION' && act.reason !== 'cue:oppose.nack') return undefined;
  const text = turn.message.body.slice(act.start, act.end);
  return KINDS.find(([pattern]) => pattern.test(text))?.[1];
}

function statusOf(decisions: readonly Decision[]): Status {
  for (const decision of decisions.toReversed()) {
    const value = STATUS_OF_KIND[decision.kind];
    if (value) return { value, basis: 'stated', evidence: decision.evidence };
  }
  return { value: 'open', basis: 'inferred', evidence: [] };
}
