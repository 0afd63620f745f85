// HTML as a flat list of marks: tags, texts and comments in document order, each tag with the place of its end.
// Flat, so that nothing recurses over a page, however deep it nests. Reads; never renders or fetches.
import { Parser } from 'htmlparser2';

export interface OpenMark {
  readonly kind: 'open';
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Index of the mark that closes it, or of the end of the list. */
  end: number;
}

export type Mark =
  | OpenMark
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'comment'; readonly text: string };

/** Deeper pages are given up: no mail archive nests so, and the parser's time grows with the depth. */
const DEPTH = 2000;

class TooDeep extends Error {}

/** Marks of a page; undefined for one that nests deeper than `DEPTH`. Broken markup is mended as browsers do. */
export function parseHtml(html: string): Mark[] | undefined {
  const marks: Mark[] = [];
  const open: OpenMark[] = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const mark: OpenMark = { kind: 'open', name, attributes, end: -1 };
      marks.push(mark);
      open.push(mark);
      if (open.length > DEPTH) throw new TooDeep();
    },
    onclosetag(name) {
      const mark = open.pop();
      if (mark !== undefined) mark.end = marks.length;
      marks.push({ kind: 'close', name });
    },
    ontext(text) {
      marks.push({ kind: 'text', text });
    },
    oncomment(text) {
      marks.push({ kind: 'comment', text: text.trim() });
    },
  });
  try {
    parser.end(html);
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
  return marks;
}

/** Does the tag carry this class? */
export function hasClass(mark: OpenMark, name: string): boolean {
  return (mark.attributes['class'] ?? '').split(/\s+/).includes(name);
}

/** Indexes of the tags between two marks that `wanted` accepts, in order. */
export function findTags(
  marks: readonly Mark[],
  from: number,
  to: number,
  wanted: (mark: OpenMark) => boolean,
): number[] {
  const found: number[] = [];
  for (let i = from; i < to; i++) {
    const mark = marks[i];
    if (mark?.kind === 'open' && wanted(mark)) found.push(i);
  }
  return found;
}

/** Index just after the end of the tag at `index`. */
export function endOf(marks: readonly Mark[], index: number): number {
  const mark = marks[index];
  return mark?.kind === 'open' ? mark.end : index;
}

const WHITESPACE = /\s+/g;

/** Text between two marks on one line. */
export function textBetween(marks: readonly Mark[], from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) {
    const mark = marks[i];
    if (mark?.kind === 'text') text += mark.text;
  }
  return text.replace(WHITESPACE, ' ').trim();
}
