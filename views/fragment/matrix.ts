// Where they stand: people by proposals as one real table; on a phone the style sheet makes it a list of people.
// Only what is clear counts as a position; who has none is named below.
import type { ReportParticipant, ReportProposal, ReportStance } from '../../model/report.ts';
import type { Role } from '../../model/person.ts';
import { isClear } from '../../model/side.ts';
import { shortTitle } from '../debate.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { stanceWord, yieldedSign } from '../word.ts';
import { personName } from './person.ts';
import type { DebateView } from './quote.ts';
import { stanceSign } from './sign.ts';
import { lastMove, trailLink } from './trail.ts';

/** Proposals and people shown at once; the rest is folded. */
const shownProposals = 6;
const shownPeople = 14;
const longestHead = 44;

/** Maintainers speak first, for it is them that others look for. */
const roleRank: Readonly<Record<Role, number>> = {
  maintainer: 0,
  reviewer: 1,
  developer: 2,
  user: 3,
  unknown: 4,
  bot: 5,
};

function cell(view: DebateView, person: ReportParticipant, proposal: ReportProposal): Html {
  const stance = view.debate.stance(person.id, proposal.id);
  if (stance === undefined)
    return html`<td class="none" role="cell"><span class="unseen">says nothing</span></td>`;
  const named = `${proposal.id} ${shortTitle(proposal.title, longestHead)}`;
  if (!isClear(stance)) {
    const dot = html`<span aria-hidden="true" title="unclear">·</span><span class="unseen">unclear</span>`;
    return html`<td class="none" role="cell">${trailLink(view, stance, dot)}</td>`;
  }
  const move = lastMove(stance);
  const inner = html`${stanceSign(stance)}${move !== '' && html`<small>${move}</small>`}`;
  return html`<td role="cell">${trailLink(view, stance, inner, named)}</td>`;
}

function table(
  view: DebateView,
  people: readonly ReportParticipant[],
  proposals: readonly ReportProposal[],
  label: string,
): Html {
  return html`<div class="matrix" tabindex="0" role="region" aria-label="${label}">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          <td role="cell"></td>
          ${proposals.map(
            (proposal) =>
              html`<th scope="col" role="columnheader">
                <a href="#${proposal.id}" title="${proposal.title}"
                  ><span class="id">${proposal.id}</span> <bdi>${shortTitle(proposal.title, longestHead)}</bdi></a
                >
              </th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${people.map(
          (person) =>
            html`<tr role="row">
              <th scope="row" role="rowheader">${personName(view.debate, person.id)}</th>
              ${proposals.map((proposal) => cell(view, person, proposal))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** How many people take a clear position on each target. */
function clearCounts(stances: readonly ReportStance[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const stance of stances)
    if (isClear(stance)) counts.set(stance.target, (counts.get(stance.target) ?? 0) + 1);
  return counts;
}

/** Those most people take a position on, the head first; both parts in the report's order. */
export function leadingProposals(
  proposals: readonly ReportProposal[],
  counts: ReadonlyMap<string, number>,
): { readonly shown: readonly ReportProposal[]; readonly rest: readonly ReportProposal[] } {
  const weight = ({ id, head }: ReportProposal): number => (head === true ? Infinity : (counts.get(id) ?? 0));
  const leading = new Set(proposals.toSorted((a, b) => weight(b) - weight(a)).slice(0, shownProposals));
  return {
    shown: proposals.filter((proposal) => leading.has(proposal)),
    rest: proposals.filter((proposal) => !leading.has(proposal)),
  };
}

function peopleTables(
  view: DebateView,
  people: readonly ReportParticipant[],
  proposals: readonly ReportProposal[],
  label: string,
): Value {
  const rest = people.slice(shownPeople);
  return [
    table(view, people.slice(0, shownPeople), proposals, label),
    rest.length > 0 &&
      html`<details class="more">
        <summary>${counted(rest.length, 'more person', 'more people')}</summary>
        ${table(view, rest, proposals, `${label}, more people`)}
      </details>`,
  ];
}

/** A table, or a line that says why there is none. */
export function matrix(view: DebateView): Value {
  const { participants, proposals, stances } = view.debate.report;
  const counts = clearCounts(stances);
  const spoken = proposals.filter(({ id }) => counts.has(id));
  const clearly = (person: ReportParticipant): number =>
    spoken.filter(({ id }) => {
      const stance = view.debate.stance(person.id, id);
      return stance !== undefined && isClear(stance);
    }).length;
  const weights = new Map(participants.map((person) => [person, clearly(person)]));
  const people = participants
    .filter((person) => (weights.get(person) ?? 0) > 0)
    .toSorted((a, b) => roleRank[a.role] - roleRank[b.role] || (weights.get(b) ?? 0) - (weights.get(a) ?? 0));
  if (people.length === 0) {
    return html`<p class="empty">
      ${
        stances.length === 0
          ? 'Nobody takes a position that could be told with evidence.'
          : html`No position on a proposal is clear.
              <a href="#positions">${counted(stances.length, 'unclear reading')}</a> stand below, with their
              sentences.`
      }
    </p>`;
  }
  const { shown, rest } = leadingProposals(spoken, counts);
  const unplaced = participants.filter(
    (person) => !people.includes(person) && view.debate.stancesOf(person.id).length > 0,
  );
  const legend = Object.values(stanceWord).map(
    ({ sign, word, tone }) =>
      html`<span><span class="${tone}" aria-hidden="true">${sign}</span> ${word}</span> `,
  );
  return html`${peopleTables(view, people, shown, 'Positions, people by proposals')}
    ${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${counted(rest.length, 'more proposal')} with positions</summary>
        ${peopleTables(view, people, rest, 'Positions on further proposals')}
      </details>`
    }
    <p class="legend">
      ${legend}<span>${yieldedSign} yielded</span> <span>· unclear</span> <span>A sign opens its sentences.</span>
    </p>
    ${
      unplaced.length > 0 &&
      html`<p class="note">
        No clear position:
        ${joined(
          unplaced.map(
            (person) => html`<a class="quiet" href="#who-${person.id}"><bdi>${person.name}</bdi></a>`,
          ),
          ', ',
        )}.
      </p>`
    }
    <div id="trail" class="trail-panel" aria-live="polite"></div>`;
}
