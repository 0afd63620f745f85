// Disjoint sets over 0..n-1 (union-find), without recursion.

export class Sets {
  readonly #up: Int32Array;

  constructor(size: number) {
    this.#up = new Int32Array(size).map((_, index) => index);
  }

  /** The smallest member of the set of `index`. */
  find(index: number): number {
    const up = this.#up;
    let at = index;
    for (;;) {
      const next = up[at] ?? at;
      if (next === at) return at;
      const afterNext = up[next] ?? next;
      up[at] = afterNext;
      at = afterNext;
    }
  }

  /** False when both were in one set already. */
  join(a: number, b: number): boolean {
    const rootA = this.find(a);
    const rootB = this.find(b);
    if (rootA === rootB) return false;
    this.#up[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    return true;
  }
}
