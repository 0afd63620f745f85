// A sign with its word, always together: the sign is for the eye, the word for everybody.
import { html, type Html } from '../html.ts';
import type { ReportStance } from '../../model/report.ts';
import { stanceWord, yieldedSign, type Word } from '../word.ts';

export function signed({ sign, word, tone }: Word): Html {
  return html`<span class="${tone}"><span class="sign" aria-hidden="true">${sign}</span> ${word}</span>`;
}

/** `▼ ↩ opposes, yielded`; `worded` false leaves the word to screen readers, where a scale or a heading says it already. */
export function stanceSign(stance: ReportStance, worded = true): Html {
  const { sign, word, tone } = stanceWord[stance.value];
  const yielded = stance.yielded === true;
  const said = yielded ? `${word}, yielded` : word;
  const strong = stance.strength === 'strong';
  return html`<span
    class="stance ${tone}${yielded && ' yielded'}${strong && ' strong'}${stance.strength === 'weak' && ' weak'}"
    title="${strong || stance.strength === 'weak' ? `${said}, ${stance.strength}` : said}"
    ><span class="sign" aria-hidden="true">${sign}${yielded && ` ${yieldedSign}`}</span
    ><span class="${worded ? 'word' : 'unseen'}">${said}</span></span
  >`;
}

export function stanceWords(stance: ReportStance): Html {
  const yielded = stance.yielded === true && html` <span class="neutral">${yieldedSign} yielded</span>`;
  const strength =
    stance.strength !== undefined && stance.strength !== 'normal' && html` <small>${stance.strength}</small>`;
  return html`${signed(stanceWord[stance.value])}${yielded}${strength}`;
}
