// Trains all models of the analysis on labeled debates, and cross-validates them by list.
import { unitFeatures, type UnitFeatures } from '../feature/unit-feature.ts';
import type { Models } from '../language.ts';
import { tuneActs } from './act.ts';
import { trainEvents } from './event.ts';
import { foldByList } from './fold.ts';
import type { LabeledDebate } from './labeled.ts';
import { trainPairs } from './pair.ts';
import { trainProposals, type ScoredDebate } from './proposal.ts';
import { trainQuestions } from './question.ts';
import { trainUnits, UNIT_OPTIONS, type MadeRows } from './unit.ts';

/** Folds inside one training: the second layer and all that follows learn from scores of the others. */
const INNER_FOLDS = 4;

/** Models from labeled debates. Deterministic. `features` may be given when they were made before. */
export function trainAnalysis(
  debates: readonly LabeledDebate[],
  made: MadeRows,
  features: readonly UnitFeatures[] = debates.map((debate) => unitFeatures(debate.found)),
): Models {
  const folds = foldByList(debates, INNER_FOLDS);
  const { model, scores } = trainUnits(debates, features, folds, made, UNIT_OPTIONS);
  const scored = debates.flatMap((debate, d): ScoredDebate[] => {
    const own = scores[d];
    const shape = features[d]?.shape;
    return own && shape ? [{ debate, scores: own, shape, fold: folds[d] ?? 0 }] : [];
  });
  return { unit: model, ...trainThreadLevel(scored) };
}

/**
 * All that is learned above the units, from scores held out by fold. What depends on how often people say a thing
 * (cuts, calibration, positions of those who hardly speak) is learned from real debates alone.
 */
export function trainThreadLevel(scored: readonly ScoredDebate[]): Omit<Models, 'unit'> {
  const real = scored.filter(({ debate }) => !debate.gold.made);
  return {
    act: tuneActs(real),
    question: trainQuestions(real),
    proposal: trainProposals(scored),
    head: trainPairs(real, true),
    other: trainPairs(real, false),
    event: trainEvents(scored),
  };
}
