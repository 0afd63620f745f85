// Thousands of word patterns as one nondeterministic automaton over tokens: built from phrase sequences, kept as flat numbers.
// One pass, a bounded set of live states per token: linear in the text whatever the text says.
import type { Sequence } from './phrase.ts';
import type { Token } from './tokens.ts';

/**
 * Plain data, as it stands in the generated JSON. A symbol is a number for "any of these words": a word class, or the
 * alternatives of one place in a pattern.
 */
export interface AutomatonData {
  readonly symbolCount: number;
  /** Class name -> symbol. */
  readonly classes: Readonly<Record<string, number>>;
  /** All words, separated by blanks. */
  readonly words: string;
  /** Symbols of word w: wordStart[w] .. wordStart[w + 1], packed as below. */
  readonly wordStart: string;
  readonly wordSymbols: string;
  /** Prefix -> symbols that all words with it stand for. */
  readonly prefixes: Readonly<Record<string, readonly number[]>>;
  // The tables below are packed (see `pack`): as JSON numbers they would take three times as long to read.
  /** Edges of state s: edgeStart[s] .. edgeStart[s + 1], sorted by symbol within a state. */
  readonly edgeStart: string;
  readonly edgeSymbol: string;
  readonly edgeTarget: string;
  /** State reached by skipping one word inside a gap; 0 when none. */
  readonly skip: string;
  /** 1 for states inside a gap, which no pause may enter. */
  readonly inGap: string;
  readonly acceptStart: string;
  /** Pattern number * 32 + slack * 4 + (1 at end) + (2 asking). */
  readonly accept: string;
  readonly stateCount: number;
}

/** Whole numbers from 0 as little-endian base64: `2` and two bytes each when they fit, else `4` and four. */
function pack(numbers: readonly number[]): string {
  const width = numbers.every((number) => number < 0x10000) ? 2 : 4;
  const bytes = Buffer.alloc(numbers.length * width);
  for (const [index, number] of numbers.entries()) bytes.writeUIntLE(number, index * width, width);
  return `${width}${bytes.toString('base64')}`;
}

function unpack(text: string): Int32Array {
  const bytes = Buffer.from(text.slice(1), 'base64');
  if (bigEndian) {
    if (text.startsWith('2')) bytes.swap16();
    else bytes.swap32();
  }
  // Typed arrays need their own start in memory; small buffers share one.
  const own = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  return text.startsWith('2') ? Int32Array.from(new Uint16Array(own)) : new Int32Array(own);
}

const bigEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

/** State 0 starts anywhere, state 1 only at the start of a sentence. */
const anywhere = 0;
const atOpening = 1;
const shortestPrefix = 1;
const wordCacheLimit = 60_000;

/** A word class: plain words and `prefix*`. */
export type WordClasses = ReadonlyMap<string, readonly string[]>;

