// "In one minute": participants' own summaries first, then the sentences to read aloud to someone who missed it.
import type { ReportSummaryLine } from '../../model/report.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { personName } from './person.ts';
import { quotation, type DebateView } from './quote.ts';

/** Lines shown at once; more take longer than a minute. */
const shownLines = 6;

/** What a line covers, where the report says so. */
const facetWord: Readonly<Record<string, string>> = {
  head: 'proposed',
  objection: 'objection',
  counter: 'answer',
  outcome: 'outcome',
  open: 'left open',
};

function lineItem(view: DebateView, line: ReportSummaryLine): Html {
  const facet = facetWord[line.facet ?? ''];
  return html`<li>${facet !== undefined && html`<small class="facet">${facet}</small> `}${quotation(view, line)}</li>`;
}

export function minute(view: DebateView): Value {
  const { summary, ownSummaries = [] } = view.debate.report;
  const lines = summary.toSorted((a, b) => a.rank - b.rank);
  const rest = lines.slice(shownLines);
  return html`<section id="minute" aria-labelledby="minute-title">
    <h2 id="minute-title">In one minute</h2>
    ${ownSummaries.map(
      (own) =>
        html`<div class="own-summary">
          <p><small>${personName(view.debate, own.by)} sums up</small></p>
          <p>${quotation(view, own.evidence, false)}</p>
          ${own.disputedBy.map((dispute) => html`<p class="disputed"><small>disputed by ${personName(view.debate, dispute.by)}</small> ${quotation(view, dispute.evidence, false)}</p>`)}
        </div>`,
    )}
    ${
      lines.length > 0
        ? html`<ol class="minute">
            ${lines.slice(0, shownLines).map((line) => lineItem(view, line))}
          </ol>`
        : ownSummaries.length === 0 &&
          html`<p class="empty">
            No sentence stands out. The <a href="#conversation">conversation</a> is short enough to read.
          </p>`
    }
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${counted(rest.length, 'more line')}</summary>
        <ol class="minute" start="${shownLines + 1}">
          ${rest.map((line) => lineItem(view, line))}
        </ol>
      </details>`
    }
  </section>`;
}
