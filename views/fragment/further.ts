// Sections that only some debates have: camps, concerns, things to do, who is silent. Each prints nothing when empty.
import type { ReportConcern } from '../../model/report.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { secondsOf, utcDay } from '../time.ts';
import type { Word } from '../word.ts';
import { personName } from './person.ts';
import { messageNumber, quotation, quotations, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

export function campList(view: DebateView): Value {
  const { camps = [] } = view.debate.report;
  if (camps.length === 0) return false;
  return html`<section id="camps" aria-labelledby="camps-title">
    <h2 id="camps-title">Camps</h2>
    <ul class="camps">
      ${camps.map(
        (camp) =>
          html`<li>
            <h3><bdi>${camp.label}</bdi></h3>
            <p class="facts">
              ${joined(
                camp.members.map((id) => personName(view.debate, id)),
                ' · ',
              )}
            </p>
            ${camp.reason !== undefined && html`<p class="evidence">${quotation(view, camp.reason)}</p>`}
            ${camp.counter !== undefined && html`<p class="evidence"><small>counter</small> ${quotation(view, camp.counter)}</p>`}
          </li>`,
      )}
    </ul>
  </section>`;
}

const concernWord: Readonly<Record<ReportConcern['state'], Word>> = {
  raised: { sign: '!', word: 'raised, not answered', tone: 'question' },
  answered: { sign: '✓', word: 'answered', tone: 'neutral' },
  withdrawn: { sign: '↩', word: 'withdrawn', tone: 'neutral' },
  overruled: { sign: '×', word: 'overruled', tone: 'neutral' },
};

/** Concerns shown at once; the rest is folded. */
const shownConcerns = 6;

function concernItem(view: DebateView, concern: ReportConcern): Html {
  const [first, ...later] = concern.steps;
  const said = first?.evidence.quote.replace(/\s+/g, ' ').trim() ?? '';
  const titled = concern.title !== '' && !said.startsWith(concern.title.replace(/…$/, '').trim());
  return html`<li id="${concern.id}">
    <p class="stand">
      ${signed(concernWord[concern.state])} ${titled && html`<bdi>${concern.title}</bdi>`}
      <small
        >${personName(view.debate, concern.owner)}${
          concern.target !== undefined &&
          html`, on <a href="#${view.debate.target(concern.target)?.group ?? ''}">${concern.target}</a>`
        }</small
      >
    </p>
    ${first !== undefined && html`<p class="evidence">${quotation(view, first.evidence, false)}</p>`}
    ${later.map((step) => html`<p class="answer"><small>${step.state}</small> ${quotation(view, step.evidence)}</p>`)}
  </li>`;
}

/** Every concern with what became of it, those left standing first. */
export function concernList(view: DebateView): Value {
  const { concerns = [] } = view.debate.report;
  if (concerns.length === 0) return false;
  const sorted = concerns.toSorted((a, b) => Number(b.state === 'raised') - Number(a.state === 'raised'));
  const rest = sorted.slice(shownConcerns);
  const items = (some: readonly ReportConcern[]): Html =>
    html`<ul class="concerns">
      ${some.map((concern) => concernItem(view, concern))}
    </ul>`;
  return html`<section id="concerns" aria-labelledby="concerns-title">
    <h2 id="concerns-title">Concerns</h2>
    ${items(sorted.slice(0, shownConcerns))}${
      rest.length > 0 &&
      html`<details class="more">
        <summary>${counted(rest.length, 'more concern')}</summary>
        ${items(rest)}
      </details>`
    }
  </section>`;
}

export function actionList(view: DebateView): Value {
  const { actionItems = [] } = view.debate.report;
  if (actionItems.length === 0) return false;
  return html`<section id="actions" aria-labelledby="actions-title">
    <h2 id="actions-title">To do</h2>
    <ul class="plain">
      ${actionItems.map(
        (item) =>
          html`<li>
            ${item.owner !== undefined && html`${personName(view.debate, item.owner)} `}${quotation(view, item.evidence, item.owner === undefined)}
          </li>`,
      )}
    </ul>
  </section>`;
}

export function silenceList(view: DebateView): Value {
  const { silence = [] } = view.debate.report;
  if (silence.length === 0) return false;
  return html`<section id="silence" aria-labelledby="silence-title">
    <h2 id="silence-title">Silent</h2>
    <ul class="plain">
      ${silence.map((quiet) => {
        const since = utcDay(secondsOf(quiet.since));
        return html`<li>
          ${personName(view.debate, quiet.participant)}
          <small>${quiet.reason}${since !== '' && `, since ${since}`}</small>${
            quiet.messageId !== undefined && html` ${messageNumber(view, quiet.messageId)}`
          }
        </li>`;
      })}
    </ul>
  </section>`;
}

/** Reasons that are tied to no proposal; the others stand under theirs. */
export function looseReasons(view: DebateView): Value {
  const loose = (view.debate.report.rationale ?? []).filter(
    (reason) => !view.debate.report.proposals.some((proposal) => proposal.id === reason.target),
  );
  if (loose.length === 0) return false;
  return html`<section id="reasons" aria-labelledby="reasons-title">
    <h2 id="reasons-title">Reasons</h2>
    ${(['for', 'against'] as const).map((kind) => {
      const found = loose.filter((reason) => reason.kind === kind);
      return (
        found.length > 0 &&
        html`<h3 class="${kind === 'for' ? 'support' : 'oppose'}">
            ${kind} <small>${counted(found.length, 'reason')}</small>
          </h3>
          ${quotations(
            view,
            found.map((reason) => reason.evidence),
            3,
          )}`
      );
    })}
  </section>`;
}
