// Clauses of a sentence, cut before connectives that turn or bind a statement. Offsets only.
import type { Clause } from '../../model/ledger.ts';

/** A connective after white space, with the comma before it left to the clause it ends. */
const CONNECTIVE =
  /(?:([,;:)\u2013\u2014]|--?)\s+|\s+)(but|however|although|though|unless|except|if|so|because|yet|nevertheless|while|whereas|provided|as long as|even if|even though|until)(?=[\s,])/gi;
const SEMICOLON = /;(?=\s)/g;
/** Split even without a comma before them. */
const ALWAYS = /^(?:but|however|although|unless|because|provided|as long as|even if|even though|whereas|if)$/;
/** Words before `if`, `so`, `but`, `though` that make it part of a phrase: `as if`, `even so`, `do so`, `all but`. */
const BOUND_BEFORE =
  /(?:^|\s)(?:as|even|what|only|and|or|do|did|does|doing|done|think|thought|ever|how|not|just|is|are|was|be|being|it's|so|nothing|anything|all|none|and\/or|wonder|wondering|see|know|sure|check|asked|ask|unclear|matter|whether)$/i;
const SO_PHRASE = /^so\s+(?:far|much|many|long|called|that's|often|few|little|[a-z]+\s+that)\b/i;
const LEAST_WORDS = 2;

/** Number of words in text[start, end), counted up to `most`. */
function wordsIn(text: string, start: number, end: number, most: number): number {
  let count = 0;
  let inside = false;
  for (let i = start; i < end && count <= most; i++) {
    const space = text.charCodeAt(i) <= 32;
    if (!space && !inside) count++;
    inside = !space;
  }
  return count;
}

/**
 * Clauses of text[start, end): they tile its words, the first with connective ''. Not cut inside brackets or when a part
 * would keep fewer than two words.
 */
export function splitClauses(text: string, start: number, end: number): Clause[] {
  const sentence = text.slice(start, end);
  if (end - start < 24 || sentence.length > 20_000) return [{ start, end, connective: '' }];
  const cuts: { end: number; start: number; connective: string }[] = [];
  CONNECTIVE.lastIndex = 0;
  for (let m = CONNECTIVE.exec(sentence); m; m = CONNECTIVE.exec(sentence)) {
    const [, mark = '', word = ''] = m;
    const connective = word.toLowerCase().replace(/\s+/g, ' ');
    const at = m.index + m[0].length - word.length;
    const first = m.index + mark.length;
    const before = sentence.slice(Math.max(0, m.index - 24), m.index);
    if (mark === '' && !ALWAYS.test(connective)) continue;
    if (mark === '' && BOUND_BEFORE.test(before)) continue;
    if (connective === 'so' && SO_PHRASE.test(sentence.slice(at, at + 24))) continue;
    cuts.push({ end: first, start: at, connective });
  }
  SEMICOLON.lastIndex = 0;
  for (let m = SEMICOLON.exec(sentence); m; m = SEMICOLON.exec(sentence)) {
    let next = m.index + 1;
    while (next < sentence.length && sentence.charCodeAt(next) <= 32) next++;
    if (next < sentence.length && !cuts.some((cut) => cut.start === next))
      cuts.push({ end: m.index + 1, start: next, connective: '' });
  }
  cuts.sort((a, b) => a.start - b.start);
  const clauses: Clause[] = [];
  let from = 0;
  let connective = '';
  let open = 0;
  let scanned = 0;
  for (const cut of cuts) {
    for (; scanned < cut.end; scanned++) {
      const code = sentence.charCodeAt(scanned);
      if (code === 40) open++;
      else if (code === 41 && open > 0) open--;
    }
    if (open > 0 && sentence.indexOf(')', cut.start) >= 0) continue;
    if (wordsIn(sentence, from, cut.end, LEAST_WORDS) < LEAST_WORDS) continue;
    if (wordsIn(sentence, cut.start, sentence.length, LEAST_WORDS) < LEAST_WORDS) continue;
    clauses.push({ start: start + from, end: start + cut.end, connective });
    from = cut.start;
    connective = cut.connective;
  }
  clauses.push({ start: start + from, end, connective: connective || opening(sentence, from) });
  const [first] = clauses;
  if (first && clauses.length > 1) clauses[0] = { ...first, connective: opening(sentence, 0) };
  return clauses;
}

/** The connective a sentence opens with (`But ...`, `If ...`), '' when none. */
function opening(sentence: string, at: number): string {
  const word =
    /^(but|however|although|though|unless|except|if|so|because|yet|nevertheless|while|whereas|provided|until)\b/i.exec(
      sentence.slice(at, at + 16),
    )?.[1];
  return word?.toLowerCase() ?? '';
}
