// A sign with its word. The sign alone only where the word is there for screen readers and as a hint.
import { html, type Html } from '../html.ts';
import type { ReportStance } from '../../model/report.ts';
import { stanceWord, yieldedSign, type Word } from '../word.ts';

export function signed({ sign, word, tone }: Word): Html {
  return html`<span class="${tone}"><span class="sign" aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** `▼ ↩` for a cell of the matrix: the words are in the accessible name and the hint. */
export function stanceSign(stance: ReportStance): Html {
  const { sign, word, tone } = stanceWord[stance.value];
  const yielded = stance.yielded === true;
  const said = yielded ? `${word}, yielded` : word;
  return html`<span class="${tone}${yielded && ' yielded'}" title="${said}"
    ><span aria-hidden="true">${sign}${yielded && ` ${yieldedSign}`}</span
    ><span class="unseen">${said}</span></span
  >`;
}

export function stanceWords(stance: ReportStance): Html {
  const yielded = stance.yielded === true && html` <span class="neutral">${yieldedSign} yielded</span>`;
  const strength =
    stance.strength !== undefined && stance.strength !== 'normal' && html` <small>${stance.strength}</small>`;
  return html`${signed(stanceWord[stance.value])}${yielded}${strength}`;
}
