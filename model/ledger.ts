// Who said which words: each body tiled into segments, own text split into sentences, quotes linked to their source.
import type { Message, MessageId, Span } from './message.ts';

export type SegmentKind =
  'own' | 'quote' | 'attribution' | 'signature' | 'footer' | 'trailer' | 'patch' | 'code' | 'blank';

/** Segments of one message tile its body exactly: first start 0, last end body.length, no gap, no overlap. */
export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
  /** 0 for the sender's own lines; 1 for `> `, 2 for `> > `, ... */
  readonly quoteDepth: number;
  /** For a quote: whose words these are, when known. */
  readonly source?: QuoteSource;
}

/** Where a quoted run comes from. A ghost message (provenance `quotes`) when the original is absent. */
export interface QuoteSource {
  readonly messageId: MessageId;
  /** Range in the source's body; absent when only the message is known. */
  readonly start?: number;
  readonly end?: number;
  readonly match: 'exact' | 'fuzzy' | 'attribution';
}

/** A sentence or clause of own text. May span several lines; whitespace runs inside compare as one space. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  /** Index of the segment it starts in. */
  readonly segment: number;
  /** Clauses tile the sentence's words (split at but, however, unless, ...); one clause when it does not split. */
  readonly clauses: readonly Clause[];
  /** The quoted run this sentence answers: index of the nearest quote segment above within the same reply block. */
  readonly answers?: number;
  /** First sentence of a paragraph, list item, or directly below a quote. */
  readonly opens: 'paragraph' | 'item' | 'answer' | null;
}

export interface Clause {
  readonly start: number;
  readonly end: number;
  /** Lower-case connective that opened it: but, however, if, unless, because, ...; '' for the first. */
  readonly connective: string;
}

export interface LedgerEntry {
  readonly message: Message;
  readonly segments: readonly Segment[];
  readonly sentences: readonly Sentence[];
  readonly trailers: readonly Trailer[];
}

/** A trailer line of the sender's own text (`Acked-by: ...`), or an in-body header. */
export interface Trailer {
  readonly key: string;
  readonly value: string;
  readonly span: Span;
  /** True when it stands in a patch's commit message, i.e. is carried along rather than spoken now. */
  readonly carried: boolean;
}

/** A debate with every word accounted for. `ghosts` are messages rebuilt from quotes. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  readonly ghosts: readonly GhostMessage[];
}

/** A message known only from others' quotes: partial text in order, author from attribution lines. */
export interface GhostMessage {
  readonly message: Message;
  /** `<Message-ID>` of the messages it was recovered from, and the quoted segments there. */
  readonly from: readonly { readonly messageId: MessageId; readonly start: number; readonly end: number }[];
  /** Name and address as in the attribution line; name '' when none was found. */
  readonly authorName: string;
  readonly authorAddress: string;
  /** Segments, sentences and trailers of the rebuilt text. */
  readonly entry: LedgerEntry;
  /** Where each line of the rebuilt text was found, in order: evidence of a ghost's words is a span of the quoting message. */
  readonly lines: readonly GhostLine[];
}

/** One line of a ghost's body (start to end) and the quoted words it was taken from (a span of the quoting message). */
export interface GhostLine {
  readonly start: number;
  readonly end: number;
  readonly from: Span;
  /** First line of an answer: the deeper quote that stood right above it there. */
  readonly answers?: QuoteSource;
}
