// Abbreviations whose full stop does not end a sentence. Data for sentence.ts; sorted.

/** Lower case, without the last dot. Never the end of a sentence. */
export const ABBREVIATIONS: ReadonlySet<string> = new Set([
  'approx',
  'ca',
  'cf',
  'dr',
  'e.g',
  'eg',
  'esp',
  'excl',
  'fig',
  'i.e',
  'ie',
  'incl',
  'jr',
  'messrs',
  'mr',
  'mrs',
  'ms',
  'nr',
  'prof',
  'resp',
  'sec',
  'sr',
  'st',
  'viz',
  'vol',
  'vs',
  'w.r.t',
  'z.b',
]);

/** Only before a number: `no. 3`, `p. 12`, `pp. 3`, `ch. 4`, `rev. 2`. */
export const NUMBERED: ReadonlySet<string> = new Set([
  'art',
  'ch',
  'no',
  'nos',
  'p',
  'para',
  'pp',
  'rev',
  'ver',
  'v',
]);

/** May end a sentence: they do before a capital letter only. */
export const OPTIONAL: ReadonlySet<string> = new Set([
  'a.k.a',
  'a.m',
  'al',
  'aka',
  'co',
  'corp',
  'etc',
  'inc',
  'ltd',
  'p.m',
  'u.k',
  'u.s',
  'u.s.a',
]);