interface State {
  /** Key of the alternatives -> targets. */
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
            const symbol = element.symbols.join(' ');
            const targets = at(from).edges.get(symbol) ?? new Set<number>();
            targets.add(target);
            at(from).edges.set(symbol, targets);
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

/**
 * Merges states from which the same continuations lead on, then numbers the rest in order. Children are made after
 * their parents, so one pass from the last state to the first suffices.
 */
function merge(states: readonly State[]): State[] {
  const same = new Map<string, number>();
  const twin = states.map((_, index) => index);
  const to = (index: number): number => twin[index] ?? index;
  for (let index = states.length - 1; index > atOpening; index -= 1) {
    const state = states[index];
    if (!state) continue;
    const edges = [...state.edges].map(
      ([symbol, targets]) =>
        `${symbol}>${[...new Set([...targets].map(to))].toSorted((a, b) => a - b).join()}`,
    );
    const key = `${edges.toSorted().join('|')}/${state.inGap}/${to(state.skip)}/${[...state.accepts].toSorted().join()}`;
    const first = same.get(key);
    if (first === undefined) same.set(key, index);
    else twin[index] = first;
  }
  const number = new Map<number, number>();
  for (const index of states.keys()) if (to(index) === index) number.set(index, number.size);
  const renumber = (index: number): number => number.get(to(index)) ?? 0;
  return states
    .filter((_, index) => to(index) === index)
    .map((state) => ({
      edges: new Map(
        [...state.edges].map(([symbol, targets]) => [symbol, new Set([...targets].map(renumber))]),
      ),
      next: state.next,
      skip: renumber(state.skip),
      inGap: state.inGap,
      accepts: state.accepts,
    }));
}

/** Symbol numbers for all classes and alternatives, and the words behind them. */
function nameSymbols(
  states: readonly State[],
  classes: WordClasses,
): Pick<AutomatonData, 'symbolCount' | 'classes' | 'words' | 'wordStart' | 'wordSymbols' | 'prefixes'> & {
  idOf: ReadonlyMap<string, number>;
} {
  const keys = new Set(states.flatMap((state) => [...state.edges.keys()]));
  for (const name of classes.keys()) keys.add(`{${name}}`);
  const idOf = new Map([...keys].toSorted().map((key, id) => [key, id]));
  const words: Record<string, number[]> = {};
  const prefixes: Record<string, number[]> = {};
  for (const [key, id] of idOf) {
    const members = key
      .split(' ')
      .flatMap((part) => (part.startsWith('{') ? (classes.get(part.slice(1, -1)) ?? []) : [part]));
    for (const word of new Set(members)) {
      const table = word.endsWith('*') ? prefixes : words;
      const name = word.endsWith('*') ? word.slice(0, -1) : word;
      (table[name] ??= []).push(id);
    }
  }
  const classIds = [...classes.keys()].toSorted().map((name) => [name, idOf.get(`{${name}}`) ?? -1] as const);
  const listed = Object.entries(words).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let end = 0;
  const wordStart = [0].concat(listed.map(([, ids]) => (end += ids.length)));
  return {
    symbolCount: idOf.size,
    classes: Object.fromEntries(classIds),
    words: listed.map(([word]) => word).join(' '),
    wordStart: pack(wordStart),
    wordSymbols: pack(listed.flatMap(([, ids]) => ids)),
    prefixes,
    idOf,
  };
}

function flatten(tree: readonly State[], wordClasses: WordClasses): AutomatonData {
  const states = merge(tree);
  const { idOf, ...symbols } = nameSymbols(states, wordClasses);
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
    ...symbols,
    edgeStart: pack(edgeStart),
    edgeSymbol: pack(edgeSymbol),
    edgeTarget: pack(edgeTarget),
    skip: pack(states.map((state) => state.skip)),
    inGap: pack(states.map((state) => (state.inGap ? 1 : 0))),
    acceptStart: pack(acceptStart),
    accept: pack(accept),
    stateCount: states.length,
  };
}

/** One place where a pattern matched: tokens first..last, both inclusive. */
export interface PatternMatch {
  readonly pattern: number;
  readonly first: number;
  readonly last: number;
}

/** What a word stands for. */
export interface WordSymbols {
  /** Bit n of element n >> 5 is set when the word stands for symbol n. */
  readonly bits: Uint32Array;
  /** States that a match beginning with this word reaches. */
  readonly begins: readonly number[];
  /** Sorted ids. */
  readonly all: readonly number[];
}

