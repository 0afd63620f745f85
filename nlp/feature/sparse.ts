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

/**
 * Collects features of one row in blocks; each block is scaled to a length of its own, then the row is merged.
 * Holds scratch of several hundred kilobytes: make one and use it for row after row.
 */
export class RowBuilder {
  /** Per column: sum so far, and the number of the last block and row that touched it. */
  readonly #sums = new Float64Array(COLUMNS);
  readonly #inBlock = new Int32Array(COLUMNS);
  readonly #inRow = new Int32Array(COLUMNS);
  #block = new Int32Array(1024);
  #blockSize = 0;
  #blockNumber = 1;
  #row = new Int32Array(4096);
  #rowSize = 0;
  #rowNumber = 1;

  /** Adds a binary feature to the current block. */
  add(hash: number): void {
    const column = hash & (COLUMNS - 1);
    if (this.#inBlock[column] === this.#blockNumber) return;
    this.#inBlock[column] = this.#blockNumber;
    if (this.#blockSize === this.#block.length) this.#block = grown(this.#block);
    this.#block[this.#blockSize++] = column;
  }

  /** Ends the block: its distinct columns get equal values so that the block's length is `weight`. */
  endBlock(weight: number): void {
    this.endFlat(this.#blockSize > 0 ? weight / Math.sqrt(this.#blockSize) : 0);
  }

  /** Ends the block without scaling by its size: every distinct column gets `value`. */
  endFlat(value: number): void {
    for (let k = 0; k < this.#blockSize; k++) {
      const column = this.#block[k]!;
      if (this.#inRow[column] === this.#rowNumber) this.#sums[column]! += value;
      else {
        this.#inRow[column] = this.#rowNumber;
        this.#sums[column] = value;
        if (this.#rowSize === this.#row.length) this.#row = grown(this.#row);
        this.#row[this.#rowSize++] = column;
      }
    }
    this.#blockSize = 0;
    this.#blockNumber++;
  }

  /** The row, and an empty builder. */
  take(): SparseRow {
    const columns = this.#row.slice(0, this.#rowSize).sort();
    const values = new Float32Array(columns.length);
    for (let k = 0; k < columns.length; k++) values[k] = this.#sums[columns[k]!]!;
    this.#rowSize = 0;
    this.#rowNumber++;
    return { columns, values };
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
