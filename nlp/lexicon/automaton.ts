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
  /** Pattern number * 32 + slack * 4 + (1 at end) + (2 asking). */
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
      at(current).accepts.add(
        pattern * 32 + sequence.slack * 4 + (sequence.atEnd ? 1 : 0) + (sequence.asking ? 2 : 0),
      );
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

/** What a word stands for: itself, its prefixes, its classes. */
export interface WordSymbols {
  /** Sorted ids of all of them. */
  readonly all: readonly number[];
  /** Those that some pattern waits for. */
  readonly live: readonly number[];
}

export interface Automaton {
  readonly symbolsOf: (word: string) => WordSymbols;
  /** Id of a class, -1 when the lexicon has no such class. */
  readonly classId: (name: string) => number;
  /**
   * Every match. No gap runs over a token of class `barrier` (negators: "is ..2 good" must not find "is not good").
   * `opening`: last token index at which a sentence-initial pattern may begin; `closing`: first index at
   * which a final one may end.
   */
  run(
    tokens: readonly Token[],
    symbols: readonly WordSymbols[],
    opening: number,
    closing: number,
    asks: boolean,
    barrier: number,
  ): PatternMatch[];
}

const noSymbols: WordSymbols = { all: [], live: [] };

/** For a state with very many edges: its first edge by symbol, -1 for none. */
function firstEdges(data: AutomatonData, state: number): Int32Array {
  const first = new Int32Array(data.symbols.length).fill(-1);
  const end = data.edgeStart[state + 1] ?? 0;
  for (let edge = end - 1; edge >= (data.edgeStart[state] ?? 0); edge -= 1)
    first[data.edgeSymbol[edge] ?? 0] = edge;
  return first;
}

/** At most `slack` words, and no pause, between token `index` and token `closing`. */
function endsWithin(tokens: readonly Token[], index: number, closing: number, slack: number): boolean {
  if (closing - index > slack) return false;
  for (let next = index + 1; next <= closing; next += 1) if (tokens[next]?.gap !== 0) return false;
  return true;
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
  const cache = new Map<string, WordSymbols>();
  const waited = new Uint8Array(data.symbols.length);
  for (const symbol of data.edgeSymbol) waited[symbol] = 1;
  const firstAnywhere = firstEdges(data, anywhere);

  function symbolsOf(word: string): WordSymbols {
    const known = cache.get(word);
    if (known) return known;
    const ids = new Set<number>(members.get(word));
    const own = idOf.get(word);
    if (own !== undefined) ids.add(own);
    for (let length = Math.min(word.length, longestPrefix); length >= shortestPrefix; length -= 1) {
      const found = prefixes.get(word.slice(0, length));
      if (found) for (const id of found) ids.add(id);
    }
    const all = [...ids].toSorted((a, b) => a - b);
    const entry = { all, live: all.filter((id) => waited[id] === 1) };
    if (cache.size >= wordCacheLimit) cache.clear();
    cache.set(word, entry);
    return entry;
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

  // Buffers live as long as the automaton: nothing is allocated per token. A state was entered at token i of a run
  // when its stamp is base + i; base grows from run to run, so nothing is cleared either.
  const stamp = new Int32Array(skip.length).fill(-1);
  const startOf = new Int32Array(skip.length);
  let live = new Int32Array(skip.length);
  let next = new Int32Array(skip.length);
  let liveStarts = new Int32Array(skip.length);
  let nextStarts = new Int32Array(skip.length);
  let nextCount = 0;
  let base = 0;
  let now = 0;

  function enter(state: number, start: number): void {
    if (stamp[state] !== now) {
      stamp[state] = now;
      next[nextCount] = state;
      nextCount += 1;
      startOf[state] = start;
    } else if (start > (startOf[state] ?? 0)) startOf[state] = start;
  }

  function step(state: number, own: readonly number[], start: number): void {
    const end = edgeStart[state + 1] ?? 0;
    if (edgeStart[state] === end) return;
    for (let order = 0; order < own.length; order += 1) {
      const symbol = own[order] ?? 0;
      let edge = state === anywhere ? (firstAnywhere[symbol] ?? -1) : firstEdge(state, symbol);
      if (edge < 0) continue;
      for (; edge < end && edgeSymbol[edge] === symbol; edge += 1) enter(edgeTarget[edge] ?? 0, start);
    }
  }

  function run(
    tokens: readonly Token[],
    symbols: readonly WordSymbols[],
    opening: number,
    closing: number,
    asks: boolean,
    barrier: number,
  ): PatternMatch[] {
    const matches: PatternMatch[] = [];
    let liveCount = 0;
    if (base > 1_000_000_000) {
      stamp.fill(-1);
      base = 0;
    }
    for (let index = 0; index < tokens.length; index += 1) {
      const gap = tokens[index]?.gap ?? 0;
      const { all, live: own } = symbols[index] ?? noSymbols;
      if (gap === 2) liveCount = 0;
      const barred = all.includes(barrier);
      now = base + index;
      nextCount = 0;
      for (let order = 0; order < liveCount; order += 1) {
        const state = live[order] ?? 0;
        if (gap === 1 && inGap[state] === 1) continue;
        const start = liveStarts[order] ?? index;
        step(state, own, start);
        const skipped = skip[state] ?? 0;
        // Words skipped right after `^` are no part of the match.
        if (skipped !== 0 && gap === 0 && !barred) enter(skipped, start === index ? index + 1 : start);
      }
      step(anywhere, own, index);
      if (index <= opening) {
        step(atOpening, own, index);
        const skipped = skip[atOpening] ?? 0;
        if (skipped !== 0 && !barred) enter(skipped, index + 1);
      }
      for (let order = 0; order < nextCount; order += 1) {
        const state = next[order] ?? 0;
        const start = startOf[state] ?? index;
        nextStarts[order] = start;
        const end = acceptStart[state + 1] ?? 0;
        for (let at = acceptStart[state] ?? 0; at < end; at += 1) {
          const code = accept[at] ?? 0;
          if ((code & 1) !== 0 && !endsWithin(tokens, index, closing, (code >>> 2) & 7)) continue;
          if ((code & 2) !== 0 && !asks) continue;
          matches.push({ pattern: code >>> 5, first: start, last: index });
        }
      }
      [live, next] = [next, live];
      [liveStarts, nextStarts] = [nextStarts, liveStarts];
      liveCount = nextCount;
    }
    base += tokens.length;
    return matches;
  }

  return { symbolsOf, classId: (name) => idOf.get(`{${name}}`) ?? -1, run };
}
