// What is proposed, by whom, what became of it, and the reasons given for and against.
import type { ReportProposal, ReportRationale } from '../../model/report.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { outcomeWord } from '../word.ts';
import { personName } from './person.ts';
import { quotation, quotations, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

function reasons(view: DebateView, kind: 'for' | 'against', all: readonly ReportRationale[]): Value {
  const found = all.filter((reason) => reason.kind === kind);
  if (found.length === 0) return false;
  return html`<details class="reasons">
    <summary>
      <span class="${kind === 'for' ? 'support' : 'oppose'}">${kind}</span>:
      ${counted(found.length, 'reason')}
    </summary>
    <ul>
      ${found.map(
        (reason) =>
          html`<li>
            ${quotation(view, reason.evidence)}${
              reason.restatements.length > 0 &&
              html` <small
                >said again ${counted(reason.restatements.length, 'time')}, by
                ${joined(
                  [...new Set(reason.restatements.map((again) => again.by))].map((by) =>
                    personName(view.debate, by),
                  ),
                  ', ',
                )}</small
              >`
            }
          </li>`,
      )}
    </ul>
  </details>`;
}

function proposalItem(view: DebateView, proposal: ReportProposal): Html {
  const { rationale = [] } = view.debate.report;
  const own = rationale.filter((reason) => reason.target === proposal.id);
  const links = (ids: readonly string[]): Value =>
    joined(
      ids.map((id) => html`<a href="#${id}">${id}</a>`),
      ', ',
    );
  const versions = (proposal.versions ?? []).map((version) => version.v);
  return html`<li id="${proposal.id}">
    <h3><span class="id">${proposal.id}</span> <bdi>${proposal.title}</bdi></h3>
    <p class="facts">
      ${signed(outcomeWord[proposal.outcome])} · by
      ${personName(view.debate, proposal.by)}${
        versions.length > 0 && ` · ${versions.join(', ')}`
      }${proposal.amends !== undefined && html` · amends ${links([proposal.amends])}`}${
        proposal.alternativeTo !== undefined &&
        proposal.alternativeTo.length > 0 &&
        html` · alternative to ${links(proposal.alternativeTo)}`
      }
    </p>
    ${quotations(view, proposal.evidence, 1, false)}
    ${reasons(view, 'for', own)}${reasons(view, 'against', own)}
  </li>`;
}

export function proposalList(view: DebateView): Html {
  const { proposals } = view.debate.report;
  return html`<section id="proposals" aria-labelledby="proposals-title">
    <h2 id="proposals-title">Proposals</h2>
    ${
      proposals.length === 0
        ? html`<p class="empty">
            No proposal was found. A report of something without a proposal is not a debate to take sides in.
          </p>`
        : html`<ol class="proposals">
            ${proposals.map((proposal) => proposalItem(view, proposal))}
          </ol>`
    }
  </section>`;
}
