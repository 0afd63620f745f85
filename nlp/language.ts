// What the analysis knows about language: the cue lexicon and the trained weights, each with its hash.
export interface Language {
  /** Hash of the lexicon files, '' while there is none. */
  readonly lexiconHash: string;
  /** Hash of the weight files, '' while there are none. */
  readonly modelHash: string;
}
