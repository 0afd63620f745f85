// Trains what a person holds of a proposal, on the gold proposals; the factors on the values are tuned on held-out rows.
import { MatrixBuilder } from '../feature/column.ts';
import { PairTable, targetStems, type PairTarget } from '../feature/pair.ts';
import { PAIR_VALUES, type PairModel } from '../weights/model.ts';
import { blend, linearRows, type LinearModel } from '../weights/softmax.ts';
import { sigmoid } from '../weights/tree.ts';
import { trainForest, type Group } from './forest.ts';
import { fitPlatt } from './platt.ts';
import { headOf, introOf, type ScoredDebate } from './proposal.ts';
import { trainClasses } from './softmax.ts';

interface PairGroup {
  readonly group: Omit<Group, 'labels'>;
  /** Index into PAIR_VALUES per row. */
  readonly values: readonly number[];
}

/** Penalty on the linear model's weights; chosen by cross-validation, flat between 30 and 300. */
const LINEAR_PENALTY = 100;
const NEUTRAL = PAIR_VALUES.indexOf('neutral');

/** Model for the head proposal (`head`), or for all others. */
export function trainPairs(debates: readonly ScoredDebate[], head: boolean): PairModel {
  const groups = debates.map((scored) => pairRows(scored, head)).filter(({ values }) => values.length > 0);
  const options = {
    trees: 80,
    depth: 3,
    rate: 0.06,
    columnShare: 0.3,
    rowShare: 0.7,
    lambda: 4,
    minHessian: 3,
  };
  const trained = PAIR_VALUES.map((_, v) =>
    trainForest(
      groups.map(({ group, values }) => ({ ...group, labels: values.map((value) => (value === v ? 1 : 0)) })),
      { ...options, seed: v + 1 },
    ),
  );
  const truth = groups.flatMap(({ values }) => values);
  const rowsOf = (own: readonly PairGroup[]): Float32Array[] =>
    own.flatMap(({ group: { matrix }, values }) =>
      values.map((_, row) =>
        matrix.values.subarray(row * matrix.names.length, (row + 1) * matrix.names.length),
      ),
    );
  const columns = groups[0]?.group.matrix.names ?? [];
  const linearOf = (own: readonly PairGroup[]): LinearModel =>
    trainClasses(
      columns,
      rowsOf(own),
      own.flatMap(({ values }) => values),
      PAIR_VALUES.length,
      LINEAR_PENALTY,
    );
  const partial = new Map(
    [...new Set(groups.map(({ group }) => group.fold))].map((fold) => [
      fold,
      linearOf(groups.filter(({ group }) => group.fold !== fold)),
    ]),
  );
  const chances = groups.flatMap(({ group, values }, g) => {
    const linear = partial.get(group.fold);
    const scores = linear ? linearRows(linear, group.matrix) : [];
    return values.map((__, row) =>
      blend(
        trained.map(({ heldOut }) => sigmoid(heldOut[g]?.[row] ?? 0)),
        scores[row] ?? [],
      ),
    );
  });
  const weights = tuneWeights(chances, truth);
  const trust = PAIR_VALUES.map((_, v) => {
    const taken = chances.flatMap((chance, row) => (takenValue(chance, weights) === v ? [row] : []));
    const odds = taken.map((row) => logit(chances[row]?.[v] ?? 0.5));
    const right = taken.map((row) => (truth[row] === v ? 1 : 0));
    return right.length >= 10 && right.some((hit) => hit !== right[0])
      ? fitPlatt(odds, right)
      : { slope: 1, offset: 0 };
  });
  return { values: trained.map(({ forest }) => forest), linear: linearOf(groups), weights, trust };
}

/** Index of the value with the largest weighted probability. */
export function takenValue(chance: readonly number[], weights: readonly number[]): number {
  let best = 0;
  chance.forEach((p, v) => {
    if (p * (weights[v] ?? 1) > (chance[best] ?? 0) * (weights[best] ?? 1)) best = v;
  });
  return best;
}

/** Factors that give the best macro-F1, by coordinate search from 1. */
function tuneWeights(chances: readonly (readonly number[])[], truth: readonly number[]): number[] {
  const weights = PAIR_VALUES.map(() => 1);
  let best = macro(chances, truth, weights);
  for (let round = 0; round < 3; round++) {
    for (let v = 0; v < weights.length; v++) {
      if (v === NEUTRAL) continue;
      const kept = weights[v] ?? 1;
      let chosen = kept;
      for (const factor of [0.5, 0.7, 0.85, 1, 1.2, 1.4, 1.7, 2, 2.5, 3, 4, 5]) {
        weights[v] = factor;
        const value = macro(chances, truth, weights);
        if (value > best + 1e-9) {
          best = value;
          chosen = factor;
        }
      }
      weights[v] = chosen;
    }
  }
  return weights;
}

function macro(
  chances: readonly (readonly number[])[],
  truth: readonly number[],
  weights: readonly number[],
): number {
  const right = PAIR_VALUES.map(() => 0);
  const said = PAIR_VALUES.map(() => 0);
  const wanted = PAIR_VALUES.map(() => 0);
  chances.forEach((chance, row) => {
    const v = takenValue(chance, weights);
    said[v]!++;
    wanted[truth[row]!]!++;
    if (v === truth[row]) right[v]!++;
  });
  const scores = PAIR_VALUES.flatMap((_, v) => {
    const all = said[v]! + wanted[v]!;
    return all > 0 ? [(2 * right[v]!) / all] : [];
  });
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

function pairRows({ debate, scores, fold }: ScoredDebate, head: boolean): PairGroup {
  const { found, gold, people } = debate;
  const table = new PairTable({ ...found, scores });
  const values: number[] = [];
  const out = new MatrixBuilder();
  const first = headOf(debate);
  const idOf = new Map([...people].map(([speaker, person]) => [person, speaker]));
  for (const proposal of gold.proposals) {
    if ((proposal === first) !== head) continue;
    const intro = introOf(debate, proposal);
    const units = intro?.overlaps.map((overlap) => overlap.unit) ?? [];
    const target: PairTarget = {
      by: idOf.get(proposal.by) ?? '',
      head,
      turn: intro?.turn ?? found.root,
      units,
      stems: targetStems(proposal.title, proposal.keywords ?? []),
    };
    for (const speaker of found.speakers) {
      const person = people.get(speaker.id);
      const row = gold.stances.find(
        (stance) => stance.participant === person && stance.target === proposal.id,
      );
      values.push(PAIR_VALUES.indexOf(row?.value ?? 'neutral'));
      table.put(out, speaker, target);
    }
  }
  return { group: { matrix: out.finish(), fold }, values };
}

export function logit(p: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(inside / (1 - inside));
}
