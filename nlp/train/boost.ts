// Gradient boosting of shallow trees on the logistic loss, with binned columns (as LightGBM and XGBoost do it,
// level-wise). Column and row subsets are drawn from a fixed seed, so training repeats exactly.
import type { Boosted } from '../weights/tree.ts';
import { Random } from './random.ts';

export interface BoostOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** Share of columns each tree sees. */
  readonly columnShare?: number;
  /** Share of rows each tree sees. */
  readonly rowShare?: number;
  /** L2 penalty on leaf values. */
  readonly lambda?: number;
  /** Least sum of second derivatives in a leaf. */
  readonly minHessian?: number;
  readonly seed?: number;
  readonly positiveWeight?: number;
}

const BINS = 48;

/** A dense matrix in row order. */
export interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Binned copy of a matrix; made once and shared between the labels trained on the same rows. */
export interface Binned {
  readonly rows: number;
  readonly columns: number;
  /** Column order: `bins[c * rows + r]`. */
  readonly bins: Uint8Array;
  /** Upper value of each bin, `BINS` per column. */
  readonly edges: Float32Array;
  readonly counts: Uint8Array;
}

export function bin(matrix: Dense): Binned {
  const { rows, columns, values } = matrix;
  const bins = new Uint8Array(rows * columns);
  const edges = new Float32Array(columns * BINS);
  const counts = new Uint8Array(columns);
  const column = new Float32Array(rows);
  for (let c = 0; c < columns; c++) {
    for (let r = 0; r < rows; r++) column[r] = values[r * columns + c]!;
    const sorted = column.slice().sort();
    const own: number[] = [];
    const distinct: number[] = [];
    for (let r = 0; r < rows; r++) if (r === 0 || sorted[r] !== sorted[r - 1]) distinct.push(sorted[r]!);
    if (distinct.length <= BINS) {
      for (let k = 0; k + 1 < distinct.length; k++) own.push((distinct[k]! + distinct[k + 1]!) / 2);
    } else {
      for (let b = 1; b < BINS; b++) {
        const edge = sorted[Math.floor((b * rows) / BINS)]!;
        if (own.length === 0 || edge > own.at(-1)!) own.push(edge);
      }
    }
    own.push(Infinity);
    counts[c] = own.length;
    edges.set(own, c * BINS);
    for (let r = 0; r < rows; r++) {
      const v = column[r]!;
      let low = 0;
      let high = own.length - 1;
      while (low < high) {
        const mid = (low + high) >> 1;
        if (v <= own[mid]!) high = mid;
        else low = mid + 1;
      }
      bins[c * rows + r] = low;
    }
  }
  return { rows, columns, bins, edges, counts };
}

