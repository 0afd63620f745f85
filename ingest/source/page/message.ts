// What an archive page states of one message, and RFC 5322 bytes made from it. What the page does not state is left out,
// not guessed: no From field when the page names no sender.
import type { Defect } from '../../../model/message.ts';
import type { Line } from './line.ts';

export interface PageSender {
  readonly name: string;
  /** '' when the page shows none. */
  readonly address: string;
}

/** Fields are '' or absent when the page does not state them. */
export interface PageMessage {
  readonly subject: string;
  readonly from?: PageSender;
  /** Date as the page writes it. */
  readonly date?: string;
  /** Message-ID without brackets. */
  readonly id?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly to?: string;
  readonly cc?: string;
  readonly body: readonly string[];
  readonly defects?: readonly Defect[];
}

const NOT_ASCII = /[^\x20-\x7e]/;
const CONTROL = /[\x00-\x1f\x7f]+/g;
/** A phrase that needs no quotes (RFC 5322 atoms and spaces). */
const PLAIN_PHRASE = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]*$/;
const SPECIAL = /["\\]/g;
/** Octets of UTF-8 in one encoded word: 45 make 60 of base64, which with its frame stay under the 75 of RFC 2047. */
const WORD_OCTETS = 45;
const ID = /^[^\s<>]+$/;
/** An address overwritten by the archive: `name@xxxxxxxx`, `name@...`, `name at host`. */
const HIDDEN_ADDRESS = /@(?:x{3,}|\.{2,}|[^@\s]*\.{2,})|\.{3}@|^\S+ at \S+$|\bDOMAIN\.HIDDEN\b/i;

function encodedWords(text: string): string {
  const words: string[] = [];
  let chunk = '';
  for (const char of text) {
    if (Buffer.byteLength(chunk + char) > WORD_OCTETS) {
      words.push(chunk);
      chunk = '';
    }
    chunk += char;
  }
  if (chunk !== '') words.push(chunk);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\n ');
}

function unstructured(text: string): string {
  const line = text.replace(CONTROL, ' ').trim();
  return NOT_ASCII.test(line) ? encodedWords(line) : line;
}

function phrase(name: string): string {
  const line = name.replace(CONTROL, ' ').trim();
  if (NOT_ASCII.test(line)) return encodedWords(line);
  return PLAIN_PHRASE.test(line) ? line : `"${line.replace(SPECIAL, '\\$&')}"`;
}

function mailbox({ name, address }: PageSender): string {
  const safe = address.replace(CONTROL, '').replaceAll(/[<>\s]/g, '');
  if (NOT_ASCII.test(safe)) return phrase(name === '' ? address : name);
  if (safe === '') return phrase(name);
  return name === '' || name === address ? `<${safe}>` : `${phrase(name)} <${safe}>`;
}

const ids = (list: readonly string[]): string =>
  list
    .filter((id) => ID.test(id) && !NOT_ASCII.test(id))
    .map((id) => `<${id}>`)
    .join('\n ');

/** RFC 5322 bytes of a page's message, UTF-8 text. */
export function mailOfPage(message: PageMessage): Buffer {
  const header: string[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== '') header.push(`${name}: ${value}`);
  };
  if (message.from !== undefined) add('From', mailbox(message.from));
  add('To', unstructured(message.to ?? ''));
  add('Cc', unstructured(message.cc ?? ''));
  add('Subject', unstructured(message.subject));
  add('Date', unstructured(message.date ?? ''));
  add('Message-ID', ids([message.id ?? '']));
  add('In-Reply-To', ids([message.inReplyTo ?? '']));
  add('References', ids(message.references ?? []));
  header.push(
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
  );
  return Buffer.from(`${header.join('\n')}\n\n${message.body.join('\n')}\n`);
}

/** What the page leaves open about its message. */
export function pageDefects(message: PageMessage): Defect[] {
  const defects: Defect[] = [...(message.defects ?? [])];
  const add = (code: string, detail: string): void => {
    defects.push({ code, detail });
  };
  if (message.from === undefined) add('page-no-sender', 'the page does not say who sent this message');
  else if (HIDDEN_ADDRESS.test(message.from.address)) {
    add('page-obfuscated-address', `the page hides the sender's address: ${message.from.address}`);
  }
  if (message.id === undefined || message.id === '')
    add('page-no-message-id', 'the page does not state the Message-ID');
  if (message.date === undefined || message.date === '')
    add('page-no-date', 'the page does not state the date');
  return defects;
}

/** Body lines without empty ones at both ends. */
export function trimmedBody(lines: readonly Line[], from: number, to: number): string[] {
  let start = from;
  let end = to;
  while (start < end && (lines[start]?.text ?? '').trim() === '') start++;
  while (end > start && (lines[end - 1]?.text ?? '').trim() === '') end--;
  return lines.slice(start, end).map((line) => line.text);
}

const QUOTES = /^"|"$/g;

/** Name and address of a sender as pages write it: `Name <address>`, `Name`, `address`. */
export function senderOf(text: string): PageSender | undefined {
  const line = text.trim();
  if (line === '') return undefined;
  const open = line.indexOf('<');
  const close = line.indexOf('>', open);
  if (open !== -1 && close !== -1) {
    return {
      name: line.slice(0, open).trim().replace(QUOTES, ''),
      address: line.slice(open + 1, close).trim(),
    };
  }
  return line.includes('@') && !line.includes(' ')
    ? { name: '', address: line }
    : { name: line, address: '' };
}

/** A Message-ID without the brackets around it; '' for anything else. */
export function bareId(text: string): string {
  const id = text.trim().replaceAll(/^<+|>+$/g, '');
  return ID.test(id) ? id : '';
}
