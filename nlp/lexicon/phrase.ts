// The small phrase language of data/lexicon: parses one pattern into flat sequences of elements.
//   word  word*  {class}  (a|b c|d)  x?  ..3  ^  $  {?}
// Alternatives and optional parts are expanded here, so that a sequence is a straight line. See docs/lexicon.md.

import type { Spelling } from './tokens.ts';

export type Element =
  /** Any of these symbols: `word`, `prefix*` or `{class}`. */
  | { readonly kind: 'one'; readonly symbols: readonly string[] }
  /** Up to `most` words in between. */
  | { readonly kind: 'gap'; readonly most: number };

export interface Sequence {
  readonly elements: readonly Element[];
  /** `^`: only at the start of the sentence, after openers such as "well," or "hmm". */
  readonly atStart: boolean;
  /** `$`: only at its end, before closers such as "thanks"; `slack` more words may stand between. */
  readonly atEnd: boolean;
  readonly slack: number;
  /** `{?}`: only in a sentence that ends in a question mark. */
  readonly asking: boolean;
}

/** What is wrong with a pattern and where (0-based offset into the pattern). */
export class PhraseError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'PhraseError';
    this.at = at;
  }
}

const maxSequences = 1_000;
const maxElements = 16;
const maxGap = 6;
const literal = /^(?:[+-]\d+|[\p{L}\p{N}\p{So}_][\p{L}\p{N}_']*\*?)$/u;
const className = /^\{[a-z][a-z0-9-]*\}$/;

interface Lexeme {
  readonly text: string;
  readonly at: number;
}

function lex(pattern: string): Lexeme[] {
  const lexemes: Lexeme[] = [];
  let at = 0;
  while (at < pattern.length) {
    const char = pattern.charAt(at);
    if (char === ' ') {
      at += 1;
    } else if ('()|^$'.includes(char)) {
      lexemes.push({ text: char, at });
      at += 1;
    } else if (char === '?') {
      lexemes.push({ text: '?', at });
      at += 1;
    } else if (char === '{') {
      const close = pattern.indexOf('}', at);
      if (close < 0) throw new PhraseError('"{" without "}"', at);
      lexemes.push({ text: pattern.slice(at, close + 1), at });
      at = close + 1;
    } else {
      let end = at + 1;
      while (end < pattern.length && !' ()|^$?{'.includes(pattern.charAt(end))) end += 1;
      lexemes.push({ text: pattern.slice(at, end), at });
      at = end;
    }
  }
  return lexemes;
}

type Draft = readonly (Element | 'start' | 'end' | 'asking')[];

/** Cartesian product with a ceiling, so that a careless pattern is an error and not a gigabyte. */
function product(left: readonly Draft[], right: readonly Draft[], at: number): Draft[] {
  if (left.length * right.length > maxSequences) {
    throw new PhraseError(`more than ${maxSequences} variants; split the pattern into several`, at);
  }
  return left.flatMap((head) => right.map((tail) => [...head, ...tail]));
}

function single(alternative: Draft): readonly string[] | null {
  const [first] = alternative;
  return alternative.length === 1 && first && typeof first === 'object' && first.kind === 'one'
    ? first.symbols
    : null;
}

/** One-word alternatives share an element; the others stay apart. */
function mergeWords(alternatives: readonly Draft[]): Draft[] {
  const words = new Set<string>();
  const rest: Draft[] = [];
  for (const alternative of alternatives) {
    const symbols = single(alternative);
    if (symbols) for (const symbol of symbols) words.add(symbol);
    else rest.push(alternative);
  }
  return words.size > 0 ? [[{ kind: 'one', symbols: [...words].toSorted() }], ...rest] : rest;
}

/**
 * Parses one pattern. Class names are checked against `classes`; words are rewritten by `spelling` as the tokenizer
 * does it, so that a pattern may say "don't".
 * @throws PhraseError with the offset of the fault
 */
export function parsePhrase(pattern: string, classes: ReadonlySet<string>, spelling: Spelling): Sequence[] {
  const lexemes = lex(pattern);
  // An explicit stack of open groups instead of recursion: patterns are data.
  interface Group {
    readonly at: number;
    readonly alternatives: Draft[];
    current: Draft[];
    /** `current` before its last item, for a following `?`. */
    before: Draft[] | null;
  }
  const open = (at: number): Group => ({ at, alternatives: [], current: [[]], before: null });
  const stack: Group[] = [open(0)];
  const append = (items: readonly Draft[], at: number): void => {
    const group = stack[stack.length - 1];
    if (!group) throw new PhraseError('")" without "("', at);
    group.before = group.current;
    group.current = product(group.current, items, at);
  };
  for (const { text, at } of lexemes) {
    const group = stack[stack.length - 1];
    if (!group) throw new PhraseError('")" without "("', at);
    if (text === '(') {
      stack.push(open(at));
    } else if (text === '|') {
      if (stack.length === 1) throw new PhraseError('"|" outside of "( )"', at);
      group.alternatives.push(...group.current);
      group.current = [[]];
      group.before = null;
    } else if (text === ')') {
      if (stack.length === 1) throw new PhraseError('")" without "("', at);
      stack.pop();
      const alternatives = [...group.alternatives, ...group.current];
      if (alternatives.some((alternative) => alternative.length === 0)) {
        throw new PhraseError('empty alternative; use "?" for an optional part', group.at);
      }
      append(mergeWords(alternatives), at);
    } else if (text === '?') {
      if (!group.before) throw new PhraseError('"?" after nothing', at);
      if (group.before.length + group.current.length > maxSequences) {
        throw new PhraseError(`more than ${maxSequences} variants; split the pattern into several`, at);
      }
      group.current = [...group.before, ...group.current];
      group.before = null;
    } else if (text === '^') append([['start']], at);
    else if (text === '$') append([['end']], at);
    else if (text === '{?}') append([['asking']], at);
    else if (text.startsWith('..')) {
      const most = Number(text.slice(2));
      if (!Number.isInteger(most) || most < 1 || most > maxGap) {
        throw new PhraseError(`a gap is written ..1 to ..${maxGap}`, at);
      }
      append([[{ kind: 'gap', most }]], at);
    } else if (text.startsWith('{')) {
      if (!className.test(text)) throw new PhraseError(`"${text}" is not a class name`, at);
      if (!classes.has(text.slice(1, -1))) throw new PhraseError(`unknown word class ${text}`, at);
      append([[{ kind: 'one', symbols: [text] }]], at);
    } else if (literal.test(text)) {
      if (text !== text.toLowerCase()) throw new PhraseError(`"${text}": words are lower case`, at);
      const words = spelling.expansions.get(text) ?? [spelling.folds.get(text) ?? text];
      append([words.map((word) => ({ kind: 'one', symbols: [word] }))], at);
    } else throw new PhraseError(`"${text}" is not a word`, at);
  }
  const [top] = stack;
  if (stack.length !== 1 || !top) throw new PhraseError('"(" without ")"', stack.at(-1)?.at ?? 0);
  return top.current.map((draft) => finish(draft));
}

function finish(draft: Draft): Sequence {
  const elements: Element[] = [];
  let atStart = false;
  let atEnd = false;
  let asking = false;
  for (const item of draft) {
    if (item === 'start') {
      if (elements.length > 0) throw new PhraseError('"^" stands first', 0);
      atStart = true;
    } else if (item === 'asking') asking = true;
    else if (item === 'end') atEnd = true;
    else {
      if (atEnd) throw new PhraseError('"$" stands last', 0);
      elements.push(item);
    }
  }
  // An optional part left out can leave a gap at the edge: up to n words may be none.
  // Next to an anchor a gap counts: `^ ..2 no` allows two words before, `fine ..2 $` two after.
  if (!atStart) while (elements[0]?.kind === 'gap') elements.shift();
  let slack = 0;
  for (let last = elements.at(-1); last?.kind === 'gap'; last = elements.at(-1)) {
    if (atEnd) slack = Math.min(maxGap, slack + last.most);
    elements.pop();
  }
  if (elements.length === 0) throw new PhraseError('a pattern needs at least one word in every variant', 0);
  if (elements.length > maxElements) throw new PhraseError(`more than ${maxElements} words`, 0);
  return { elements, atStart, atEnd, slack, asking };
}
