// Questions people asked: open ones first, then those that got an answer.
import type { ReportQuestion } from '../../model/report.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { questionWord } from '../word.ts';
import { isOpen } from './debate-header.ts';
import { personName } from './person.ts';
import { quotation, source, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

function questionItem(view: DebateView, question: ReportQuestion): Html {
  const askedOf = question.askedOf ?? [];
  return html`<li id="${question.id}">
    <p>
      ${signed(questionWord[question.status])}
      ${quotation(view, question)}${
        askedOf.length > 0 &&
        html` <small
          >asked of
          ${joined(
            askedOf.map((id) => personName(view.debate, id)),
            ', ',
          )}</small
        >`
      }
    </p>
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

/** Open questions shown on the page of the whole debate; the rest is folded. */
const shownOpen = 6;

function items(view: DebateView, questions: readonly ReportQuestion[]): Html {
  return html`<ul class="questions">
    ${questions.map((question) => questionItem(view, question))}
  </ul>`;
}

function folded(view: DebateView, questions: readonly ReportQuestion[], title: string): Value {
  if (questions.length === 0) return false;
  return html`<details class="more">
    <summary>${title}</summary>
    ${items(view, questions)}
  </details>`;
}

/** @param all false: many open questions, and answered ones, are counted and folded */
export function questionList(view: DebateView, all: boolean): Html {
  const { questions } = view.debate.report;
  const open = questions.filter(isOpen);
  const closed = questions.filter((question) => !isOpen(question));
  const shown = all ? open : open.slice(0, shownOpen);
  const rest = open.slice(shown.length);
  return html`<section id="questions" aria-labelledby="questions-title">
    <h2 id="questions-title">Open questions</h2>
    ${open.length === 0 ? html`<p class="empty">No open question was found.</p>` : items(view, shown)}
    ${folded(view, rest, `${rest.length} more open`)}
    ${
      all
        ? closed.length > 0 && [html`<h2>Answered or moot</h2>`, items(view, closed)]
        : folded(view, closed, counted(closed.length, 'answered question'))
    }
  </section>`;
}
