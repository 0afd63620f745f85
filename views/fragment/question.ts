// Questions people asked: open ones first, the oldest on top, then those that got an answer.
import type { ReportQuestion } from '../../model/report.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { lastSecond } from '../debate.ts';
import { debatePath } from '../place.ts';
import { secondsOf } from '../time.ts';
import { questionWord } from '../word.ts';
import { isOpen } from './debate-header.ts';
import { personName } from './person.ts';
import { quotation, source, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

const secondsPerDay = 86_400;

/** How long the debate went on after the question; '' when unknown or less than a day. */
function age(view: DebateView, question: ReportQuestion, last: number): string {
  const asked = secondsOf(view.debate.message(question.messageId)?.date ?? '');
  const days = asked === 0 ? 0 : Math.floor((last - asked) / secondsPerDay);
  return days < 1 ? '' : `${counted(days, 'day')} without an answer`;
}

function questionItem(view: DebateView, question: ReportQuestion, last: number, anchored: boolean): Html {
  const askedOf = question.askedOf ?? [];
  const waited = question.status === 'open' ? age(view, question, last) : '';
  const names = joined(
    askedOf.map((id) => personName(view.debate, id)),
    ', ',
  );
  return html`<li${anchored && html` id="${question.id}"`}>
    <p>${signed(questionWord[question.status])} ${quotation(view, question)}</p>
    ${
      (askedOf.length > 0 || waited !== '') &&
      html`<p class="facts">
        ${askedOf.length > 0 && html`asked of ${names}`}${askedOf.length > 0 && waited !== '' && ' · '}${waited}
      </p>`
    }
    ${question.answeredBy.map((answer) =>
      answer.quote === undefined
        ? html`<p class="answer">
            <small>answer</small> ${source(view, { messageId: answer.messageId, quote: '' })}
          </p>`
        : html`<p class="answer">
            <small>answer</small> ${quotation(view, { ...answer, quote: answer.quote })}
          </p>`,
    )}
  </li>`;
}

/** Open questions shown on the page of the whole debate; the rest is folded, and counted when it is too much. */
const shownOpen = 5;
const foldedQuestions = 40;

/** @param anchored false on pages of many debates, where ids would meet */
export function questionItems(view: DebateView, questions: readonly ReportQuestion[], anchored = true): Html {
  const last = lastSecond(view.debate.report);
  return html`<ul class="questions">
    ${questions.map((question) => questionItem(view, question, last, anchored))}
  </ul>`;
}

function folded(view: DebateView, questions: readonly ReportQuestion[], title: string): Value {
  if (questions.length === 0) return false;
  const href = `${debatePath(view.debate.list, view.id, 'questions')}#questions`;
  if (questions.length > foldedQuestions) return html`<p><a href="${href}">${title}</a></p>`;
  return html`<details class="more">
    <summary>${title}</summary>
    ${questionItems(view, questions)}
  </details>`;
}

/** @param all false: many open questions, and answered ones, are counted and folded */
export function questionList(view: DebateView, all: boolean): Html {
  const { questions } = view.debate.report;
  const asked = (question: ReportQuestion): number => view.debate.number(question.messageId);
  const open = questions.filter(isOpen).toSorted((a, b) => asked(a) - asked(b));
  const closed = questions.filter((question) => !isOpen(question));
  const shown = all ? open : open.slice(0, shownOpen);
  const rest = open.slice(shown.length);
  return html`<section id="questions" aria-labelledby="questions-title">
    <h2 id="questions-title">Open questions</h2>
    ${open.length === 0 ? html`<p class="empty">No open question was found.</p>` : questionItems(view, shown)}
    ${folded(view, rest, `${rest.length} more open`)}
    ${
      all
        ? closed.length > 0 && [html`<h2>Answered or moot</h2>`, questionItems(view, closed)]
        : folded(view, closed, counted(closed.length, 'answered question'))
    }
  </section>`;
}
