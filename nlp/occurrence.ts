// Counts which occurrence of its own words a span is, so that a reader who searches the message finds the right one.
import type { LedgerEntry } from '../model/ledger.ts';

const WORD_PART = /[\p{L}\p{N}_]/u;
/** An occurrence counts as authored when this share of it lies in own text. */
const AUTHORED_SHARE = 0.8;
const AUTHORED_KINDS: ReadonlySet<string> = new Set(['own', 'trailer']);

/** Finds occurrences in one message's authored text, white space runs equal. */
export class OccurrenceCounter {
  readonly #entry: LedgerEntry;
  /** Body with white space runs as one blank, and for each of its characters the offset in the body. */
  #flat = '';
  #offsets: Int32Array = new Int32Array(0);
  #ready = false;

  constructor(entry: LedgerEntry) {
    this.#entry = entry;
  }

  /** 1 for the first authored occurrence of `quote`, the one that starts at `start`, counted in reading order. */
  rank(quote: string, start: number): number {
    this.#prepare();
    let rank = 1;
    for (let at = this.#flat.indexOf(quote); at >= 0; at = this.#flat.indexOf(quote, at + 1)) {
      const from = this.#offsets[at] ?? 0;
      if (from >= start) break;
      const to = (this.#offsets[at + quote.length - 1] ?? from) + 1;
      if (this.#cutsWord(at, quote.length) || this.#authoredShare(from, to) < AUTHORED_SHARE) continue;
      rank++;
    }
    return rank;
  }

  #prepare(): void {
    if (this.#ready) return;
    this.#ready = true;
    const { body } = this.#entry.message;
    const parts: string[] = [];
    const offsets = new Int32Array(body.length);
    let length = 0;
    for (const match of body.matchAll(/\S+/g)) {
      if (length > 0) {
        parts.push(' ');
        offsets[length++] = match.index - 1;
      }
      parts.push(match[0]);
      for (let k = 0; k < match[0].length; k++) offsets[length++] = match.index + k;
    }
    this.#flat = parts.join('');
    this.#offsets = offsets;
  }

  #cutsWord(at: number, length: number): boolean {
    const joins = (a: number, b: number): boolean =>
      WORD_PART.test(this.#flat[a] ?? ' ') && WORD_PART.test(this.#flat[b] ?? ' ');
    return joins(at - 1, at) || joins(at + length - 1, at + length);
  }

  #authoredShare(from: number, to: number): number {
    let inside = 0;
    for (const segment of this.#entry.segments) {
      if (segment.start >= to) break;
      if (segment.end <= from || !AUTHORED_KINDS.has(segment.kind)) continue;
      inside += Math.min(to, segment.end) - Math.max(from, segment.start);
    }
    return inside / Math.max(1, to - from);
  }
}
