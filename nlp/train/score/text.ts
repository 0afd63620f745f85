// Overlap measures of the scorer: token sets, pairings, Dice, ROUGE. Ports of the definitions of the labeling guidelines, section 6.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Stemmer {
  stem(word: string): string;
}

// natural's root module loads database drivers and prints; its parts are imported one by one (docs/decisions/0002).
const porter: Stemmer = require('natural/lib/natural/stemmers/porter_stemmer');

/** A set of text tokens; each is one number, made of message index and token index. */
export type Tokens = ReadonlySet<number>;

export const noTokens: Tokens = new Set();

const stopWords = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it ' +
    'its me my no not of off on or our out she should so than that the their them then there these they this those to ' +
    'too up us was we were what when where which who whom why will with would you your'
  ).split(' '),
);

const wordPattern = /[a-z0-9_]+/g;
const stems = new Map<string, string>();

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  // Porter 1980 leaves words of one or two letters alone.
  const stem = word.length <= 2 ? word : porter.stem(word);
  stems.set(word, stem);
  return stem;
}

/** Stemmed `[a-z0-9_]+` tokens in order. */
export function stemmedWords(text: string): string[] {
  return (text.toLowerCase().match(wordPattern) ?? []).map(stemOf);
}

/** Stems of the words that are not stop words. */
export function contentWords(...texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const word of text.toLowerCase().match(wordPattern) ?? []) {
      if (!stopWords.has(word)) found.add(stemOf(word));
    }
  }
  return found;
}

export function collapse(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}

export function union(parts: Iterable<Tokens>): Tokens {
  const all = new Set<number>();
  for (const part of parts) for (const token of part) all.add(token);
  return all;
}

export function shared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let count = 0;
  for (const item of small) if (large.has(item)) count++;
  return count;
}

/** Intersection over union, 0 to 1; two empty sets give 0. */
export function iou(a: Tokens, b: Tokens): number {
  const both = shared(a, b);
  const all = a.size + b.size - both;
  return all === 0 ? 0 : both / all;
}

export function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const sum = a.size + b.size;
  return sum === 0 ? 0 : (2 * shared(a, b)) / sum;
}

/** One-to-one pairs (row, column) by falling IoU, each at least `least`; ties in reading order. */
export function greedyPairs(
  rows: readonly Tokens[],
  columns: readonly Tokens[],
  least: number,
  allowed: (row: number, column: number) => boolean = () => true,
): [number, number][] {
  const holders = new Map<number, number[]>();
  columns.forEach((column, j) => {
    for (const token of column) {
      const list = holders.get(token);
      if (list) list.push(j);
      else holders.set(token, [j]);
    }
  });
  const candidates: { value: number; i: number; j: number }[] = [];
  rows.forEach((row, i) => {
    const near = new Set<number>();
    for (const token of row) for (const j of holders.get(token) ?? []) near.add(j);
    for (const j of near) {
      const value = iou(row, columns[j] ?? noTokens);
      if (value >= least && allowed(i, j)) candidates.push({ value, i, j });
    }
  });
  candidates.sort((a, b) => b.value - a.value || a.i - b.i || a.j - b.j);
  const usedRows = new Set<number>();
  const usedColumns = new Set<number>();
  const pairs: [number, number][] = [];
  for (const { i, j } of candidates) {
    if (usedRows.has(i) || usedColumns.has(j)) continue;
    usedRows.add(i);
    usedColumns.add(j);
    pairs.push([i, j]);
  }
  return pairs.toSorted((a, b) => a[0] - b[0]);
}

/** One-to-one pairs (row, column) of the largest total weight (Kuhn-Munkres); zero-weight pairs are dropped. */
export function bestPairs(weights: readonly (readonly number[])[]): [number, number][] {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  if (rows === 0 || columns === 0) return [];
  if (rows > columns) {
    const turned = Array.from({ length: columns }, (_, j) => weights.map((row) => row[j] ?? 0));
    return bestPairs(turned)
      .map(([i, j]): [number, number] => [j, i])
      .toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  }
  // Shortest augmenting paths with potentials on cost = -weight; index 0 is a dummy.
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(columns + 1);
  const owner = new Int32Array(columns + 1);
  const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0;
  for (let row = 1; row <= rows; row++) {
    owner[0] = row;
    let column = 0;
    const least = new Float64Array(columns + 1).fill(Infinity);
    const back = new Int32Array(columns + 1);
    const used = new Uint8Array(columns + 1);
    while (at(owner, column) !== 0) {
      used[column] = 1;
      let delta = Infinity;
      let following = 0;
      const from = at(owner, column);
      for (let j = 1; j <= columns; j++) {
        if (used[j]) continue;
        const cost = -(weights[from - 1]?.[j - 1] ?? 0) - at(u, from) - at(v, j);
        if (cost < at(least, j)) {
          least[j] = cost;
          back[j] = column;
        }
        if (at(least, j) < delta) {
          delta = at(least, j);
          following = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (used[j]) {
          const i = at(owner, j);
          u[i] = at(u, i) + delta;
          v[j] = at(v, j) - delta;
        } else {
          least[j] = at(least, j) - delta;
        }
      }
      column = following;
    }
    while (column !== 0) {
      owner[column] = at(owner, at(back, column));
      column = at(back, column);
    }
  }
  const pairs: [number, number][] = [];
  for (let j = 1; j <= columns; j++) {
    const i = at(owner, j);
    if (i !== 0 && (weights[i - 1]?.[j - 1] ?? 0) > 0) pairs.push([i - 1, j - 1]);
  }
  return pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** [overlap, system, gold]: clipped n-gram counts, or for ROUGE-L the length of the longest common subsequence. */
export type RougeCount = readonly [number, number, number];

function ngramCounts(system: readonly string[], gold: readonly string[], n: number): RougeCount {
  const grams = (tokens: readonly string[]): Map<string, number> => {
    const found = new Map<string, number>();
    for (let i = 0; i + n <= tokens.length; i++) {
      const gram = tokens.slice(i, i + n).join(' ');
      found.set(gram, (found.get(gram) ?? 0) + 1);
    }
    return found;
  };
  const g = grams(gold);
  let overlap = 0;
  for (const [gram, count] of grams(system)) overlap += Math.min(count, g.get(gram) ?? 0);
  return [overlap, Math.max(0, system.length - n + 1), Math.max(0, gold.length - n + 1)];
}

/** Length of the longest common subsequence (Hunt and Szymanski). */
function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  const places = new Map<string, number[]>();
  for (let j = b.length - 1; j >= 0; j--) {
    const word = b[j] ?? '';
    const list = places.get(word);
    if (list) list.push(j);
    else places.set(word, [j]);
  }
  const ends: number[] = [];
  for (const word of a) {
    for (const j of places.get(word) ?? []) {
      let low = 0;
      let high = ends.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((ends[middle] ?? 0) < j) low = middle + 1;
        else high = middle;
      }
      ends[low] = j;
    }
  }
  return ends.length;
}

export function rougeCounts(
  system: string,
  gold: string,
): Record<'rouge1' | 'rouge2' | 'rougeL', RougeCount> {
  const s = stemmedWords(system);
  const g = stemmedWords(gold);
  return {
    rouge1: ngramCounts(s, g, 1),
    rouge2: ngramCounts(s, g, 2),
    rougeL: [commonSubsequence(s, g), s.length, g.length],
  };
}
