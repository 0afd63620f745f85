// Where to cut a score so that F1 is best.

/** Cut with the best F1 when rows from it on are taken; `wanted` counts the true items, also those that are no row. */
export function bestCut(
  scores: readonly ArrayLike<number>[],
  labels: readonly ArrayLike<number>[],
  wanted: number,
): number {
  const rows = scores.flatMap((own, group) =>
    Array.from(own, (score, row) => ({ score, hit: labels[group]?.[row] ? 1 : 0 })),
  );
  rows.sort((a, b) => b.score - a.score);
  let hits = 0;
  let best = 0;
  let cut = 0;
  rows.forEach(({ score, hit }, k) => {
    hits += hit;
    const f1 = (2 * hits) / (k + 1 + wanted);
    if (f1 > best) {
      best = f1;
      cut = score;
    }
  });
  return cut;
}
