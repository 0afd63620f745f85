// Decisions: sentences that state an outcome, by whom and about what; and the status that follows from the last of them.
import type { DebateStatus, DecisionKind } from '../../model/report.ts';
import { eventRows } from '../feature/event.ts';
import type {
  Act,
  Decision,
  Findings,
  Proposal,
  Quotation,
  Speaker,
  Status,
  Turn,
  Unit,
} from '../finding.ts';
import { SCORES, type EventModel } from '../weights/model.ts';
import { linearRows, softmax } from '../weights/softmax.ts';
import { contentStems } from '../words.ts';
import { defineStage } from './stage.ts';

type Input = Pick<
  Findings,
  'turns' | 'speakers' | 'units' | 'root' | 'cues' | 'scores' | 'trailerActs' | 'proposals'
>;

export const decisionStage = defineStage({
  name: 'decision',
  requires: ['turns', 'speakers', 'units', 'root', 'cues', 'scores', 'trailerActs', 'proposals'],
  assigns: ['decisions', 'status'],
  run(found, { models }) {
    const events = findEvents(found, models.event);
    const decisions = join(events, found);
    return { decisions, status: statusOf(decisions, events, found) };
  },
});

/** One statement of an outcome. */
interface Event {
  readonly kind: DecisionKind;
  readonly turn: number;
  readonly by: string;
  readonly entitled: boolean;
  readonly target: string;
  readonly text: string;
  readonly quotation: Quotation;
}

const POSITIVE: ReadonlySet<DecisionKind> = new Set(['applied', 'merged', 'accepted']);
const NEGATIVE: ReadonlySet<DecisionKind> = new Set(['nacked', 'rejected']);
const OWN: ReadonlySet<DecisionKind> = new Set(['withdrawn', 'superseded']);
const ELSEWHERE =
  /\b(?:(?:agreed|decided|discussed|concluded|settled|announced?) (?:\w+ ){0,3}(?:at|on|in|off|during)\b|irc\b|offline\b|summit\b|conference\b|workshop\b|the call\b|meeting\b|sprint\b|internally\b|behalf of\b)/i;
