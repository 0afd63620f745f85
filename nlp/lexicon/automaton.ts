// Thousands of word patterns as one nondeterministic automaton over tokens: built from phrase sequences, kept as flat numbers.
// One pass, a bounded set of live states per token: linear in the text whatever the text says.
import type { Sequence } from './phrase.ts';
import type { Token } from './tokens.ts';

/** Plain data, as it stands in the generated JSON. */
export interface AutomatonData {
  /** Symbol names by id: `word`, `prefix*`, `{class}`. */
  readonly symbols: readonly string[];
  /** word -> ids of its classes (its own id and prefixes are found by name). */
  readonly members: Readonly<Record<string, readonly number[]>>;
  /** prefix -> ids of classes that hold `prefix*`. */
  readonly prefixes: Readonly<Record<string, readonly number[]>>;
  /** Edges of state s: edgeStart[s] .. edgeStart[s + 1], sorted by symbol within a state. */
  readonly edgeStart: readonly number[];
  readonly edgeSymbol: readonly number[];
  readonly edgeTarget: readonly number[];
  /** State reached by skipping one word inside a gap; 0 when none. */
  readonly skip: readonly number[];
  /** 1 for states inside a gap, which no pause may enter. */
  readonly inGap: readonly number[];
  readonly acceptStart: readonly number[];
  /** Pattern number * 4 + (1 at end) + (2 asking). */
  readonly accept: readonly number[];
}

/** State 0 starts anywhere, state 1 only at the start of a sentence. */
const anywhere = 0;
const atOpening = 1;
const shortestPrefix = 2;
const wordCacheLimit = 60_000;

/** A word class: plain words and `prefix*`. */
export type WordClasses = ReadonlyMap<string, readonly string[]>;

interface State {
  readonly edges: Map<string, Set<number>>;
  /** Next state by element, so that patterns share their beginnings. */
  readonly next: Map<string, number>;
  skip: number;
  inGap: boolean;
  readonly accepts: Set<number>;
}

/** Builds the automaton; `patterns[i]` are the sequences of pattern number i. Deterministic for a given order. */
export function buildAutomaton(
  patterns: readonly (readonly Sequence[])[],
  classes: WordClasses,
): AutomatonData {
  const states: State[] = [];
  const add = (inGap: boolean): number => {
    states.push({ edges: new Map(), next: new Map(), skip: 0, inGap, accepts: new Set() });
    return states.length - 1;
  };
  const at = (index: number): State => {
    const state = states[index];
    if (!state) throw new RangeError(`no state ${index}`);
    return state;
  };
  add(false);
  add(false);
  for (const [pattern, sequences] of patterns.entries()) {
    for (const sequence of sequences) {
      let current = sequence.atStart ? atOpening : anywhere;
      let most = 0;
      for (const element of sequence.elements) {
        if (element.kind === 'gap') {
          most = Math.min(6, most + element.most);
          continue;
        }
        const key = `${most} ${element.symbols.join(' ')}`;
        let target = at(current).next.get(key);
        if (target === undefined) {
          target = add(false);
          at(current).next.set(key, target);
          let from = current;
          for (let skipped = 0; skipped <= most; skipped += 1) {
            for (const symbol of element.symbols) {
              const targets = at(from).edges.get(symbol) ?? new Set<number>();
              targets.add(target);
              at(from).edges.set(symbol, targets);
            }
            if (skipped < most) {
              if (at(from).skip === 0) at(from).skip = add(true);
              from = at(from).skip;
            }
          }
        }
        current = target;
        most = 0;
      }
      at(current).accepts.add(pattern * 4 + (sequence.atEnd ? 1 : 0) + (sequence.asking ? 2 : 0));
    }
  }
  return flatten(states, classes);
}

