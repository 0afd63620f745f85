// The messages of a debate, threaded or by date. Threading is laid out without recursion: threads can be long.
import type { GhostMessage, Ledger, LedgerEntry } from '../../model/ledger.ts';
import type { MessageId } from '../../model/message.ts';
import type { ThreadNode } from '../../model/thread.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { debatePath, messageAnchor } from '../place.ts';
import { isoTime, utcDay } from '../time.ts';
import { recoveredSign } from '../word.ts';
import { depthClass, ghostArticle, messageArticle, missingArticle, type Placed } from './message.ts';
import { personName } from './person.ts';
import { messageHref, type ConversationParts, type DebateView } from './quote.ts';

/** The words of a debate and their order; the store's report says what they mean. */
export interface Conversation {
  readonly nodes: readonly ThreadNode[];
  readonly ledger: Ledger;
}

export interface Place extends Placed {
  readonly id: MessageId;
}

/** Nodes depth first. Nodes on a loop, should there be one, follow at the end without depth. */
export function layOut(nodes: readonly ThreadNode[]): readonly Place[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places: Place[] = [];
  const seen = new Set<MessageId>();
  const walk = (root: ThreadNode): void => {
    const stack = [{ node: root, depth: 0 }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { node, depth } = top;
      if (seen.has(node.id)) continue;
      seen.add(node.id);
      places.push({ id: node.id, depth, parent: node.parent, inferred: node.link.startsWith('inferred') });
      for (const child of node.children.toReversed()) {
        const next = byId.get(child);
        if (next !== undefined) stack.push({ node: next, depth: depth + 1 });
      }
    }
  };
  for (const node of nodes) if (node.parent === null || !byId.has(node.parent)) walk(node);
  for (const node of nodes) walk(node);
  return places;
}

interface Words {
  readonly entries: ReadonlyMap<MessageId, LedgerEntry>;
  readonly ghosts: ReadonlyMap<MessageId, GhostMessage>;
}

function wordsOf(ledger: Ledger): Words {
  return {
    entries: new Map(ledger.entries.map((entry) => [entry.message.id, entry])),
    ghosts: new Map(ledger.ghosts.map((ghost) => [ghost.message.id, ghost])),
  };
}

function article(view: DebateView, words: Words, place: Place): Html {
  const entry = words.entries.get(place.id);
  if (entry !== undefined) return messageArticle(view, entry, place);
  const ghost = words.ghosts.get(place.id);
  return ghost === undefined ? missingArticle(place.id, place) : ghostArticle(view, ghost, place);
}

/** Ghosts that hang nowhere in the tree come last, so that no recovered word is lost. */
function loosePlaces(ledger: Ledger, places: readonly Place[]): readonly Place[] {
  const placed = new Set(places.map((place) => place.id));
  return [
    ...ledger.ghosts.map((ghost) => ghost.message.id),
    ...ledger.entries.map((entry) => entry.message.id),
  ]
    .filter((id) => !placed.has(id))
    .map((id) => ({ id, depth: 0, parent: null, inferred: false }));
}

export function threadPlaces({ nodes, ledger }: Conversation): readonly Place[] {
  const places = layOut(nodes);
  return [...places, ...loosePlaces(ledger, places)];
}

/** By date; recovered and missing ones before the first message that is later or unknown. */
export function datePlaces(conversation: Conversation): readonly Place[] {
  const times = new Map(conversation.ledger.entries.map((entry) => [entry.message.id, entry.message.time]));
  return threadPlaces(conversation)
    .map((place) => ({ ...place, depth: 0 }))
    .toSorted((a, b) => (times.get(a.id) ?? 0) - (times.get(b.id) ?? 0));
}

/** Messages that come in one part of a long conversation. */
export const partSize = 40;

export function orderOf(found: Conversation, order: 'thread' | 'date'): readonly Place[] {
  return order === 'thread' ? threadPlaces(found) : datePlaces(found);
}

/** Offsets of parts by message, for links into a conversation that comes in parts. */
export function partsOf(ids: readonly MessageId[], path: 't/' | 'T/', current?: number): ConversationParts {
  const offsets = new Map(ids.map((id, i) => [id, i - (i % partSize)]));
  return {
    path,
    ...(current !== undefined && { current }),
    offset: (id) => offsets.get(id) ?? 0,
  };
}

/** One line per message. `anchored`: stands for the message until it is loaded. */
function lines(view: DebateView, words: Words, places: readonly Place[], anchored: boolean): Value {
  return places.map((place) => {
    const entry = words.entries.get(place.id);
    const ghost = words.ghosts.get(place.id);
    const number = view.debate.number(place.id);
    const who =
      entry !== undefined
        ? personName(view.debate, view.debate.message(place.id)?.participant ?? entry.message.from[0]?.name)
        : html`<bdi>${ghost === undefined ? 'not in this archive' : ghost.authorName || 'unnamed'}</bdi>`;
    return html`<li class="${depthClass(place.depth)}"${anchored && html` id="${messageAnchor(place.id)}"`}>
      <a href="${messageHref(view, place.id)}"
        ><span class="number"
          >${entry === undefined ? (ghost === undefined ? '–' : recoveredSign) : `#${number}`}</span
        >
        ${who}</a
      >
      ${entry !== undefined && html`<time datetime="${isoTime(entry.message.time)}">${utcDay(entry.message.time)}</time>`}
    </li>`;
  });
}

/** Messages of one part, then the rest by name: it loads as it comes into view, and its links work without that. */
export function conversationPart(
  view: DebateView,
  found: Conversation,
  places: readonly Place[],
  offset: number,
): Html {
  const words = wordsOf(found.ledger);
  const next = offset + partSize;
  const rest = places.slice(next);
  const path = `${debatePath(view.debate.list, view.id, view.parts?.path ?? 't/')}?o=${next}`;
  return html`${places.slice(offset, next).map((place) => article(view, words, place))}${
    rest.length > 0 &&
    html`<div class="later" hx-get="${path}" hx-trigger="revealed" hx-swap="outerHTML">
      <p><a rel="next" href="${path}#conversation">The next ${Math.min(partSize, rest.length)} of ${counted(rest.length, 'more message')}</a></p>
      <ol class="overview">
        ${lines(view, words, rest, true)}
      </ol>
    </div>`
  }`;
}

export function conversation(
  view: DebateView,
  found: Conversation,
  order: 'thread' | 'date',
  offset = 0,
): Html {
  const places = orderOf(found, order);
  const before = places.slice(0, offset);
  return html`<section id="conversation" aria-labelledby="conversation-title" class="${order}">
    <h2 id="conversation-title">Conversation</h2>
    ${
      before.length > 0 &&
      html`<details class="overview">
        <summary>${counted(before.length, 'earlier message')}</summary>
        <ol>
          ${lines(view, wordsOf(found.ledger), before, true)}
        </ol>
      </details>`
    }
    ${conversationPart(view, found, places, offset)}
  </section>`;
}

/** One line per message, as an overview. */
export function threadOverview(view: DebateView, found: Conversation, open = false): Html {
  return html`<details class="overview" ${open && html` open`}>
    <summary>Overview of ${counted(found.nodes.length, 'message')}</summary>
    <ol>
      ${lines(view, wordsOf(found.ledger), threadPlaces(found), false)}
    </ol>
  </details>`;
}
