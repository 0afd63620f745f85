// Proposals: the head, which the debate was opened for, and others that people voice on the way.
import { candidateRows } from '../feature/candidate.ts';
import { WordCensus } from '../feature/keyword.ts';
import { openingRows } from '../feature/opening.ts';
import type { Findings, Proposal, Turn, Unit } from '../finding.ts';
import { nameProposal } from '../naming.ts';
import { titleOfSubject } from '../title.ts';
import { forestScores } from '../weights/forest.ts';
import { linearRows } from '../weights/softmax.ts';
import type { ProposalModel } from '../weights/model.ts';
import { sigmoid } from '../weights/tree.ts';
import { defineStage } from './stage.ts';

const MOST_PROPOSALS = 20;
const RIVAL = /\b(?:instead|rather|alternative(?:ly)?|why not|better to|prefer)\b/i;

export const proposalStage = defineStage({
  name: 'proposal',
  requires: ['turns', 'root', 'units', 'shape', 'scores'],
  assigns: ['proposals'],
  run(found, { models }) {
    return { proposals: findProposals(found, models.proposal) };
  },
});

type Input = Pick<Findings, 'turns' | 'root' | 'units' | 'shape' | 'scores'>;

function findProposals(found: Input, model: ProposalModel): Proposal[] {
  const { turns, units, root, shape } = found;
  // without the opening message its first answer still tells the subject, but not who proposed it
  const opening = turns[root] ?? turns[0];
  if (!opening) return [];
  const census = new WordCensus(turns, units);
  const proposals: Proposal[] = [];
  const name = (unit: Unit, subject: string): { title: string; keywords: readonly string[] } =>
    nameProposal(turns, units, unit, subject, opening.subject.patch, model, census);

  const { candidates, matrix } = openingRows(found, shape, model.common);
  const odds = linearRows(model.opening, matrix).map(([score]) => score ?? 0);
  const best = odds.indexOf(Math.max(...odds));
  const unit = units[candidates[best] ?? -1];
  proposals.push({
    ...BLANK,
    id: 'P1',
    by: root < 0 ? '' : (unit && turns[unit.turn]?.author) || opening.author,
    head: true,
    versions: versionsOf(turns, opening),
    ...(unit
      ? {
          ...name(unit, opening.subject.base || ' '),
          units: [unit.index],
          evidence: [quotationOf(unit, 'model:opening')],
        }
      : { title: titleOfSubject(opening.subject.base) || '(no subject)', keywords: [] }),
    chance: 1,
  });

  const others = candidateRows(found, shape, unit?.index ?? -1);
  const chances = forestScores(model.candidate, others.matrix);
  const kept = others.candidates
    .map((index, row) => ({ index, odds: chances[row] ?? -9 }))
    .filter(({ odds: own }) => own >= model.candidateThreshold)
    .toSorted((a, b) => b.odds - a.odds)
    .slice(0, MOST_PROPOSALS)
    .toSorted((a, b) => a.index - b.index);
  for (const { index, odds: own } of kept) {
    const voiced = units[index];
    if (!voiced) continue;
    proposals.push({
      ...BLANK,
      ...name(voiced, ''),
      id: `P${proposals.length + 1}`,
      by: turns[voiced.turn]?.author ?? '',
      alternativeTo: RIVAL.test(voiced.text) ? ['P1'] : [],
      amends: RIVAL.test(voiced.text) ? '' : 'P1',
      evidence: [quotationOf(voiced, 'model:intro')],
      units: [index],
      chance: sigmoid(own),
    });
  }
  return proposals;
}

const BLANK = {
  head: false,
  versions: [],
  alternativeTo: [],
  amends: '',
  outcome: 'open',
  evidence: [],
  units: [],
} as const;

function quotationOf(unit: Unit, reason: string): Proposal['evidence'][number] {
  return { turn: unit.turn, start: unit.start, end: unit.end, reason };
}

/** Versions of a patch posted in the debate, in order. */
function versionsOf(turns: readonly Turn[], opening: Turn): Proposal['versions'] {
  if (!opening.subject.patch) return [];
  const seen = new Map<string, number>();
  for (const { index, subject } of turns) {
    const v = `v${subject.version}`;
    if (subject.patch && !subject.reply && !seen.has(v)) seen.set(v, index);
  }
  if (seen.size === 0) seen.set(`v${opening.subject.version}`, opening.index);
  return [...seen].map(([v, turn]) => ({ v, turn }));
}
