// A body block by block as the ledger divides it: own words open, long quotes and patches folded, endings set apart.
import type { LedgerEntry, Segment } from '../../model/ledger.ts';
import type { MarkedWords } from '../debate.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { markedText } from './text.ts';

type BlockKind = 'prose' | 'quote' | 'patch' | 'code' | 'ending' | 'trailer';

interface Block {
  readonly kind: BlockKind;
  readonly segments: readonly Segment[];
}

/** Quotes of up to so many lines are shown, longer ones folded. */
const shownQuoteLines = 6;
/** Patches and listings of up to so many lines are shown. */
export const shownCodeLines = 40;

const blockKinds: Readonly<Record<Segment['kind'], BlockKind | undefined>> = {
  own: 'prose',
  quote: 'quote',
  attribution: 'quote',
  signature: 'ending',
  footer: 'ending',
  trailer: 'trailer',
  patch: 'patch',
  code: 'code',
  blank: undefined,
};

/** Neighbors of one kind make a block; blank lines go with the block before them. */
export function blocksOf(segments: readonly Segment[]): readonly Block[] {
  const blocks: { kind: BlockKind; segments: Segment[] }[] = [];
  for (const segment of segments) {
    const last = blocks.at(-1);
    const kind = blockKinds[segment.kind] ?? last?.kind ?? 'prose';
    if (last !== undefined && last.kind === kind) last.segments.push(segment);
    else blocks.push({ kind, segments: [segment] });
  }
  return blocks;
}

function rangeOf(block: Block): readonly [number, number] {
  return [block.segments[0]?.start ?? 0, block.segments.at(-1)?.end ?? 0];
}

/** The block's range without blank lines at its ends; leading spaces of the first line stay. */
function trimmed(body: string, [start, end]: readonly [number, number]): readonly [number, number] {
  let from = start;
  for (let i = start; i < end && /\s/.test(body[i] ?? ''); i++) if (body[i] === '\n') from = i + 1;
  let to = end;
  while (to > from && /\s/.test(body[to - 1] ?? '')) to--;
  return [from, to];
}

function lineCount(text: string): number {
  return text.split('\n').length;
}

/** Quote marks at the start of a line, for the one-line preview. */
const quoteMarks = /^[\s>|:]+/;

function preview(text: string): string {
  const line = text.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? '';
  return line.replace(quoteMarks, '').slice(0, 90);
}

export interface BodyLinks {
  /** `#7` linked, for whose words a quote is. */
  messageNumber(id: string): Html;
}

function quoteSources(block: Block, links: BodyLinks): Value {
  const ids = new Set(
    block.segments.flatMap((segment) => (segment.source === undefined ? [] : [segment.source.messageId])),
  );
  return [...ids].slice(0, 3).map((id) => html`${links.messageNumber(id)} `);
}

const diffTones: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'hunk' };

/** Line feeds stand between the lines as values, where no formatter can touch them. */
export function diffLines(text: string): Value {
  return text.split('\n').map((line, i): Value => {
    const tone = diffTones[line[0] ?? ''];
    return [i > 0 && '\n', tone === undefined ? line : html`<span class="${tone}">${line}</span>`];
  });
}

export function foldedPre(kind: string, name: string, text: string, inner: Value, limit: number): Html {
  const lines = lineCount(text);
  const pre = html`<pre class="${kind}">${inner}</pre>`;
  return lines <= limit
    ? pre
    : html`<details class="fold">
        <summary>${name}, ${counted(lines, 'line')}</summary>
        ${pre}
      </details>`;
}

function quoteBlock(
  body: string,
  block: Block,
  range: readonly [number, number],
  marks: readonly MarkedWords[],
  links: BodyLinks,
): Html {
  const [start, end] = range;
  const inner = block.segments.map((segment) => {
    const from = Math.max(start, segment.start);
    const to = Math.min(end, segment.end);
    if (from >= to) return false;
    const text = markedText(body.slice(from, to), from, marks);
    return segment.quoteDepth > 1 ? html`<span class="deeper">${text}</span>` : text;
  });
  const lines = lineCount(body.slice(start, end));
  const quoted = html`<blockquote class="quote"><pre>${inner}</pre></blockquote>`;
  const sources = quoteSources(block, links);
  if (lines <= shownQuoteLines) {
    return html`<div class="quoted"><blockquote class="quote"><pre>${inner}</pre> <span class="from">${sources}</span></blockquote></div>`;
  }
  const first = block.segments.find((segment) => segment.kind === 'quote') ?? block.segments[0];
  return html`<details class="fold quoted">
    <summary>
      ${sources}${counted(lines, 'quoted line')}:
      <bdi>${preview(body.slice(first?.start ?? start, first?.end ?? end))}</bdi>
    </summary>
    ${quoted}
  </details>`;
}

/** `Acked-by: Ada <ada@example.org>` line by line; a line without a key goes on with the one before it. */
const trailerKey = /^[A-Za-z][\w-]{1,40}:/;

function trailerChips(text: string, start: number, marks: readonly MarkedWords[]): Html {
  const chips: { start: number; text: string }[] = [];
  let at = start;
  for (const line of text.split('\n')) {
    const last = chips.at(-1);
    if (last !== undefined && !trailerKey.test(line)) last.text += `\n${line}`;
    else if (line.trim() !== '') chips.push({ start: at, text: line });
    at += line.length + 1;
  }
  return html`<ul class="trailers" dir="auto">
    ${chips.map((chip) => {
      const key = trailerKey.exec(chip.text)?.[0] ?? '';
      const value = markedText(chip.text.slice(key.length), chip.start + key.length, marks);
      return html`<li>${key !== '' && html`<span class="key">${markedText(key, chip.start, marks)}</span>`}${value}</li>`;
    })}
  </ul>`;
}

/** A whole body as markup. */
export function bodyBlocks(entry: LedgerEntry, marks: readonly MarkedWords[], links: BodyLinks): Value {
  const { body } = entry.message;
  return blocksOf(entry.segments).map((block) => {
    const range = trimmed(body, rangeOf(block));
    const [start, end] = range;
    if (start >= end) return false;
    const text = body.slice(start, end);
    const inner = (): Value => markedText(text, start, marks);
    switch (block.kind) {
      case 'prose':
        return html`<div class="prose" dir="auto">${inner()}</div>`;
      case 'quote':
        return quoteBlock(body, block, range, marks, links);
      case 'patch':
        return foldedPre('patch', 'patch', text, diffLines(text), shownCodeLines);
      case 'code':
        return foldedPre('code', 'listing', text, inner(), shownCodeLines);
      case 'trailer':
        return trailerChips(text, start, marks);
      case 'ending':
        return html`<details class="fold ending">
          <summary>signature</summary>
          <pre>${inner()}</pre>
        </details>`;
    }
  });
}
