// What is proposed, by whom, what became of it, and the reasons given for and against.
import type { ReportProposal, ReportRationale } from '../../model/report.ts';
import { isClear } from '../../model/side.ts';
import { shortTitle } from '../debate.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { outcomeWord } from '../word.ts';
import { leadingProposals } from './matrix.ts';
import { personName } from './person.ts';
import { quotation, quotations, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

const longestTitle = 160;

function restatements(view: DebateView, reason: ReportRationale): Value {
  const again = reason.restatements;
  if (again.length === 0) return false;
  const who = [...new Set(again.map(({ by }) => by))].map((by) => personName(view.debate, by));
  return html`<details class="more">
    <summary>said again ${counted(again.length, 'time')}, by ${joined(who, ', ')}</summary>
    ${again.map(({ evidence }) => html`<p class="evidence">${quotation(view, evidence)}</p>`)}
  </details>`;
}

/** Reasons of one kind, folded; nothing when there are none. */
export function reasons(view: DebateView, kind: 'for' | 'against', all: readonly ReportRationale[]): Value {
  const found = all.filter((reason) => reason.kind === kind);
  if (found.length === 0) return false;
  return html`<details class="reasons">
    <summary>
      <span class="${kind === 'for' ? 'support' : 'oppose'}">${kind}</span>: ${counted(found.length, 'reason')}
    </summary>
    <ul>
      ${found.map((reason) => html`<li>${quotation(view, reason.evidence)}${restatements(view, reason)}</li>`)}
    </ul>
  </details>`;
}

function proposalItem(view: DebateView, proposal: ReportProposal, own: readonly ReportRationale[]): Html {
  const links = (ids: readonly string[]): Value =>
    joined(
      ids.map((id) => html`<a href="#${id}">${id}</a>`),
      ', ',
    );
  const versions = (proposal.versions ?? []).map((version) => version.v);
  const title = shortTitle(proposal.title, longestTitle);
  return html`<li id="${proposal.id}">
    <h3 ${title !== proposal.title && html` title="${proposal.title}"`}>
      <span class="id">${proposal.id}</span> <bdi>${title}</bdi>
    </h3>
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
  const { proposals, rationale = [], stances } = view.debate.report;
  const byTarget = new Map<string, ReportRationale[]>();
  for (const reason of rationale) {
    const own = byTarget.get(reason.target ?? '');
    if (own) own.push(reason);
    else byTarget.set(reason.target ?? '', [reason]);
  }
  const counts = new Map<string, number>();
  for (const { target, ...stance } of stances)
    if (isClear(stance)) counts.set(target, (counts.get(target) ?? 0) + 1);
  const { shown, rest } = leadingProposals(proposals, counts);
  const items = (some: readonly ReportProposal[]): Html =>
    html`<ol class="proposals">
      ${some.map((proposal) => proposalItem(view, proposal, byTarget.get(proposal.id) ?? []))}
    </ol>`;
  return html`<section id="proposals" aria-labelledby="proposals-title">
    <h2 id="proposals-title">Proposals</h2>
    ${
      proposals.length === 0
        ? html`<p class="empty">
            No proposal was found. A report of something without a proposal is not a debate to take sides in.
          </p>`
        : items(shown)
    }
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${counted(rest.length, 'further proposal')}</summary>
        ${items(rest)}
      </details>`
    }
  </section>`;
}
