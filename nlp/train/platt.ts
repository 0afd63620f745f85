// Platt scaling: the log-odds that fit margins best, by Newton steps on the logistic loss.

/** Slope and offset of log-odds = slope * margin + offset. */
export function fitPlatt(
  margins: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): { readonly slope: number; readonly offset: number } {
  let slope = 1;
  let offset = -1;
  for (let step = 0; step < 50; step++) {
    let g0 = 1e-3 * (slope - 1);
    let g1 = 0;
    let h00 = 1e-3;
    let h01 = 0;
    let h11 = 1e-6;
    for (let i = 0; i < margins.length; i++) {
      const m = margins[i]!;
      const p = 1 / (1 + Math.exp(-(slope * m + offset)));
      const w = weights ? weights[i]! : 1;
      const error = w * (p - (labels[i] ? 1 : 0));
      const curve = w * p * (1 - p);
      g0 += error * m;
      g1 += error;
      h00 += curve * m * m;
      h01 += curve * m;
      h11 += curve;
    }
    const determinant = h00 * h11 - h01 * h01;
    if (!(determinant > 0)) break;
    const d0 = (h11 * g0 - h01 * g1) / determinant;
    const d1 = (h00 * g1 - h01 * g0) / determinant;
    slope -= d0;
    offset -= d1;
    if (Math.abs(d0) + Math.abs(d1) < 1e-8) break;
  }
  return { slope, offset };
}
