// Tunes from which score a unit carries a label: best token F1 over held-out scores.
import { SCORES, type ActModel, type Score } from '../weights/model.ts';
import type { LabeledDebate } from './labeled.ts';
import type { ScoredDebate } from './proposal.ts';

export function tuneActs(debates: readonly ScoredDebate[]): ActModel {
  return { thresholds: SCORES.map((score, l) => bestThreshold(debates, score, l)) };
}

function bestThreshold(debates: readonly ScoredDebate[], name: Score, l: number): number {
  const rows = debates.flatMap(({ debate, scores }) =>
    [...debate.tokens].map((tokens, unit) => ({
      score: scores.values[unit * scores.width + l] ?? 0,
      tokens,
      covered: debate.covered[name][unit] ?? 0,
    })),
  );
  const wanted = debates.reduce((sum, { debate }) => sum + goldTokens(debate, name), 0);
  rows.sort((a, b) => b.score - a.score);
  let said = 0;
  let right = 0;
  let best = 0;
  let threshold = Infinity;
  for (const { score, tokens, covered } of rows) {
    said += tokens;
    right += covered;
    const f1 = (2 * right) / (said + wanted);
    if (f1 > best) {
      best = f1;
      threshold = score;
    }
  }
  return Number.isFinite(threshold) ? threshold : 0;
}

function goldTokens(debate: LabeledDebate, name: Score): number {
  if (name === 'ANY' || name === 'STANCE' || name === 'KEY' || name === 'INTRO') {
    return debate.covered[name].reduce((sum, tokens) => sum + tokens, 0);
  }
  return debate.segments
    .filter(({ segment }) => segment.label === name)
    .reduce((sum, segment) => sum + segment.tokens, 0);
}
