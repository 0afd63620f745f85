// Trains what finds and names proposals: the opening sentence, further introductions, and words of names.
import { candidateRows } from '../feature/candidate.ts';
import { keywordRows, WordCensus } from '../feature/keyword.ts';
import { openingRows } from '../feature/opening.ts';
import type { NamedMatrix } from '../feature/column.ts';
import type { UnitScores } from '../finding.ts';
import { contentStems } from '../words.ts';
import type { ProposalModel } from '../weights/model.ts';
import { trainForest, type Group } from './forest.ts';
import type { GoldProposal } from './gold.ts';
import type { LabeledDebate, PlacedSegment } from './labeled.ts';
import { trainRanking, type Choice } from './softmax.ts';

/** A debate with its unit scores (held out, for training) and shapes. */
export interface ScoredDebate {
  readonly debate: LabeledDebate;
  readonly scores: UnitScores;
  readonly shape: NamedMatrix;
  readonly fold: number;
}

const SAME = 0.3;
const RAREST = 3;

/** The segment that introduces a gold proposal. */
export function introOf(debate: LabeledDebate, proposal: GoldProposal): PlacedSegment | undefined {
  return debate.segments.find(({ segment }) =>
    proposal.sid
      ? segment.sid === proposal.sid
      : segment.label === 'PROPOSAL' && segment.target === proposal.id,
  );
}

export function headOf(debate: LabeledDebate): GoldProposal | undefined {
  return debate.gold.proposals.find((proposal) => proposal.head) ?? debate.gold.proposals[0];
}

/** IoU of a unit and a gold segment in tokens. */
export function overlapOf(debate: LabeledDebate, unit: number, intro: PlacedSegment | undefined): number {
  const shared = intro?.overlaps.find((overlap) => overlap.unit === unit)?.tokens ?? 0;
  return shared === 0 ? 0 : shared / ((debate.tokens[unit] ?? 0) + (intro?.tokens ?? 0) - shared);
}

export function trainProposals(debates: readonly ScoredDebate[]): ProposalModel {
  const common = commonStems(debates);
  const opening = trainOpening(debates, common);
  const candidate = trainCandidates(debates);
  const keyword = trainKeywords(debates, common);
  return { ...opening, ...candidate, ...keyword, common };
}

/** Penalty on the opening model's weights; chosen by cross-validation, flat between 10 and 100. */
const OPENING_PENALTY = 30;

function trainOpening(
  debates: readonly ScoredDebate[],
  common: Readonly<Record<string, number>>,
): Pick<ProposalModel, 'opening'> {
  const choices: Choice[] = [];
  let columns: readonly string[] = [];
  for (const { debate, scores, shape } of debates) {
    const { candidates, matrix } = openingRows({ ...debate.found, scores }, shape, common);
    const head = headOf(debate);
    const intro = head && introOf(debate, head);
    const overlaps = candidates.map((unit) => overlapOf(debate, unit, intro));
    const right = overlaps.map((overlap) => (overlap >= SAME ? overlap : 0));
    const total = right.reduce((sum, overlap) => sum + overlap, 0);
    if (total === 0) continue;
    columns = matrix.names;
    const width = columns.length;
    choices.push({
      rows: candidates.map((_, row) => matrix.values.subarray(row * width, (row + 1) * width)),
      wanted: right.map((overlap) => overlap / total),
    });
  }
  return { opening: trainRanking(columns, choices, OPENING_PENALTY) };
}

function trainCandidates(
  debates: readonly ScoredDebate[],
): Pick<ProposalModel, 'candidate' | 'candidateThreshold'> {
  const groups = debates.map(({ debate, scores, shape, fold }): Group => {
    const intros = debate.gold.proposals.map((proposal) => ({ proposal, intro: introOf(debate, proposal) }));
    const head = headOf(debate);
    const headIntro = intros.find(({ proposal }) => proposal === head)?.intro;
    const headUnit = headIntro?.overlaps[0]?.unit ?? -1;
    const { candidates, matrix } = candidateRows({ ...debate.found, scores }, shape, headUnit);
    const labels = candidates.map((unit) =>
      intros.some(({ proposal, intro }) => proposal !== head && overlapOf(debate, unit, intro) >= SAME)
        ? 1
        : 0,
    );
    return { matrix, labels, fold };
  });
  const options = {
    trees: 80,
    depth: 3,
    rate: 0.08,
    columnShare: 0.3,
    rowShare: 0.7,
    lambda: 4,
    minHessian: 3,
  };
  const { forest, heldOut } = trainForest(groups, options);
  const targets = debates.reduce(
    (sum, { debate }) => sum + debate.gold.proposals.length - 1 + debate.gold.axes.length,
    0,
  );
  // F1 over all targets: head proposals are printed anyway and count as found at the rate they usually are
  const odds = heldOut.flatMap((scores, g) =>
    [...scores].map((score, row) => ({ score, hit: groups[g]?.labels[row] ?? 0 })),
  );
  odds.sort((a, b) => b.score - a.score);
  const heads = debates.length;
  let hits = 0.75 * heads;
  let best = 0;
  let threshold = 0;
  odds.forEach(({ score, hit }, k) => {
    hits += hit;
    const f1 = (2 * hits) / (heads + k + 1 + targets + heads);
    if (f1 > best) {
      best = f1;
      threshold = score;
    }
  });
  return { candidate: forest, candidateThreshold: threshold };
}

/** Share of debates that use a stem, for stems of at least three. */
function commonStems(debates: readonly ScoredDebate[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { debate } of debates) {
    const own = new Set(debate.found.units.flatMap((unit) => [...contentStems(unit.text)]));
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const kept = [...counts].filter(([, count]) => count >= RAREST).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    kept.map(([word, count]) => [word, Math.round((1000 * count) / debates.length) / 1000]),
  );
}

function trainKeywords(
  debates: readonly ScoredDebate[],
  common: Readonly<Record<string, number>>,
): Pick<ProposalModel, 'keyword' | 'nameLength'> {
  const groups: Group[] = [];
  let words = 0;
  for (const { debate, fold } of debates) {
    const { turns, units, root } = debate.found;
    const census = new WordCensus(turns, units);
    const head = headOf(debate);
    for (const proposal of debate.gold.proposals) {
      const intro = introOf(debate, proposal);
      const widest = intro?.overlaps.toSorted((a, b) => b.tokens - a.tokens)[0];
      const unit = units[widest?.unit ?? -1];
      if (!unit) continue;
      const subject = proposal === head ? (turns[root]?.subject.base ?? '') : '';
      const { candidates, matrix } = keywordRows(
        turns,
        units,
        unit,
        subject,
        proposal === head,
        census,
        common,
      );
      const wanted = contentStems([proposal.title, ...(proposal.keywords ?? [])].join(' '));
      words += wanted.size;
      groups.push({
        matrix,
        labels: candidates.map((candidate) => (wanted.has(candidate.stem) ? 1 : 0)),
        fold,
      });
    }
  }
  const options = {
    trees: 60,
    depth: 4,
    rate: 0.1,
    columnShare: 0.6,
    rowShare: 0.7,
    lambda: 3,
    minHessian: 3,
  };
  return { keyword: trainForest(groups, options).forest, nameLength: words / Math.max(1, groups.length) };
}
