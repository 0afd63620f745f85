// Messages known only from others' quotes. Their lines are collected from every message that quotes them, in order, each
// once; the author comes from attribution lines and stays '' when none is certain. RFC 5537 has no word for them.
import { createHash } from 'node:crypto';
import type { GhostLine, GhostMessage, QuoteSource } from '../../model/ledger.ts';
import type { Message, MessageId, Span } from '../../model/message.ts';
import type { Attribution } from './author.ts';
import { readDate } from './author.ts';
import { segmentBody } from './segment.ts';
import { splitSentences } from './sentence.ts';

/** A line of a ghost while it is being collected; a linked list, for lines come in at any place. */
export interface GhostNode {
  readonly text: string;
  /** The words of the line in the quoting message. */
  readonly from: Span;
  /** A paragraph or a gap stands before this line. */
  readonly gap: boolean;
  next: GhostNode | undefined;
  /** What the line answers, as a place of a source: a range of a message, or lines of a ghost by number. */
  answers: { readonly source: number; readonly from: number; readonly to: number } | undefined;
}

export interface GhostDraft {
  readonly id: MessageId;
  /** Its number in the passage index. */
  readonly source: number;
  /** Where the quoting thread says it hangs; only its subject is used. */
  readonly subject: string;
  name: string;
  address: string;
  date: string;
  head: GhostNode | undefined;
  tail: GhostNode | undefined;
  /** Every node, by the number given to the passage index as its offset. */
  readonly nodes: GhostNode[];
}

/** Id of a ghost that no thread names: the same for the same author and date, or the same place. */
export function ghostId(key: string): MessageId {
  return `${createHash('sha1').update(key).digest('hex')}@quoted.hum`;
}

/** Inserts a line after `after` (at the end when undefined) and returns its node. */
export function insertLine(
  draft: GhostDraft,
  after: GhostNode | undefined,
  text: string,
  from: Span,
  gap: boolean,
): GhostNode {
  const previous = after ?? draft.tail;
  const node: GhostNode = { text, from, gap, next: previous?.next, answers: undefined };
  if (previous) previous.next = node;
  else {
    node.next = draft.head;
    draft.head = node;
  }
  if (draft.tail === previous || !draft.tail) draft.tail = node;
  draft.nodes.push(node);
  return node;
}

/** Takes over what an attribution says when the draft has no author yet. */
export function nameAuthor(draft: GhostDraft, attribution: Attribution): void {
  if (draft.name === '' && draft.address === '') {
    draft.name = attribution.name;
    draft.address = attribution.address;
  } else if (draft.address === '' && attribution.name === draft.name) draft.address = attribution.address;
  if (draft.date === '') draft.date = attribution.date;
}

/** Offset range of each node in the finished body. */
export type GhostSpans = ReadonlyMap<GhostNode, { readonly start: number; readonly end: number }>;

/** Where the lines of a draft will stand in its body. */
export function layOut(draft: GhostDraft): GhostSpans {
  const spans = new Map<GhostNode, { start: number; end: number }>();
  let length = 0;
  for (let node = draft.head; node; node = node.next) {
    if (length > 0) length += node.gap ? 2 : 1;
    spans.set(node, { start: length, end: length + node.text.length });
    length += node.text.length;
  }
  return spans;
}

/** The text of a draft, its sentences, and where each line was found; `answers` names what a line answers. */
export function buildGhost(
  draft: GhostDraft,
  spans: GhostSpans,
  answers: (node: GhostNode) => QuoteSource | undefined,
): GhostMessage {
  const lines: GhostLine[] = [];
  const parts: string[] = [];
  for (let node = draft.head; node; node = node.next) {
    if (parts.length > 0) parts.push(node.gap ? '\n\n' : '\n');
    parts.push(node.text);
    const span = spans.get(node) ?? { start: 0, end: 0 };
    const answered = answers(node);
    lines.push({ ...span, from: node.from, ...(answered ? { answers: answered } : {}) });
  }
  const body = parts.join('');
  const named = draft.name !== '' || draft.address !== '';
  const message: Message = {
    id: draft.id,
    syntheticId: draft.id.endsWith('@quoted.hum'),
    provenance: 'quotes',
    subject: draft.subject,
    from: named ? [{ name: draft.name, address: draft.address }] : [],
    to: [],
    cc: [],
    replyTo: [],
    date: draft.date,
    time: readDate(draft.date),
    inReplyTo: [],
    references: [],
    listId: '',
    headers: {},
    body,
    attachments: [],
    defects: [],
  };
  const { segments, trailers } = segmentBody(body, draft.id);
  const entry = { message, segments, trailers, sentences: splitSentences(body, segments) };
  return {
    message,
    from: runsOf(lines),
    authorName: draft.name,
    authorAddress: draft.address,
    entry,
    lines,
  };
}

/** Neighboring lines of one message as one range. */
function runsOf(lines: readonly GhostLine[]): Span[] {
  const runs: { messageId: MessageId; start: number; end: number }[] = [];
  for (const { from } of lines) {
    const last = runs.at(-1);
    // quote marks and a line end stand between two lines of one run
    if (last && last.messageId === from.messageId && from.start >= last.end && from.start - last.end < 40)
      last.end = from.end;
    else runs.push({ ...from });
  }
  return runs;
}

/**
 * Where the words start to end of a ghost's body stand in messages that quote it: one span per line touched, in order.
 * This is the evidence to print, marked as quoted.
 */
export function evidenceOf(ghost: GhostMessage, start: number, end: number): Span[] {
  const spans: Span[] = [];
  for (const line of ghost.lines) {
    if (line.end <= start || line.start >= end) continue;
    const from = line.from.start + Math.max(0, start - line.start);
    const to = line.from.start + Math.min(line.end, end) - line.start;
    spans.push({ messageId: line.from.messageId, start: from, end: to });
  }
  return spans;
}
