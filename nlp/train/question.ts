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
  return {
    link: link.forest,
    linkThreshold: bestCut(
      link.heldOut,
      sets.map(({ answered }) => answered),
      answers,
    ),
    detect: detect.forest,
    detectThreshold: bestCut(
      detect.heldOut,
      sets.map(({ detected }) => detected),
      questions,
    ),
    open: open.forest,
    openThreshold: bestCut(
      open.heldOut,
      sets.map((set) => set.open),
      left,
    ),
  };
}

function isOpen(status: string | undefined): boolean {
  return status === 'open' || status === 'partial';
}
