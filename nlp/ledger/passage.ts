// An index of all words written so far in a debate, to find where a quoted line comes from: whole lines first (exact),
// then runs of five words (re-wrapped or edited lines). Filled message by message, so only earlier text is ever found.
// Cost is linear in the text; what repeats a thousand times (`}`) is looked up a bounded number of times.

/** A place in the text of one source: a message of the debate, or a ghost. */
export interface Place {
  /** Number of the source, as given to `addSource`. */
  readonly source: number;
  /** Number of the line in the whole index; greater is later within the source. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** One run of words of a query found in a source. */
export interface WordMatch {
  readonly source: number;
  /** Offset range of the matched word in the source's text. */
  readonly start: number;
  readonly end: number;
}

const SHINGLE = 5;
/** Places remembered per line or shingle. */
const MOST_PLACES = 24;
const LONGEST_WORD = 80;
const CURLY: Readonly<Record<string, string>> = { '‘': "'", '’': "'", '“': '"', '”': '"', '\u00a0': ' ' };
const CURLY_ANY = /[‘’“”\u00a0]/;
const CURLY_EVERY = /[‘’“”\u00a0]/g;
const PUNCTUATION = /^[("'[<*_`]+|[)"'\]>*_`.,;:!?]+$/g;

/** True when folding would change nothing but the white space at both ends. */
function isPlain(text: string): boolean {
  let space = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126 || (code < 32 && code !== 13)) return false;
    if (code === 32 && space) return false;
    space = code === 32;
  }
  return true;
}

/** A line as compared: white space folded, quotation marks and no-break spaces made plain. */
export function foldLine(text: string): string {
  const trimmed = text.trim();
  if (isPlain(trimmed)) return trimmed;
  const plain = CURLY_ANY.test(trimmed)
    ? trimmed.replace(CURLY_EVERY, (mark) => CURLY[mark] ?? mark)
    : trimmed;
  return plain.replace(/\s+/g, ' ').trim();
}

function isLetters(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 97 || code > 122) return false;
  }
  return true;
}

/** A word as compared: lower case, without marks around it. */
export function foldWord(word: string): string {
  const short = word.length > LONGEST_WORD ? word.slice(0, LONGEST_WORD) : word;
  const plain = foldLine(short).toLowerCase();
  if (isLetters(plain)) return plain;
  const stripped = plain.replace(PUNCTUATION, '');
  return stripped === '' ? plain : stripped;
}

function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** One number for five words in a row. */
function hashShingle(hashes: readonly number[], at: number): number {
  let hash = 0;
  for (let i = at; i < at + SHINGLE; i++) hash = (Math.imul(hash, 31) + (hashes[i] ?? 0)) | 0;
  return hash;
}

export class PassageIndex {
  readonly #lines = new Map<string, Place[]>();
  readonly #shingles = new Map<number, number[]>();
  readonly #words: string[] = [];
  readonly #hashes: number[] = [];
  readonly #wordSource: number[] = [];
  readonly #wordStart: number[] = [];
  readonly #wordEnd: number[] = [];
  /** Where each source's words begin and end, by source. */
  readonly #ranges = new Map<number, { first: number; end: number }>();
  #lineCount = 0;

  /** Adds a line of a source; lines of one source come in order and without a break between them. */
  addLine(source: number, text: string, start: number, end = start + text.length): void {
    const folded = foldLine(text);
    if (folded === '') return;
    const place = { source, line: this.#lineCount++, start, end };
    const known = this.#lines.get(folded);
    if (!known) this.#lines.set(folded, [place]);
    else if (known.length < MOST_PLACES) known.push(place);
  }

  /**
   * Adds words of a source for the comparison by shingles; calls for one source in a row make one text. With `whole`
   * every word stands for the place `start` (a line of a ghost, whose offsets are not known yet).
   */
  addWords(source: number, text: string, start: number, whole = false): void {
    const known = this.#ranges.get(source);
    const before = this.#words.length;
    const first = known && known.end === before ? known.first : before;
    for (const m of text.matchAll(/\S+/g)) {
      const word = foldWord(m[0]);
      this.#words.push(word);
      this.#hashes.push(hashWord(word));
      this.#wordSource.push(source);
      this.#wordStart.push(whole ? start : start + m.index);
      this.#wordEnd.push(whole ? start : start + m.index + m[0].length);
    }
    for (let at = Math.max(first, before - SHINGLE + 1); at + SHINGLE <= this.#words.length; at++) {
      const hash = hashShingle(this.#hashes, at);
      const places = this.#shingles.get(hash);
      if (!places) this.#shingles.set(hash, [at]);
      else if (places.length < MOST_PLACES) places.push(at);
    }
    this.#ranges.set(source, { first, end: this.#words.length });
  }

  /** Places of a folded line, in order of addition. */
  findLine(folded: string): readonly Place[] {
    return this.#lines.get(folded) ?? [];
  }

  /**
   * For each word of a query, the words of earlier sources it stands for: those in a common run of at least five words.
   * One entry per word, empty when nothing was found.
   */
  findWords(query: readonly string[]): WordMatch[][] {
    const matches: WordMatch[][] = query.map(() => []);
    const hashes = query.map(hashWord);
    for (let at = 0; at + SHINGLE <= query.length; at++) {
      for (const place of this.#shingles.get(hashShingle(hashes, at)) ?? []) {
        if (!this.#agrees(query, at, place)) continue;
        for (let i = 0; i < SHINGLE; i++) this.#note(matches[at + i], place + i);
      }
    }
    return matches;
  }

  #agrees(query: readonly string[], at: number, place: number): boolean {
    const source = this.#wordSource[place];
    for (let i = 0; i < SHINGLE; i++)
      if (query[at + i] !== this.#words[place + i] || this.#wordSource[place + i] !== source) return false;
    return true;
  }

  #note(into: WordMatch[] | undefined, word: number): void {
    const start = this.#wordStart[word] ?? 0;
    const source = this.#wordSource[word] ?? 0;
    if (!into || into.some((m) => m.start === start && m.source === source)) return;
    into.push({ source, start, end: this.#wordEnd[word] ?? 0 });
  }

  /** The folded words of `source` that follow offset `after`, at most `most` of them, with their ranges. */
  wordsAfter(source: number, after: number, most: number): { word: string; start: number; end: number }[] {
    const range = this.#ranges.get(source);
    if (!range) return [];
    let low = range.first;
    let high = range.end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#wordStart[middle] ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    const found: { word: string; start: number; end: number }[] = [];
    for (let i = low; i < range.end && found.length < most; i++)
      found.push({ word: this.#words[i] ?? '', start: this.#wordStart[i] ?? 0, end: this.#wordEnd[i] ?? 0 });
    return found;
  }
}
