// Every position with the person's own words, oldest first, and what changed on the way.
import type { ReportParticipant, ReportStance } from '../../model/report.ts';
import { html, type Html, type Value } from '../html.ts';
import { recoveredSign, stanceWord, stepWord } from '../word.ts';
import { positionAnchor } from './matrix.ts';
import { personName } from './person.ts';
import { quotation, quotations, type DebateView } from './quote.ts';
import { stanceWords } from './sign.ts';

function history(view: DebateView, stance: ReportStance): Value {
  const steps = stance.history ?? [];
  if (steps.length < 2) return false;
  return html`<details class="more">
    <summary>${steps.length} steps</summary>
    <ol class="history">
      ${steps.map(
        (step) =>
          html`<li>
            <span class="${stanceWord[step.value].tone}">${stanceWord[step.value].sign}</span>
            ${stepWord[step.change]}: ${quotation(view, step, false)}
          </li>`,
      )}
    </ol>
  </details>`;
}

function position(view: DebateView, stance: ReportStance): Html {
  const target = view.debate.target(stance.target);
  const first = view.debate.report.stances.find(
    (each) => each.participant === stance.participant && each.target === stance.target,
  );
  return html`<li${first === stance && html` id="${positionAnchor(stance.participant, stance.target)}"`}>
    <p class="stand">
      ${stanceWords(stance)} <a href="#${target?.group ?? ''}">${stance.target}</a>
      <bdi>${target?.title ?? ''}</bdi>${
        stance.confidence !== undefined &&
        stance.confidence < 0.5 &&
        html` <small class="unclear" title="confidence ${stance.confidence.toFixed(2)}">unclear</small>`
      }
    </p>
    ${quotations(view, stance.evidence, 1, false)}${history(view, stance)}
  </li>`;
}

function person(view: DebateView, who: ReportParticipant): Value {
  const own = view.debate.report.stances.filter((stance) => stance.participant === who.id);
  if (own.length === 0) return false;
  return html`<article class="person-positions" aria-labelledby="who-${who.id}">
    <h3 id="who-${who.id}">
      ${personName(view.debate, who.id)}${
        who.quotedOnly === true &&
        html` <small class="recovered">${recoveredSign} known from quotes only</small>`
      }
    </h3>
    <ul>
      ${own.map((stance) => position(view, stance))}
    </ul>
  </article>`;
}

export function positionList(view: DebateView): Html {
  const { participants, stances } = view.debate.report;
  return html`<section id="positions" aria-labelledby="positions-title">
    <h2 id="positions-title">Positions, in their words</h2>
    ${
      stances.length === 0
        ? html`<p class="empty">Nobody takes a position that could be told with evidence.</p>`
        : html`<div class="people">${participants.map((who) => person(view, who))}</div>`
    }
  </section>`;
}
