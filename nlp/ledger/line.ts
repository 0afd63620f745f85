// The lines of a body and their quote marks. Offsets only: nothing is rewritten, so spans of the body stay true.
// Marks: `> > `, `>>`, `| `, `: ` (Emacs, some Usenet readers) and supercite's `Name> `.

/** What a line is taken for; `text` is what no later pass claimed. */
export type LineKind =
  'text' | 'quote' | 'attribution' | 'signature' | 'footer' | 'trailer' | 'patch' | 'code';

/** One body as parallel arrays, one entry per line (hostile bodies have millions). Passes write `kind` and `depth`. */
export interface Lines {
  readonly count: number;
  readonly text: readonly string[];
  /** Offset of each line in the body. */
  readonly start: Int32Array;
  /** Offset inside the line where the words begin, after quote marks and white space. */
  readonly content: Int32Array;
  /** Quote marks on the line, plus levels of unmarked originals around it. */
  readonly depth: Int32Array;
  readonly kind: LineKind[];
  /** Lines on which a new segment has to start although kind and depth stay the same. */
  readonly breaks: Set<number>;
}

const GREATER = 62;
const NARROW_GAP = 3;
const WIDEST_GAP = 16;
const SUPERCITE = /^[A-Z][A-Za-z]{1,9}>(?=\s|$)/;

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

/** Where the run of `>` marks ends and how many there are; `>=` and `>-` inside a quote are words. */
function scanMarks(line: string, from: number, depth: number): { depth: number; content: number } {
  let at = from;
  let marks = depth;
  for (;;) {
    let next = at;
    while (next < line.length && next - at < WIDEST_GAP && isSpace(line.charCodeAt(next))) next++;
    if (line.charCodeAt(next) !== GREATER) break;
    // mailers that indent quotes leave wide gaps between marks; `>  >word` after one is the quoted man's own
    const after = line.charCodeAt(next + 1);
    if (next - at > NARROW_GAP && !(after === GREATER || Number.isNaN(after) || isSpace(after))) break;
    if (marks > 0 && line.charCodeAt(next + 1) === 61) break;
    marks++;
    at = next + 1;
  }
  while (at < line.length && isSpace(line.charCodeAt(at))) at++;
  return { depth: marks, content: at };
}

/** Quote depth of one line and the offset at which its own words begin. */
export function quoteMarks(line: string): { depth: number; content: number } {
  let first = 0;
  while (first < line.length && isSpace(line.charCodeAt(first))) first++;
  const code = line.charCodeAt(first);
  if (code === GREATER) {
    const end = scanMarks(line, first, 0);
    return end;
  }
  if (first === 0) {
    const second = line.charCodeAt(1);
    if ((code === 124 || code === 58) && second === 32) {
      // `| | words`: every further bar is a level too
      let at = 2;
      let depth = 1;
      while (line.charCodeAt(at) === code && line.charCodeAt(at + 1) === 32) {
        depth++;
        at += 2;
      }
      return scanMarks(line, at, depth);
    }
    if (code >= 65 && code <= 90 && line.charCodeAt(1) >= 65) {
      const cite = line.indexOf('>') <= 10 ? SUPERCITE.exec(line) : null;
      if (cite) return scanMarks(line, cite[0].length, 1);
    }
  }
  return { depth: 0, content: first };
}

/** Splits at LF only, as every span of the project counts; marked lines get kind `quote`. */
export function splitLines(body: string): Lines {
  const text = body.split('\n');
  const count = text.length;
  const start = new Int32Array(count);
  const content = new Int32Array(count);
  const depth = new Int32Array(count);
  const kind: LineKind[] = [];
  let offset = 0;
  for (let i = 0; i < count; i++) {
    const line = text[i] ?? '';
    const marks = quoteMarks(line);
    start[i] = offset;
    content[i] = marks.content;
    depth[i] = marks.depth;
    kind.push(marks.depth > 0 ? 'quote' : 'text');
    offset += line.length + 1;
  }
  return { count, text, start, content, depth, kind, breaks: new Set() };
}

/** True when nothing but marks and white space stands on the line. */
export function isEmpty(lines: Lines, i: number): boolean {
  return (lines.content[i] ?? 0) >= (lines.text[i] ?? '').length;
}

/** The words of a line, without quote marks. */
export function words(lines: Lines, i: number): string {
  return (lines.text[i] ?? '').slice(lines.content[i] ?? 0);
}

const WIDE = 64;
const BROKEN_OFF = /[\p{L}\p{N},]\s{0,3}=?$/u;
const TAIL = /^\p{Ll}[^.?!:]{0,24}$/u;

/**
 * Takes the tails that a mailer wrapped off quoted lines for quotes: one short line without marks, no blank line around
 * it, below a wide quoted line that breaks off and above one that goes on at the same depth.
 */
export function markWrappedTails(lines: Lines): void {
  for (let i = 1; i + 1 < lines.count; i++) {
    if (lines.kind[i] !== 'text' || lines.kind[i - 1] !== 'quote' || lines.kind[i + 1] !== 'quote') continue;
    const above = lines.text[i - 1] ?? '';
    const depth = lines.depth[i - 1] ?? 0;
    if (above.length < WIDE || above.length > 4 * WIDE || lines.depth[i + 1] !== depth) continue;
    if (isEmpty(lines, i + 1) || !BROKEN_OFF.test(above) || !TAIL.test(lines.text[i] ?? '')) continue;
    lines.kind[i] = 'quote';
    lines.depth[i] = depth;
  }
}
