// Every position with the person's own words, and the trail that led to it, oldest first.
import type { ReportParticipant, ReportStance } from '../../model/report.ts';
import { isClear } from '../../model/side.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { recoveredSign } from '../word.ts';
import { personName } from './person.ts';
import { quotation, type DebateView } from './quote.ts';
import { positionAnchor, positionHeading, trail, trailOf } from './trail.ts';

function position(view: DebateView, stance: ReportStance): Html {
  const [first] = stance.evidence;
  const { debate } = view;
  const steps = trailOf(debate, stance).length;
  const anchored = debate.stance(stance.participant, stance.target) === stance;
  return html`<li${anchored && html` id="${positionAnchor(stance.participant, stance.target)}"`}>
    ${positionHeading(view, stance)}
    ${first !== undefined && html`<p class="evidence">${quotation(view, first, false)}</p>`}
    ${
      steps > 1 &&
      html`<details class="more">
        <summary>trail of ${steps}, oldest first</summary>
        ${trail(view, stance)}
      </details>`
    }
  </li>`;
}

function person(view: DebateView, who: ReportParticipant): Value {
  const own = view.debate.stancesOf(who.id);
  if (own.length === 0) return false;
  const clear = own.filter(isClear);
  const unclear = own.filter((stance) => !isClear(stance));
  return html`<article class="person-positions" aria-labelledby="who-${who.id}">
    <h3 id="who-${who.id}">
      ${personName(view.debate, who.id)}${
        who.quotedOnly === true &&
        html` <small class="recovered">${recoveredSign} known from quotes only</small>`
      }
    </h3>
    ${
      clear.length > 0 &&
      html`<ul>
        ${clear.map((stance) => position(view, stance))}
      </ul>`
    }
    ${
      unclear.length > 0 &&
      html`<details class="more">
        <summary>${counted(unclear.length, 'unclear reading')}</summary>
        <ul>
          ${unclear.map((stance) => position(view, stance))}
        </ul>
      </details>`
    }
  </article>`;
}

export function positionList(view: DebateView): Value {
  const { participants, stances } = view.debate.report;
  if (stances.length === 0) return false;
  return html`<section id="positions" aria-labelledby="positions-title">
    <h2 id="positions-title">Positions, in their words</h2>
    <div class="people">${participants.map((who) => person(view, who))}</div>
  </section>`;
}
