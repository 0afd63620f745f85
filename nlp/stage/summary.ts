// The sentences to read aloud: close to the words the whole debate uses, one after the other without saying it twice.
import type { SummaryLine, Unit } from '../finding.ts';
import { contentStems } from '../words.ts';
import { defineStage } from './stage.ts';

const FEWEST = 3;
const MOST = 12;
const SHORTEST = 5;
/** Weight of what was already said against nearness to the debate (MMR). */
const REPETITION = 0.5;

export const summaryStage = defineStage({
  name: 'summary',
  requires: ['turns', 'units', 'proposals'],
  assigns: ['summary'],
  run({ turns, units, proposals }) {
    const k = Math.min(MOST, Math.max(FEWEST, Math.ceil(turns.length / 2)));
    const candidates = units.filter((unit) => unit.text.split(' ').length >= SHORTEST);
    const stems = candidates.map((unit) => contentStems(unit.text));
    const weight = weights(stems, units.length);
    const head = proposals[0]?.units[0];
    const picked: SummaryLine[] = [];
    const said = new Set<string>();
    const left = new Set(candidates.keys());
    while (picked.length < k && left.size > 0) {
      let best = -1;
      let bestScore = -Infinity;
      for (const index of left) {
        const own = stems[index] ?? new Set();
        let score = 0;
        for (const word of own) score += (weight.get(word) ?? 0) * (said.has(word) ? 1 - REPETITION : 1);
        score /= Math.sqrt(own.size + 1);
        if (candidates[index]?.index === head) score += 1e6;
        if (score > bestScore) {
          best = index;
          bestScore = score;
        }
      }
      left.delete(best);
      const unit = candidates[best];
      if (!unit) break;
      for (const word of stems[best] ?? []) said.add(word);
      picked.push(lineOf(unit, unit.index === head ? 'head' : 'point'));
    }
    return { summary: picked };
  },
});

/** Number of units a stem occurs in, times its rarity. */
function weights(stems: readonly ReadonlySet<string>[], total: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const own of stems) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  return new Map(
    [...counts].map(([word, count]) => [word, Math.log(1 + count) * Math.log(1 + total / count)]),
  );
}

function lineOf(unit: Unit, facet: string): SummaryLine {
  return { turn: unit.turn, start: unit.start, end: unit.end, facet };
}
