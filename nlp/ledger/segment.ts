// Tiles a body into segments: own words, quotes by depth, attributions, signature, footers, trailers, patch, code, blank.
// Looks at one body only; whose words a quote is, link.ts and ghost.ts find out.
import type { MessageId } from '../../model/message.ts';
import type { Segment, SegmentKind, Trailer } from '../../model/ledger.ts';
import type { Lines } from './line.ts';
import { isEmpty, markWrappedTails, splitLines } from './line.ts';
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
  markWrappedTails(lines);
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

/** Kind and depth of every line; blank lines and bare `>` lines take those of the lines around them where they belong. */
function settle(lines: Lines): { readonly kinds: SegmentKind[]; readonly depths: Int32Array } {
  const kinds: SegmentKind[] = [];
  const depths = new Int32Array(lines.count);
  const settled = new Uint8Array(lines.count);
  for (let i = 0; i < lines.count; i++) {
    const given = lines.kind[i] ?? 'text';
    const depth = given === 'quote' || given === 'attribution' ? (lines.depth[i] ?? 0) : 0;
    const empty = isEmpty(lines, i);
    const bare = empty && (lines.text[i] ?? '').trim() !== '';
    // a bare `>` belongs to the quote above it, else to the one that follows
    const above = bare && kinds[i - 1] === 'quote' && settled[i - 1] === 1;
    settled[i] = bare && !above ? 0 : 1;
    kinds.push(empty && !bare ? 'blank' : given === 'text' ? 'own' : given);
    depths[i] = above ? (depths[i - 1] ?? depth) : empty && !bare ? 0 : depth;
  }
  for (let i = lines.count - 2; i >= 0; i--)
    if (settled[i] === 0 && kinds[i + 1] === 'quote') depths[i] = depths[i + 1] ?? 0;
  let last = -1;
  for (let i = 0; i < lines.count; i++) {
    if (kinds[i] === 'blank') continue;
    const kind = kinds[i] ?? 'own';
    const same = last >= 0 && kinds[last] === kind && depths[last] === depths[i] && !lines.breaks.has(i);
    if (same && last < i - 1 && (HOLDS_BLANK.has(kind) || (kind === 'quote' && unmarked(lines, i)))) {
      kinds.fill(kind, last + 1, i);
      depths.fill(depths[i] ?? 0, last + 1, i);
    }
    last = i;
  }
  return { kinds, depths };
}

function tile(lines: Lines, length: number): Segment[] {
  const { kinds, depths } = settle(lines);
  const segments: Segment[] = [];
  for (let first = 0; first < lines.count;) {
    const kind = kinds[first] ?? 'own';
    let next = first + 1;
    while (
      next < lines.count &&
      kinds[next] === kind &&
      depths[next] === depths[first] &&
      !lines.breaks.has(next)
    )
      next++;
    const start = lines.start[first] ?? 0;
    const end = next < lines.count ? (lines.start[next] ?? length) : length;
    if (end > start) segments.push({ kind, start, end, quoteDepth: depths[first] ?? 0 });
    first = next;
  }
  return segments;
}

/** A quoted line without marks of its own: part of an Outlook original. */
function unmarked(lines: Lines, i: number): boolean {
  const text = lines.text[i] ?? '';
  const content = lines.content[i] ?? 0;
  return text.slice(0, content).trim() === '';
}
