// Bytes of one mail to a Message. Plain mails take our own splitter, odd structures mailparser; the text is decoded by the
// same code either way. Never throws on content: value plus defects. RFC 5322, 2045-2049, 2231, 3676.
import type { Defect, Message, MessageId, Provenance } from '../../model/message.ts';
import { addressList } from './address.ts';
import { composeBody } from './body.ts';
import { digest } from './content-hash.ts';
import { effectiveTime } from './date.ts';
import { decodeHeaderText, rawText } from './encoded-word.ts';
import { firstField, parseHeaderBlock } from './header-block.ts';
import type { Field, HeaderBlock } from './header-block.ts';
import { isKeptHeader } from './kept-header.ts';
import { splitWithMailparser } from './mailparser.ts';
import { ownMessageId, referencedIds } from './message-id.ts';
import { splitParts } from './part.ts';
import type { Parts } from './part.ts';

/** What the source already knows about a mail. */
export interface ParseHint {
  readonly provenance?: Provenance;
  readonly defects?: readonly Defect[];
}

const MAX_KEPT_VALUE = 2000;
const LIST_ID = /<([^<>]*)>[^<>]*$/;
/** public-inbox drops these answers of old mailers to "In-Reply-To?" as well. */
const NO_ID = /^[yn]$/i;
const NOT_BLANK = /\S/;
const TEXT_FIELD = /^(?:from|to|cc|reply-to|subject|date|message-id|in-reply-to|references)$/;
const SYNTHETIC_HOST = 'synthetic.hum';

/**
 * Decodes one mail (RFC 5322 bytes, any line ends). Synchronous for all but odd MIME structures, which go through
 * mailparser and give a promise. Never throws and never rejects on content.
 */
export function parseMessage(raw: Buffer, hint: ParseHint = {}): Message | Promise<Message> {
  const block = parseHeaderBlock(raw);
  const parts = splitParts(raw, block.fields, block.bodyStart);
  if (parts.odd === '') return assemble(block, parts, hint);
  return splitWithMailparser(raw, block.fields, block.bodyStart).then((found) =>
    assemble(
      block,
      found.odd === '' ? found : { ...parts, defects: [...parts.defects, ...found.defects] },
      hint,
    ),
  );
}

/** The same through mailparser whatever the structure; for tests of agreement. */
export async function parseMessageSlow(raw: Buffer, hint: ParseHint = {}): Promise<Message> {
  const block = parseHeaderBlock(raw);
  return assemble(block, await splitWithMailparser(raw, block.fields, block.bodyStart), hint);
}

function assemble(block: HeaderBlock, parts: Parts, hint: ParseHint): Message {
  const { fields } = block;
  const defects: Defect[] = [...(hint.defects ?? []), ...block.defects];
  const from = addressList(fields, 'from', defects);
  const to = addressList(fields, 'to', defects);
  const cc = addressList(fields, 'cc', defects);
  const dateField = firstField(fields, 'date');
  const date = dateField ? rawText(dateField.raw).replaceAll('\0', '\ufffd').trim() : '';
  const effective = effectiveTime(
    date,
    fields.filter((field) => field.name === 'received'),
  );
  if (effective.from !== 'date') {
    defects.push({
      code: date === '' ? 'date-absent' : 'date-implausible',
      detail: `${effective.from === 'received' ? 'time of the last Received is used' : 'no time known'}: ${date.slice(0, 60)}`,
      ...(dateField ? { offset: dateField.offset } : {}),
    });
  }
  const mailboxes = new Set([...from, ...to, ...cc].map(({ address }) => address.toLowerCase()));
  const isReference = (id: MessageId): boolean => !NO_ID.test(id) && !mailboxes.has(id.toLowerCase());
  const { body, attachments, defects: bodyDefects } = composeBody(parts);
  for (const defect of bodyDefects) defects.push(defect);
  const content = {
    subject: textOf(fields, 'subject', defects),
    from,
    to,
    cc,
    replyTo: addressList(fields, 'reply-to', defects),
    date,
    time: effective.time,
    inReplyTo: referencedIds(fields, 'in-reply-to').filter(isReference),
    references: referencedIds(fields, 'references').filter(isReference),
    listId: listId(fields),
    headers: keptHeaders(fields),
    body,
    attachments,
  };
  const inReplyToField = firstField(fields, 'in-reply-to');
  if (inReplyToField && content.inReplyTo.length === 0 && NOT_BLANK.test(inReplyToField.raw)) {
    defects.push({
      code: 'in-reply-to-without-id',
      detail: 'In-Reply-To names no message',
      offset: inReplyToField.offset,
    });
  }
  if (fields.some((field) => TEXT_FIELD.test(field.name) && field.raw.includes('\0'))) {
    defects.push({
      code: 'nul',
      detail: 'NUL in the header, shown as U+FFFD, left out of addresses and ids',
    });
  }
  const own = ownMessageId(fields, defects);
  if (own === undefined) {
    defects.push({
      code: 'message-id-absent',
      detail: 'no usable Message-ID; one was derived from the content',
    });
  }
  return {
    id: own ?? `${digest('sha1', '', content)}@${SYNTHETIC_HOST}`,
    syntheticId: own === undefined,
    provenance: hint.provenance ?? 'mail',
    ...content,
    defects,
  };
}

function textOf(fields: readonly Field[], name: string, defects?: Defect[]): string {
  const field = firstField(fields, name);
  return field ? decodeHeaderText(field.raw, field.offset, defects) : '';
}

function listId(fields: readonly Field[]): string {
  const value = textOf(fields, 'list-id');
  return (LIST_ID.exec(value)?.[1] ?? value).trim();
}

function keptHeaders(fields: readonly Field[]): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const { name, raw } of fields) {
    if (isKeptHeader(name) && !(name in kept)) kept[name] = decodeHeaderText(raw.slice(0, MAX_KEPT_VALUE));
  }
  return kept;
}