/** The opener says that a newer version is out. */
const NEWER_VERSION =
  /\b(?:there's (?:already )?an? (?:v\d+|newer version|new version)\b|(?:i )?(?:posted|sent|just sent) (?:out )?(?:an? |the )?(?:v\d+|new(?:er)? version)\b|v\d+ (?:is|was|has been) (?:posted|sent|out)\b|superseded by\b)/i;
const TAKEN_BACK =
  /\b(?:(?:please|could you|can you|i'?ll|i have|i've|i|let's|just|had to|have to|we) (?:\w+ ){0,2}?(?:revert(?:ed)?|drop(?:ped)?|back(?:ed)? out|unqueued?)\b|dropped (?:it|this|that|them) from|reverted|didn't merge|not merged)/i;

function findEvents(found: Input, model: EventModel): Event[] {
  const { turns, speakers, units, trailerActs } = found;
  const people = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const events: Event[] = [];
  const { candidates, kinds, matrix } = eventRows(found);
  linearRows(model.linear, matrix).forEach((scores, row) => {
    const p = softmax(scores)[1] ?? 0;
    const unit = units[candidates[row] ?? -1];
    const kind = kinds[row];
    if (p < model.threshold || !unit || !kind) return;
    events.push(
      eventOf(unit, kind, `model:decision.${kind}`, unit.text, targetOf(unit, found), found, people),
    );
  });
  for (const act of trailerActs) {
    const role = people.get(turns[act.turn]?.author ?? '')?.role;
    // who writes the formal trailer and reviews elsewhere in the debate has a say
    if (act.label !== 'OPPOSE' || (role !== 'maintainer' && role !== 'reviewer')) continue;
    const target = patchTarget(act.turn, found) ?? '';
    events.push({ ...eventOf(act, 'nacked', act.reason, '', target, found, people), entitled: true });
  }
  const given = givenUp(found);
  if (given && !events.some((event) => OWN.has(event.kind) && event.turn >= given.turn)) {
    const head = found.proposals.find((proposal) => proposal.head)?.id ?? '';
    events.push(eventOf(given, 'withdrawn', 'rule:opener-gives-up', given.text, head, found, people));
  }
  return events.toSorted((a, b) => a.turn - b.turn || a.quotation.start - b.quotation.start);
}

function eventOf(
  at: Pick<Unit | Act, 'turn' | 'start' | 'end'>,
  stated: DecisionKind,
  reason: string,
  text: string,
  target: string,
  { turns, root }: Input,
  people: ReadonlyMap<string, Speaker>,
): Event {
  const by = turns[at.turn]?.author ?? '';
  const role = people.get(by)?.role;
  const opener = by === turns[root]?.author;
  // a NACK of somebody without a say is opposition only; the caller leaves it to the model whether it is said at all
  const kind = stated === 'nacked' && role !== 'maintainer' && opener ? 'withdrawn' : stated;
  const entitled =
    role === 'maintainer' || role === 'bot' || (opener && !NEGATIVE.has(kind) && !POSITIVE.has(kind));
  return {
    kind,
    turn: at.turn,
    by,
    entitled,
    target,
    text,
    quotation: { turn: at.turn, start: at.start, end: at.end, reason },
  };
}

/** Nearest patch mail the turn answers (itself not), -1 when there is none. */
function patchAbove(turn: number, turns: readonly Turn[]): number {
  let at = turns[turn]?.parent ?? -1;
  while (at >= 0) {
    const above = turns[at];
    if (!above) return -1;
    if (above.subject.patch && !above.subject.reply) return at;
    at = above.parent;
  }
  return -1;
}

/** Id of the proposal whose patch the turn answers: the head for the opener's patches, '' for others'; undefined without a patch. */
function patchTarget(turn: number, { turns, root, proposals }: Input): string | undefined {
  const patch = turns[patchAbove(turn, turns)];
  if (!patch) return undefined;
  if (patch.author === turns[root]?.author) return proposals.find((proposal) => proposal.head)?.id ?? '';
  return proposals.find((proposal) => !proposal.head && proposal.by === patch.author)?.id ?? '';
}

/** In the opener's last message: words that give the proposal up. */
function givenUp({ turns, units, cues, root }: Input): Unit | undefined {
  const opener = turns[root]?.author;
  const last = turns.findLast((turn) => turn.author === opener && turn.index !== root);
  if (!last) return undefined;
  return units.find(
    (unit) =>
      unit.turn === last.index &&
      (cues[unit.index]?.own ?? []).some(
        (hit) =>
          hit.effective === 'concede-withdraw' &&
          hit.strength >= 1 &&
          !hit.conditionalScope &&
          !hit.conditioned &&
          !hit.questionScope &&
          !hit.reported,
      ),
  );
}

const MOST_SHARED = 2;

/** What an outcome is about: the patch it answers, else the proposal whose words it quotes or names, else the head. */
function targetOf(unit: Unit, found: Input): string {
  const { proposals } = found;
  const patched = patchTarget(unit.turn, found);
  if (patched !== undefined) return patched;
  const head = proposals.find((proposal) => proposal.head);
  const others = proposals.filter((proposal) => !proposal.head);
  const quoted = others.find((proposal) => proposal.units.some((own) => unit.answers.includes(own)));
  if (quoted) return quoted.id;
  const stems = contentStems(unit.text);
  let best: Proposal | undefined;
  let most = MOST_SHARED;
  for (const proposal of proposals) {
    const shared = [...contentStems([proposal.title, ...proposal.keywords].join(' '))].filter((stem) =>
      stems.has(stem),
    ).length;
    if (shared > most) {
      most = shared;
      best = proposal;
    }
  }
  return best?.id ?? head?.id ?? '';
}

/** Folds events that state the same outcome: same kind and target, nothing else in between. */
function join(events: readonly Event[], found: Input): Decision[] {
  const decisions: Decision[] = [];
  for (const event of events) {
    const last = decisions.at(-1);
    const same =
      last &&
      last.target === event.target &&
      (last.kind === event.kind || (POSITIVE.has(last.kind) && POSITIVE.has(event.kind)));
    if (same) {
      decisions[decisions.length - 1] = { ...last, evidence: [...last.evidence, event.quotation] };
      continue;
    }
    decisions.push({
      id: `D${decisions.length + 1}`,
      kind: event.kind,
      target: event.target,
      by: event.by,
      entitled: event.entitled,
      basis: 'stated',
      contested: isContested(event, found),
      external: ELSEWHERE.test(event.text),
      evidence: [event.quotation],
    });
  }
  return decisions;
}

const AGAINST = SCORES.indexOf('OPPOSE');

/** Somebody else speaks against it in an answer below it. */
function isContested(event: Event, { turns, units, scores }: Input): boolean {
  return units.some(
    (unit) =>
      unit.turn > event.turn &&
      turns[unit.turn]?.author !== event.by &&
      (turns[unit.turn]?.parent === event.turn || TAKEN_BACK.test(unit.text)) &&
      ((scores.values[unit.index * scores.width + AGAINST] ?? 0) > 0 || TAKEN_BACK.test(unit.text)),
  );
}

const STATUS: Partial<Record<DecisionKind, DebateStatus>> = {
  applied: 'decided-accepted',
  merged: 'decided-accepted',
  accepted: 'decided-accepted',
  consensus: 'decided-accepted',
  nacked: 'decided-rejected',
  rejected: 'decided-rejected',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
  deferred: 'open',
};

/** State of the head after its last entitled outcome. */
function statusOf(decisions: readonly Decision[], events: readonly Event[], found: Input): Status {
  const { turns, root, units } = found;
  const head = found.proposals.find((proposal) => proposal.head)?.id ?? '';
  const opened = turns[root]?.subject.version ?? 1;
  // a newer version inside the debate carries it on: the status is judged on that one
  const carriedOn = (at: number): boolean =>
    turns.some((turn) => turn.index >= at && !turn.subject.reply && turn.subject.version > opened);
  const own = events.filter(
    (event) =>
      event.target === head && event.entitled && !(event.kind === 'superseded' && carriedOn(event.turn)),
  );
  // what its opener gave up stays so, whatever is said of it later
  const last = own.findLast((event) => OWN.has(event.kind)) ?? own.at(-1);
  const value = last && STATUS[last.kind];
  if (!last || !value) return { value: 'open', basis: 'inferred', evidence: [] };
  const opener = turns[root]?.author;
  if (OWN.has(last.kind) && last.by !== opener) return { value: 'open', basis: 'inferred', evidence: [] };
  if (value === 'decided-accepted') {
    // taken back afterwards, by who took it or by who asked for it
    const back = units.find(
      (unit) =>
        unit.turn > last.turn &&
        (turns[unit.turn]?.author === last.by || turns[unit.turn]?.author === opener) &&
        TAKEN_BACK.test(unit.text),
    );
    const newer = units.find(
      (unit) => unit.turn > last.turn && turns[unit.turn]?.author === opener && NEWER_VERSION.test(unit.text),
    );
    if (newer) {
      const quotation = {
        turn: newer.turn,
        start: newer.start,
        end: newer.end,
        reason: 'rule:newer-version',
      };
      return { value: 'superseded', basis: 'stated', evidence: [quotation] };
    }
    if (back) {
      const quotation = { turn: back.turn, start: back.start, end: back.end, reason: 'rule:taken-back' };
      const isOpener = turns[back.turn]?.author === opener;
      return {
        value: isOpener ? 'withdrawn' : 'open',
        basis: 'stated',
        evidence: [quotation, last.quotation],
      };
    }
  }
  const evidence = decisions.find(
    (decision) => decision.target === head && decision.kind === last.kind,
  )?.evidence;
  return { value, basis: 'stated', evidence: evidence ?? [last.quotation] };
}
