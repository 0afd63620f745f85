// What the stages hand to each other: the debate laid out as turns and units, then findings about them.
// Plain data. A stage reads some fields of `Findings` and assigns others; see nlp/stage/list.ts.
import type { NamedMatrix } from './feature/column.ts';
import type { UnitCues } from './feature/cue.ts';
import type { GhostLine, LedgerEntry } from '../model/ledger.ts';
import type { Message } from '../model/message.ts';
import type {
  ConcedeKind,
  DebateStatus,
  DecisionKind,
  QuestionKind,
  QuestionStatus,
  ReportConcern,
  ReportSilence,
  ReportTemperature,
  SegmentLabel,
  StanceValue,
  Strength,
} from '../model/report.ts';
import type { Role } from '../model/person.ts';

/** One message's place in the debate. Turns are in time order; a parent always has a smaller index. */
export interface Turn {
  readonly index: number;
  readonly message: Message;
  readonly entry: LedgerEntry;
  /** Person id, see `Speaker`. */
  readonly author: string;
  /** Index of the turn it answers, -1 for none. */
  readonly parent: number;
  readonly children: readonly number[];
  /** 0 for a turn without parent. */
  readonly depth: number;
  readonly subject: Subject;
  /** Rebuilt from quotes: its words are evidence only as `quoted` text of the messages its lines are from. */
  readonly ghost: readonly GhostLine[] | null;
}

/** What a Subject line says. */
export interface Subject {
  /** Without Re:, list tags and bracketed tags. */
  readonly base: string;
  readonly reply: boolean;
  /** Lower-case words of bracketed tags: `patch`, `rfc`, `v3`, ... */
  readonly tags: readonly string[];
  readonly patch: boolean;
  /** 1 when the tags give none. */
  readonly version: number;
  /** `0/5` -> 0 and 5; -1 and 0 when absent. */
  readonly part: number;
  readonly parts: number;
}

export interface Speaker {
  readonly id: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly role: Role;
  readonly roleEvidence: string;
  readonly quotedOnly: boolean;
  /** Indices of the person's turns. */
  readonly turns: readonly number[];
}

/** A sentence or clause of own text: the smallest thing that is labeled. */
export interface Unit {
  readonly index: number;
  readonly turn: number;
  /** Span in the turn's body, trimmed of white space. */
  readonly start: number;
  readonly end: number;
  /** The slice with white space runs as one blank. */
  readonly text: string;
  /** Index of the sentence in the ledger entry, of the clause in the sentence, and how many clauses it has. */
  readonly sentence: number;
  readonly clause: number;
  readonly clauses: number;
  readonly connective: string;
  readonly opens: 'paragraph' | 'item' | 'answer' | null;
  /** The quoted run it answers, text without quote marks, '' when it answers none. */
  readonly quoted: string;
  /** Units of earlier turns inside that quoted run, oldest wording, in reading order. */
  readonly answers: readonly number[];
  /** Person whose words the quoted run is, '' when unknown. */
  readonly answersAuthor: string;
  /** True in the commit message or notes of a patch mail. */
  readonly inPatch: boolean;
}

/** A span with a label; what the report prints as a segment. */
export interface Act {
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  readonly label: SegmentLabel;
  /** Index of the unit it came from, -1 for a trailer. */
  readonly unit: number;
  readonly kind?: ConcedeKind | DecisionKind | QuestionKind | 'for' | 'against';
  readonly strength?: Strength;
  /** Probability that the label is right. */
  readonly confidence: number;
  readonly reason: string;
  readonly target?: string;
}

/** Log-odds per unit and score (nlp/weights/model.ts): `values[unit * width + score]`. */
export interface UnitScores {
  readonly width: number;
  readonly values: Float32Array;
}

export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly keywords: readonly string[];
  readonly by: string;
  readonly head: boolean;
  readonly versions: readonly { readonly v: string; readonly turn: number }[];
  readonly alternativeTo: readonly string[];
  readonly amends: string;
  readonly outcome: 'accepted' | 'rejected' | 'withdrawn' | 'superseded' | 'deferred' | 'open';
  /** The first introduces it. */
  readonly evidence: readonly Quotation[];
  /** Probability that it is a proposal others would name. */
  readonly chance: number;
  /** Units that voice or name it. */
  readonly units: readonly number[];
}

