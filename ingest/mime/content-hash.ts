// A hash that is equal for the same mail received over different lists: what its author wrote, not what carried it.
// Left out: Received, List-* and other trace fields, subject tags a list puts in front, its footer, blanks at line ends.
import { createHash } from 'node:crypto';
import type { Address, Message } from '../../model/message.ts';
import { parseMessage } from './parse.ts';

const BLANKS = /\s+/g;
/** Tags at the beginning of a subject: lists add and lose them. Compared only among mails of one Message-ID. */
const TAGS = /^(?:\s*(?:\[[^[\]]*\]|re:))+/i;
/** First line of the footers that Mailman and majordomo put under a mail. */
const FOOTER = /^(?:[_-]{20,}|-- ?)$/;
const LIST_INFO = /mailing list|unsubscribe|listinfo|majordomo/i;
const FOOTER_LINES = 12;

/** SHA-256 in hexadecimal digits of a mail's content (as in public-inbox's ContentHash). A buffer is decoded first. */
export function contentHash(message: Message): string;
export function contentHash(raw: Buffer): string | Promise<string>;
export function contentHash(mail: Buffer | Message): string | Promise<string> {
  if (!Buffer.isBuffer(mail)) return digest('sha256', mail.syntheticId ? '' : mail.id, mail);
  const message = parseMessage(mail);
  return message instanceof Promise ? message.then((parsed) => contentHash(parsed)) : contentHash(message);
}

export type HashedContent = Pick<
  Message,
  'from' | 'to' | 'cc' | 'subject' | 'date' | 'inReplyTo' | 'references' | 'body' | 'attachments'
>;

/** Hexadecimal digest of the content under the given id ('' when it has none of its own). */
export function digest(algorithm: 'sha1' | 'sha256', id: string, content: HashedContent): string {
  const hash = createHash(algorithm);
  const put = (name: string, value: string): void => {
    hash.update(`${name}\0${value}\0\n`);
  };
  put('id', id);
  put('from', addresses(content.from));
  put('to', addresses(content.to));
  put('cc', addresses(content.cc));
  put('subject', content.subject.replace(TAGS, '').replace(BLANKS, ' ').trim());
  put('date', content.date.replace(BLANKS, ' '));
  put('refs', [...new Set([...content.references, ...content.inReplyTo])].toSorted().join(' '));
  put('body', written(content.body));
  for (const { name, type, size } of content.attachments) put('part', `${type} ${size} ${name}`);
  return hash.digest('hex');
}

function addresses(list: readonly Address[]): string {
  return list.map(({ name, address }) => address.toLowerCase() || name).join(',');
}

/** The body without blanks at line ends, outer blank lines and a list's footer. */
function written(body: string): string {
  const lines = body.split('\n').map((line) => line.trimEnd());
  while (lines.at(-1) === '') lines.pop();
  const from = Math.max(0, lines.length - FOOTER_LINES);
  const footer = lines.findIndex((line, at) => at >= from && FOOTER.test(line));
  if (footer >= 0 && LIST_INFO.test(lines.slice(footer).join('\n'))) lines.length = footer;
  while (lines.at(-1) === '') lines.pop();
  const first = lines.findIndex((line) => line !== '');
  return lines.slice(Math.max(0, first)).join('\n');
}
