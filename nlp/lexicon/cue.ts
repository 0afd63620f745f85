// The nouns of the cue lexicon: what an entry of data/lexicon says and what a hit in a sentence reports.
// A cue is evidence about a sentence, never a verdict: findings are made from cues, context and trained models.
import type { ConcedeKind, DecisionKind, QuestionKind } from '../../model/report.ts';

/** What a phrase signals. Families with kinds (concede, question, decision, rationale) carry the kind in the label. */
export type CueLabel =
  | 'proposal'
  | 'support'
  | 'oppose'
  | 'conditional'
  | 'condition'
  | 'neutral'
  | `concede-${ConcedeKind}`
  | 'question'
  | `question-${QuestionKind}`
  | 'rhetorical'
  | `decision-${DecisionKind}`
  | 'rationale-for'
  | 'rationale-against'
  | 'evidence'
  | 'agree'
  | 'disagree'
  | 'summary'
  | 'action'
  | 'role'
  | 'promise'
  | 'sarcasm'
  | 'thanks'
  | 'nit'
  | 'hedge'
  | 'intensifier'
  | 'contrast'
  | 'hypothetical';

/** Label of each source file's family; `kinds` are the permitted values of an entry's `kind` (null: none). */
export const families: Readonly<
  Record<string, { readonly polarity: number; readonly kinds: readonly string[] | null }>
> = {
  proposal: { polarity: 0, kinds: null },
  support: { polarity: 1, kinds: null },
  oppose: { polarity: -1, kinds: null },
  conditional: { polarity: 0, kinds: null },
  condition: { polarity: 0, kinds: null },
  neutral: { polarity: 0, kinds: null },
  concede: { polarity: 1, kinds: ['yield', 'persuaded', 'withdraw'] },
  question: { polarity: 0, kinds: ['information', 'confirmation', 'decision-request'] },
  rhetorical: { polarity: -1, kinds: null },
  decision: {
    polarity: 0,
    kinds: [
      'applied',
      'merged',
      'accepted',
      'nacked',
      'rejected',
      'consensus',
      'withdrawn',
      'superseded',
      'deferred',
      'partial',
    ],
  },
  rationale: { polarity: 0, kinds: ['for', 'against'] },
  evidence: { polarity: 0, kinds: null },
  agree: { polarity: 1, kinds: null },
  disagree: { polarity: -1, kinds: null },
  summary: { polarity: 0, kinds: null },
  action: { polarity: 0, kinds: null },
  role: { polarity: 0, kinds: null },
  promise: { polarity: 0, kinds: null },
  sarcasm: { polarity: -1, kinds: null },
  thanks: { polarity: 0, kinds: null },
  nit: { polarity: 0, kinds: null },
  hedge: { polarity: 0, kinds: null },
  intensifier: { polarity: 0, kinds: null },
  contrast: { polarity: 0, kinds: null },
  hypothetical: { polarity: 0, kinds: null },
};

/** Whose act the words are: the grammatical subject nearest before or inside the hit; `none` when there is none. */
export type CuePerson = 'I' | 'we' | 'you' | 'they' | 'none';

/** One entry as the sources give it, after checking. */
export interface CueEntry {
  /** Permanent, `<family>.<slug>`. */
  readonly id: string;
  readonly label: CueLabel;
  /** -1 against, 0 no side, +1 for. */
  readonly polarity: -1 | 0 | 1;
  /** 1 weak, 2 normal, 3 strong. */
  readonly strength: 1 | 2 | 3;
  /** Label when an outside negation governs the hit; `''` drops the hit, absent means the default of `negate`. */
  readonly negated?: CueLabel | '';
}

export interface CueHit {
  readonly id: string;
  /** The entry's label, negation not yet resolved. */
  readonly label: CueLabel;
  /** The label after resolving negation (support <-> oppose, agree <-> disagree, ...). */
  readonly effective: CueLabel;
  /** -1, 0 or 1 after resolving negation. */
  readonly polarity: number;
  /** 0 to 3 after hedges and intensifiers: 0 barely said, 1 weak, 2 normal, 3 strong. */
  readonly strength: number;
  /** UTF-16 offsets into the text given to `matchCues`. */
  readonly start: number;
  readonly end: number;
  /** An odd number of negators outside the hit govern it. */
  readonly negated: boolean;
  readonly hedged: boolean;
  /** The hit stands inside a condition ("if you agree ..."). */
  readonly conditionalScope: boolean;
  /** A condition stands elsewhere in the sentence ("I agree, provided that ..."). */
  readonly conditioned: boolean;
  /** The hit's sentence or clause asks. */
  readonly questionScope: boolean;
  /** Someone else's view is reported ("X thinks ...", "people say ..."). */
  readonly reported: boolean;
  readonly person: CuePerson;
  /** Index of the clause within the text, from 0, as this engine cuts clauses. */
  readonly clause: number;
  /** A contrast ("but", "however") follows the hit's clause: what comes after it weighs more. */
  readonly beforeContrast: boolean;
}
