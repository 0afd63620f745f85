// One message among others: who, when, in answer to what, and its body.
import type { GhostMessage, LedgerEntry } from '../../model/ledger.ts';
import type { MessageId } from '../../model/message.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { messageAnchor, messagePath } from '../place.ts';
import { isoTime, utcMinute } from '../time.ts';
import { recoveredSign } from '../word.ts';
import { bodyBlocks } from './body.ts';
import { personName } from './person.ts';
import { messageNumber, type DebateView } from './quote.ts';

/** Deeper replies are not set in further. */
const deepest = 8;

export function depthClass(depth: number): string {
  return `d${Math.min(deepest, depth)}`;
}

export interface Placed {
  readonly depth: number;
  readonly parent: MessageId | null;
  /** The place under `parent` is a guess. */
  readonly inferred: boolean;
}

function answers(view: DebateView, placed: Placed): Value {
  if (placed.parent === null) return false;
  return html` <span class="answers"
    >answers
    ${messageNumber(view, placed.parent)}${
      placed.inferred && html` <small class="basis">inferred</small>`
    }</span
  >`;
}

function authorOf(view: DebateView, entry: LedgerEntry): Html {
  const known = view.debate.message(entry.message.id)?.participant;
  if (known !== undefined) return personName(view.debate, known);
  const [from] = entry.message.from;
  return html`<bdi class="person">${from?.name || from?.address || 'unnamed'}</bdi>`;
}

export function messageArticle(view: DebateView, entry: LedgerEntry, placed: Placed): Html {
  const { message } = entry;
  const { id, attachments, defects } = message;
  const number = view.debate.number(id);
  const links = { messageNumber: (other: MessageId) => messageNumber(view, other) };
  return html`<article
    class="message ${depthClass(placed.depth)}"
    id="${messageAnchor(id)}"
    aria-label="Message ${number}"
  >
    <header>
      <a class="number" href="${messagePath(view.debate.list, id)}" title="the message alone">#${number}</a>
      ${authorOf(view, entry)}
      <time datetime="${isoTime(message.time)}">${utcMinute(message.time) || 'no date'}</time
      >${answers(view, placed)}${
        message.provenance === 'page' && html` <small class="basis">from an archive page</small>`
      }
    </header>
    <div class="body">${bodyBlocks(entry, view.debate.marks(id), links)}</div>
    ${
      attachments.length > 0 &&
      html`<p class="attachments">
        attached:
        ${joined(
          attachments.map(
            (each) =>
              html`<bdi>${each.name || 'unnamed'}</bdi> (${each.type}, ${counted(each.size, 'byte')})`,
          ),
          ', ',
        )}
      </p>`
    }${
      defects.length > 0 &&
      html`<p class="defects">
        ${counted(defects.length, 'defect')}: ${[...new Set(defects.map((defect) => defect.code))].join(', ')}
      </p>`
    }
  </article>`;
}

export function ghostArticle(view: DebateView, ghost: GhostMessage, placed: Placed): Html {
  const { id } = ghost.message;
  const links = { messageNumber: (other: MessageId) => messageNumber(view, other) };
  const quoters = [...new Set(ghost.from.map((from) => from.messageId))];
  return html`<article
    class="message ghost ${depthClass(placed.depth)}"
    id="${messageAnchor(id)}"
    aria-label="Recovered message"
  >
    <header>
      <span class="number">${recoveredSign}</span> <bdi class="person">${ghost.authorName || 'unnamed'}</bdi>
      <span class="recovered"
        >recovered from quotes in
        ${joined(
          quoters.map((quoter) => messageNumber(view, quoter)),
          ', ',
        )},
        partial</span
      >${answers(view, placed)}
    </header>
    <div class="body">${bodyBlocks(ghost.entry, [], links)}</div>
  </article>`;
}

/** A message that others answer but that is not here. */
export function missingArticle(id: MessageId, placed: Placed): Html {
  return html`<article
    class="message missing ${depthClass(placed.depth)}"
    id="${messageAnchor(id)}"
    aria-label="Missing message"
  >
    <header><span class="number">–</span> not in this archive: <code>&lt;${id}&gt;</code></header>
  </article>`;
}
