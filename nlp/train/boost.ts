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
  /** Log-odds each row starts from, instead of the share of positives. */
  readonly start?: Float64Array;
  /** Filled with the mean loss on rows of weight 0 after each tree. */
  readonly heldOut?: Float64Array;
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
  const base = options.start ? 0 : Math.log(share / (1 - share));
  const margin = options.start ? options.start.slice() : new Float64Array(rows).fill(base);
  const node = new Int32Array(rows);
  const model = {
    depth,
    trees,
    column: new Int16Array(trees * inner).fill(-1),
    threshold: new Float32Array(trees * inner),
    leaf: new Float32Array(trees * leaves),
    base,
  };
  const everyColumn = Array.from({ length: columns }, (_, c) => c).filter((c) => data.counts[c]! > 1);
  const usedCount = Math.max(1, Math.ceil(columnShare * everyColumn.length));
  const width = 1 << Math.max(0, depth - 1);
  const stride = BINS * 2;
  // gradient and hessian sums per used column, node of the level and bin; of two sibling nodes only the smaller is summed up
  let sums = new Float64Array(usedCount * width * stride);
  let above = new Float64Array(usedCount * width * stride);
  const slopes = new Float64Array(rows * 2);
  const sampled = new Int32Array(rows);
  const scratch = new Int32Array(rows);
  for (let t = 0; t < trees; t++) {
    let count = 0;
    for (let r = 0; r < rows; r++) {
      node[r] = 0;
      if (!(weight[r]! > 0)) continue;
      const p = 1 / (1 + Math.exp(-margin[r]!));
      slopes[2 * r] = weight[r]! * (p - (labels[r] ? 1 : 0));
      slopes[2 * r + 1] = Math.max(1e-9, weight[r]! * p * (1 - p));
      if (rowShare >= 1 || random.next() < rowShare) sampled[count++] = r;
    }
    random.shuffle(everyColumn);
    const used = everyColumn.slice(0, usedCount);
    // rows of node k of the level: sampled[starts[k] .. starts[k + 1]]
    let starts = [0, count];
    for (let d = 0; d < depth; d++) {
      const first = (1 << d) - 1;
      const nodes = 1 << d;
      const bestGain = new Float64Array(nodes).fill(1e-6);
      const bestColumn = new Int32Array(nodes).fill(-1);
      const bestBin = new Int32Array(nodes);
      for (let u = 0; u < usedCount; u++) {
        const offset = used[u]! * rows;
        const bins = data.counts[used[u]!]!;
        const column = u * width * stride;
        for (let k = 0; k < nodes; k += 2) {
          if (d === 0) {
            addUp(sums, column, slopes, data.bins, offset, sampled, 0, count);
            continue;
          }
          const sizeLeft = starts[k + 1]! - starts[k]!;
          const sizeRight = starts[k + 2]! - starts[k + 1]!;
          const small = sizeLeft <= sizeRight ? k : k + 1;
          const large = small === k ? k + 1 : k;
          const at = column + small * stride;
          addUp(sums, at, slopes, data.bins, offset, sampled, starts[small]!, starts[small + 1]!);
          const other = column + large * stride;
          const parent = column + (k >> 1) * stride;
          for (let b = 0; b < bins * 2; b++) sums[other + b] = above[parent + b]! - sums[at + b]!;
        }
        for (let k = 0; k < nodes; k++) {
          const at = column + k * stride;
          let G = 0;
          let H = 0;
          for (let b = 0; b < bins; b++) {
            G += sums[at + 2 * b]!;
            H += sums[at + 2 * b + 1]!;
          }
          if (H < 2 * minHessian) continue;
          const whole = (G * G) / (H + lambda);
          let leftG = 0;
          let leftH = 0;
          for (let b = 0; b + 1 < bins; b++) {
            leftG += sums[at + 2 * b]!;
            leftH += sums[at + 2 * b + 1]!;
            if (leftH < minHessian) continue;
            const rightH = H - leftH;
            if (rightH < minHessian) break;
            const rightG = G - leftG;
            const gain = (leftG * leftG) / (leftH + lambda) + (rightG * rightG) / (rightH + lambda) - whole;
            if (gain > bestGain[k]!) {
              bestGain[k] = gain;
              bestColumn[k] = used[u]!;
              bestBin[k] = b;
            }
          }
        }
      }
      const next: number[] = [];
      for (let k = 0; k < nodes; k++) {
        const at = t * inner + first + k;
        const c = bestColumn[k]!;
        model.column[at] = c;
        if (c >= 0) model.threshold[at] = data.edges[c * BINS + bestBin[k]!]!;
        next.push(starts[k]!);
        next.push(
          split(
            sampled,
            scratch,
            starts[k]!,
            starts[k + 1]!,
            data.bins,
            c * rows,
            c < 0 ? BINS : bestBin[k]!,
          ),
        );
      }
      next.push(count);
      starts = next;
      for (let r = 0; r < rows; r++) {
        const k = node[r]! - first;
        const c = bestColumn[k]!;
        node[r] = 2 * node[r]! + (c < 0 || data.bins[c * rows + r]! <= bestBin[k]! ? 1 : 2);
      }
      [sums, above] = [above, sums];
    }
    for (let k = 0; k < leaves; k++) {
      let G = 0;
      let H = 0;
      for (let i = starts[k]!; i < starts[k + 1]!; i++) {
        G += slopes[2 * sampled[i]!]!;
        H += slopes[2 * sampled[i]! + 1]!;
      }
      model.leaf[t * leaves + k] = (-rate * G) / (H + lambda);
    }
    for (let r = 0; r < rows; r++) margin[r]! += model.leaf[t * leaves + node[r]! - inner]!;
    if (options.heldOut) options.heldOut[t] = heldOutLoss(margin, labels, weight);
  }
  return model;
}

/** Mean logistic loss over the rows of weight 0. */
function heldOutLoss(margin: Float64Array, labels: ArrayLike<number>, weight: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (let r = 0; r < margin.length; r++) {
    if (weight[r]! > 0) continue;
    const m = labels[r] ? -margin[r]! : margin[r]!;
    sum += m > 30 ? m : Math.log1p(Math.exp(m));
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** Sums the slopes of some rows by bin. */
function addUp(
  sums: Float64Array,
  at: number,
  slopes: Float64Array,
  bins: Uint8Array,
  offset: number,
  rows: Int32Array,
  from: number,
  to: number,
): void {
  sums.fill(0, at, at + BINS * 2);
  for (let i = from; i < to; i++) {
    const r = rows[i]!;
    const b = at + 2 * bins[offset + r]!;
    sums[b]! += slopes[2 * r]!;
    sums[b + 1]! += slopes[2 * r + 1]!;
  }
}

/** Moves rows of bins up to `last` to the front, order kept; returns where the others begin. */
function split(
  rows: Int32Array,
  scratch: Int32Array,
  from: number,
  to: number,
  bins: Uint8Array,
  offset: number,
  last: number,
): number {
  if (last >= BINS) return to;
  let at = from;
  let kept = 0;
  for (let i = from; i < to; i++) {
    const r = rows[i]!;
    if (bins[offset + r]! <= last) rows[at++] = r;
    else scratch[kept++] = r;
  }
  for (let i = 0; i < kept; i++) rows[at + i] = scratch[i]!;
  return at;
}
