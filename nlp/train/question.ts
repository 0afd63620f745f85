// Trains which sentences are genuine questions, which messages answer them and which stay open.
import { questionRows, withLinks } from '../feature/question.ts';
import type { QuestionModel } from '../weights/model.ts';
import { trainForest } from './forest.ts';
import type { ScoredDebate } from './proposal.ts';
import { overlapOf } from './proposal.ts';
import { bestCut } from './threshold.ts';

const SAME = 0.25;
const OPTIONS = {
  trees: 120,
  depth: 2,
  rate: 0.1,
  columnShare: 0.3,
  rowShare: 0.7,
  lambda: 4,
  minHessian: 3,
};

export function trainQuestions(debates: readonly ScoredDebate[]): QuestionModel {
  const sets = debates.map(({ debate, scores, shape, fold }) => {
    const rows = questionRows({ ...debate.found, scores, shape });
    const asked = debate.segments.filter(({ segment }) => segment.label === 'QUESTION');
    const golds = rows.candidates.map((unit) =>
      asked.find((intro) => overlapOf(debate, unit, intro) >= SAME),
    );
    const place = new Map(debate.found.turns.map((turn) => [turn.message.id, turn.index]));
    return {
      rows,
      fold,
      asked,
      detected: golds.map((gold) => (gold ? 1 : 0)),
      open: golds.map((gold) => (isOpen(gold?.segment.status) ? 1 : 0)),
      answered: rows.links.map(({ question, turn }) =>
        golds[question]?.segment.answeredBy?.some((answer) => place.get(answer.msg) === turn) ? 1 : 0,
      ),
    };
  });
  const link = trainForest(
    sets.map(({ rows, answered, fold }) => ({ matrix: rows.linkMatrix, labels: answered, fold })),
    OPTIONS,
  );
  const matrices = sets.map(({ rows }, index) => withLinks(rows, link.heldOut[index] ?? []));
  const on = (labels: (set: (typeof sets)[number]) => readonly number[]): ReturnType<typeof trainForest> =>
    trainForest(
      sets.map((set, index) => ({
        matrix: matrices[index] ?? set.rows.matrix,
        labels: labels(set),
        fold: set.fold,
      })),
      OPTIONS,
    );
  const detect = on(({ detected }) => detected);
  const open = on((set) => set.open);
  const answers = sets.reduce(
    (sum, { asked }) => sum + asked.reduce((own, { segment }) => own + (segment.answeredBy?.length ?? 0), 0),
    0,
  );
  const questions = sets.reduce((sum, { asked }) => sum + asked.length, 0);
  const left = sets.reduce(
    (sum, { asked }) => sum + asked.filter(({ segment }) => isOpen(segment.status)).length,
    0,
  );
  const cuts = tuneCuts(
    sets.flatMap((set, index) =>
      set.detected.map((hit, row) => ({
        hit,
        open: set.open[row] ?? 0,
        detect: detect.heldOut[index]?.[row] ?? -9,
        opened: open.heldOut[index]?.[row] ?? -9,
      })),
    ),
    questions,
    left,
  );
  return {
    link: link.forest,
    linkThreshold: bestCut(
      link.heldOut,
      sets.map(({ answered }) => answered),
      answers,
    ),
    detect: detect.forest,
    detectThreshold: cuts.detect,
    open: open.forest,
    openThreshold: cuts.open,
  };
}

interface Scored {
  readonly hit: number;
  readonly open: number;
  readonly detect: number;
  readonly opened: number;
}

/** The two cuts with the best sum of F1 over questions and F1 over open questions; an open question is printed as one. */
function tuneCuts(
  rows: readonly Scored[],
  questions: number,
  left: number,
): { readonly detect: number; readonly open: number } {
  let best = 0;
  let cuts = { detect: 0, open: 0 };
  for (let detect = -2; detect <= 1; detect += 0.1) {
    const printed = rows.filter((row) => row.detect >= detect);
    const hits = printed.reduce((sum, { hit }) => sum + hit, 0);
    const whole = (2 * hits) / Math.max(1, printed.length + questions);
    for (let opened = -3; opened <= 1; opened += 0.1) {
      const open = printed.filter((row) => row.opened >= opened);
      const found = open.reduce((sum, row) => sum + row.open, 0);
      const sum = whole + (2 * found) / Math.max(1, open.length + left);
      if (sum > best) {
        best = sum;
        cuts = { detect, open: opened };
      }
    }
  }
  return cuts;
}

function isOpen(status: string | undefined): boolean {
  return status === 'open' || status === 'partial';
}
