// The bytes of one file or stream as mail events, whatever they hold: an mbox, one mail, an archive page, gzip of these.
import { basename } from 'node:path';
import { Fault } from '../../model/fault.ts';
import type { SourceEvent, SourceKind } from '../../model/source.ts';
import type { Bytes } from './bytes.ts';
import { readEml } from './eml.ts';
import { gunzipBytes } from './gunzip.ts';
import { readMbox } from './mbox.ts';
import type { MboxFormat } from './mbox-splitter.ts';
import { pageEvents, pageLimit, readPage } from './page.ts';
import type { PageMessage } from './page/message.ts';
import { sniff, sniffLength, unpacker, type ContentKind } from './sniff.ts';

/** Gzip inside gzip is undone this often. */
const GZIP_DEPTH = 3;
const MAX_MESSAGE_BYTES = 1 << 28;

/** How mail files are read. */
export interface ReadOptions {
  /** How `>From ` lines of an mbox are undone; see mbox-splitter.ts. `auto` (when absent) takes them for mboxrd. */
  readonly mboxFormat?: MboxFormat;
  /** Mails above this size are rejected; 256 MiB when absent. */
  readonly maxMessageBytes?: number;
}

/** The size in bytes above which mails are rejected. */
export function messageLimit(options: ReadOptions): number {
  return options.maxMessageBytes ?? MAX_MESSAGE_BYTES;
}

/** Bytes with what they hold, decompressed. */
export interface Content {
  readonly bytes: Bytes;
  readonly kind: ContentKind;
  /** Path of the file on disk; undefined for streams, which have no cursors. */
  readonly path: string | undefined;
  /** The first `sniffLength` bytes. */
  readonly head: Buffer;
  /** Messages of an archive page. */
  readonly page?: readonly PageMessage[];
}

/** Tells what the bytes hold, undoing gzip. */
export async function recognize(raw: Bytes, path?: string): Promise<Content> {
  let bytes = raw;
  let head = await bytes.head(sniffLength);
  let kind = sniff(head);
  for (let depth = 0; kind === 'gzip' && depth < GZIP_DEPTH; depth++) {
    bytes = gunzipBytes(bytes);
    head = await bytes.head(sniffLength);
    kind = sniff(head);
  }
  const content: Content = { bytes, kind, path, head };
  if (kind !== 'html' && kind !== 'text') return content;
  const page = await pageIn(bytes, kind === 'html');
  return page === undefined ? content : { ...content, page };
}

/** The messages of an archive page; undefined when it is none. A stream is used up by this. */
async function pageIn(bytes: Bytes, html: boolean): Promise<readonly PageMessage[] | undefined> {
  const all = await bytes.head(pageLimit + 1);
  return all.length > pageLimit ? undefined : readPage(all, html);
}

async function* pageContent(messages: readonly PageMessage[], source: string): AsyncGenerator<SourceEvent> {
  yield* pageEvents(messages, source);
}

/** Pipermail's envelope: an address with " at " in the language of the list. */
const PIPERMAIL = /^\s*From \S+ (?:at|en|em|à|a|bei|på) \S+ /;

/** The kind of source that a file with this content is by itself; undefined when it holds no mail. */
export function sourceKindOf(content: Content): SourceKind | undefined {
  if (content.page !== undefined) return 'page';
  switch (content.kind) {
    case 'mbox':
      return PIPERMAIL.test(content.head.toString('utf8', 0, 500)) ? 'pipermail' : 'mbox';
    case 'empty':
      return 'mbox';
    case 'eml':
      return 'eml';
    default:
      return undefined;
  }
}

/** Why a content that is no mail cannot be read, in words. */
export function whyNotMail(content: Content): string {
  switch (content.kind) {
    case 'packed':
      return `packed in a way that is not read here; unpack it first (${unpacker(content.head)})`;
    case 'gzip':
      return 'gzip inside gzip, too many times';
    case 'bundle':
      return 'a git bundle inside another file';
    case 'binary':
      return 'binary data, not a mail';
    case 'html':
      return 'a web page that is not from a known mail archive';
    default:
      return 'text without a mail header';
  }
}

/** What a mail file that cannot be read as one gives: its reject. */
export async function* rejectContent(content: Content): AsyncGenerator<SourceEvent> {
  const file = content.bytes.name;
  const defect = { code: 'not-mail', detail: whyNotMail(content), file };
  yield { kind: 'reject', origin: { source: file, at: 0 }, defect };
}

async function* emptyContent(content: Content): AsyncGenerator<SourceEvent> {
  const file = content.bytes.name;
  const defect = { code: 'empty-file', detail: 'there is nothing in it', file };
  yield { kind: 'notice', origin: { source: file, at: 0 }, defect };
}

/** The events of one file or stream. `part` names its cursor; `cursor` is the one of an earlier read. */
export function readContent(
  content: Content,
  options: ReadOptions,
  part: string,
  cursor: string | undefined,
): AsyncGenerator<SourceEvent> {
  const { bytes, path, kind } = content;
  const maxMessageBytes = messageLimit(options);
  if (content.page !== undefined) return pageContent(content.page, bytes.name);
  switch (kind) {
    case 'mbox': {
      const format = options.mboxFormat ?? 'auto';
      return readMbox({ bytes, path, part, format, maxMessageBytes }, cursor);
    }
    case 'eml':
      return readEml(bytes, maxMessageBytes);
    case 'empty':
      return emptyContent(content);
    default:
      return rejectContent(content);
  }
}

/** A file named alone that is packed is the user's mistake, and the remedy is known. */
export function refusePacked(content: Content): void {
  if (content.kind !== 'packed') return;
  const { name } = content.bytes;
  const remedy = `Unpack it first: ${unpacker(content.head)} ${basename(name)}`;
  throw new Fault('badInput', `${name} is compressed in a way that is not read here`, remedy);
}
