// A debate on one page: what it is about, where they stand, what is decided, what is open, then the conversation.
import type { CollatedDocument } from '../../model/collated.ts';
import type { MessageId } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { indexDebate } from '../debate.ts';
import { collatedText } from '../fragment/collated.ts';
import { axisList } from '../fragment/axis.ts';
import { conversation, threadOverview, type Conversation } from '../fragment/conversation.ts';
import { debateHeader } from '../fragment/debate-header.ts';
import { decisionList } from '../fragment/decision.ts';
import { actionList, campList, concernList, looseReasons, silenceList } from '../fragment/further.ts';
import { matrix } from '../fragment/matrix.ts';
import { minute } from '../fragment/minute.ts';
import { positionList } from '../fragment/position.ts';
import { proposalList } from '../fragment/proposal.ts';
import { questionList } from '../fragment/question.ts';
import type { DebateView } from '../fragment/quote.ts';
import { html, type Value } from '../html.ts';
import { debatePath, type DebatePart } from '../place.ts';
import { layout, type Site } from './layout.ts';

export interface DebateInput {
  readonly report: Report;
  readonly list: string;
  readonly id: MessageId;
  /** Absent when the page leaves the conversation to its own page (long debates). */
  readonly conversation?: Conversation;
}

function viewOf(input: DebateInput): DebateView {
  return {
    debate: indexDebate(input.report, input.list),
    id: input.id,
    conversation: input.conversation !== undefined,
  };
}

function page(site: Site, input: DebateInput, view: DebateView, part: DebatePart, main: Value): string {
  const { subject } = input.report;
  return layout({
    site,
    list: input.list,
    title: `${subject === '' ? '(no subject)' : subject} – ${part.replace('/', '') === 't' ? 'conversation' : part}`,
    crumbs: [{ name: subject, path: debatePath(input.list, input.id, 'positions') }],
    wide: true,
    main: [debateHeader(view, part), main],
  });
}

function stands(view: DebateView): Value {
  const table = matrix(view);
  return table === false
    ? false
    : html`<section id="stand" aria-labelledby="stand-title">
        <h2 id="stand-title">Where they stand</h2>
        ${table}
      </section>`;
}

function conversationOf(view: DebateView, input: DebateInput): Value {
  if (input.conversation !== undefined) {
    return [threadOverview(view, input.conversation), conversation(view, input.conversation, 'thread')];
  }
  return html`<p id="conversation" class="empty">
    This debate is long:
    <a href="${debatePath(input.list, input.id, 't/')}">read the conversation on its own page</a>.
  </p>`;
}

/** `/LIST/MSGID/positions` */
export function debatePage(site: Site, input: DebateInput): string {
  const view = viewOf(input);
  const main = html`<div class="first-look">${minute(view)}${stands(view)}</div>
    ${axisList(view)}
    <div class="columns">
      ${proposalList(view)}
      <div>${decisionList(view)}${questionList(view, false)}${actionList(view)}${silenceList(view)}</div>
    </div>
    ${positionList(view)} ${campList(view)}${concernList(view)}${looseReasons(view)}
    ${conversationOf(view, input)}`;
  return page(site, input, view, 'positions', main);
}

/** `/LIST/MSGID/decisions` */
export function decisionPage(site: Site, input: DebateInput): string {
  const view = viewOf(input);
  return page(site, input, view, 'decisions', html`${decisionList(view)}${proposalList(view)}`);
}

/** `/LIST/MSGID/questions` */
export function questionPage(site: Site, input: DebateInput): string {
  const view = viewOf(input);
  return page(site, input, view, 'questions', questionList(view, true));
}

/** `/LIST/MSGID/t/` (threaded) and `/T/` (by date) */
export function conversationPage(
  site: Site,
  input: DebateInput & { readonly conversation: Conversation },
  order: 'thread' | 'date',
): string {
  const view = viewOf(input);
  const overview = order === 'thread' && threadOverview(view, input.conversation);
  return page(site, input, view, order === 'thread' ? 't/' : 'T/', [
    overview,
    conversation(view, input.conversation, order),
  ]);
}

/** `/LIST/MSGID/collated` */
export function collatedPage(site: Site, input: DebateInput, document: CollatedDocument): string {
  const view = viewOf(input);
  return page(site, input, view, 'collated', collatedText(view, document));
}
