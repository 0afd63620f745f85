// Questions people asked: open ones first, then those that got an answer.
import type { ReportQuestion } from '../../model/report.ts';
import { counted, html, joined, type Html } from '../html.ts';
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

/** @param all false: answered questions are counted and folded */
export function questionList(view: DebateView, all: boolean): Html {
  const { questions } = view.debate.report;
  const open = questions.filter(isOpen);
  const closed = questions.filter((question) => !isOpen(question));
  const closedList = html`<ul class="questions">
    ${closed.map((question) => questionItem(view, question))}
  </ul>`;
  return html`<section id="questions" aria-labelledby="questions-title">
    <h2 id="questions-title">Open questions</h2>
    ${
      open.length === 0
        ? html`<p class="empty">No open question was found.</p>`
        : html`<ul class="questions">
            ${open.map((question) => questionItem(view, question))}
          </ul>`
    }
    ${
      closed.length > 0 &&
      (all
        ? html`<h2>Answered or moot</h2>
            ${closedList}`
        : html`<details class="more">
            <summary>${counted(closed.length, 'answered question')}</summary>
            ${closedList}
          </details>`)
    }
  </section>`;
}
