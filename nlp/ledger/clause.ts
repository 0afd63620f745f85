// Clauses of a sentence, cut before connectives that turn or bind a statement. Offsets only.
import type { Clause } from '../../model/ledger.ts';

/** A connective after white space, with the mark before it left to the clause it ends. */
const CONNECTIVE =
  /(?:([,;:\u2013\u2014]|--?)\s+|\s+)(but|however|although|though|unless|except|if|so|because|yet|nevertheless|while|whereas|provided(?= that)|as long as|even if|even though|until|then|and|or|as|since|which|where|especially)(?=[\s,])/gi;
/** Also cut where there is no mark before them. */
const ALWAYS =
  /^(?:but|however|although|unless|because|provided|as long as|even if|even though|whereas|if|so)$/;
/** Cut only between parts of at least four words. */
const LOOSE = /^(?:so|and|or|as|since|which|where|then|until|while|especially)$/;
/** A comma, dash or semicolon before a new subject: `I agree, I would ...`, `... - it just works`. */
const JOINT =
  /(?:,|;|:|\s(?:--?|\u2013|\u2014))\s+(?=(?:I|I'm|I'd|I've|I'll|we|we're|we'd|we've|we'll|you|you're|you'd|you'll|he|she|it|it's|it'd|it'll|that|that's|this|these|those|there|there's|they|they're|let's|please|maybe|perhaps|just|no|not|my|your|our|nobody|everybody|someone|people|what|how|why|who|is|are|do|does|can|could|should|would)\s)/gi;
const DASH = /\s(?:--?|\u2013|\u2014)\s+(?=\S)/g;
const SEMICOLON = /;\s+(?=\S)/g;
/** A short answer before its comma: `Yes, ...`, `I agree, ...`, `Yeah, I like it, ...`. */
const ANSWER =
  /^(?:(?:yes|yeah|yep|yup|no|nope|nah|well|hmm+|ok|okay|right|correct|exactly|sure|true|agreed|indeed|absolutely|definitely|fair enough|nack|ack|lgtm|thanks|sorry|(?:yeah,? |yes,? |no,? )?I (?:(?:fully|completely|totally|strongly|really|kind of|tend to) )?(?:agree|disagree|concur|like it|don't (?:dis)?agree|think so|don't think so)(?: 100%| with (?:that|this|you))?|(?:sounds|looks) (?:good|great|fine|ok|reasonable)(?: to me)?)[,;]?\s+)(?=\S)/i;
/** Words before `if`, `so`, `but`, `though` that make it part of a phrase: `as if`, `even so`, `do so`, `all but`. */
const BOUND_BEFORE =
  /(?:^|\s)(?:as|even|what|only|and|or|do|did|does|doing|done|think|thought|ever|how|not|just|is|are|was|be|being|it's|so|nothing|anything|all|none|and\/or|wonder|wondering|see|know|sure|check|asked|ask|unclear|matter|whether)$/i;
const SO_PHRASE = /^so\s+(?:far|much|many|long|called|that's|often|few|little)\b/i;
const LEAST_WORDS = 2;
const LOOSE_WORDS = 4;
const LONGEST = 20_000;

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

interface Cut {
  /** End of the clause before, and start of the next. */
  readonly end: number;
  readonly start: number;
  readonly connective: string;
  readonly least: number;
}

/** Every place where the sentence may be cut, in order; of two at one place the one with a connective. */
function findCuts(sentence: string): Cut[] {
  const cuts = new Map<number, Cut>();
  const answer = ANSWER.exec(sentence);
  if (answer && answer[0].includes(',')) {
    const start = answer[0].length;
    cuts.set(start, { end: answer[0].trimEnd().length, start, connective: '', least: 1 });
  }
  for (const pattern of [JOINT, DASH, SEMICOLON]) {
    for (const m of sentence.matchAll(pattern)) {
      const start = m.index + m[0].length;
      const least = pattern === SEMICOLON ? LEAST_WORDS : LOOSE_WORDS;
      const end = m.index + m[0].trimEnd().length;
      if (least < (cuts.get(start)?.least ?? Number.MAX_SAFE_INTEGER))
        cuts.set(start, { end, start, connective: '', least });
    }
  }
  for (const m of sentence.matchAll(CONNECTIVE)) {
    const [, mark = '', word = ''] = m;
    const connective = word.toLowerCase().replace(/\s+/g, ' ');
    const start = m.index + m[0].length - word.length;
    const before = sentence.slice(Math.max(0, m.index - 24), m.index);
    if (mark === '' && (!ALWAYS.test(connective) || BOUND_BEFORE.test(before))) continue;
    if (connective === 'so' && SO_PHRASE.test(sentence.slice(start, start + 24))) continue;
    const least = LOOSE.test(connective) ? LOOSE_WORDS : LEAST_WORDS;
    cuts.set(start, { end: m.index + mark.length, start, connective, least });
  }
  return [...cuts.values()].sort((a, b) => a.start - b.start);
}

/**
 * Clauses of text[start, end): they tile its words. Not cut inside brackets, nor where a part would keep fewer than two
 * words (four before `and`, `as`, `which`, ...; one after `Yes,`).
 */
export function splitClauses(text: string, start: number, end: number): Clause[] {
  const sentence = text.slice(start, end);
  if (end - start < 10 || sentence.length > LONGEST) return [{ start, end, connective: opening(sentence) }];
  const clauses: Clause[] = [];
  let from = 0;
  let connective = opening(sentence);
  let open = 0;
  let scanned = 0;
  for (const cut of findCuts(sentence)) {
    for (; scanned < cut.end; scanned++) {
      const code = sentence.charCodeAt(scanned);
      if (code === 40) open++;
      else if (code === 41 && open > 0) open--;
    }
    if (open > 0 && sentence.indexOf(')', cut.start) >= 0) continue;
    if (cut.end <= from || wordsIn(sentence, from, cut.end, cut.least) < cut.least) continue;
    if (wordsIn(sentence, cut.start, sentence.length, cut.least) < cut.least) continue;
    clauses.push({ start: start + from, end: start + cut.end, connective });
    from = cut.start;
    connective = cut.connective;
  }
  clauses.push({ start: start + from, end, connective });
  return clauses;
}

/** The connective a sentence opens with (`But ...`, `If ...`), '' when none. */
function opening(sentence: string): string {
  const word =
    /^(but|however|although|though|unless|except|if|so|because|yet|nevertheless|while|whereas|provided|until)\b/i.exec(
      sentence.slice(0, 16),
    )?.[1];
  return word?.toLowerCase() ?? '';
}
