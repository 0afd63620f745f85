// Sparse rows of hashed features, and the numeric hashing that makes them. No strings are built per feature.

/** Number of hashed columns; a power of two. */
export const COLUMNS = 1 << 17;

/** FNV-1a over UTF-16 code units, mixed with a seed. Returns an unsigned 32-bit integer. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) | 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Joins two hashes, order matters (murmur3's final mix). */
export function joinHash(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x1b873593);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}

/** One row: distinct columns in rising order and their values. */
export interface SparseRow {
  readonly columns: Int32Array;
  readonly values: Float32Array;
}

/** Collects features of one row in blocks; each block is scaled to a length of its own, then the row is merged. */
export class RowBuilder {
  readonly #row = new Map<number, number>();
  #block: number[] = [];

  /** Adds a binary feature to the current block. */
  add(hash: number): void {
    this.#block.push(hash & (COLUMNS - 1));
  }

  /** Ends the block: its distinct columns get equal values so that the block's length is `weight`. */
  endBlock(weight: number): void {
    const distinct = new Set(this.#block);
    const value = distinct.size > 0 ? weight / Math.sqrt(distinct.size) : 0;
    for (const column of distinct) this.#row.set(column, (this.#row.get(column) ?? 0) + value);
    this.#block = [];
  }

  /** Ends the block without scaling by its size: every distinct column gets `value`. */
  endFlat(value: number): void {
    for (const column of new Set(this.#block)) this.#row.set(column, (this.#row.get(column) ?? 0) + value);
    this.#block = [];
  }

  /** The row, and an empty builder. */
  take(): SparseRow {
    const columns = Int32Array.from([...this.#row.keys()].toSorted((a, b) => a - b));
    const values = Float32Array.from(columns, (column) => this.#row.get(column) ?? 0);
    this.#row.clear();
    return { columns, values };
  }
}
