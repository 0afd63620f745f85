// One message alone: its headers, its body, where it stands in its debate.
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Address, MessageId } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import { indexDebate } from '../debate.ts';
import { bodyBlocks } from '../fragment/body.ts';
import { messageNumber, type DebateView } from '../fragment/quote.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { debatePath, listPath, messageAnchor, messagePath } from '../place.ts';
import { isoTime, utcMinute } from '../time.ts';
import { layout, type Site } from './layout.ts';

export interface MessageInput {
  readonly list: string;
  readonly entry: LedgerEntry;
  readonly lists: readonly string[];
  /** Other messages stored under the same Message-ID. */
  readonly variants: number;
  /** The debate it belongs to, once analyzed. */
  readonly debate?: { readonly id: MessageId; readonly report: Report };
}

function addresses(all: readonly Address[]): Value {
  return joined(
    all.map(
      ({ name, address }) =>
        html`<bdi>${name}</bdi
          >${name !== '' && address !== '' && ' '}${address !== '' && html`<span class="address">&lt;${address}&gt;</span>`}`,
    ),
    ', ',
  );
}

function ids(list: string, all: readonly MessageId[]): Value {
  return joined(
    all.map((id) => html`<a href="${messagePath(list, id)}"><code>${id}</code></a>`),
    ' ',
  );
}

function headerRow(name: string, value: Value, there: boolean): Value {
  return (
    there &&
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  );
}

function headers({ list, entry: { message }, lists }: MessageInput): Html {
  const references = message.references.filter((id) => !message.inReplyTo.includes(id));
  return html`<dl class="headers">
    ${headerRow('From', addresses(message.from), true)}
    ${headerRow('To', addresses(message.to), message.to.length > 0)}
    ${headerRow('Cc', addresses(message.cc), message.cc.length > 0)}
    ${headerRow('Reply-To', addresses(message.replyTo), message.replyTo.length > 0)}
    ${headerRow('Date', html`<time datetime="${isoTime(message.time)}">${utcMinute(message.time) || 'unknown'}</time> <small><bdi>${message.date}</bdi></small>`, true)}
    ${headerRow('Message-ID', html`<code>${message.id}</code>${message.syntheticId && html` <small>made by hum, the mail has none</small>`}`, true)}
    ${headerRow('In-Reply-To', ids(list, message.inReplyTo), message.inReplyTo.length > 0)}
    ${headerRow('References', ids(list, references), references.length > 0)}
    ${headerRow(
      'Lists',
      joined(
        lists.map((name) => html`<a href="${listPath(name)}">${name}</a>`),
        ', ',
      ),
      lists.length > 1,
    )}
  </dl>`;
}

export function messagePage(site: Site, input: MessageInput): string {
  const { list, entry, debate } = input;
  const { message } = entry;
  const title = message.subject === '' ? '(no subject)' : message.subject;
  const view: DebateView | undefined =
    debate === undefined
      ? undefined
      : { debate: indexDebate(debate.report, list), id: debate.id, conversation: false };
  const links = {
    messageNumber: (id: MessageId): Html =>
      view === undefined || view.debate.number(id) === 0
        ? html`<a class="number" href="${messagePath(list, id)}">message</a>`
        : messageNumber(view, id),
  };
  const number = view?.debate.number(message.id) ?? 0;
  const main = html`<article class="single" id="${messageAnchor(message.id)}">
    <h1><bdi>${title}</bdi></h1>
    <nav class="parts" aria-label="Views of this message">
      <ul>
        ${
          debate !== undefined &&
          html`<li><a href="${debatePath(list, debate.id, 'positions')}" data-key="u">where they stand</a></li>
            <li>
              <a href="${debatePath(list, debate.id, 't/')}#${messageAnchor(message.id)}"
                >in the conversation${number > 0 && ` (#${number})`}</a
              >
            </li>`
        }
        <li><a href="${messagePath(list, message.id)}raw">raw</a></li>
        <li><a href="${messagePath(list, message.id)}index.json">JSON</a></li>
      </ul>
    </nav>
    ${headers(input)}
    ${input.variants > 1 && html`<p class="note">${counted(input.variants - 1, 'other message')} came under the same Message-ID; this is the first.</p>`}
    <div class="message">
      <div class="body">${bodyBlocks(entry, view?.debate.marks(message.id) ?? [], links)}</div>
    </div>
    ${
      message.attachments.length > 0 &&
      html`<h2>Attachments</h2>
        <ul class="plain">
          ${message.attachments.map((each) => html`<li><bdi>${each.name || 'unnamed'}</bdi> <small>${each.type}, ${counted(each.size, 'byte')}, not kept</small></li>`)}
        </ul>`
    }
    ${
      message.defects.length > 0 &&
      html`<h2>Defects</h2>
        <ul class="plain">
          ${message.defects.map((defect) => html`<li><code>${defect.code}</code> ${defect.detail}</li>`)}
        </ul>`
    }
  </article>`;
  return layout({
    site,
    list,
    title,
    ...(debate === undefined
      ? {}
      : { crumbs: [{ name: debate.report.subject, path: debatePath(list, debate.id, 'positions') }] }),
    main,
  });
}