export interface Automaton {
  readonly symbolsOf: (word: string) => WordSymbols;
  /** Symbol of a class, -1 when the lexicon has no such class. */
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

/** Whether a word stands for a symbol. */
export function standsFor(word: WordSymbols, symbol: number): boolean {
  return (((word.bits[symbol >>> 5] ?? 0) >>> (symbol & 31)) & 1) === 1;
}

/** At most `slack` words, and no pause, between token `index` and token `closing`. */
function endsWithin(tokens: readonly Token[], index: number, closing: number, slack: number): boolean {
  if (closing - index > slack) return false;
  for (let next = index + 1; next <= closing; next += 1) if (tokens[next]?.gap !== 0) return false;
  return true;
}

/** Readies the flat data for matching. The word cache inside never changes results. */
export function openAutomaton(data: AutomatonData): Automaton {
  const words = new Map(data.words.split(' ').map((word, index) => [word, index]));
  const wordStart = unpack(data.wordStart);
  const wordSymbols = unpack(data.wordSymbols);
  const prefixes = new Map(Object.entries(data.prefixes));
  const longestPrefix = [...prefixes.keys()].reduce((most, prefix) => Math.max(most, prefix.length), 0);
  const edgeStart = unpack(data.edgeStart);
  const edgeSymbol = unpack(data.edgeSymbol);
  const edgeTarget = unpack(data.edgeTarget);
  const skip = unpack(data.skip);
  const inGap = unpack(data.inGap);
  const acceptStart = unpack(data.acceptStart);
  const accept = unpack(data.accept);
  const cache = new Map<string, WordSymbols>();
  const unknown: WordSymbols = { bits: new Uint32Array((data.symbolCount >>> 5) + 1), begins: [], all: [] };

  function symbolsOf(word: string): WordSymbols {
    const known = cache.get(word);
    if (known) return known;
    const listed = words.get(word);
    const ids = new Set<number>(
      listed === undefined ? [] : wordSymbols.subarray(wordStart[listed], wordStart[listed + 1]),
    );
    for (let length = Math.min(word.length, longestPrefix); length >= shortestPrefix; length -= 1) {
      const found = prefixes.get(word.slice(0, length));
      if (found) for (const id of found) ids.add(id);
    }
    const entry = ids.size === 0 ? unknown : describe([...ids].toSorted((a, b) => a - b));
    if (cache.size >= wordCacheLimit) cache.clear();
    cache.set(word, entry);
    return entry;
  }

  function describe(all: readonly number[]): WordSymbols {
    const bits = new Uint32Array(unknown.bits.length);
    for (const id of all) bits[id >>> 5] = (bits[id >>> 5] ?? 0) | (1 << (id & 31));
    const begins = new Set<number>();
    for (const id of all) {
      const end = edgeStart[anywhere + 1] ?? 0;
      for (
        let edge = firstEdge(anywhere, id);
        edge >= 0 && edge < end && edgeSymbol[edge] === id;
        edge += 1
      ) {
        begins.add(edgeTarget[edge] ?? 0);
      }
    }
    return { bits, begins: [...begins], all };
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

  function step(state: number, word: WordSymbols, start: number): void {
    const first = edgeStart[state] ?? 0;
    const end = edgeStart[state + 1] ?? 0;
    const { all, bits } = word;
    // Few edges: ask each whether the word fits. Many: look up each symbol of the word.
    if (end - first <= all.length * 4) {
      for (let edge = first; edge < end; edge += 1) {
        const symbol = edgeSymbol[edge] ?? 0;
        if ((((bits[symbol >>> 5] ?? 0) >>> (symbol & 31)) & 1) === 1) enter(edgeTarget[edge] ?? 0, start);
      }
      return;
    }
    for (let order = 0; order < all.length; order += 1) {
      const symbol = all[order] ?? 0;
      let edge = firstEdge(state, symbol);
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
      const word = symbols[index] ?? unknown;
      if (gap === 2) liveCount = 0;
      const barred = standsFor(word, barrier);
      now = base + index;
      nextCount = 0;
      for (let order = 0; order < liveCount; order += 1) {
        const state = live[order] ?? 0;
        if (gap === 1 && inGap[state] === 1) continue;
        const start = liveStarts[order] ?? index;
        step(state, word, start);
        const skipped = skip[state] ?? 0;
        // Words skipped right after `^` are no part of the match.
        if (skipped !== 0 && gap === 0 && !barred) enter(skipped, start === index ? index + 1 : start);
      }
      for (let order = 0; order < word.begins.length; order += 1) enter(word.begins[order] ?? 0, index);
      if (index <= opening) {
        step(atOpening, word, index);
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

  return { symbolsOf, classId: (name) => data.classes[name] ?? -1, run };
}
