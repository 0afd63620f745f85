// The debate as one document: every reply under the words it answers, each word once.
import type { CollatedDocument, CollatedMessage, CollatedPassage } from '../../model/collated.ts';
import { html, type Html, type Value } from '../html.ts';
import { messagePath } from '../place.ts';
import { isoTime, utcMinute } from '../time.ts';
import { recoveredSign } from '../word.ts';
import { diffLines, foldedPre, shownCodeLines } from './body.ts';
import { depthClass } from './message.ts';
import { personName } from './person.ts';
import type { DebateView } from './quote.ts';
import { markedText } from './text.ts';

function speaker(view: DebateView, message: CollatedMessage, passage: CollatedPassage): Value {
  if (!passage.opens && !passage.resumes) return false;
  const { debate } = view;
  const number = debate.number(message.messageId);
  const known = debate.message(message.messageId)?.participant;
  const name =
    known === undefined
      ? html`<bdi class="person">${message.author || 'unnamed'}</bdi>`
      : personName(debate, known);
  const sign = message.recovered
    ? html`<span class="recovered">${recoveredSign} recovered from quotes</span>`
    : html`<a class="number" href="${messagePath(debate.list, message.messageId)}">#${number}</a>`;
  return html`<p class="speaker">${name} ${sign} ${
    passage.opens
      ? message.time > 0 && html`<time datetime="${isoTime(message.time)}">${utcMinute(message.time)}</time>`
      : html`<small>goes on</small>`
  }</p>`;
}

function words(view: DebateView, message: CollatedMessage, passage: CollatedPassage): Html {
  const { kind, text, start } = passage;
  if (kind === 'patch') return foldedPre('patch', 'patch', text, diffLines(text), shownCodeLines);
  const inner = markedText(text, start, message.recovered ? [] : view.debate.marks(message.messageId));
  if (kind === 'code') return foldedPre('code', 'listing', text, inner, shownCodeLines);
  return html`<div class="prose ${kind}" dir="auto">${inner}</div>`;
}

export function collatedText(view: DebateView, document: CollatedDocument): Html {
  return html`<section id="collated" class="collated" aria-label="The debate as one document">${document.passages.map(
    (passage): Value => {
      const message = document.messages[passage.message];
      return (
        message !== undefined &&
        html`<div class="passage ${depthClass(passage.depth)}">${speaker(view, message, passage)}${words(view, message, passage)}</div>`
      );
    },
  )}</section>`;
}
