// Cuts a sentence into lower-case word tokens with their offsets; contractions become full forms ("don't" -> do not).
// Knows nothing of cues. Linear in the length of the text.

export interface Token {
  /** Lower case, spelling folded. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** What stands before the token: 0 a space or hyphen, 1 a pause (comma, dash, parenthesis, quote mark), 2 a stop (. ; : ! ?). */
  readonly gap: 0 | 1 | 2;
}

export interface Tokens {
  readonly list: readonly Token[];
  /** The last punctuation after the last token is a question mark. */
  readonly asks: boolean;
  /** The text ends in one or more exclamation marks. */
  readonly exclaims: boolean;
}

/** Spellings that stand for others. `expansions`: one written word to several; `folds`: one to one. */
export interface Spelling {
  readonly expansions: ReadonlyMap<string, readonly string[]>;
  readonly folds: ReadonlyMap<string, string>;
}

/** Gives the words that a written word stands for. */
export type Speller = (written: string) => readonly string[];

const cacheLimit = 60_000;

/** A speller that remembers what it has seen; its cache never changes results. */
export function openSpelling(spelling: Spelling): Speller {
  const seen = new Map<string, readonly string[]>();
  return (written) => {
    const known = seen.get(written);
    if (known) return known;
    const word = written.toLowerCase().replaceAll('\u2019', "'").replaceAll('\u02bc', "'");
    const words = spelling.expansions.get(word) ?? [spelling.folds.get(word) ?? word];
    if (seen.size >= cacheLimit) seen.clear();
    seen.set(written, words);
    return words;
  };
}

const apostrophe = 0x27;
const hyphen = 0x2d;

/** Letters, digits and underscore of any script; thumbs-up and its kin count as words too. */
function isWordCode(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    (code >= 0xaa &&
      code !== 0xab &&
      code !== 0xbb &&
      !(code >= 0x2000 && code <= 0x206f) &&
      code !== 0xfeff &&
      !(code >= 0x3000 && code <= 0x3002))
  );
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isApostrophe(code: number): boolean {
  return code === apostrophe || code === 0x2019 || code === 0x02bc;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}

/** What may follow a full stop or colon that ends something: space, quote mark, closing bracket, emphasis. */
const endsAfter = new Set([
  0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0xa0, 0x22, 0x27, 0x29, 0x5d, 0x2a, 0x2019, 0x201d,
]);

/** 0, 1 or 2: the weight of a punctuation mark as a break; marks of emphasis and quotation weigh 0 or 1. */
function breakOf(text: string, at: number): 0 | 1 | 2 {
  const code = text.charCodeAt(at);
  switch (code) {
    case 0x3b: // ;
    case 0x21: // !
    case 0x3f: // ?
    case 0x2026: // ellipsis
      return 2;
    case 0x2e: // . and : end something only before space or a closing mark: foo.c, 5.10, std::move do not
    case 0x3a:
      return at + 1 >= text.length || endsAfter.has(text.charCodeAt(at + 1)) ? 2 : 0;
    case 0x2c: // ,
    case 0x28: // (
    case 0x29: // )
    case 0x5b:
    case 0x5d:
    case 0x2014: // em dash
    case 0x2013: // en dash
      return 1;
    case 0x2d: // - : a dash when spaces surround it or doubled
      return (at > 0 &&
        isSpace(text.charCodeAt(at - 1)) &&
        at + 1 < text.length &&
        isSpace(text.charCodeAt(at + 1))) ||
        text.charCodeAt(at + 1) === hyphen
        ? 1
        : 0;
    default:
      return 0;
  }
}

/**
 * Tokens of `text`. Hyphenated words are cut in two ("hard-cut" -> hard, cut), `+1` and `-0` are words, emphasis (`*not*`, `_not_`) is dropped.
 * An expanded contraction gives several tokens over the same range.
 */
export function tokenize(text: string, spell: Speller): Tokens {
  const list: Token[] = [];
  const length = text.length;
  let gap: 0 | 1 | 2 = 0;
  let asks = false;
  let exclaims = false;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    const signed =
      (code === 0x2b || code === hyphen) &&
      at + 1 < length &&
      isDigit(text.charCodeAt(at + 1)) &&
      (at === 0 || !isWordCode(text.charCodeAt(at - 1)));
    if (!signed && !isWordCode(code)) {
      const weight = breakOf(text, at);
      if (weight > gap) gap = weight;
      if (weight === 2) {
        asks = code === 0x3f || (asks && code === 0x21);
        exclaims = code === 0x21;
      }
      at += 1;
      continue;
    }
    let start = at;
    at += 1;
    while (at < length) {
      const next = text.charCodeAt(at);
      if (isWordCode(next)) at += 1;
      else if (isApostrophe(next) && at + 1 < length && isWordCode(text.charCodeAt(at + 1))) at += 2;
      else break;
    }
    let end = at;
    while (start < end && text.charCodeAt(start) === 0x5f) start += 1;
    while (end > start && text.charCodeAt(end - 1) === 0x5f) end -= 1;
    if (start === end) continue;
    asks = false;
    exclaims = false;
    for (const word of spell(text.slice(start, end))) {
      list.push({ word, start, end, gap });
      gap = 0;
    }
  }
  return { list, asks, exclaims };
}