export interface Axis {
  readonly id: string;
  readonly question: string;
  readonly a: Pole;
  readonly b: Pole;
  readonly evidence: readonly Quotation[];
}

export interface Pole {
  readonly label: string;
  readonly keywords: readonly string[];
  readonly proposals: readonly string[];
}

/** A span of a turn and why it was picked. */
export interface Quotation {
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

export interface Step {
  readonly value: StanceValue;
  readonly change: 'first' | 'harden' | 'soften' | 'flip' | 'yield' | 'repeat';
  readonly quotation: Quotation;
}

/** A person's current value on a target. */
export interface Position {
  readonly person: string;
  readonly target: string;
  readonly value: StanceValue;
  readonly yielded: boolean;
  readonly strength: Strength;
  readonly confidence: number;
  readonly evidence: readonly Quotation[];
  readonly history: readonly Step[];
}

export interface Decision {
  readonly id: string;
  readonly kind: DecisionKind;
  readonly target: string;
  readonly by: string;
  readonly entitled: boolean;
  readonly basis: 'stated' | 'inferred';
  readonly contested: boolean;
  readonly external: boolean;
  readonly evidence: readonly Quotation[];
}

export interface Question {
  readonly id: string;
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  readonly unit: number;
  readonly kind: QuestionKind;
  readonly status: QuestionStatus;
  readonly askedBy: string;
  readonly askedOf: readonly string[];
  readonly answers: readonly Quotation[];
  readonly confidence: number;
}

export interface Status {
  readonly value: DebateStatus;
  readonly basis: 'stated' | 'inferred';
  readonly evidence: readonly Quotation[];
}

/** A reason for or against a target; the same point made again is folded under it. */
export interface Rationale {
  readonly target: string;
  readonly kind: 'for' | 'against';
  readonly by: string;
  readonly quotation: Quotation;
  readonly restatements: readonly { readonly by: string; readonly quotation: Quotation }[];
}

export interface Concern {
  readonly id: string;
  readonly owner: string;
  readonly title: string;
  readonly target: string;
  readonly state: ReportConcern['state'];
  readonly steps: readonly { readonly state: ReportConcern['state']; readonly quotation: Quotation }[];
}

export interface ActionItem {
  /** '' when nobody in particular. */
  readonly owner: string;
  readonly quotation: Quotation;
}

export interface OwnSummary {
  readonly by: string;
  readonly quotation: Quotation;
  readonly disputedBy: readonly { readonly by: string; readonly quotation: Quotation }[];
}

export interface Camp {
  readonly label: string;
  readonly side: string;
  readonly members: readonly string[];
  readonly reason: Quotation | undefined;
  readonly counter: Quotation | undefined;
}

export interface SummaryLine {
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  readonly facet: string;
}

/** Everything found about a debate. Built up stage by stage; each field is assigned once. */
export interface Findings {
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
  /** Turn of the opening message, -1 when that is missing (the first message at hand answers one that is not). */
  readonly root: number;
  readonly units: readonly Unit[];
  readonly cues: readonly UnitCues[];
  /** Where each unit stands (nlp/feature/shape.ts), one row per unit. */
  readonly shape: NamedMatrix;
  readonly scores: UnitScores;
  readonly trailerActs: readonly Act[];
  readonly acts: readonly Act[];
  readonly proposals: readonly Proposal[];
  readonly axes: readonly Axis[];
  readonly camps: readonly Camp[];
  readonly concerns: readonly Concern[];
  readonly rationale: readonly Rationale[];
  readonly actionItems: readonly ActionItem[];
  readonly ownSummaries: readonly OwnSummary[];
  readonly positions: readonly Position[];
  readonly decisions: readonly Decision[];
  readonly questions: readonly Question[];
  readonly status: Status;
  readonly summary: readonly SummaryLine[];
  readonly temperature: ReportTemperature;
  readonly silence: readonly ReportSilence[];
}
