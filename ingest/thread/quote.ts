// Fingerprints of a mail's own and quoted words, to find which mail a reply answers when its References are lost.
// Windows of five words, so that clients which re-wrap quoted lines do no harm. A sketch only: the ledger (nlp) resolves quotes
// to exact spans; this decides nothing but a guessed parent.

const WINDOW = 5;
/** Words looked at per mail; what a reply quotes stands near the start, long patches and logs need not be read whole. */
const MOST_WORDS = 6000;
const MOST_LINE = 2000;

/** `>`, `> > `, `| `, at the start of a line. */
const QUOTE_MARKS = /^[ \t]{0,3}(?:[>|][ \t]?)+/u;
const MARK = /[>|]/gu;
const WORD = /[\p{L}\p{N}_]+/gu;
const SIGNATURE = /^--[ \t]?$/u;
/** Ends a line above a quote that says whose it is: `wrote:`, `schrieb:`, `>:`. */
const ATTRIBUTION_END = /:[ \t]*$/u;

export interface QuotePrint {
  /** Windows of the sender's own words. */
  readonly own: ReadonlySet<number>;
  /** Windows of what stands at quote depth one, and deeper. */
  readonly quoted: ReadonlySet<number>;
  readonly deeper: ReadonlySet<number>;
  /** The lines above the first quote, when they end in a colon: they name whom the mail answers. */
  readonly attribution: string;
}

/** 32-bit FNV-1a over UTF-16 code units. */
function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The last words of one run of text, giving a window hash for each word after the fourth. */
class Run {
  readonly #last: number[] = [];

  add(word: string, into: Set<number>): void {
    this.#last.push(hashWord(word));
    if (this.#last.length > WINDOW) this.#last.shift();
    if (this.#last.length < WINDOW) return;
    let hash = 17;
    for (const one of this.#last) hash = Math.imul(hash, 0x5bd1e995) ^ one;
    into.add(hash >>> 0);
  }
}

/** Reads the fingerprint of a body. Linear; at most 6,000 words are looked at. */
export function printOf(body: string): QuotePrint {
  const own = new Set<number>();
  const quoted = new Set<number>();
  const deeper = new Set<number>();
  // One run per depth: a quote interrupted by an answer goes on below it.
  const runs = [new Run(), new Run(), new Run()];
  const sets = [own, quoted, deeper];
  let attribution = '';
  let above: string[] = [];
  let words = 0;
  let start = 0;
  while (start < body.length && words < MOST_WORDS) {
    const newline = body.indexOf('\n', start);
    const end = newline === -1 ? body.length : newline;
    const line = body.slice(start, Math.min(end, start + MOST_LINE));
    start = end + 1;
    const marks = QUOTE_MARKS.exec(line)?.[0] ?? '';
    const depth = marks === '' ? 0 : Math.min(2, marks.match(MARK)?.length ?? 0);
    if (depth === 0) {
      if (SIGNATURE.test(line)) break;
      if (line.trim() !== '') above = [...above.slice(-2), line.trim()];
    } else if (quoted.size === 0 && deeper.size === 0 && attribution === '') {
      const text = above.join(' ');
      if (ATTRIBUTION_END.test(text)) attribution = text;
    }
    const run = runs[depth] ?? new Run();
    const set = sets[depth] ?? own;
    for (const [word] of line.slice(marks.length).toLowerCase().matchAll(WORD)) {
      run.add(word, set);
      words += 1;
    }
  }
  return { own, quoted, deeper, attribution };
}
