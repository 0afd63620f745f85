// A rendered archive page, saved as HTML or text, as mails with provenance `page`: what the page states of each message
// and no more. One reader per archive software is in page/. Pages are files the user saved; none is fetched.
import type { SourceEvent } from '../../model/source.ts';
import { decodeCharset, undeclared } from '../mime/charset.ts';
import type { Page } from './page/archive.ts';
import { parseHtml } from './page/html.ts';
import { readHyperkitty } from './page/hyperkitty.ts';
import { linesOfHtml, linesOfText } from './page/line.ts';
import { readMarc } from './page/marc.ts';
import { mailOfPage, pageDefects, type PageMessage } from './page/message.ts';
import { readMhonarc } from './page/mhonarc.ts';
import { readPipermail } from './page/pipermail.ts';
import { readPublicInbox } from './page/public-inbox.ts';

/** Larger files are no saved pages. */
export const pageLimit = 1 << 25;

/** Bytes of a page in which its charset is looked for (HTML Living Standard, 13.2.3.2). */
const CHARSET_WINDOW = 4096;
const CHARSET = /<meta[^>]{0,200}\bcharset\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_:.-]{1,40})/i;
/** Declared by old software whatever the text holds. */
const ASCII = /^(?:us-)?ascii$/i;
const MARKS: readonly (readonly [Buffer, string])[] = [
  [Buffer.from([0xef, 0xbb, 0xbf]), 'utf-8'],
  [Buffer.from([0xff, 0xfe]), 'utf-16le'],
  [Buffer.from([0xfe, 0xff]), 'utf-16be'],
];

/** Text of a page file: by its byte order mark, its declared charset, or what its bytes look like. */
function textOfPage(bytes: Buffer): string {
  for (const [mark, charset] of MARKS) {
    if (bytes.subarray(0, mark.length).equals(mark))
      return decodeCharset(bytes.subarray(mark.length), charset).text;
  }
  const declared = CHARSET.exec(bytes.toString('latin1', 0, CHARSET_WINDOW))?.[1];
  return declared === undefined || ASCII.test(declared)
    ? undeclared(bytes)
    : decodeCharset(bytes, declared).text;
}

function parsePage(bytes: Buffer, html: boolean): Page | undefined {
  const text = textOfPage(bytes);
  if (!html) return { ...linesOfText(text), marks: undefined };
  const marks = parseHtml(text);
  return marks === undefined ? undefined : { ...linesOfHtml(marks), marks };
}

/** In this order: the first that knows the page reads it. */
const READERS = [readPublicInbox, readMarc, readHyperkitty, readMhonarc, readPipermail];

/** The messages of a saved page; undefined when it is from no known archive software. Never throws on content. */
export function readPage(bytes: Buffer, html: boolean): readonly PageMessage[] | undefined {
  const page = parsePage(bytes, html);
  if (page === undefined) return undefined;
  for (const read of READERS) {
    const messages = read(page);
    if (messages !== undefined) return messages;
  }
  return undefined;
}

/** The same as mail events. `source` is the page's path, for messages. */
export function pageEvents(messages: readonly PageMessage[], source: string): SourceEvent[] {
  return messages.map((message, index) => ({
    kind: 'mail',
    bytes: mailOfPage(message),
    origin: { source, at: messages.length === 1 ? 0 : `message ${index + 1}` },
    provenance: 'page',
    defects: pageDefects(message),
  }));
}
