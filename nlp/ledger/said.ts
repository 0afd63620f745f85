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

/** Source of a pattern for one of the verbs as a whole word; wants the flag `u`. */
export const SAID = `(?<![\\p{L}\\p{N}_])(?:a écrit|${VERBS.join('|')})(?:\\([ao]\\))?(?![\\p{L}\\p{N}_])`;
