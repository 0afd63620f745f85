// The trained models of the analysis and what each is for. Plain data; training is in nlp/train, files in data/model.
import type { StanceValue } from '../../model/report.ts';
import type { Forest } from './forest.ts';
import type { LinearBank } from './linear.ts';
import type { LinearModel } from './softmax.ts';
import type { Boosted } from './tree.ts';

/** What a unit is scored for: the nine labels, and helpers that are no labels of the report. */
export const SCORES = [
  'PROPOSAL',
  'SUPPORT',
  'OPPOSE',
  'CONDITIONAL',
  'NEUTRAL',
  'CONCEDE',
  'QUESTION',
  'DECISION',
  'RATIONALE',
  /** Any of the nine. */
  'ANY',
  /** Support, oppose or conditional. */
  'STANCE',
  /** A sentence to read aloud. */
  'KEY',
  /** Introduces a proposal that others take up. */
  'INTRO',
] as const;

export type Score = (typeof SCORES)[number];

/** Second layer of one score: log-odds = slope * margin + offset + trees(context). */
export interface ScoreModel {
  readonly slope: number;
  readonly offset: number;
  readonly trees: Boosted;
}

/** From a unit to its scores. */
export interface UnitModel {
  readonly bank: LinearBank;
  readonly scores: readonly ScoreModel[];
  /** Names of the columns the trees were trained on; another set of columns means stale weights. */
  readonly columns: readonly string[];
}

/** Finds and names proposals. */
export interface ProposalModel {
  /** Which sentence of the opening message introduces the head proposal. */
  readonly opening: LinearModel;
  /** Which other sentences introduce proposals. */
  readonly candidate: Forest;
  /** Log-odds from which a candidate is printed. */
  readonly candidateThreshold: number;
  /** Which words name a proposal. */
  readonly keyword: Forest;
  /** Share of debates that use a stem, for stems of several debates. */
  readonly common: Readonly<Record<string, number>>;
  /** Number of words that people use to name a proposal, on average. */
  readonly nameLength: number;
}

/** Values a person may take on a proposal, in the order of `PairModel.values`. */
export const PAIR_VALUES: readonly StanceValue[] = ['support', 'oppose', 'conditional', 'neutral'];

/** What a person holds of a proposal. */
export interface PairModel {
  /** One forest per value of `PAIR_VALUES`; probabilities are the mean of theirs and the linear model's. */
  readonly values: readonly Forest[];
  readonly linear: LinearModel;
  /** Factor on each value's probability before the largest is taken. */
  readonly weights: readonly number[];
  /** Calibration: log-odds of being right = slope * log-odds of the taken value + offset, by value. */
  readonly trust: readonly { readonly slope: number; readonly offset: number }[];
}

/** When a unit's scores become labels. */
export interface ActModel {
  /** Log-odds from which a label is given, in the order of `SCORES`. */
  readonly thresholds: readonly number[];
}

/** Which sentences state an outcome. */
export interface EventModel {
  /** Two classes: no, yes. */
  readonly linear: LinearModel;
  /** Probability from which a sentence counts. */
  readonly threshold: number;
}

/** Which sentences are genuine questions, which later messages answer them, and which stay open. */
export interface QuestionModel {
  readonly link: Forest;
  readonly linkThreshold: number;
  readonly detect: Forest;
  readonly detectThreshold: number;
  /** Open or answered only in part. */
  readonly open: Forest;
  readonly openThreshold: number;
}
