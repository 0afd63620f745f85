// Trains which sentences state an outcome, on the labeled decisions; few are: a strong penalty and a fixed threshold.
import { eventRows } from '../feature/event.ts';
import type { EventModel } from '../weights/model.ts';
import type { LinearModel } from '../weights/softmax.ts';
import type { ScoredDebate } from './proposal.ts';
import { trainClasses } from './softmax.ts';

/** Penalty on the weights; chosen by cross-validation, flat between 30 and 100. */
const PENALTY = 100;

/** With so few labeled decisions a tuned threshold jumps about; F1 is flat around this one. */
const THRESHOLD = 0.4;

interface EventGroup {
  readonly rows: readonly Float32Array[];
  readonly labels: readonly number[];
  readonly columns: readonly string[];
}

export function trainEvents(debates: readonly ScoredDebate[]): EventModel {
  const groups = debates.map(groupOf).filter(({ rows }) => rows.length > 0);
  const columns = groups[0]?.columns ?? [];
  const train = (own: readonly EventGroup[]): LinearModel =>
    trainClasses(
      columns,
      own.flatMap(({ rows }) => rows),
      own.flatMap(({ labels }) => labels),
      2,
      PENALTY,
    );
  return { linear: train(groups), threshold: THRESHOLD };
}

function groupOf({ debate, scores }: ScoredDebate): EventGroup {
  const { candidates, matrix } = eventRows({ ...debate.found, scores });
  const stated = new Map<number, number>();
  debate.gold.decisions.forEach((decision, index) => {
    for (const { segment, overlaps } of debate.segments) {
      if (!decision.evidence.includes(segment.sid)) continue;
      for (const { unit } of overlaps) stated.set(unit, index);
    }
  });
  const width = matrix.names.length;
  const decisions = candidates.map((unit) => stated.get(unit) ?? -1);
  return {
    rows: candidates.map((_, row) => matrix.values.subarray(row * width, (row + 1) * width)),
    labels: decisions.map((decision) => (decision >= 0 ? 1 : 0)),
    columns: matrix.names,
  };
}
