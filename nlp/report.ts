// Turns findings into the report. The only place where spans become quotes: `body.slice`, nothing else.
import type {
  DebateStatus,
  DecisionKind,
  Evidence,
  Report,
  ReportCoverage,
  ReportProposal,
} from '../model/report.ts';
import type { Debate } from '../model/thread.ts';
import type { AnalysisContext } from './context.ts';
import type { Findings, Proposal, Quotation, Turn } from './finding.ts';
import type { GhostLine } from '../model/ledger.ts';
import { OccurrenceCounter } from './occurrence.ts';
import { flat } from './unit.ts';

/** The report of a debate from what the stages found. Participants get ids `p1`, `p2`, ... in order of appearance. */
export function writeReport(
  debate: Debate,
  found: Findings,
  context: AnalysisContext,
  generator: NonNullable<Report['generator']>,
): Report {
  const people = new Map(found.speakers.map((speaker, index) => [speaker.id, `p${index + 1}`]));
  const person = (id: string): string => people.get(id) ?? (id || 'unknown');
  const writer = new QuoteWriter(found, person);
  const said = (at: { readonly turn: number }): boolean => !found.turns[at.turn]?.ghost;
  const idOf = (turn: number): string => found.turns[turn]?.message.id ?? debate.id;
  return {
    schemaVersion: '1.0',
    threadId: context.threadId ?? debate.id,
    subject: debate.subject,
    rootMessageId: found.turns[found.root]?.message.id ?? debate.id,
    ...(debate.list ? { list: debate.list } : {}),
    participants: found.speakers.map((speaker) => ({
      id: person(speaker.id),
      name: speaker.name,
      addresses: speaker.addresses,
      role: speaker.role,
      ...(speaker.roleEvidence ? { roleEvidence: speaker.roleEvidence } : {}),
      ...(speaker.quotedOnly ? { quotedOnly: true } : {}),
    })),
    messages: found.turns.map((turn) => ({
      messageId: turn.message.id,
      participant: person(turn.author),
      date: isoDate(turn.message.time),
      ...(turn.parent >= 0 ? { parent: idOf(turn.parent) } : {}),
      ...(turn.ghost ? { ghost: true } : {}),
    })),
    proposals: found.proposals.map((proposal) => ({
      id: proposal.id,
      title: proposal.title,
      ...(proposal.keywords.length > 0 ? { keywords: proposal.keywords } : {}),
      by: person(proposal.by),
      ...(proposal.head ? { head: true } : {}),
      ...(proposal.versions.length > 0
        ? {
            versions: proposal.versions.map(({ v, turn }) => ({
              v,
              ...(turn >= 0 ? { messageId: idOf(turn) } : {}),
            })),
          }
        : {}),
      ...(proposal.alternativeTo.length > 0 ? { alternativeTo: proposal.alternativeTo } : {}),
      ...(proposal.amends ? { amends: proposal.amends } : {}),
      outcome: outcomeOf(proposal, found),
      evidence: writer.evidences(proposal.evidence),
    })),
    axes: found.axes.map((axis) => ({ ...axis, evidence: writer.evidences(axis.evidence) })),
    stances: found.positions.map((position) => ({
      participant: person(position.person),
      target: position.target,
      value: position.value,
      ...(position.yielded ? { yielded: true } : {}),
      strength: position.strength,
      confidence: round(position.confidence),
      evidence: writer.evidences(position.evidence),
      ...(position.history.length > 0
        ? {
            history: position.history.map(({ value, change, quotation }) => {
              const { messageId, quote, quoted, start, end } = writer.evidence(quotation);
              return { value, change, messageId, quote, ...(quoted ? { quoted } : {}), start, end };
            }),
          }
        : {}),
    })),
    // words known from quotes bear positions, but are nobody's segments in the messages at hand
    segments: found.acts.filter(said).map((act) => ({
      ...writer.place(act),
      label: act.label,
      ...(act.target ? { target: act.target } : {}),
      ...(act.kind ? { kind: act.kind } : {}),
      ...(act.strength ? { strength: act.strength } : {}),
      confidence: round(act.confidence),
      reason: act.reason,
    })),
    decisions: found.decisions.map((decision) => ({
      id: decision.id,
      kind: decision.kind,
      ...(decision.target ? { target: decision.target } : {}),
      ...(decision.by ? { by: person(decision.by) } : {}),
      entitled: decision.entitled,
      basis: decision.basis,
      ...(decision.contested ? { contested: true } : {}),
      ...(decision.external ? { external: true } : {}),
      evidence: writer.evidences(decision.evidence),
    })),
    questions: found.questions.filter(said).map((question) => ({
      id: question.id,
      ...writer.place(question),
      kind: question.kind,
      status: question.status,
      ...(question.askedBy ? { askedBy: person(question.askedBy) } : {}),
      ...(question.askedOf.length > 0 ? { askedOf: question.askedOf.map(person) } : {}),
      answeredBy: question.answers.map((answer) => writer.place(answer)),
      confidence: round(question.confidence),
    })),
    status: {
      value: found.status.value,
      basis: found.status.basis,
      evidence: writer.evidences(found.status.evidence),
    },
    summary: found.summary.filter(said).map((line, index) => ({
      rank: index + 1,
      ...writer.place(line),
      ...(line.facet ? { facet: line.facet } : {}),
    })),
    camps: found.camps.map(({ label, side, members, reason, counter }) => ({
      label,
      side,
      members: members.map(person),
      ...(reason ? { reason: writer.evidence(reason) } : {}),
      ...(counter ? { counter: writer.evidence(counter) } : {}),
    })),
    concerns: found.concerns.map(({ id, owner, title, target, state, steps }) => ({
      id,
      owner: person(owner),
      title,
      ...(target ? { target } : {}),
      state,
      steps: steps.map((step) => ({ state: step.state, evidence: writer.evidence(step.quotation) })),
    })),
    rationale: found.rationale.map(({ target, kind, by, quotation, restatements }) => ({
      ...(target ? { target } : {}),
      kind,
      by: person(by),
      evidence: writer.evidence(quotation),
      restatements: restatements.map((again) => ({
        by: person(again.by),
        evidence: writer.evidence(again.quotation),
      })),
    })),
    actionItems: found.actionItems.map(({ owner, quotation }) => ({
      ...(owner ? { owner: person(owner) } : {}),
      evidence: writer.evidence(quotation),
    })),
    ownSummaries: found.ownSummaries.map(({ by, quotation, disputedBy }) => ({
      by: person(by),
      evidence: writer.evidence(quotation),
      disputedBy: disputedBy.map((other) => ({
        by: person(other.by),
        evidence: writer.evidence(other.quotation),
      })),
    })),
    temperature: found.temperature,
    silence: found.silence,
    coverage: coverageOf(debate, found),
    generator,
  };
}

