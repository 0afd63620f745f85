// Sentences of the sender's own text, as offsets into the body. Line ends inside a paragraph count as spaces; a sentence
// never crosses a quote, code, a blank line or a list marker.
import type { Segment, Sentence } from '../../model/ledger.ts';
import { ABBREVIATIONS, NUMBERED, OPTIONAL } from './abbreviation.ts';
import { splitClauses } from './clause.ts';
import { isElision } from './elision.ts';

const STOP = /([.!?]+|…)((?:["'”’»)\]*_]|\[\d{1,3}\])*)(?=\s|$)/g;
const ITEM =
  /^[ \t]*(?:[-*•+o–]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|\[\d{1,3}\]|#\d{1,3}[.):]?)[ \t]+(?=\S)/;
const GREETING =
  /^\s*(?:hi|hello|hey|dear|hallo|good (?:morning|evening|day)|greetings|folks|all|guys)\b[^.?!]{0,40}[,!:]?\s*$/i;
const FAREWELL =
  /^\s*(?:thanks|thank you|thx|cheers|regards|best|best regards|kind regards|sincerely|greetings|grüße|viele grüße|ciao|yours|love|hth|hope this helps)\b[^.?!]{0,30}[,.!]*\s*$/i;
/** What belongs to the sentence before it though white space stands between. */
const SMILEY = /^(?:[:;=8][-o']?[)(DPp|/\\]|»$)/;
const LIST_NUMBER = /(?:^|\s)[("]?(?:\d{1,3}|[a-zA-Z])\.$/;
const LOWER_OPENER =
  /^["'(]*(?:iirc|imo|imho|afaik|afaict|afaics|fwiw|btw|ok|okay|hmm|well|so|i|and|but|or|no|nope|yes|yeah|yep|nah|it|it's|this|that|that's|they|there|there's|we|you|he|she|if|when|what|why|how|where|who|which|is|are|do|does|can|could|should|would|the|a|an|my|your|our|in|on|for|to|as|also|then|maybe|perhaps|not|just|let|let's|please|thanks|sure|right|agreed|because|since|while|though|however|otherwise|anyway|now|still|at|by|with|from|people|someone|any|some|all|most|these|those|i'm|i'd|i've|i'll|we're|we'd|you're|don't|doesn't|isn't|can't)\b/;
const IDENTIFIER_OPENER = /^["'(]*(?:[a-z][\w]*[._(*[>:/-]|[a-z]+_[a-z]|--?[a-z]|\/[a-z]|[a-z]+[A-Z0-9])/;

/** What stands right before the dot: the last token without opening brackets and quotes. */
function lastToken(text: string, from: number, dot: number): string {
  let start = dot;
  while (start > from && text.charCodeAt(start - 1) > 32 && dot - start < 40) start--;
  while (start < dot && '("\'[*_“‘'.includes(text.charAt(start))) start++;
  return text.slice(start, dot);
}

function nextToken(text: string, from: number, end: number): string {
  let start = from;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  let stop = start;
  while (stop < end && text.charCodeAt(stop) > 32 && stop - start < 60) stop++;
  return text.slice(start, stop);
}

/** True when the stop at `at` (marks `marks`, closing quotes `closing`) does not end a sentence. */
function goesOn(
  text: string,
  start: number,
  at: number,
  end: number,
  marks: string,
  closing: string,
  limit: number,
): boolean {
  const next = nextToken(text, end, limit);
  if (next === '') return false;
  const lower = /^["'(*_]*\p{Ll}/u.test(next);
  if (SMILEY.test(next)) return true;
  if (marks === '.') {
    const token = lastToken(text, start, at);
    const plain = token.toLowerCase();
    if (ABBREVIATIONS.has(plain)) return true;
    if (NUMBERED.has(plain) && /^#?\d/.test(next)) return true;
    if (OPTIONAL.has(plain) && !/^["'(]*\p{Lu}/u.test(next)) return true;
    // initials and list markers: `J. Doe`, `2. Then`
    if (/^\p{Lu}$/u.test(token) && token !== 'I' && /^\p{Lu}/u.test(next) && at - start > 1) return true;
    const upto = text.slice(Math.max(start, at - 6), at + 1);
    if (LIST_NUMBER.test(upto)) {
      if (text.slice(start, at + 1).trim().length <= 5) return true;
      if (/[.:;,]\s+\(?\d{1,2}\.$/.test(text.slice(Math.max(start, at - 12), at + 1))) return true;
    }
    if (/^[a-z](?:\.[a-z])+$/.test(token) && lower) return true;
  }
  // `(!)`, `(?)`
  if (closing.startsWith(')') && text.charAt(at - 1) === '(') return true;
  if ((/^\.{2,}$/.test(marks) || marks === '…') && !/^["'(*_]*[\p{Lu}\d]/u.test(next)) return true;
  // code: `!= NULL`, `#!/bin/sh`
  if (marks !== '.' && /^[/=][/=\w]*/.test(next)) return true;
  if (/["”’]/.test(closing) && lower) return true;
  if (marks === '.' && lower && !IDENTIFIER_OPENER.test(next) && !LOWER_OPENER.test(next)) return true;
  if ((marks === '!' || marks === '?') && lower && closing.includes(')')) return true;
  return false;
}

/** True when a bracket opened in text[start, at) is still open and closes soon after `end`. */
function insideBrackets(text: string, start: number, at: number, end: number, limit: number): boolean {
  let open = 0;
  for (let i = Math.max(start, at - 2000); i < at; i++) {
    const code = text.charCodeAt(i);
    if (code === 40 && !':;'.includes(text.charAt(i - 1)) && !':;'.includes(text.charAt(i - 2) + '')) open++;
    else if (code === 40) open++;
    else if (code === 41 && open > 0) open--;
  }
  if (open === 0) return false;
  const close = text.slice(end, Math.min(limit, end + 160)).indexOf(')');
  return close >= 0;
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly opens: 'paragraph' | 'item' | null;
}

/** Paragraphs, list items and greeting lines of text[start, end). */
function splitBlocks(text: string, start: number, end: number): Block[] {
  const blocks: Block[] = [];
  let open = -1;
  let opens: Block['opens'] = 'paragraph';
  let last = start;
  const close = (): void => {
    if (open >= 0) blocks.push({ start: open, end: last, opens });
    open = -1;
    opens = null;
  };
  let fresh = true;
  for (let at = start; at < end;) {
    let stop = text.indexOf('\n', at);
    if (stop < 0 || stop > end) stop = end;
    let first = at;
    while (first < stop && text.charCodeAt(first) <= 32) first++;
    if (first === stop) {
      close();
      fresh = true;
    } else {
      const short = stop - at < 300 ? text.slice(at, stop) : text.slice(at, at + 300);
      const item = ITEM.exec(short);
      const greeting = stop - at < 60 && (GREETING.test(short) || FAREWELL.test(short));
      if (item && (fresh || /^[ \t]*(?:[-*•]|\(?\d|\(?[a-z]\))/.test(short))) {
        close();
        opens = 'item';
        open = at + item[0].length;
      } else if (open < 0) {
        if (fresh) opens = 'paragraph';
        open = first;
      }
      fresh = false;
      last = stop;
      if (greeting) close();
    }
    at = stop + 1;
  }
  close();
  return blocks;
}

/** Spans of the sentences in one block; linear in its length. */
function splitBlock(text: string, from: number, limit: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let start = from;
  const push = (end: number): void => {
    const raw = text.slice(start, end);
    const first = start + raw.length - raw.trimStart().length;
    const last = start + raw.trimEnd().length;
    if (last > first && !isElision(text.slice(first, Math.min(last, first + 61))))
      found.push({ start: first, end: last });
    start = end;
  };
  const block = text.slice(from, limit);
  STOP.lastIndex = 0;
  for (let m = STOP.exec(block); m; m = STOP.exec(block)) {
    const [whole, marks = '', closing = ''] = m;
    const at = from + m.index;
    let end = at + whole.length;
    if (goesOn(text, start, at, end, marks, closing, limit)) {
      const next = nextToken(text, end, limit);
      if (!SMILEY.test(next)) continue;
      // the smiley belongs to the sentence it follows
      while (end < limit && text.charCodeAt(end) <= 32) end++;
      end += next.length;
    }
    if (marks === '.' && insideBrackets(text, start, at, end, limit)) continue;
    push(end);
    STOP.lastIndex = Math.max(STOP.lastIndex, end - from);
  }
  push(limit);
  return found;
}

/** Sentences of every own segment, in order, each with its clauses and the quote it answers. */
export function splitSentences(body: string, segments: readonly Segment[]): Sentence[] {
  const sentences: Sentence[] = [];
  let quote = -1;
  let fresh = false;
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index];
    if (!segment) continue;
    if (segment.kind === 'quote') {
      quote = index;
      fresh = true;
    } else if (segment.kind === 'attribution') quote = -1;
    if (segment.kind !== 'own') {
      if (segment.kind !== 'blank' && segment.kind !== 'quote') fresh = false;
      continue;
    }
    for (const block of splitBlocks(body, segment.start, segment.end)) {
      let first = true;
      for (const span of splitBlock(body, block.start, block.end)) {
        sentences.push({
          start: span.start,
          end: span.end,
          segment: index,
          clauses: splitClauses(body, span.start, span.end),
          ...(quote >= 0 ? { answers: quote } : {}),
          opens: first ? (fresh ? 'answer' : block.opens) : null,
        });
        first = false;
        fresh = false;
      }
    }
  }
  return sentences;
}
