// Words of technical English: tokens, stop words, stems. The stemmer is Porter's, from `natural`.
import stemmerModule from 'natural/lib/natural/stemmers/porter_stemmer.js';

const WORD = /[a-z0-9_]+/g;
/** Words that say nothing about the topic. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have he her his how i if in into is it ' +
    'its me my no not of off on or our out she should so than that the their them then there these they this those to ' +
    'too up us was we were what when where which who whom why will with would you your'
  ).split(' '),
);
const stems = new Map<string, string>();
const STEM_CACHE = 100_000;
/** Longer tokens are hashes and the like. */
const LONGEST_STEMMED = 40;

/** Lower-case `[a-z0-9_]+` tokens. */
export function tokens(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Porter stem; memoized, since debates repeat their words. */
export function stem(word: string): string {
  if (word.length > LONGEST_STEMMED) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= STEM_CACHE) stems.clear();
  const found = stemmerModule.stem(word);
  stems.set(word, found);
  return found;
}

/** Distinct words that are not stop words, in order. */
export function contentWords(text: string): Set<string> {
  return new Set(tokens(text).filter((word) => !STOP_WORDS.has(word)));
}

/** Stems of the content words. */
export function contentStems(text: string): Set<string> {
  return new Set([...contentWords(text)].map(stem));
}

/** 2|A n B| / (|A| + |B|); 0 when both are empty. */
export function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return (2 * shared) / (a.size + b.size);
}
