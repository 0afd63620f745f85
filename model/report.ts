// The report of one debate: exactly ../shared's report contract 1.0 plus further keys (which contract readers ignore).
// Every statement carries verbatim evidence; nothing here is a score of consensus.
import type { MessageId } from './message.ts';
import type { Role } from './person.ts';

export type StanceValue = 'support' | 'oppose' | 'conditional' | 'neutral';
export type DecisionKind =
  | 'applied'
  | 'merged'
  | 'accepted'
  | 'nacked'
  | 'rejected'
  | 'consensus'
  | 'withdrawn'
  | 'superseded'
  | 'deferred'
  | 'partial';
export type QuestionKind = 'information' | 'confirmation' | 'decision-request';
export type QuestionStatus = 'open' | 'answered' | 'partial' | 'moot';
export type ConcedeKind = 'yield' | 'persuaded' | 'withdraw';
export type SegmentLabel =
  | 'PROPOSAL'
  | 'SUPPORT'
  | 'OPPOSE'
  | 'CONDITIONAL'
  | 'NEUTRAL'
  | 'CONCEDE'
  | 'QUESTION'
  | 'DECISION'
  | 'RATIONALE';
export type Strength = 'strong' | 'normal' | 'weak';
export type DebateStatus = 'decided-accepted' | 'decided-rejected' | 'withdrawn' | 'superseded' | 'open';
/** `P1`, or `A1.a` / `A1.b`. */
export type TargetId = string;

/** Verbatim words of one message. `quote` equals body.slice(start, end) up to whitespace runs. */
export interface Evidence {
  readonly messageId: MessageId;
  readonly quote: string;
  /** Which occurrence in the message's authored text, from 1; absent when 1. */
  readonly occ?: number;
  /** The words stand behind quote marks: shown as quoted from somebody else. */
  readonly quoted?: boolean;
  /** With `quoted`: the participant whose words they are, who need not be the message's author. */
  readonly of?: string;
  /** Span in the message's body. */
  readonly start: number;
  readonly end: number;
  /** Why this was picked: rule id (`cue:oppose.dont-think`), `model:support`, `trailer:acked-by`, ... */
  readonly reason: string;
}

export interface ReportParticipant {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly role: Role;
  readonly roleEvidence?: string;
  /** Present only in other people's quotes. */
  readonly quotedOnly?: boolean;
}

export interface ReportMessage {
  readonly messageId: MessageId;
  readonly participant: string;
  /** ISO 8601 UTC. */
  readonly date: string;
  readonly parent?: MessageId;
  /** Recovered from quotes. */
  readonly ghost?: boolean;
}

export interface ReportProposal {
  readonly id: string;
  readonly title: string;
  readonly keywords?: readonly string[];
  readonly by: string;
  readonly head?: boolean;
  readonly versions?: readonly { readonly v: string; readonly messageId?: MessageId }[];
  readonly alternativeTo?: readonly string[];
  readonly amends?: string;
  readonly outcome: 'accepted' | 'rejected' | 'withdrawn' | 'superseded' | 'deferred' | 'open';
  readonly evidence: readonly Evidence[];
}

export interface ReportPole {
  readonly label: string;
  readonly keywords?: readonly string[];
  readonly proposals?: readonly string[];
}

export interface ReportAxis {
  readonly id: string;
  readonly question: string;
  readonly a: ReportPole;
  readonly b: ReportPole;
  readonly evidence?: readonly Evidence[];
}

export interface StanceStep {
  readonly value: StanceValue;
  readonly change: 'first' | 'harden' | 'soften' | 'flip' | 'yield' | 'repeat';
  readonly messageId: MessageId;
  readonly quote: string;
  readonly quoted?: boolean;
  readonly start: number;
  readonly end: number;
}

export interface ReportStance {
  readonly participant: string;
  readonly target: TargetId;
  readonly value: StanceValue;
  readonly yielded?: boolean;
  readonly strength?: Strength;
  /** Calibrated probability that `value` is right, 0 to 1. */
  readonly confidence?: number;
  readonly evidence: readonly Evidence[];
  readonly history?: readonly StanceStep[];
}

export interface ReportSegment {
  readonly messageId: MessageId;
  readonly quote: string;
  readonly occ?: number;
  readonly start: number;
  readonly end: number;
  readonly label: SegmentLabel;
  readonly target?: TargetId;
  readonly kind?: ConcedeKind | DecisionKind | QuestionKind | 'for' | 'against';
  readonly status?: QuestionStatus;
  readonly strength?: Strength;
  readonly confidence?: number;
  readonly reason: string;
  readonly answeredBy?: readonly ReportAnswer[];
}

