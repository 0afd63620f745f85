// The sentences to read aloud to someone who missed the debate: likely key sentences, without saying the same twice.
// The facet says what a line is there for: the head proposal, an objection, a counter, the outcome, what stays open.
import type { Act, Findings, SummaryLine } from '../finding.ts';
import { SCORES } from '../weights/model.ts';
import { sigmoid } from '../weights/tree.ts';
import { contentStems } from '../words.ts';
import { defineStage } from './stage.ts';

/** Number of lines people pick: half the messages, within these bounds (labeling rule). */
const FEWEST = 3;
const MOST = 12;
/** Words a line has on average, and how far the lines may run over that; a reader may stop earlier. */
const WORDS_PER_LINE = 21;
const REACH = 1.3;
const SHORTEST = 4;
/** How much a sentence loses when all its words were said (MMR). */
const REPETITION = 0.6;
const KEY = SCORES.indexOf('KEY');
/** Sentences looked at, best first; bounds the time of long debates. */
const CANDIDATES = 400;

export const summaryStage = defineStage({
  name: 'summary',
  requires: ['turns', 'units', 'scores', 'proposals', 'acts', 'questions'],
  assigns: ['summary'],
  run(found) {
    return { summary: pickLines(found) };
  },
});

type Input = Pick<Findings, 'turns' | 'units' | 'scores' | 'proposals' | 'acts' | 'questions'>;

function pickLines(found: Input): SummaryLine[] {
  const { turns, units, scores } = found;
  const count = Math.min(MOST, Math.max(FEWEST, Math.ceil(turns.length / 2)));
  const candidates = units
    .map((unit) => ({
      unit,
      words: unit.text.split(' ').length,
      chance: sigmoid(scores.values[unit.index * scores.width + KEY] ?? 0),
    }))
    .filter(({ words }) => words >= SHORTEST)
    .toSorted((a, b) => b.chance - a.chance || a.unit.index - b.unit.index)
    .slice(0, CANDIDATES)
    .map((candidate) => ({ ...candidate, stems: contentStems(candidate.unit.text) }));
  const facets = facetsOf(found);
  const lines: SummaryLine[] = [];
  const said = new Set<string>();
  const left = new Set(candidates);
  let words = 0;
  while (left.size > 0 && (lines.length < FEWEST || words < count * WORDS_PER_LINE * REACH)) {
    let best: (typeof candidates)[number] | undefined;
    let bestGain = -Infinity;
    for (const candidate of left) {
      let repeated = 0;
      for (const word of candidate.stems) if (said.has(word)) repeated++;
      const gain = candidate.chance * (1 - (REPETITION * repeated) / Math.max(1, candidate.stems.size));
      if (gain > bestGain) {
        best = candidate;
        bestGain = gain;
      }
    }
    if (!best) break;
    left.delete(best);
    for (const word of best.stems) said.add(word);
    words += best.words;
    const { unit } = best;
    lines.push({
      turn: unit.turn,
      start: unit.start,
      end: unit.end,
      facet: facets.get(unit.index) ?? 'point',
    });
  }
  return lines;
}

/** What each unit is there for, by the acts found in it. */
function facetsOf({ proposals, acts, questions }: Input): Map<number, string> {
  const facets = new Map<number, string>();
  const label: Partial<Record<Act['label'], string>> = {
    OPPOSE: 'objection',
    CONDITIONAL: 'objection',
    DECISION: 'outcome',
  };
  for (const act of acts) {
    const facet = label[act.label];
    if (facet && act.unit >= 0) facets.set(act.unit, facet);
  }
  for (const question of questions) if (question.status === 'open') facets.set(question.unit, 'open');
  for (const proposal of proposals) {
    const [unit] = proposal.units;
    if (unit !== undefined) facets.set(unit, proposal.head ? 'head' : 'counter');
  }
  return facets;
}
