// Likeness of units, messages and the subject in the words of one debate (tf-idf vectors of stems, cosine).
import { contentWords, stem } from '../words.ts';

/** Stem -> weight, of length 1 (or empty). */
export type Vector = ReadonlyMap<string, number>;

/** Stems of the content words of a text, with repetitions folded. */
export function stemsOf(text: string): string[] {
  return [...contentWords(text)].map(stem);
}

/** Rarity of each stem over the units of a debate. */
export function rarity(units: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stems of units) for (const word of stems) counts.set(word, (counts.get(word) ?? 0) + 1);
  const total = units.length;
  return new Map([...counts].map(([word, count]) => [word, Math.log((total + 1) / (count + 0.5))]));
}

export function vectorOf(stems: Iterable<string>, rare: ReadonlyMap<string, number>): Vector {
  const vector = new Map<string, number>();
  for (const word of stems) vector.set(word, (vector.get(word) ?? 0) + (rare.get(word) ?? 3));
  return scaled(vector);
}

/** Sum of vectors, scaled to length 1. */
export function centroid(vectors: Iterable<Vector>): Vector {
  const sum = new Map<string, number>();
  for (const vector of vectors)
    for (const [word, weight] of vector) sum.set(word, (sum.get(word) ?? 0) + weight);
  return scaled(sum);
}

export function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

function scaled(vector: Map<string, number>): Vector {
  let sum = 0;
  for (const weight of vector.values()) sum += weight * weight;
  const length = Math.sqrt(sum) || 1;
  for (const [word, weight] of vector) vector.set(word, weight / length);
  return vector;
}