export interface ReportAnswer {
  readonly messageId: MessageId;
  readonly quote?: string;
  readonly start?: number;
  readonly end?: number;
}

export interface ReportDecision {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly target?: TargetId;
  readonly by?: string;
  readonly entitled?: boolean;
  /** `stated` in words by someone, or `inferred` from what followed. */
  readonly basis?: 'stated' | 'inferred';
  readonly contested?: boolean;
  readonly external?: boolean;
  readonly evidence: readonly Evidence[];
}

export interface ReportQuestion {
  readonly id: string;
  readonly messageId: MessageId;
  readonly quote: string;
  readonly occ?: number;
  readonly start: number;
  readonly end: number;
  readonly kind: QuestionKind;
  readonly status: QuestionStatus;
  readonly askedBy?: string;
  /** Person ids the question is put to. */
  readonly askedOf?: readonly string[];
  readonly answeredBy: readonly ReportAnswer[];
  readonly confidence?: number;
}

export interface ReportSummaryLine {
  readonly rank: number;
  readonly messageId: MessageId;
  readonly quote: string;
  readonly occ?: number;
  readonly start: number;
  readonly end: number;
  /** What the line covers: head, objection, counter, outcome, open, point. */
  readonly facet?: string;
}

export interface ReportCamp {
  readonly label: string;
  readonly side: TargetId;
  readonly members: readonly string[];
  /** The sentence that states the camp's reason best, and its best counter. */
  readonly reason?: Evidence;
  readonly counter?: Evidence;
}

export interface ReportConcern {
  readonly id: string;
  readonly owner: string;
  readonly title: string;
  readonly target?: TargetId;
  readonly state: 'raised' | 'answered' | 'withdrawn' | 'overruled';
  readonly steps: readonly { readonly state: string; readonly evidence: Evidence }[];
}

export interface ReportRationale {
  readonly target?: TargetId;
  readonly kind: 'for' | 'against';
  readonly by: string;
  readonly evidence: Evidence;
  /** Later statements of the same point, folded under this one. */
  readonly restatements: readonly { readonly by: string; readonly evidence: Evidence }[];
}

export interface ReportActionItem {
  readonly owner?: string;
  readonly evidence: Evidence;
}

/** A participant's own summary ("to sum up ..."). */
export interface ReportOwnSummary {
  readonly by: string;
  readonly evidence: Evidence;
  readonly disputedBy: readonly { readonly by: string; readonly evidence: Evidence }[];
}

export interface ReportTemperature {
  readonly value: 'contested' | 'converging' | 'stalled' | 'quiet';
  /** Countable facts it rests on, each with what it counts. */
  readonly facts: readonly {
    readonly text: string;
    readonly count: number;
    readonly messageIds: readonly MessageId[];
  }[];
}

export interface ReportSilence {
  readonly participant: string;
  readonly reason: string;
  readonly since: string;
  readonly messageId?: MessageId;
}

export interface ReportCoverage {
  readonly present: number;
  readonly missing: number;
  readonly recovered: number;
}

export interface Report {
  readonly schemaVersion: '1.0';
  readonly threadId: string;
  readonly subject: string;
  readonly rootMessageId: MessageId;
  readonly list?: string;
  readonly participants: readonly ReportParticipant[];
  readonly messages: readonly ReportMessage[];
  readonly proposals: readonly ReportProposal[];
  readonly axes: readonly ReportAxis[];
  readonly stances: readonly ReportStance[];
  readonly segments: readonly ReportSegment[];
  readonly decisions: readonly ReportDecision[];
  readonly questions: readonly ReportQuestion[];
  readonly status: {
    readonly value: DebateStatus;
    readonly basis?: 'stated' | 'inferred';
    readonly evidence: readonly Evidence[];
  };
  readonly summary: readonly ReportSummaryLine[];
  readonly camps?: readonly ReportCamp[];
  readonly concerns?: readonly ReportConcern[];
  readonly rationale?: readonly ReportRationale[];
  readonly actionItems?: readonly ReportActionItem[];
  readonly ownSummaries?: readonly ReportOwnSummary[];
  readonly temperature?: ReportTemperature;
  readonly silence?: readonly ReportSilence[];
  readonly coverage?: ReportCoverage;
  /** Defects that touch what was read (unreadable parts, missing messages). */
  readonly notes?: readonly string[];
  /** What made it: program version, hashes of lexicon and model. */
  readonly generator?: { readonly version: string; readonly lexicon: string; readonly model: string };
}