/** Boosted trees for labels 1 or 0. A row of weight 0 is left out. */
export function trainBoosted(
  data: Binned,
  labels: ArrayLike<number>,
  weights: ArrayLike<number> | null,
  options: BoostOptions,
): Boosted {
  const { trees, depth, rate, columnShare = 1, rowShare = 1, lambda = 1, minHessian = 1, seed = 1 } = options;
  const { positiveWeight = 1 } = options;
  const inner = (1 << depth) - 1;
  const leaves = 1 << depth;
  const { rows, columns } = data;
  const random = new Random(seed);
  const weight = new Float64Array(rows);
  let positive = 0;
  let total = 0;
  for (let r = 0; r < rows; r++) {
    weight[r] = (weights ? weights[r]! : 1) * (labels[r] ? positiveWeight : 1);
    total += weight[r]!;
    if (labels[r]) positive += weight[r]!;
  }
  const share = Math.min(0.999, Math.max(0.001, total > 0 ? positive / total : 0.5));
  const base = Math.log(share / (1 - share));
  const margin = new Float64Array(rows).fill(base);
  const gradient = new Float64Array(rows);
  const hessian = new Float64Array(rows);
  const node = new Int32Array(rows);
  const model = {
    depth,
    trees,
    column: new Int16Array(trees * inner).fill(-1),
    threshold: new Float32Array(trees * inner),
    leaf: new Float32Array(trees * leaves),
    base,
  };
  const active: number[] = [];
  const everyColumn = Array.from({ length: columns }, (_, c) => c).filter((c) => data.counts[c]! > 1);
  const width = 1 << Math.max(0, depth - 1);
  const g = new Float64Array(width * BINS);
  const h = new Float64Array(width * BINS);
  for (let t = 0; t < trees; t++) {
    active.length = 0;
    for (let r = 0; r < rows; r++) {
      const p = 1 / (1 + Math.exp(-margin[r]!));
      gradient[r] = weight[r]! * (p - (labels[r] ? 1 : 0));
      hessian[r] = Math.max(1e-9, weight[r]! * p * (1 - p));
      node[r] = 0;
      if (weight[r]! > 0 && (rowShare >= 1 || random.next() < rowShare)) active.push(r);
    }
    random.shuffle(everyColumn);
    const used = everyColumn.slice(0, Math.max(1, Math.ceil(columnShare * everyColumn.length)));
    for (let d = 0; d < depth; d++) {
      const first = (1 << d) - 1;
      const count = 1 << d;
      const sumG = new Float64Array(count);
      const sumH = new Float64Array(count);
      for (const r of active) {
        const k = node[r]! - first;
        sumG[k]! += gradient[r]!;
        sumH[k]! += hessian[r]!;
      }
      const bestGain = new Float64Array(count).fill(1e-6);
      const bestColumn = new Int32Array(count).fill(-1);
      const bestBin = new Int32Array(count);
      for (const c of used) {
        const bins = data.counts[c]!;
        g.fill(0, 0, count * BINS);
        h.fill(0, 0, count * BINS);
        const offset = c * rows;
        for (const r of active) {
          const at = (node[r]! - first) * BINS + data.bins[offset + r]!;
          g[at]! += gradient[r]!;
          h[at]! += hessian[r]!;
        }
        for (let k = 0; k < count; k++) {
          const G = sumG[k]!;
          const H = sumH[k]!;
          if (H < 2 * minHessian) continue;
          const parent = (G * G) / (H + lambda);
          let leftG = 0;
          let leftH = 0;
          for (let b = 0; b + 1 < bins; b++) {
            leftG += g[k * BINS + b]!;
            leftH += h[k * BINS + b]!;
            if (leftH < minHessian) continue;
            const rightH = H - leftH;
            if (rightH < minHessian) break;
            const rightG = G - leftG;
            const gain = (leftG * leftG) / (leftH + lambda) + (rightG * rightG) / (rightH + lambda) - parent;
            if (gain > bestGain[k]!) {
              bestGain[k] = gain;
              bestColumn[k] = c;
              bestBin[k] = b;
            }
          }
        }
      }
      for (let k = 0; k < count; k++) {
        const at = t * inner + first + k;
        const c = bestColumn[k]!;
        model.column[at] = c;
        if (c >= 0) model.threshold[at] = data.edges[c * BINS + bestBin[k]!]!;
      }
      for (let r = 0; r < rows; r++) {
        const k = node[r]! - first;
        const c = bestColumn[k]!;
        node[r] = 2 * node[r]! + (c < 0 || data.bins[c * rows + r]! <= bestBin[k]! ? 1 : 2);
      }
    }
    const leafG = new Float64Array(leaves);
    const leafH = new Float64Array(leaves);
    for (const r of active) {
      const k = node[r]! - inner;
      leafG[k]! += gradient[r]!;
      leafH[k]! += hessian[r]!;
    }
    for (let k = 0; k < leaves; k++) model.leaf[t * leaves + k] = (-rate * leafG[k]!) / (leafH[k]! + lambda);
    for (let r = 0; r < rows; r++) margin[r]! += model.leaf[t * leaves + node[r]! - inner]!;
  }
  return model;
}
