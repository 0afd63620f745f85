// A hash that is equal for the same mail received over different lists: what its author wrote, not what carried it.
// Left out: Received, List-*, and other trace fields; trailing blanks; list footers in parts of their own are not.
import { createHash } from 'node:crypto';
import type { Address, Message } from '../../model/message.ts';
import { parseMessage } from './parse.ts';

const BLANKS = /\s+/g;
const TRAILING = /[ \t]+$/gm;
const OUTER = /^\n+|\n+$/g;

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
  put('subject', content.subject.replace(BLANKS, ' '));
  put('date', content.date.replace(BLANKS, ' '));
  put('refs', [...new Set([...content.references, ...content.inReplyTo])].toSorted().join(' '));
  put('body', content.body.replace(TRAILING, '').replace(OUTER, ''));
  for (const { name, type, size } of content.attachments) put('part', `${type} ${size} ${name}`);
  return hash.digest('hex');
}

function addresses(list: readonly Address[]): string {
  return list.map(({ name, address }) => address.toLowerCase() || name).join(',');
}
