// The questions on which people differ, each as a scale: two poles, and the people where their words put them.
import type { ReportAxis, ReportStance } from '../../model/report.ts';
import { isClear, sidesOf } from '../../model/side.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { stanceWord } from '../word.ts';
import { personName } from './person.ts';
import type { DebateView } from './quote.ts';
import { stanceSign } from './sign.ts';
import { trailLink } from './trail.ts';

/** Places on the scale from pole a to pole b. */
const places = ['at a', 'near a', 'between', 'near b', 'at b'] as const;
type Place = (typeof places)[number];

/** Conditions, weak words and yielding draw a person towards the middle; neutral words put them there. */
function placeOf(stance: ReportStance, side: 'a' | 'b'): Place {
  if (stance.value === 'neutral') return 'between';
  const near = stance.value === 'conditional' || stance.strength === 'weak' || stance.yielded === true;
  return `${near ? 'near' : 'at'} ${side}`;
}

/** The place says which side; a sign only says what is special about it. */
function person(view: DebateView, stance: ReportStance): Html {
  const said = stance.evidence[0]?.quote.replace(/\s+/g, ' ').trim() ?? '';
  const plain = (stance.value === 'support' || stance.value === 'oppose') && stance.yielded !== true;
  const side = view.debate.target(stance.target)?.title ?? '';
  const sign = plain
    ? html`<span class="unseen">${stanceWord[stance.value].word} ${side}: </span>`
    : html`${stanceSign(stance, false)} `;
  const inner = html`${sign}${personName(view.debate, stance.participant)}`;
  return html`<li title="${said}">${trailLink(view, stance, inner)}</li>`;
}

/** Nothing when no reading, decision or concern is about it. */
function axisItem(view: DebateView, axis: ReportAxis): Value {
  const sides = sidesOf(view.debate.report, axis.id);
  const placed: Record<Place, ReportStance[]> = {
    'at a': [],
    'near a': [],
    between: [],
    'near b': [],
    'at b': [],
  };
  for (const side of ['a', 'b'] as const)
    for (const stance of sides[side]) placed[placeOf(stance, side)].push(stance);
  const names: Readonly<Record<Place, string>> = {
    'at a': axis.a.label,
    'near a': `nearer to ${axis.a.label}`,
    between: 'in between',
    'near b': `nearer to ${axis.b.label}`,
    'at b': axis.b.label,
  };
  const unclear = view.debate.report.stances.filter(
    (stance) => (stance.target === `${axis.id}.a` || stance.target === `${axis.id}.b`) && !isClear(stance),
  ).length;
  const nobody = places.every((place) => placed[place].length === 0);
  const { decisions, concerns = [] } = view.debate.report;
  const spokenOf = [...decisions, ...concerns].some(
    ({ target }) => view.debate.target(target)?.group === axis.id,
  );
  if (nobody && unclear === 0 && !spokenOf) return false;
  return html`<li id="${axis.id}" class="axis">
    <h3><span class="id">${axis.id}</span> <bdi>${axis.question}</bdi></h3>
    <p class="poles"><bdi>${axis.a.label}</bdi> <bdi>${axis.b.label}</bdi></p>
    <div class="scale">
      ${places.map(
        (place) =>
          html`<div class="slot">
            ${
              placed[place].length > 0 &&
              html`<p class="unseen">${names[place]}:</p>
                <ul>
                  ${placed[place].map((stance) => person(view, stance))}
                </ul>`
            }
          </div>`,
      )}
    </div>
    ${nobody && html`<p class="empty">Nobody could be placed on it.</p>`}
    ${unclear > 0 && html`<p class="note">${counted(unclear, 'unclear reading')} not placed.</p>`}
  </li>`;
}

/** Nothing when no axis was found. */
export function axisList(view: DebateView): Value {
  const items = view.debate.report.axes.map((axis) => axisItem(view, axis)).filter((item) => item !== false);
  if (items.length === 0) return false;
  return html`<section id="axes" aria-labelledby="axes-title">
    <h2 id="axes-title">Where they differ</h2>
    <ul class="axes">
      ${items}
    </ul>
  </section>`;
}
