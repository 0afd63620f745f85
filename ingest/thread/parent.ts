// Guesses which earlier mail a mail answers when References do not say: by quoted words, by the name in the attribution
// line, by subject. Every answer names its ground and is shown to the reader as inferred.
import type { MessageId } from '../../model/message.ts';
import type { LinkKind, ThreadingRow } from '../../model/thread.ts';
import { foldWords, fullNameKey } from '../identity/name.ts';
import type { QuotePrint } from './quote.ts';

export interface ParentGuess {
  readonly parent: MessageId;
  readonly link: Extract<LinkKind, 'inferred-quote' | 'inferred-subject'>;
  /** One clause for the reader. */
  readonly reason: string;
}

/** Fewer common windows than this prove nothing; a quote shorter than that must match by half. */
const ENOUGH_WINDOWS = 4;

interface Candidate {
  readonly row: ThreadingRow;
  readonly name: string;
}

/** Mails in order of time, each of which may be the parent of a later one. */
export class ParentFinder {
  readonly #wanted: ReadonlySet<number>;
  readonly #candidates: Candidate[] = [];
  readonly #index = new Map<number, number[]>();

  /** Only `wanted` windows are kept: those that some mail in search of its parent quotes. */
  constructor(wanted: ReadonlySet<number>) {
    this.#wanted = wanted;
  }

  add(row: ThreadingRow, print: QuotePrint): void {
    const at = this.#candidates.length;
    this.#candidates.push({ row, name: fullNameKey(row.fromName) });
    for (const window of print.own) {
      if (!this.#wanted.has(window)) continue;
      const list = this.#index.get(window);
      if (list === undefined) this.#index.set(window, [at]);
      // Words that stand in many mails (footers, boilerplate) say nothing about which one is meant.
      else if (list.length < 32) list.push(at);
    }
  }

  /** The mail whose own words these windows quote; the later one when two have them alike. */
  byQuote(windows: ReadonlySet<number>, self: MessageId): ParentGuess | undefined {
    if (windows.size === 0) return undefined;
    const hits = new Map<number, number>();
    for (const window of windows) {
      for (const at of this.#index.get(window) ?? []) hits.set(at, (hits.get(at) ?? 0) + 1);
    }
    let best = -1;
    let most = 0;
    for (const [at, count] of hits) {
      if (this.#candidates[at]?.row.id === self) continue;
      if (count > most || (count === most && at > best)) {
        best = at;
        most = count;
      }
    }
    const row = this.#candidates[best]?.row;
    if (row === undefined || most < Math.min(ENOUGH_WINDOWS, windows.size / 2)) return undefined;
    return { parent: row.id, link: 'inferred-quote', reason: 'quotes its words' };
  }

  /** The latest mail whose sender's address or full name stands in the attribution line. */
  byAttribution(attribution: string, self: MessageId): ParentGuess | undefined {
    if (attribution === '') return undefined;
    const lower = attribution.toLowerCase();
    const words = ` ${foldWords(attribution)
      .filter((word) => word.length > 1)
      .join(' ')} `;
    for (let at = this.#candidates.length - 1; at >= 0; at -= 1) {
      const candidate = this.#candidates[at];
      if (candidate === undefined || candidate.row.id === self) continue;
      const { row, name } = candidate;
      const named =
        (name !== '' && words.includes(` ${name} `)) ||
        (row.fromAddress.includes('@') && lower.includes(row.fromAddress.toLowerCase()));
      if (named)
        return { parent: row.id, link: 'inferred-quote', reason: 'attribution line names its sender' };
    }
    return undefined;
  }
}
