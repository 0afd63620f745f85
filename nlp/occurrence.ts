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
  readonly #places = new Map<string, readonly number[]>();

  constructor(entry: LedgerEntry) {
    this.#entry = entry;
  }

  /** 1 for the first authored occurrence of `quote`, the one that starts at `start`, counted in reading order. */
  rank(quote: string, start: number): number {
    const places = this.#authoredPlaces(quote);
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  /** Where `quote` begins in authored text, ascending; found once, for the same words may stand in a mail a thousand times. */
  #authoredPlaces(quote: string): readonly number[] {
    const known = this.#places.get(quote);
    if (known !== undefined) return known;
    this.#prepare();
    const places: number[] = [];
    for (let at = this.#flat.indexOf(quote); at >= 0; at = this.#flat.indexOf(quote, at + 1)) {
      const from = this.#offsets[at] ?? 0;
      const to = (this.#offsets[at + quote.length - 1] ?? from) + 1;
      if (this.#cutsWord(at, quote.length) || this.#authoredShare(from, to) < AUTHORED_SHARE) continue;
      places.push(from);
    }
    this.#places.set(quote, places);
    return places;
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
    for (let i = this.#segmentAt(from); i < this.#entry.segments.length; i++) {
      const segment = this.#entry.segments[i];
      if (segment === undefined || segment.start >= to) break;
      if (!AUTHORED_KINDS.has(segment.kind)) continue;
      inside += Math.min(to, segment.end) - Math.max(from, segment.start);
    }
    return inside / Math.max(1, to - from);
  }

  /** Index of the segment that holds `offset`; segments tile the body. */
  #segmentAt(offset: number): number {
    const { segments } = this.#entry;
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((segments[middle]?.end ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
