// A debate on one page: what it is about, where they stand, what is decided, what is open, then the conversation.
import type { CollatedDocument } from '../../model/collated.ts';
import type { MessageId } from '../../model/message.ts';
import type { Report, ReportStance } from '../../model/report.ts';
import { timeline } from '../chart/timeline.ts';
import { indexDebate } from '../debate.ts';
import { collatedText } from '../fragment/collated.ts';
import { axisList } from '../fragment/axis.ts';
import {
  conversation,
  conversationPart,
  orderOf,
  partsOf,
  threadOverview,
  type Conversation,
} from '../fragment/conversation.ts';
import { debateHeader } from '../fragment/debate-header.ts';
import { decisionList } from '../fragment/decision.ts';
import { actionList, campList, concernList, looseReasons, silenceList } from '../fragment/further.ts';
import { matrix } from '../fragment/matrix.ts';
import { minute } from '../fragment/minute.ts';
import { positionList } from '../fragment/position.ts';
import { proposalList } from '../fragment/proposal.ts';
import { questionList } from '../fragment/question.ts';
import type { DebateView } from '../fragment/quote.ts';
import { trailOfOne } from '../fragment/trail.ts';
import { html, type Value } from '../html.ts';
import { debatePath, type DebatePart } from '../place.ts';
import { layout, type Site } from './layout.ts';

export interface DebateInput {
  readonly report: Report;
  readonly list: string;
  readonly id: MessageId;
  /** Absent when the page leaves the conversation to its own page. */
  readonly conversation?: Conversation;
  /** The conversation of a debate too long to stand below the positions: named line by line. */
  readonly long?: Conversation;
}

function viewOf(input: DebateInput): DebateView {
  const { report, list, id, conversation: whole, long } = input;
  return {
    debate: indexDebate(report, list),
    id,
    conversation: whole !== undefined,
    ...(long !== undefined && {
      parts: partsOf(
        orderOf(long, 'thread').map((place) => place.id),
        't/',
      ),
    }),
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

function conversationOf(view: DebateView, input: DebateInput): Value {
  const { conversation: whole, long } = input;
  if (whole !== undefined) return [threadOverview(view, whole), conversation(view, whole, 'thread')];
  return html`<section id="conversation" aria-labelledby="conversation-title">
    <h2 id="conversation-title">Conversation</h2>
    <p>
      <a href="${debatePath(input.list, input.id, 't/')}">Read the conversation on its own page</a>, or go to one of its
      messages.
    </p>
    ${long !== undefined && threadOverview(view, long, true)}
  </section>`;
}

/** `/LIST/MSGID/positions` */
export function debatePage(site: Site, input: DebateInput): string {
  const view = viewOf(input);
  const main = html`<div class="first-look">
      ${minute(view)}
      <section id="stand" aria-labelledby="stand-title">
        <h2 id="stand-title">Where they stand</h2>
        ${matrix(view)}
      </section>
    </div>
    ${axisList(view)}
    <div class="columns">
      <div>${proposalList(view)}${concernList(view)}</div>
      <div>${decisionList(view)}${questionList(view, false)}${actionList(view)}${silenceList(view)}</div>
    </div>
    ${campList(view)}${timeline(view)}${positionList(view)}${looseReasons(view)} ${conversationOf(view, input)}`;
  return page(site, input, view, 'positions', main);
}

/** `/LIST/MSGID/trail?who=ID&on=TARGET`: the trail of one position, and as it opens inside the positions. */
export function trailPage(site: Site, input: DebateInput, stance: ReportStance): string {
  const view = viewOf(input);
  return page(
    site,
    input,
    view,
    'trail',
    html`<section id="one" aria-labelledby="one-title">
      <h2 id="one-title">Evidence trail</h2>
      ${trailOfOne(view, stance)}
    </section>`,
  );
}

export function trailFragment(input: DebateInput, stance: ReportStance): string {
  return trailOfOne(viewOf(input), stance).toString();
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

/** The view of a page that holds the part of the conversation at `offset`. */
function partView(
  input: DebateInput,
  found: Conversation,
  order: 'thread' | 'date',
  offset: number,
): DebateView {
  const ids = orderOf(found, order).map((place) => place.id);
  return {
    debate: indexDebate(input.report, input.list),
    id: input.id,
    conversation: true,
    parts: partsOf(ids, order === 'thread' ? 't/' : 'T/', offset),
  };
}

type WithConversation = DebateInput & { readonly conversation: Conversation };

/** `/LIST/MSGID/t/` (threaded) and `/T/` (by date); `offset` is a multiple of `partSize`. */
export function conversationPage(
  site: Site,
  input: WithConversation,
  order: 'thread' | 'date',
  offset = 0,
): string {
  const view = partView(input, input.conversation, order, offset);
  const overview = order === 'thread' && threadOverview(view, input.conversation);
  return page(site, input, view, order === 'thread' ? 't/' : 'T/', [
    overview,
    conversation(view, input.conversation, order, offset),
  ]);
}

/** The part alone, to go where a page named it. */
export function conversationFragment(
  input: WithConversation,
  order: 'thread' | 'date',
  offset: number,
): string {
  const view = partView(input, input.conversation, order, offset);
  return conversationPart(view, input.conversation, orderOf(input.conversation, order), offset).toString();
}

/** `/LIST/MSGID/collated` */
export function collatedPage(site: Site, input: DebateInput, document: CollatedDocument): string {
  const view = viewOf(input);
  return page(site, input, view, 'collated', collatedText(view, document));
}
