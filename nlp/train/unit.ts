// Trains the unit model: a linear bank over words, then trees over the surroundings. The second layer learns from
// margins that the first gave for lists it had not seen; all is repeated by fold to give scores for training what follows.
import { cuesOf } from '../feature/cue.ts';
import { COLUMNS, type SparseRow } from '../feature/sparse.ts';
import { surroundingNames, surroundingRows } from '../feature/surroundings.ts';
import { textRow } from '../feature/text.ts';
import type { UnitFeatures } from '../feature/unit-feature.ts';
import type { UnitScores } from '../finding.ts';
import type { Lexicon } from '../lexicon/match.ts';
import { roundBank } from '../weights/linear.ts';
import { SCORES, type Score, type ScoreModel, type UnitModel } from '../weights/model.ts';
import { evaluate, type Boosted } from '../weights/tree.ts';
import { bin, trainBoosted } from './boost.ts';
import { labelsOf, type LabeledDebate } from './labeled.ts';
import type { MadeClause } from './made.ts';
import { fitPlatt } from './platt.ts';
import { Random } from './random.ts';
import { dot, trainSvm } from './svm.ts';

export interface UnitOptions {
  readonly cost: number;
  readonly positiveWeight: number;
  readonly madeWeight: number;
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
}

export const UNIT_OPTIONS: UnitOptions = {
  cost: 0.1,
  positiveWeight: 4,
  madeWeight: 0.5,
  trees: 60,
  depth: 3,
  rate: 0.1,
};

export interface MadeRows {
  readonly clauses: readonly MadeClause[];
  readonly rows: readonly SparseRow[];
}

/** Made clauses keep their quoted line in this share of cases, so that its absence is no cue. */
const QUOTED_KEPT = 0.7;
/** Scores that made clauses say nothing about. */
const NOT_MADE: readonly Score[] = ['KEY', 'INTRO'];

export function madeRows(clauses: readonly MadeClause[], lexicon: Lexicon): MadeRows {
  const random = new Random(7);
  const rows = clauses.map(({ text, quoted }) => {
    const unit = { text, quoted: random.next() < QUOTED_KEPT ? quoted : '', opens: null };
    return textRow(unit, { previous: undefined, next: undefined, cues: cuesOf(unit, lexicon) });
  });
  return { clauses, rows };
}

/** The trained model, and scores of each training debate by models that did not see its fold. */
export interface TrainedUnits {
  readonly model: UnitModel;
  readonly scores: readonly UnitScores[];
}

/** `folds` gives the fold of each debate; whole lists share one. */
export function trainUnits(
  debates: readonly LabeledDebate[],
  features: readonly UnitFeatures[],
  folds: Int32Array,
  made: MadeRows,
  options: UnitOptions = UNIT_OPTIONS,
): TrainedUnits {
  const width = SCORES.length;
  const count = Math.max(...folds) + 1;
  const rows = features.flatMap((feature) => feature.text);
  const foldOf = Int32Array.from(debates.flatMap((debate, d) => debate.found.units.map(() => folds[d] ?? 0)));
  const labels = SCORES.map((score) =>
    Uint8Array.from(debates.flatMap((debate) => [...labelsOf(debate, score)])),
  );

  // first layer
  const margins = new Float32Array(rows.length * width);
  const weightsOf: Float64Array[] = [];
  const allRows = [...rows, ...made.rows];
  SCORES.forEach((score, l) => {
    const own = labels[l] ?? new Uint8Array(0);
    const y = Uint8Array.from([...own, ...made.clauses.map((clause) => (isMade(clause, score) ? 1 : 0))]);
    const madeWeight = NOT_MADE.includes(score) ? 0 : options.madeWeight;
    for (let fold = -1; fold < count; fold++) {
      const weights = new Float32Array(allRows.length).fill(madeWeight);
      for (let i = 0; i < rows.length; i++) weights[i] = foldOf[i] === fold ? 0 : 1;
      const w = trainSvm(allRows, y, weights, {
        columns: COLUMNS,
        cost: options.cost,
        positiveWeight: options.positiveWeight,
      });
      if (fold < 0) weightsOf.push(w);
      else
        for (let i = 0; i < rows.length; i++)
          if (foldOf[i] === fold) margins[i * width + l] = dot(rows[i]!, w);
    }
  });

  // second layer
  const offsets = startsOf(debates);
  const columns = surroundingNames(features[0]?.shape.names ?? [], SCORES);
  const dense = new Float32Array(rows.length * columns.length);
  debates.forEach(({ found }, d) => {
    const from = offsets[d] ?? 0;
    const own = margins.subarray(from * width, (from + found.units.length) * width);
    const shape = features[d]?.shape;
    if (shape) dense.set(surroundingRows(found.turns, found.units, shape, own, width), from * columns.length);
  });
  const binned = bin({ rows: rows.length, columns: columns.length, values: dense });
  const values = new Float32Array(rows.length * width);
  const scores = SCORES.map((_, l): ScoreModel => {
    const y = labels[l] ?? new Uint8Array(0);
    const own = Float32Array.from({ length: rows.length }, (__, i) => margins[i * width + l]!);
    const { slope, offset } = fitPlatt(own, y);
    const start = Float64Array.from(own, (margin) => slope * margin + offset);
    const { trees: most, depth, rate } = options;
    const settings = {
      trees: most,
      depth,
      rate,
      columnShare: 0.3,
      rowShare: 0.7,
      lambda: 5,
      minHessian: 4,
      start,
    };
    const losses = new Float64Array(options.trees);
    const partial: Boosted[] = [];
    for (let fold = 0; fold < count; fold++) {
      const heldOut = new Float64Array(options.trees);
      const weights = Float32Array.from(foldOf, (of) => (of === fold ? 0 : 1));
      partial.push(trainBoosted(binned, y, weights, { ...settings, heldOut }));
      const held = foldOf.reduce((sum, of) => sum + (of === fold ? 1 : 0), 0);
      for (let t = 0; t < options.trees; t++) losses[t]! += heldOut[t]! * held;
    }
    const best = losses.indexOf(Math.min(...losses)) + 1;
    for (let i = 0; i < rows.length; i++) {
      const trees = partial[foldOf[i]!];
      const row = dense.subarray(i * columns.length, (i + 1) * columns.length);
      values[i * width + l] = start[i]! + (trees ? evaluate(trees, row, best) : 0);
    }
    return { slope, offset, trees: trainBoosted(binned, y, null, { ...settings, trees: best }) };
  });
  return {
    model: { bank: roundBank(SCORES, weightsOf), scores, columns },
    scores: debates.map(({ found }, d) => {
      const from = offsets[d] ?? 0;
      return { width, values: values.slice(from * width, (from + found.units.length) * width) };
    }),
  };
}

function isMade({ label }: MadeClause, score: Score): boolean {
  if (score === 'ANY') return label !== 'NONE';
  if (score === 'STANCE') return label === 'SUPPORT' || label === 'OPPOSE' || label === 'CONDITIONAL';
  return label === score;
}

function startsOf(debates: readonly LabeledDebate[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const { found } of debates) {
    starts.push(at);
    at += found.units.length;
  }
  return starts;
}