const OUTCOME: Readonly<Record<DecisionKind, ReportProposal['outcome']>> = {
  applied: 'accepted',
  merged: 'accepted',
  accepted: 'accepted',
  consensus: 'accepted',
  partial: 'open',
  nacked: 'rejected',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
  deferred: 'deferred',
};
const OUTCOME_OF_STATUS: Readonly<Record<DebateStatus, ReportProposal['outcome']>> = {
  'decided-accepted': 'accepted',
  'decided-rejected': 'rejected',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
  open: 'open',
};

/** The head's outcome is the debate's status; another proposal's, its last entitled decision. */
function outcomeOf(proposal: Proposal, found: Findings): ReportProposal['outcome'] {
  if (proposal.head && found.status.value !== 'open') return OUTCOME_OF_STATUS[found.status.value];
  const last = found.decisions.findLast((decision) => decision.target === proposal.id && decision.entitled);
  if (proposal.head) return last?.kind === 'deferred' ? 'deferred' : 'open';
  return last ? OUTCOME[last.kind] : 'open';
}

class QuoteWriter {
  readonly #found: Findings;
  readonly #counters = new Map<number, OccurrenceCounter>();

  readonly #person: (id: string) => string;

  constructor(found: Findings, person: (id: string) => string) {
    this.#found = found;
    this.#person = person;
  }

  /** Message, words, span and occurrence of a span of a turn. */
  place(at: { readonly turn: number; readonly start: number; readonly end: number }): {
    messageId: string;
    quote: string;
    occ?: number;
    quoted?: boolean;
    of?: string;
    start: number;
    end: number;
  } {
    const turn = this.#found.turns[at.turn];
    if (turn?.ghost) return { ...quotedPlace(turn, turn.ghost, at), of: this.#person(turn.author) };
    const quote = flat(turn?.message.body.slice(at.start, at.end) ?? '');
    if (!turn) return { messageId: '', quote, start: at.start, end: at.end };
    let counter = this.#counters.get(at.turn);
    if (!counter) this.#counters.set(at.turn, (counter = new OccurrenceCounter(turn.entry)));
    const occ = counter.rank(quote, at.start);
    return { messageId: turn.message.id, quote, ...(occ > 1 ? { occ } : {}), start: at.start, end: at.end };
  }

  evidence(quotation: Quotation): Evidence {
    return { ...this.place(quotation), reason: quotation.reason };
  }

  evidences(quotations: readonly Quotation[]): Evidence[] {
    return quotations.map((quotation) => this.evidence(quotation));
  }
}

/** Words of a message known from quotes, where they were found: those of its lines that stand in one quoting message. */
function quotedPlace(
  turn: Turn,
  lines: readonly GhostLine[],
  at: { readonly start: number; readonly end: number },
): { messageId: string; quote: string; quoted: true; start: number; end: number } {
  const touched = lines.filter((line) => line.start < at.end && line.end > at.start);
  const messageId = touched[0]?.from.messageId ?? turn.message.id;
  const other = touched.findIndex((line) => line.from.messageId !== messageId);
  const own = other < 0 ? touched : touched.slice(0, other);
  const first = own[0];
  const last = own.at(-1);
  if (!first || !last) return { messageId, quote: '', quoted: true, start: 0, end: 0 };
  const start = Math.max(at.start, first.start);
  const end = Math.min(at.end, last.end);
  return {
    messageId,
    quote: flat(turn.message.body.slice(start, end)),
    quoted: true,
    start: Math.min(first.from.end, first.from.start + start - first.start),
    end: Math.max(last.from.start, last.from.end - (last.end - end)),
  };
}

function coverageOf(debate: Debate, found: Findings): ReportCoverage {
  return {
    present: debate.messages.length,
    missing: debate.nodes.filter((node) => node.ghost).length,
    recovered: found.turns.filter((turn) => turn.ghost).length,
  };
}

function isoDate(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function round(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}
