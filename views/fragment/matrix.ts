// Where they stand: people by proposals as one real table. On a phone the list of positions below takes its place.
import type { ReportParticipant, ReportProposal } from '../../model/report.ts';
import { html, type Html, type Value } from '../html.ts';
import { stanceWord, yieldedSign } from '../word.ts';
import { personName } from './person.ts';
import type { DebateView } from './quote.ts';
import { stanceSign } from './sign.ts';

/** Anchor of a person's position on a target, in the list of positions. */
export function positionAnchor(participant: string, target: string): string {
  return `${participant}-${target}`;
}

function row(view: DebateView, person: ReportParticipant, proposals: readonly ReportProposal[]): Html {
  const { stances } = view.debate.report;
  return html`<tr role="row">
    <th scope="row" role="rowheader">${personName(view.debate, person.id)}</th>
    ${proposals.map((proposal) => {
      const stance = stances.find((each) => each.participant === person.id && each.target === proposal.id);
      return stance === undefined
        ? html`<td class="none" role="cell">
            <span aria-hidden="true">·</span><span class="unseen">says nothing</span>
          </td>`
        : html`<td role="cell" data-target="${proposal.id}"><a href="#${positionAnchor(person.id, proposal.id)}">${stanceSign(stance)}</a></td>`;
    })}
  </tr>`;
}

export function matrix(view: DebateView): Value {
  const { report } = view.debate;
  const proposals = report.proposals.filter((proposal) =>
    report.stances.some((stance) => stance.target === proposal.id),
  );
  const people = report.participants.filter((person) =>
    report.stances.some(
      (stance) =>
        stance.participant === person.id && proposals.some((proposal) => proposal.id === stance.target),
    ),
  );
  if (people.length === 0) return false;
  const legend = Object.values(stanceWord).map(
    ({ sign, word, tone }) =>
      html`<span><span class="${tone}" aria-hidden="true">${sign}</span> ${word}</span> `,
  );
  return html`<div class="matrix" tabindex="0" role="region" aria-label="Positions, people by proposals">
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            <td role="cell"></td>
            ${proposals.map(
              (proposal) =>
                html`<th scope="col" role="columnheader">
                  <a href="#${proposal.id}" title="${proposal.title}">${proposal.id}</a>
                </th>`,
            )}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${people.map((person) => row(view, person, proposals))}
        </tbody>
      </table>
    </div>
    <p class="legend">${legend}<span>${yieldedSign} yielded</span></p>`;
}
