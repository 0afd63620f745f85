// Genuine questions, who is asked, and what became of them: answered, in part, or open.
import type { QuestionKind } from '../../model/report.ts';
import { questionRows, withLinks, type AnswerLink } from '../feature/question.ts';
import type { Findings, Question, Quotation, Turn, Unit } from '../finding.ts';
import { forestScores } from '../weights/forest.ts';
import type { QuestionModel } from '../weights/model.ts';
import { sigmoid } from '../weights/tree.ts';
import { defineStage } from './stage.ts';

const MOST_ANSWERS = 3;
const DECISION_REQUEST =
  /\b(?:can|could|may|shall|should|will|would|any (?:chance|objections?)|ok(?:ay)?|fine|mind) .{0,60}\b(?:appl(?:y|ied)|merged?|pick(?:ed)?|take|taken|queued?|pull(?:ed)?|ack|go ahead|agree|accept(?:able|ed)?|objections?)\b/i;
const CONFIRMATION =
  /^(?:and |but |so |ok,? )?(?:is|are|was|were|do|does|did|isn't|aren't|don't|doesn't|didn't|right|correct)\b|\b(?:right|correct|isn't it|no|yes)\s?\?/i;
const NOT_STARTED =
  /\b(?:not sure|don't know|no idea|good question|will check|have to check|let me check)\b/i;

export const questionStage = defineStage({
  name: 'question',
  requires: ['turns', 'speakers', 'root', 'units', 'cues', 'shape', 'scores'],
  assigns: ['questions'],
  run(found, { models }) {
    return { questions: findQuestions(found, models.question) };
  },
});

type Input = Pick<Findings, 'turns' | 'speakers' | 'root' | 'units' | 'cues' | 'shape' | 'scores'>;

function findQuestions(found: Input, model: QuestionModel): Question[] {
  const { turns, units } = found;
  const rows = questionRows(found);
  const linkScores = forestScores(model.link, rows.linkMatrix);
  const matrix = withLinks(rows, linkScores);
  const detected = forestScores(model.detect, matrix);
  const opened = forestScores(model.open, matrix);
  const linksOf: { link: AnswerLink; score: number }[][] = rows.candidates.map(() => []);
  rows.links.forEach((link, k) => linksOf[link.question]?.push({ link, score: linkScores[k] ?? -9 }));
  const questions: Question[] = [];
  rows.candidates.forEach((index, row) => {
    const unit = units[index];
    const turn = turns[unit?.turn ?? -1];
    const open = (opened[row] ?? -9) >= model.openThreshold;
    if (!unit || !turn || (detected[row] ?? -9) < model.detectThreshold) return;
    const ranked = (linksOf[row] ?? []).toSorted((a, b) => b.score - a.score || a.link.turn - b.link.turn);
    const sure = ranked.filter(({ score }) => score >= model.linkThreshold).slice(0, MOST_ANSWERS);
    // a question that is not open has its likeliest answer, even an unsure one
    const kept = sure.length === 0 && !open ? ranked.slice(0, 1) : sure;
    const answers = kept
      .toSorted((a, b) => a.link.turn - b.link.turn)
      .flatMap(({ link }) => quotationOf(units[link.unit], 'model:answer'));
    const unsure =
      answers.length > 0 &&
      answers.every(({ turn: at, start, end }) =>
        NOT_STARTED.test(turns[at]?.message.body.slice(start, end) ?? ''),
      );
    questions.push({
      id: `Q${questions.length + 1}`,
      turn: unit.turn,
      start: unit.start,
      end: unit.end,
      unit: index,
      kind: kindOf(unit),
      status:
        open || unsure ? (answers.length > 0 ? 'partial' : 'open') : answers.length > 0 ? 'answered' : 'open',
      askedBy: turn.author,
      askedOf: askedOf(unit, turn, found),
      answers,
      confidence: sigmoid(detected[row] ?? 0),
    });
  });
  return questions;
}

function kindOf(unit: Unit): QuestionKind {
  if (DECISION_REQUEST.test(unit.text)) return 'decision-request';
  return CONFIRMATION.test(unit.text) ? 'confirmation' : 'information';
}

/** People named in the question by a first or full name, else the person whose words it answers. */
function askedOf(unit: Unit, turn: Turn, { turns, speakers }: Input): string[] {
  const words = new Set(unit.text.split(/[^\p{L}\p{N}]+/u));
  const named = speakers.filter((speaker) => {
    const first = speaker.name.split(' ')[0] ?? '';
    return speaker.id !== turn.author && first.length >= 3 && words.has(first);
  });
  if (named.length > 0) return named.map((speaker) => speaker.id);
  const answered = unit.answersAuthor || (turns[turn.parent]?.author ?? '');
  return answered !== '' && answered !== turn.author ? [answered] : [];
}

function quotationOf(unit: Unit | undefined, reason: string): Quotation[] {
  return unit ? [{ turn: unit.turn, start: unit.start, end: unit.end, reason }] : [];
}
