// What was decided, by whom, stated or inferred. Heads are not counted here.
import type { ReportDecision } from '../../model/report.ts';
import { html, type Html } from '../html.ts';
import { debatePath } from '../place.ts';
import { decisionWord } from '../word.ts';
import { personName } from './person.ts';
import { quotations, type DebateView } from './quote.ts';

/** @param anchored false on pages of many debates, where ids would meet */
export function decisionItem(view: DebateView, decision: ReportDecision, anchored = true): Html {
  const target = view.debate.target(decision.target);
  const basis = decision.basis ?? 'stated';
  const path = anchored ? '' : debatePath(view.debate.list, view.id, 'positions');
  return html`<li${anchored && html` id="${decision.id}"`} class="${basis}">
    <p class="stand">
      <span class="decision"
        ><span class="sign" aria-hidden="true">§</span> ${decisionWord[decision.kind]}</span
      >${
        target !== undefined &&
        html` <a href="${path}#${target.group}">${target.id}</a> <bdi>${target.title}</bdi>`
      }${decision.by !== undefined && html` by ${personName(view.debate, decision.by)}`}
      <small
        >${basis}${decision.entitled === true && ', entitled'}${decision.entitled === false && ', not known to be entitled'}${
          decision.contested === true && ', contested'
        }${decision.external === true && ', taken elsewhere'}</small
      >
    </p>
    ${quotations(view, decision.evidence, 2)}
  </li>`;
}

export function decisionList(view: DebateView): Html {
  const { decisions } = view.debate.report;
  return html`<section id="decisions" aria-labelledby="decisions-title">
    <h2 id="decisions-title">Decisions</h2>
    ${
      decisions.length === 0
        ? html`<p class="empty">No decision is stated in these messages.</p>`
        : html`<ul class="decisions">
            ${decisions.map((decision) => decisionItem(view, decision))}
          </ul>`
    }
  </section>`;
}
