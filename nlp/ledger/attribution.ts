// Finds attribution lines: "On ... wrote:" in the languages mailers ship, "X writes:". Whom they name is author.ts;
// forwarded and Outlook originals are original.ts.
import type { Lines } from './line.ts';
import { isEmpty, words } from './line.ts';
import { SAID } from './said.ts';

/** `On 3 May, X wrote:`; bounded everywhere, so linear. */
const ON_WROTE = new RegExp(
  `^(?:-+ )?(?:On|Am|Le|El|Em|Il|Op|Den|Dne|At|In|Dnia|W dniu|Em|Vào)(?![\\p{L}\\p{N}_])(?=.*[\\d@]).{4,300}?${SAID}.{0,60}?:(?:>.*)?$`,
  'iu',
);
const ON_START = /^(?:-+ )?(?:On|Am|Le|El|Em|Il|Op|Den|Dne|At|In|Dnia|W dniu|Vào)\s/i;
/** `X writes:`, `X <mail>:`, `Quoting X:`, `* X:`; only right before a quote. */
const X_WROTE = new RegExp(
  `^(?:\\S.{0,150}?${SAID}.{0,60}?\\s?:|.{0,120}<[^<>\\s]+(?:@| at )[^<>\\s]+>.{0,60}:|Quoting .{1,120}:|\\* .{2,80}:)$`,
  'iu',
);
/** Older Gmail: `2011/10/17 Ann Other <ann@example.org>`, no colon. */
const GMAIL_DATE = /^\d{4}[/-]\d{1,2}[/-]\d{1,2}(?: at \d\d?:\d\d)?,? .{1,80}<[^<>\s]+@[^<>\s]+>:?$/;
/** The whole of an attribution, certain without a quote below: has a date and ends in the verb and a colon. */
const CERTAIN = new RegExp(
  `^(?:-+ )?(?:On|Am|Le|El|Em|Il|Op|Den|Dne|At|Dnia|W dniu)\\s(?=.*\\d)(?=.*(?:\\d:\\d\\d|\\b(?:19|20)\\d\\d\\b)).{4,300}?(?:${SAID}\\s?:|(?:schrieb|schreef|skrev|napsal)\\s.{2,80}:)$`,
  'iu',
);
const VERB = new RegExp(SAID, 'iu');
const SUPERCITE_SAID = /^>{2,}\s+"?[^"<>]{1,60}"?,? (?:==|writes|wrote|said|On)\b.{0,120}:\s*$/;
const MOST_LINES = 5;
/** Characters of one line, and of a whole attribution. */
const LONG = 400;
const LONGEST = 600;

/** Lines `first..end-1` joined as one text, white space folded; undefined when any is blank, long or taken. */
function joined(lines: Lines, first: number, end: number, depth: number): string | undefined {
  if (first < 0 || end > lines.count) return undefined;
  const parts: string[] = [];
  for (let i = first; i < end; i++) {
    const usable = depth === 0 ? lines.kind[i] === 'text' : lines.kind[i] === 'quote';
    if (!usable || lines.depth[i] !== depth || isEmpty(lines, i)) return undefined;
    if ((lines.text[i] ?? '').length > LONG) return undefined;
    parts.push(words(lines, i).trim());
  }
  return parts.join(' ').replace(/\s{1,400}/g, ' ');
}

function mark(lines: Lines, first: number, end: number): void {
  for (let i = first; i < end; i++) lines.kind[i] = 'attribution';
  lines.breaks.add(first);
}

/** True when lines from `first` (1 to 5 of them) are an attribution by `pattern`; then they are marked. */
function markAt(lines: Lines, first: number, depth: number, pattern: RegExp): number {
  for (let n = 1; n <= MOST_LINES; n++) {
    const text = joined(lines, first, first + n, depth);
    if (text === undefined || text.length > LONGEST) return 0;
    // cheap first: most lines that start like one hold no verb
    if (VERB.test(text) && pattern.test(text)) {
      mark(lines, first, first + n);
      return n;
    }
  }
  return 0;
}

/**
 * Marks attributions at every quote depth. An `On ... wrote:` of the sender's level counts anywhere above a quote; inside
 * a quote it counts anywhere; `X writes:` only right above a deeper quote (up to three blank lines between).
 */
export function markAttributions(lines: Lines): void {
  const { count, kind, depth, text } = lines;
  let lastQuote = -1;
  for (let i = count - 1; i >= 0 && lastQuote < 0; i--) if (kind[i] === 'quote') lastQuote = i;
  for (let i = 0; i <= lastQuote; i++) {
    const line = text[i] ?? '';
    if (line.length > LONG) continue;
    if (kind[i] === 'quote' && SUPERCITE_SAID.test(line)) {
      mark(lines, i, i + 1);
      lines.depth[i] = 0;
      continue;
    }
    const own = kind[i] === 'text' && i < lastQuote;
    if (!own && kind[i] !== 'quote') continue;
    if (ON_START.test(words(lines, i))) markAt(lines, i, depth[i] ?? 0, ON_WROTE);
  }
  for (let i = 0; i <= lastQuote; i++) {
    const here = depth[i] ?? 0;
    if (here === 0 || (kind[i] !== 'quote' && kind[i] !== 'attribution')) continue;
    if (i > 0 && (depth[i - 1] ?? 0) >= here) continue;
    let last = i - 1;
    while (last >= 0 && i - last <= 3 && isEmpty(lines, last)) last--;
    if (last < 0) continue;
    const above = depth[last] ?? 0;
    if (above >= here || (above > 0 && here !== above + 1)) continue;
    for (const n of [1, 2]) {
      const said = joined(lines, last + 1 - n, last + 1, above);
      if (said === undefined || (above > 0 && n === 2)) break;
      if (X_WROTE.test(said) || GMAIL_DATE.test(said)) {
        mark(lines, last + 1 - n, last + 1);
        break;
      }
    }
  }
}

/**
 * Line after the first attribution that is certain without a quote below it (a top-poster's mailer that marks nothing);
 * -1 when there is none. Marks the attribution.
 */
export function markUnmarkedQuote(lines: Lines, from: number): number {
  for (let i = from; i < lines.count; i++) {
    if (lines.kind[i] !== 'text' || !ON_START.test((lines.text[i] ?? '').trimStart())) continue;
    const n = markAt(lines, i, 0, CERTAIN);
    if (n > 0) return i + n;
  }
  return -1;
}
