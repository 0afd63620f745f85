// Words that name a proposal: the set with the best expected overlap with how people would name it.
import type { Turn, Unit } from './finding.ts';
import { keywordRows, type WordCensus } from './feature/keyword.ts';
import { titleOfSentence, titleOfSubject, shaped } from './title.ts';
import { forestScores } from './weights/forest.ts';
import type { ProposalModel } from './weights/model.ts';
import { sigmoid } from './weights/tree.ts';

export interface Name {
  readonly title: string;
  readonly keywords: readonly string[];
}

const MOST_KEYWORDS = 12;

/** Title and keywords of the proposal that `unit` introduces. `subject` is '' unless it is the head proposal. */
export function nameProposal(
  turns: readonly Turn[],
  units: readonly Unit[],
  unit: Unit,
  subject: string,
  patch: boolean,
  model: Pick<ProposalModel, 'keyword' | 'common' | 'nameLength'>,
  census: WordCensus,
): Name {
  const head = subject !== '';
  const { candidates, matrix } = keywordRows(turns, units, unit, subject, head, census, model.common);
  const chance = [...forestScores(model.keyword, matrix)].map(sigmoid);
  const order = [...chance.keys()].toSorted((a, b) => (chance[b] ?? 0) - (chance[a] ?? 0) || a - b);
  let sum = 0;
  let best = 0;
  let count = 0;
  order.slice(0, MOST_KEYWORDS).forEach((index, k) => {
    sum += chance[index] ?? 0;
    const expected = (2 * sum) / (k + 1 + model.nameLength);
    if (expected > best) {
      best = expected;
      count = k + 1;
    }
  });
  const keywords = order.slice(0, count).map((index) => candidates[index]?.form ?? '');
  const spoken = titleOfSentence(unit.text);
  const title = head && (patch || spoken === '') ? titleOfSubject(subject) : spoken;
  return { title: title || shaped(unit.text) || unit.text.slice(0, 80), keywords };
}
