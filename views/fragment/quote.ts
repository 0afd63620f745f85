// A sentence of the debate with who said it where: the evidence behind every statement on a page.
import type { MessageId } from '../../model/message.ts';
import { shortTitle, type DebateIndex } from '../debate.ts';
import { html, type Html, type Value } from '../html.ts';
import { debatePath, messageAnchor, sentenceAnchor } from '../place.ts';
import { isoTime, secondsOf, utcDay } from '../time.ts';
import { recoveredSign } from '../word.ts';

/** A debate as one page shows it: links go to the conversation, on this page or on its own. */
export interface DebateView {
  readonly debate: DebateIndex;
  /** Id the debate's pages are linked under. */
  readonly id: MessageId;
  /** True when the conversation, or the part of it at `parts.current`, stands on the same page. */
  readonly conversation: boolean;
  /** Where messages stand when the conversation comes in parts. */
  readonly parts?: ConversationParts;
}

export interface ConversationParts {
  readonly path: 't/' | 'T/';
  /** Offset of the part on this page. */
  readonly current?: number;
  /** Offset of the part that holds a message; 0 for the first. */
  offset(id: MessageId): number;
}

export interface Quoted {
  readonly messageId: MessageId;
  readonly quote: string;
  readonly quoted?: boolean;
  readonly of?: string;
  readonly start?: number;
  readonly end?: number;
}

/** '' when the message stands on this page. */
function conversationPath({ debate, id, conversation, parts }: DebateView, message: MessageId): string {
  const offset = parts?.offset(message) ?? 0;
  if (conversation && offset === (parts?.current ?? 0)) return '';
  return `${debatePath(debate.list, id, parts?.path ?? 't/')}${offset > 0 ? `?o=${offset}` : ''}`;
}

export function messageHref(view: DebateView, id: MessageId): string {
  return `${conversationPath(view, id)}#${messageAnchor(id)}`;
}

export function wordsHref(view: DebateView, words: Quoted): string {
  return words.start === undefined || words.end === undefined
    ? messageHref(view, words.messageId)
    : `${conversationPath(view, words.messageId)}#${sentenceAnchor(words.messageId, words.start, words.end)}`;
}

/** `#10`, linked to the message. */
export function messageNumber(view: DebateView, id: MessageId): Html {
  const number = view.debate.number(id);
  const ghost = view.debate.message(id)?.ghost === true;
  return html`<a
    class="number"
    href="${messageHref(view, id)}"
    ${ghost && html` title="recovered from quotes"`}
    >${ghost && `${recoveredSign} `}${number === 0 ? 'a missing message' : `#${number}`}</a
  >`;
}

/** Who and where, without the words. */
export function source(view: DebateView, words: Quoted, named = true): Html {
  const { debate } = view;
  const author = words.of === undefined ? debate.author(words.messageId) : debate.person(words.of);
  const seconds = secondsOf(debate.message(words.messageId)?.date ?? '');
  return html`<span class="source"
    >${
      named && author !== undefined && html`<bdi>${author.name}</bdi>, `
    }${messageNumber(view, words.messageId)}${
      seconds !== 0 && html` <time datetime="${isoTime(seconds)}">${utcDay(seconds)}</time>`
    }${words.quoted === true && ', quoting'}</span
  >`;
}

/** Longer quotations are cut at a word; the link leads to all of it. */
const longestQuote = 320;

/** The words, linked to their place, then who said them. `named`: false where the person stands beside already. */
export function quotation(view: DebateView, words: Quoted, named = true): Html {
  const all = words.quote.replace(/\s+/g, ' ').trim();
  const shown = shortTitle(all, longestQuote);
  return html`<q><a href="${wordsHref(view, words)}" ${shown !== all && html` title="${all}"`}>${shown}</a></q>
    ${source(view, words, named)}`;
}

/** The first `shown` quotations, the rest folded. */
export function quotations(view: DebateView, all: readonly Quoted[], shown: number, named = true): Value {
  const rest = all.slice(shown);
  return [
    ...all.slice(0, shown).map((words) => html`<p class="evidence">${quotation(view, words, named)}</p>`),
    rest.length > 0 &&
      html`<details class="more">
        <summary>${rest.length} more</summary>
        ${rest.map((words) => html`<p class="evidence">${quotation(view, words, named)}</p>`)}
      </details>`,
  ];
}
