// Folds of whole lists: a list is never in its own training.

/** Fold of each item, 0 to `count` - 1; items of one list share a fold, folds are about equally large. Deterministic. */
export function foldByList(items: readonly { readonly list: string }[], count: number): Int32Array {
  const lists = new Map<string, number[]>();
  items.forEach(({ list }, index) => {
    const known = lists.get(list);
    if (known) known.push(index);
    else lists.set(list, [index]);
  });
  const folds = new Int32Array(items.length);
  const sizes: number[] = Array.from({ length: count }, () => 0);
  const order = [...lists].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
  for (const [, members] of order) {
    const smallest = sizes.indexOf(Math.min(...sizes));
    for (const member of members) folds[member] = smallest;
    sizes[smallest] = (sizes[smallest] ?? 0) + members.length;
  }
  return folds;
}
