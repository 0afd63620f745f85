// The questions on which people differ: two poles, and who stands nearer to which.
import type { ReportAxis, ReportStance } from '../../model/report.ts';
import { sidesOf } from '../debate.ts';
import { html, joined, type Html, type Value } from '../html.ts';
import { positionAnchor } from './matrix.ts';
import { personName } from './person.ts';
import type { DebateView } from './quote.ts';
import { stanceSign } from './sign.ts';

function people(view: DebateView, stances: readonly ReportStance[]): Value {
  if (stances.length === 0) return html`<span class="none">nobody found</span>`;
  return joined(
    stances.map(
      (stance) =>
        html`<a class="quiet" href="#${positionAnchor(stance.participant, stance.target)}"
          >${stanceSign(stance)} ${personName(view.debate, stance.participant)}</a
        >`,
    ),
    ' · ',
  );
}

function axisItem(view: DebateView, axis: ReportAxis): Html {
  const sides = sidesOf(view.debate.report, axis.id);
  const side = (label: string, stances: readonly ReportStance[]): Html =>
    html`<div>
      <p class="pole"><bdi>${label}</bdi></p>
      <p class="side">${people(view, stances)}</p>
    </div>`;
  return html`<li id="${axis.id}" class="axis">
    <h3><span class="id">${axis.id}</span> <bdi>${axis.question}</bdi></h3>
    <div class="poles">${side(axis.a.label, sides.a)}${side(axis.b.label, sides.b)}</div>
  </li>`;
}

/** Nothing when no axis was found. */
export function axisList(view: DebateView): Value {
  const { axes } = view.debate.report;
  if (axes.length === 0) return false;
  return html`<section id="axes" aria-labelledby="axes-title">
    <h2 id="axes-title">Where they differ</h2>
    <ul class="axes">
      ${axes.map((axis) => axisItem(view, axis))}
    </ul>
  </section>`;
}
