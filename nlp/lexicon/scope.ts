// What governs a phrase in its sentence: clauses, negation, hedges, conditions, whose view it is.
// Works on word classes named in data/lexicon/en/words.yml; knows no phrase itself.
import type { CuePerson } from './cue.ts';
import type { Token } from './tokens.ts';

/** Word classes that the scope rules rest on; the compiler demands each of them. */
export const scopeClasses = [
  'closer',
  'condition',
  'contrast',
  'hedge',
  'intensifier',
  'negator',
  'opener',
  'report-base',
  'report-past',
  'report-third',
  'subject-first',
  'subject-plural',
  'subject-second',
  'subject-thing',
  'subject-third',
  'subordinator',
  'adverb',
] as const;
export type ScopeClass = (typeof scopeClasses)[number];

/** Tells whether token `index` belongs to a class. */
export type ClassTest = (index: number, name: ScopeClass) => boolean;

export interface Clauses {
  /** Clause number of each token. */
  readonly of: readonly number[];
  /** First token of each clause. */
  readonly starts: readonly number[];
  /** The clause opens with "if", "unless", "provided", ... */
  readonly conditional: readonly boolean[];
  /** The clause opens with "but", "however", ... */
  readonly contrast: readonly boolean[];
}

/** Words that a negator reaches; "no" and "without" reach only their noun. */
const negationReach = 8;
const nounNegationReach = 3;
const hedgeReach = 8;

/** Cuts a sentence into clauses at stops, contrast words, conditions, and commas before a new subject. */
export function cutClauses(tokens: readonly Token[], is: ClassTest): Clauses {
  const of: number[] = [];
  const starts: number[] = [];
  const conditional: boolean[] = [];
  const contrast: boolean[] = [];
  for (const [index, token] of tokens.entries()) {
    const subject =
      is(index, 'subject-first') ||
      is(index, 'subject-second') ||
      is(index, 'subject-third') ||
      is(index, 'subject-thing');
    const opensCondition = is(index, 'condition');
    const opensContrast = is(index, 'contrast');
    const afterAnd =
      token.word === 'and' && token.gap === 1 && index + 1 < tokens.length && !is(index + 1, 'condition');
    if (
      index === 0 ||
      token.gap === 2 ||
      opensCondition ||
      opensContrast ||
      afterAnd ||
      (token.gap === 1 && (subject || is(index, 'subordinator'))) ||
      token.word === 'because'
    ) {
      starts.push(index);
      conditional.push(opensCondition);
      contrast.push(opensContrast);
    }
    of.push(starts.length - 1);
  }
  return { of, starts, conditional, contrast };
}

/** How many negators before `first` govern it. A pause or the clause's start ends their reach. */
export function countNegators(
  tokens: readonly Token[],
  clauses: Clauses,
  first: number,
  is: ClassTest,
): number {
  const from = clauses.starts[clauses.of[first] ?? 0] ?? 0;
  let count = 0;
  for (let index = first - 1; index >= from && first - index <= negationReach; index -= 1) {
    if ((tokens[index + 1]?.gap ?? 0) > 0) break;
    if (!is(index, 'negator')) continue;
    const word = tokens[index]?.word;
    const next = tokens[index + 1]?.word;
    if (word === 'not' && (next === 'only' || next === 'just' || next === 'merely')) continue;
    if (word === 'no' && (next === 'doubt' || next === 'matter')) continue;
    if ((word === 'no' || word === 'without') && first - index > nounNegationReach) continue;
    count += 1;
  }
  return count;
}

/** A word of the class stands in the hit's clause, before it or right after it. */
export function isMarked(
  tokens: readonly Token[],
  clauses: Clauses,
  first: number,
  last: number,
  name: 'hedge' | 'intensifier',
  is: ClassTest,
): boolean {
  const clause = clauses.of[first] ?? 0;
  const from = Math.max(clauses.starts[clause] ?? 0, first - hedgeReach);
  for (let index = from; index <= last; index += 1) {
    if (is(index, name)) return true;
  }
  return last + 1 < tokens.length && clauses.of[last + 1] === clause && is(last + 1, name);
}

/** Somebody else's view is being reported in this clause: "she thinks", "people say", "Ada argued", "according to". */
export function isReported(
  tokens: readonly Token[],
  clauses: Clauses,
  first: number,
  is: ClassTest,
): boolean {
  const from = clauses.starts[clauses.of[first] ?? 0] ?? 0;
  for (let index = first - 1; index >= from; index -= 1) {
    if (tokens[index]?.word === 'according' && tokens[index + 1]?.word === 'to') return true;
    const third = is(index, 'report-third');
    const past = is(index, 'report-past');
    const base = is(index, 'report-base');
    if (!third && !past && !base) continue;
    let subject = index - 1;
    while (subject > from && is(subject, 'adverb')) subject -= 1;
    if (subject < from) continue;
    if (is(subject, 'subject-first')) continue;
    if (third || past) {
      if ((tokens[subject + 1]?.gap ?? 0) === 0 && !is(subject, 'negator')) return true;
    } else if (is(subject, 'subject-plural') || is(subject, 'subject-second')) return true;
  }
  return false;
}

/** The grammatical person nearest to the hit: inside it first, else before it in its clause. */
export function personOf(
  clauses: Clauses,
  tokens: readonly Token[],
  first: number,
  last: number,
  is: ClassTest,
): CuePerson {
  const from = clauses.starts[clauses.of[first] ?? 0] ?? 0;
  for (let index = first; index <= last; index += 1) {
    const person = personAt(tokens, index, is);
    if (person !== 'none') return person;
  }
  for (let index = first - 1; index >= from; index -= 1) {
    const person = personAt(tokens, index, is);
    if (person !== 'none') return person;
  }
  return 'none';
}

function personAt(tokens: readonly Token[], index: number, is: ClassTest): CuePerson {
  if (is(index, 'subject-first')) return tokens[index]?.word === 'i' ? 'I' : 'we';
  if (is(index, 'subject-second')) return 'you';
  return is(index, 'subject-third') || is(index, 'subject-plural') ? 'they' : 'none';
}
