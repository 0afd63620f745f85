// A report made easy to print: people, messages and targets by id, numbers of messages, marked words per message.
import type { MessageId } from '../model/message.ts';
import type {
  Evidence,
  Report,
  ReportMessage,
  ReportParticipant,
  ReportProposal,
  ReportSegment,
  ReportStance,
  TargetId,
} from '../model/report.ts';
import { sentenceAnchor } from './place.ts';
import { daySpan, secondsOf } from './time.ts';

/** A thing that people take sides on, by its id. */
export interface Target {
  readonly id: TargetId;
  /** `P1`, or `A1` for both poles of an axis. */
  readonly group: string;
  readonly title: string;
}

/** Words of one message that the report rests on. */
export interface MarkedWords {
  readonly start: number;
  readonly end: number;
  readonly anchor: string;
  /** What they were taken for; absent when they only serve as evidence. */
  readonly segment?: ReportSegment;
}

export interface DebateIndex {
  readonly report: Report;
  /** Where the debate is served: the list and the id its pages stand under. */
  readonly list: string;
  person(id: string | undefined): ReportParticipant | undefined;
  /** Author of a message. */
  author(id: MessageId): ReportParticipant | undefined;
  message(id: MessageId): ReportMessage | undefined;
  /** Number of a message in the report, from 1; 0 when it is not there. */
  number(id: MessageId): number;
  target(id: TargetId | undefined): Target | undefined;
  /** The first position of a person on a target. */
  stance(participant: string, target: TargetId): ReportStance | undefined;
  stancesOf(participant: string): readonly ReportStance[];
  /** Marked words of a message by start, then length. Anchors are unique within the debate. */
  marks(id: MessageId): readonly MarkedWords[];
}

/** The first words of a title, for the head of a column. */
export function shortTitle(title: string, limit: number): string {
  if (title.length <= limit) return title;
  const cut = title.slice(0, limit + 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > limit / 2 ? space : limit).replace(/[\s,;:.]+$/, '')}…`;
}

export function headProposal(report: Report): ReportProposal | undefined {
  return report.proposals.find((proposal) => proposal.head) ?? report.proposals[0];
}

/** Epoch seconds of the last dated message; 0 when none is dated. */
export function lastSecond({ messages }: Report): number {
  return messages.reduce((last, { date }) => Math.max(last, secondsOf(date)), 0);
}

/** Days from the first to the last dated message. */
export function spanOf(report: Report): string {
  let [first, last] = [Infinity, 0];
  for (const message of report.messages) {
    const time = secondsOf(message.date);
    if (time === 0) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return last === 0 ? '' : daySpan(first, last);
}

/** Everything in a report that is a quote with a place. */
function* placesOf(
  report: Report,
): Iterable<Evidence | { messageId: MessageId; start: number; end: number }> {
  for (const proposal of report.proposals) yield* proposal.evidence;
  for (const axis of report.axes) yield* axis.evidence ?? [];
  for (const stance of report.stances) {
    yield* stance.evidence;
    yield* stance.history ?? [];
  }
  for (const decision of report.decisions) yield* decision.evidence;
  for (const question of report.questions) {
    yield question;
    for (const { messageId, start, end } of question.answeredBy) {
      if (start !== undefined && end !== undefined) yield { messageId, start, end };
    }
  }
  yield* report.status.evidence;
  yield* report.summary;
  for (const concern of report.concerns ?? []) for (const step of concern.steps) yield step.evidence;
  for (const reason of report.rationale ?? []) {
    yield reason.evidence;
    for (const again of reason.restatements) yield again.evidence;
  }
  for (const item of report.actionItems ?? []) yield item.evidence;
  for (const own of report.ownSummaries ?? []) {
    yield own.evidence;
    for (const dispute of own.disputedBy) yield dispute.evidence;
  }
  for (const camp of report.camps ?? []) {
    if (camp.reason) yield camp.reason;
    if (camp.counter) yield camp.counter;
  }
}

function collectMarks(report: Report): ReadonlyMap<MessageId, readonly MarkedWords[]> {
  const byAnchor = new Map<string, { readonly id: MessageId; readonly mark: MarkedWords }>();
  for (const segment of report.segments) {
    const anchor = sentenceAnchor(segment.messageId, segment.start, segment.end);
    const { messageId: id, start, end } = segment;
    if (!byAnchor.has(anchor)) byAnchor.set(anchor, { id, mark: { start, end, anchor, segment } });
  }
  for (const { messageId: id, start, end } of placesOf(report)) {
    const anchor = sentenceAnchor(id, start, end);
    if (!byAnchor.has(anchor)) byAnchor.set(anchor, { id, mark: { start, end, anchor } });
  }
  const byMessage = new Map<MessageId, MarkedWords[]>();
  for (const { id, mark } of byAnchor.values()) {
    const marks = byMessage.get(id);
    if (marks) marks.push(mark);
    else byMessage.set(id, [mark]);
  }
  for (const marks of byMessage.values()) marks.sort((a, b) => a.start - b.start || b.end - a.end);
  return byMessage;
}

function collectTargets(report: Report): ReadonlyMap<TargetId, Target> {
  const targets = new Map<TargetId, Target>();
  for (const { id, title } of report.proposals) targets.set(id, { id, group: id, title });
  for (const axis of report.axes) {
    targets.set(`${axis.id}.a`, { id: `${axis.id}.a`, group: axis.id, title: axis.a.label });
    targets.set(`${axis.id}.b`, { id: `${axis.id}.b`, group: axis.id, title: axis.b.label });
  }
  return targets;
}

/** @param list the list whose pages are linked to */
export function indexDebate(report: Report, list: string): DebateIndex {
  const people = new Map(report.participants.map((person) => [person.id, person]));
  const messages = new Map(report.messages.map((message) => [message.messageId, message]));
  const numbers = new Map(report.messages.map((message, i) => [message.messageId, i + 1]));
  const targets = collectTargets(report);
  let marks: ReadonlyMap<MessageId, readonly MarkedWords[]> | undefined;
  const stances = new Map<string, ReportStance>();
  const byPerson = new Map<string, ReportStance[]>();
  for (const stance of report.stances) {
    const key = `${stance.participant} ${stance.target}`;
    if (!stances.has(key)) stances.set(key, stance);
    const own = byPerson.get(stance.participant);
    if (own) own.push(stance);
    else byPerson.set(stance.participant, [stance]);
  }
  return {
    report,
    list,
    person: (id) => (id === undefined ? undefined : people.get(id)),
    author: (id) => people.get(messages.get(id)?.participant ?? ''),
    message: (id) => messages.get(id),
    number: (id) => numbers.get(id) ?? 0,
    target: (id) => (id === undefined ? undefined : targets.get(id)),
    stance: (participant, target) => stances.get(`${participant} ${target}`),
    stancesOf: (participant) => byPerson.get(participant) ?? [],
    // only the conversation needs them
    marks: (id) => (marks ??= collectMarks(report)).get(id) ?? [],
  };
}
