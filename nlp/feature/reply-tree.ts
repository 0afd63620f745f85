// Who stands below whom in a debate, asked in constant time and kept in memory linear in its messages: reply chains of
// twenty thousand happen, and a set of ancestors for each would not fit.

export class ReplyTree {
  /** Place of each turn in depth-first order, and the number of turns in its subtree, itself included. */
  readonly #place: Int32Array;
  readonly #size: Int32Array;

  /** @param parents parent of each turn, -1 for a root; a parent stands before its children */
  constructor(parents: readonly number[]) {
    const size = new Int32Array(parents.length).fill(1);
    for (let turn = parents.length - 1; turn >= 0; turn--) {
      const parent = parents[turn] ?? -1;
      if (parent >= 0) size[parent] = (size[parent] ?? 0) + (size[turn] ?? 0);
    }
    const place = new Int32Array(parents.length);
    const free = new Int32Array(parents.length);
    let freeRoot = 0;
    for (let turn = 0; turn < parents.length; turn++) {
      const parent = parents[turn] ?? -1;
      const at = parent >= 0 ? (free[parent] ?? 0) : freeRoot;
      place[turn] = at;
      free[turn] = at + 1;
      if (parent >= 0) free[parent] = at + (size[turn] ?? 0);
      else freeRoot = at + (size[turn] ?? 0);
    }
    this.#place = place;
    this.#size = size;
  }

  /** Is `turn` an answer to `above`, or to an answer to it, at any depth? No turn is below itself. */
  isBelow(turn: number, above: number): boolean {
    const from = this.#place[above];
    const at = this.#place[turn];
    return from !== undefined && at !== undefined && at > from && at < from + (this.#size[above] ?? 0);
  }
}
