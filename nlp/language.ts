// What the analysis knows about language: the cue lexicon and the trained models, each with its hash.
import type { Lexicon } from './lexicon/match.ts';
import type {
  ActModel,
  EventModel,
  PairModel,
  ProposalModel,
  QuestionModel,
  UnitModel,
} from './weights/model.ts';

export interface Models {
  readonly unit: UnitModel;
  readonly act: ActModel;
  readonly question: QuestionModel;
  readonly proposal: ProposalModel;
  /** For the head proposal. */
  readonly head: PairModel;
  /** For other proposals. */
  readonly other: PairModel;
  readonly event: EventModel;
}

export interface Language {
  readonly lexicon: Lexicon;
  readonly models: Models;
  /** Hash of the weight files. */
  readonly modelHash: string;
}