function flatten(states: readonly State[], classes: WordClasses): AutomatonData {
  const symbols = [
    ...new Set([
      ...states.flatMap((state) => [...state.edges.keys()]),
      ...[...classes.keys()].map((name) => `{${name}}`),
    ]),
  ].toSorted();
  const idOf = new Map(symbols.map((symbol, id) => [symbol, id]));
  const members: Record<string, number[]> = {};
  const prefixes: Record<string, number[]> = {};
  for (const [name, words] of [...classes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const id = idOf.get(`{${name}}`) ?? -1;
    for (const word of words) {
      const table = word.endsWith('*') ? prefixes : members;
      const key = word.endsWith('*') ? word.slice(0, -1) : word;
      (table[key] ??= []).push(id);
    }
  }
  for (const symbol of symbols) if (symbol.endsWith('*')) prefixes[symbol.slice(0, -1)] ??= [];
  const edgeStart: number[] = [];
  const edgeSymbol: number[] = [];
  const edgeTarget: number[] = [];
  const acceptStart: number[] = [];
  const accept: number[] = [];
  for (const state of states) {
    edgeStart.push(edgeSymbol.length);
    const edges = [...state.edges].map(([symbol, targets]) => [idOf.get(symbol) ?? -1, targets] as const);
    for (const [symbol, targets] of edges.toSorted(([a], [b]) => a - b)) {
      for (const target of [...targets].toSorted((a, b) => a - b)) {
        edgeSymbol.push(symbol);
        edgeTarget.push(target);
      }
    }
    acceptStart.push(accept.length);
    accept.push(...[...state.accepts].toSorted((a, b) => a - b));
  }
  edgeStart.push(edgeSymbol.length);
  acceptStart.push(accept.length);
  return {
    symbols,
    members,
    prefixes,
    edgeStart,
    edgeSymbol,
    edgeTarget,
    skip: states.map((state) => state.skip),
    inGap: states.map((state) => (state.inGap ? 1 : 0)),
    acceptStart,
    accept,
  };
}

/** One place where a pattern matched: tokens first..last, both inclusive. */
export interface PatternMatch {
  readonly pattern: number;
  readonly first: number;
  readonly last: number;
}

export interface Automaton {
  /** Ids of the symbols a word stands for: itself, its prefixes, its classes. Sorted. */
  symbolsOf(word: string): readonly number[];
  /** Id of a class, -1 when the lexicon has no such class. */
  classId(name: string): number;
  /** Every match. `opening`: last token index at which a sentence-initial pattern may begin; `closing`: first index at which a final one may end. */
  run(
    tokens: readonly Token[],
    symbols: readonly (readonly number[])[],
    opening: number,
    closing: number,
    asks: boolean,
  ): PatternMatch[];
}

/** Readies the flat data for matching. The word cache inside never changes results. */
export function openAutomaton(data: AutomatonData): Automaton {
  const idOf = new Map(data.symbols.map((symbol, id) => [symbol, id]));
  const members = new Map(Object.entries(data.members));
  const prefixes = new Map(
    Object.entries(data.prefixes).map(([prefix, ids]) => {
      const own = idOf.get(`${prefix}*`);
      return [prefix, own === undefined ? ids : [...ids, own]];
    }),
  );
  const longestPrefix = [...prefixes.keys()].reduce((most, prefix) => Math.max(most, prefix.length), 0);
  const edgeStart = Int32Array.from(data.edgeStart);
  const edgeSymbol = Int32Array.from(data.edgeSymbol);
  const edgeTarget = Int32Array.from(data.edgeTarget);
  const skip = Int32Array.from(data.skip);
  const inGap = Uint8Array.from(data.inGap);
  const acceptStart = Int32Array.from(data.acceptStart);
  const accept = Int32Array.from(data.accept);
  const cache = new Map<string, readonly number[]>();

  function symbolsOf(word: string): readonly number[] {
    const known = cache.get(word);
    if (known) return known;
    const ids = new Set<number>(members.get(word));
    const own = idOf.get(word);
    if (own !== undefined) ids.add(own);
    for (let length = Math.min(word.length, longestPrefix); length >= shortestPrefix; length -= 1) {
      const found = prefixes.get(word.slice(0, length));
      if (found) for (const id of found) ids.add(id);
    }
    const sorted = [...ids].toSorted((a, b) => a - b);
    if (cache.size >= wordCacheLimit) cache.clear();
    cache.set(word, sorted);
    return sorted;
  }

  /** First edge of `state` with this symbol, or -1. */
  function firstEdge(state: number, symbol: number): number {
    let low = edgeStart[state] ?? 0;
    let high = edgeStart[state + 1] ?? 0;
    const end = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edgeSymbol[middle] ?? 0) < symbol) low = middle + 1;
      else high = middle;
    }
    return low < end && edgeSymbol[low] === symbol ? low : -1;
  }

  // A state was entered at token i of this run when its stamp is base + i; base grows, so nothing is cleared between runs.
  const stamp = new Int32Array(skip.length).fill(-1);
  let base = 0;
  const startOf = new Int32Array(skip.length);

  function run(
    tokens: readonly Token[],
    symbols: readonly (readonly number[])[],
    opening: number,
    closing: number,
    asks: boolean,
  ): PatternMatch[] {
    const matches: PatternMatch[] = [];
    let live: number[] = [];
    let starts: number[] = [];
    if (base > 1_000_000_000) {
      stamp.fill(-1);
      base = 0;
    }
    const from = base;
    base += tokens.length;
    for (const [index, token] of tokens.entries()) {
      const own = symbols[index] ?? [];
      if (token.gap === 2) live = [];
      const next: number[] = [];
      const enter = (state: number, start: number): void => {
        if (stamp[state] !== from + index) {
          stamp[state] = from + index;
          next.push(state);
          startOf[state] = start;
        } else if (start > (startOf[state] ?? 0)) startOf[state] = start;
      };
      const step = (state: number, start: number): void => {
        for (const symbol of own) {
          let edge = firstEdge(state, symbol);
          if (edge < 0) continue;
          const end = edgeStart[state + 1] ?? 0;
          for (; edge < end && edgeSymbol[edge] === symbol; edge += 1) enter(edgeTarget[edge] ?? 0, start);
        }
      };
      for (const [order, state] of live.entries()) {
        if (token.gap === 1 && inGap[state] === 1) continue;
        const start = starts[order] ?? index;
        step(state, start);
        const skipped = skip[state] ?? 0;
        if (skipped !== 0 && token.gap === 0) enter(skipped, start);
      }
      step(anywhere, index);
      if (index <= opening) step(atOpening, index);
      for (const state of next) {
        const end = acceptStart[state + 1] ?? 0;
        for (let at = acceptStart[state] ?? 0; at < end; at += 1) {
          const code = accept[at] ?? 0;
          if ((code & 1) !== 0 && index < closing) continue;
          if ((code & 2) !== 0 && !asks) continue;
          matches.push({ pattern: code >>> 2, first: startOf[state] ?? index, last: index });
        }
      }
      live = next;
      starts = next.map((state) => startOf[state] ?? index);
    }
    return matches;
  }

  return { symbolsOf, classId: (name) => idOf.get(`{${name}}`) ?? -1, run };
}
