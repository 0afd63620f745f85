// The verbs of attributions, in the languages mailers ship. Data for attribution.ts and author.ts.

const VERBS = [
  'wrote',
  'writes',
  'write',
  'said',
  'says',
  'schrieb',
  'schreef',
  'skrev',
  'écrit',
  'escribió',
  'escreveu',
  'ha scritto',
  'napsal',
  'pisze',
  'пишет',
  'пише',
  'написал',
  'написав',
  'napisał',
  'kirjoitti',
  'írta',
  'yazdı',
];

/** Source of a pattern for one of the verbs as a whole word; wants the flag `u`. `a ?crit` is what old archives made of `a écrit`. */
export const SAID = `(?<![\\p{L}\\p{N}_])(?:a [^\\s\\p{L}]{0,3}écrit|a [^\\s\\p{L}]{1,3}crit|${VERBS.join('|')})(?:\\([ao]\\))?(?![\\p{L}\\p{N}_])`;
