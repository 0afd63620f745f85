// "In one minute": participants' own summaries first, then the sentences to read aloud to someone who missed it.
import { html, type Value } from '../html.ts';
import { personName } from './person.ts';
import { quotation, type DebateView } from './quote.ts';

export function minute(view: DebateView): Value {
  const { summary, ownSummaries = [] } = view.debate.report;
  const lines = summary.toSorted((a, b) => a.rank - b.rank);
  return html`<section id="minute" aria-labelledby="minute-title">
    <h2 id="minute-title">In one minute</h2>
    ${ownSummaries.map(
      (own) =>
        html`<div class="own-summary">
          <p>
            <small>${personName(view.debate, own.by)} sums up</small> ${quotation(view, own.evidence, false)}
          </p>
          ${own.disputedBy.map((dispute) => html`<p class="disputed"><small>disputed by ${personName(view.debate, dispute.by)}</small> ${quotation(view, dispute.evidence, false)}</p>`)}
        </div>`,
    )}
    ${
      lines.length > 0
        ? html`<ol class="minute">
            ${lines.map((line) => html`<li>${quotation(view, line)}</li>`)}
          </ol>`
        : ownSummaries.length === 0 &&
          html`<p class="empty">
            No sentence stands out. The <a href="#conversation">conversation</a> is short enough to read.
          </p>`
    }
  </section>`;
}
