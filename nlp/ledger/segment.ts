// Tiles a body into segments: own words, quotes by depth, attributions, signature, footers, trailers, patch, code, blank.
// Looks at one body only; whose words a quote is, link.ts and ghost.ts find out.
import type { MessageId } from '../../model/message.ts';
import type { Segment, SegmentKind, Trailer } from '../../model/ledger.ts';
import type { Lines } from './line.ts';
import { isEmpty, splitLines } from './line.ts';
import { markPatches } from './patch.ts';
import { markAttributions } from './attribution.ts';
import { markOriginals } from './original.ts';
import { markFooters, markSignature } from './footer.ts';
import { markTrailers } from './trailer.ts';
import { markCode } from './code.ts';

export interface Segmentation {
  readonly segments: readonly Segment[];
  readonly trailers: readonly Trailer[];
}

/**
 * Segments that tile `body` exactly (first start 0, last end body.length) and the sender's own trailers. Linear in the
 * length of the body, whatever is in it.
 */
export function segmentBody(body: string, messageId: MessageId = ''): Segmentation {
  const lines = splitLines(body);
  markPatches(lines);
  markAttributions(lines);
  markOriginals(lines);
  markFooters(lines);
  markSignature(lines);
  const trailers = markTrailers(lines, messageId);
  markCode(lines);
  return { segments: tile(lines, body.length), trailers };
}

/** Kinds that keep blank lines between two of their lines inside. */
const HOLDS_BLANK: ReadonlySet<SegmentKind> = new Set([
  'own',
  'patch',
  'code',
  'signature',
  'footer',
  'attribution',
]);

function tile(lines: Lines, length: number): Segment[] {
  const segments: Segment[] = [];
  let kind: SegmentKind = 'blank';
  let depth = 0;
  let start = 0;
  const close = (end: number): void => {
    if (end > start) segments.push({ kind, start, end, quoteDepth: depth });
    start = end;
  };
  /** Line from which blank lines wait for the kind that follows them; -1 when none do. */
  let waiting = -1;
  /** First of the bare `>` lines that wait for the quote below them; -1 when there are none. */
  let bare = -1;
  for (let i = 0; i < lines.count; i++) {
    const at = lines.start[i] ?? 0;
    const given = lines.kind[i] ?? 'text';
    const empty = isEmpty(lines, i);
    const marked = given === 'quote' && (lines.content[i] ?? 0) > 0 && (lines.text[i] ?? '').trim() !== '';
    if (empty && marked) {
      // a bare `>` belongs to the quote it stands in, else to the one that follows
      if (kind === 'quote' && waiting < 0) continue;
      const follows = i + 1 < lines.count && lines.kind[i + 1] === 'quote';
      if (follows && bare < 0) bare = at;
      if (follows) continue;
    } else if (empty) {
      if (waiting < 0) waiting = at;
      continue;
    }
    const begin = bare >= 0 ? bare : at;
    bare = -1;
    const next: SegmentKind = given === 'text' ? 'own' : given;
    const nextDepth = given === 'quote' || given === 'attribution' ? (lines.depth[i] ?? 0) : 0;
    const same = kind === next && depth === nextDepth && !lines.breaks.has(i);
    const holds = HOLDS_BLANK.has(kind) || (kind === 'quote' && unmarked(lines, i));
    if (same && (waiting < 0 || holds)) {
      waiting = -1;
      continue;
    }
    if (waiting >= 0) {
      close(waiting);
      kind = 'blank';
      depth = 0;
      waiting = -1;
    }
    close(begin);
    kind = next;
    depth = nextDepth;
  }
  if (waiting >= 0) {
    close(waiting);
    kind = 'blank';
    depth = 0;
  }
  close(length);
  return segments;
}

/** A quoted line without marks of its own: part of an Outlook original. */
function unmarked(lines: Lines, i: number): boolean {
  const text = lines.text[i] ?? '';
  const content = lines.content[i] ?? 0;
  return text.slice(0, content).trim() === '';
}
