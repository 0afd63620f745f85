// Pages of public-inbox (lore.kernel.org and others), as HTML or saved as text: a message, or a thread (/T/ flat, /t/ nested)
// with many. Layout: public-inbox's Documentation/design_www.txt; anchors are `m` and the SHA-1 of the Message-ID.
import { createHash } from 'node:crypto';
import type { ArchiveReader, Page } from './archive.ts';
import type { Line } from './line.ts';
import { bareId, senderOf, trimmedBody, type PageMessage } from './message.ts';

/** `From: Ann @ 2024-03-05 10:00 UTC (permalink / raw)`, the sender's line in thread pages. */
const THREAD_FROM = /^From: (.*) @ (\d{4})-(\d\d)-(\d\d) {1,2}(\d{1,2}):(\d\d) UTC \(permalink \/ raw\)\s*$/;
/** The line under each message of a thread page. */
const THREAD_END = /^\^ permalink raw reply\b/;
const THREAD_SUBJECT = /^\* (.*)$/;
const THREAD_TOP = /^end of thread, other threads:|^only message in thread, other threads:/;
/** Lines between the subject and the sender's line: the neighbors in the thread. */
const NEIGHBORS = 14;
const RECIPIENTS = /^ {1,2}(To|Cc): (.*)$/;
const CC_AFTER_TO = '; +Cc: ';
const ID_LINE = /^Message-ID: <([^<>\s]{1,900})> \(raw\)\s*$/;
const HEADER = /^(From|To|Cc|Subject|Date|Message-ID|X-Alt-Message-ID|In-Reply-To|References): ?(.*)$/;
const OVERVIEW_LINK = /\s*\[?thread overview\]?\s*$/;
const PAGE_END = /\bother threads:\[/;
/** Notes on attachments that the page puts between the parts. */
const PART_NOTE = /^\[-- (?:Attachment #\d|Type: ).*--\]\s*$/;
const ANCHOR = /^#m([0-9a-f]{40})$/;
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Some inboxes write the dots of addresses as bullets. */
const BULLET_DOT = /•/g;

function utcDate(year: string, month: string, day: string, hour: string, minute: string): string {
  const weekday = DAYS[new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDay()] ?? '';
  return `${weekday}, ${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year} ${hour.padStart(2, '0')}:${minute}:00 +0000`;
}

/** The Message-ID in a link to a message: the last path part, decoded. */
function idOfLink(line: Line): string {
  const href = line.links.find(({ text }) => text === 'permalink')?.href ?? '';
  const part = href.split('/').findLast((piece) => piece !== '' && !piece.startsWith('#')) ?? '';
  try {
    return bareId(decodeURIComponent(part));
  } catch {
    return '';
  }
}

function bodyOf(lines: readonly Line[], from: number, to: number): string[] {
  const shown = lines.slice(from, to).filter(({ text }) => !PART_NOTE.test(text));
  return trimmedBody(shown, 0, shown.length);
}

interface Neighbors {
  readonly subject: string;
  /** SHA-1 of the parent's Message-ID; '' when there is none on the page. */
  readonly parent: string;
}

/** Subject and parent above the sender's line: the parent comes first and stands less deep than the message itself (`@`). */
function neighborsOf(lines: readonly Line[], from: number): Neighbors {
  let first = -1;
  for (let i = from - 1; i >= Math.max(0, from - NEIGHBORS); i--) {
    if (THREAD_SUBJECT.test(lines[i]?.text ?? '')) {
      first = i;
      break;
    }
  }
  if (first === -1) return { subject: '', parent: '' };
  const subject = THREAD_SUBJECT.exec(lines[first]?.text ?? '')?.[1]?.trim() ?? '';
  const self = lines.slice(first, from).find(({ text }) => text.startsWith('@ '));
  const parent = lines[first + 1];
  if (self === undefined || parent === undefined || parent === self) return { subject, parent: '' };
  if (depthOf(parent.text) >= depthOf(self.text)) return { subject, parent: '' };
  const anchor = parent.links.map(({ href }) => ANCHOR.exec(href)?.[1] ?? '').find((sha) => sha !== '');
  return { subject, parent: anchor ?? '' };
}

/** Column of the branch mark in a line of the overview; -1 at the top level. */
function depthOf(text: string): number {
  return text.slice(0, 200).indexOf('` ');
}

function readThread(page: Page): PageMessage[] {
  const { lines } = page;
  const starts: number[] = [];
  lines.forEach(({ text }, i) => {
    if (THREAD_FROM.test(text)) starts.push(i);
  });
  const ids = starts.map((start) => idOfLink(lines[start] ?? { text: '', links: [], rule: false }));
  const byHash = new Map(ids.map((id) => [createHash('sha1').update(id).digest('hex'), id]));
  return starts.map((start, n) => {
    const [, name = '', ...date] = THREAD_FROM.exec(lines[start]?.text ?? '') ?? [];
    const [year = '', month = '', day = '', hour = '', minute = ''] = date;
    const limit = starts[n + 1] ?? lines.length;
    const fields = new Map<string, string>();
    let at = start + 1;
    for (; at < limit && (lines[at]?.text ?? '').trim() !== ''; at++) {
      const text = lines[at]?.text ?? '';
      const [, field = '', value = ''] = RECIPIENTS.exec(text) ?? HEADER.exec(text) ?? [];
      if (field !== '') fields.set(field, value);
      else fields.set('To', `${fields.get('To') ?? ''} ${text.trim()}`);
    }
    let end = at;
    while (
      end < limit &&
      !THREAD_END.test(lines[end]?.text ?? '') &&
      !THREAD_TOP.test(lines[end]?.text ?? '')
    )
      end++;
    const [to = '', cc = fields.get('Cc') ?? ''] = (fields.get('To') ?? '').split(CC_AFTER_TO, 2);
    const { subject, parent } = neighborsOf(lines, start);
    return {
      subject,
      from: { name: name.replace(BULLET_DOT, '.'), address: '' },
      date: utcDate(year, month, day, hour, minute),
      id: ids[n] ?? '',
      inReplyTo: byHash.get(parent) ?? bareId(fields.get('In-Reply-To') ?? ''),
      to,
      cc,
      body: bodyOf(lines, at, end),
    };
  });
}

/** Number of the first line of the header block that ends at or around `index`. */
function headerStart(lines: readonly Line[], index: number): number {
  let start = index;
  while (
    start > 0 &&
    (HEADER.test(lines[start - 1]?.text ?? '') || lines[start - 1]?.text.startsWith('\t') === true)
  )
    start--;
  return start;
}

function readMessage(page: Page, idLine: number): PageMessage {
  const { lines } = page;
  const fields = new Map<string, string>();
  let name = '';
  let at = headerStart(lines, idLine);
  for (; at < lines.length && (lines[at]?.text ?? '').trim() !== ''; at++) {
    const text = lines[at]?.text ?? '';
    const field = HEADER.exec(text);
    if (field?.[1] !== undefined) name = field[1].toLowerCase();
    const value = field === null ? text.trim() : (field[2] ?? '');
    if (name !== '') fields.set(name, `${fields.get(name) ?? ''} ${value}`.trim());
  }
  let end = at;
  while (end < lines.length && lines[end]?.rule !== true && !PAGE_END.test(lines[end]?.text ?? '')) end++;
  const from = senderOf((fields.get('from') ?? '').replace(BULLET_DOT, '.'));
  const references = (fields.get('references') ?? '')
    .split(/\s+/)
    .map(bareId)
    .filter((id) => id !== '');
  return {
    subject: fields.get('subject') ?? '',
    ...(from === undefined ? {} : { from }),
    date: (fields.get('date') ?? '').replace(OVERVIEW_LINK, ''),
    id: ID_LINE.exec(lines[idLine]?.text ?? '')?.[1] ?? '',
    inReplyTo: bareId(fields.get('in-reply-to') ?? ''),
    references,
    to: (fields.get('to') ?? '').replace(BULLET_DOT, '.'),
    cc: (fields.get('cc') ?? '').replace(BULLET_DOT, '.'),
    body: bodyOf(lines, at, end),
  };
}

/** Reads a message or thread page of public-inbox. */
export const readPublicInbox: ArchiveReader = (page) => {
  if (page.lines.some(({ text }) => THREAD_FROM.test(text))) return readThread(page);
  const idLines = page.lines.flatMap(({ text }, i) => (ID_LINE.test(text) ? [i] : []));
  return idLines.length === 0 ? undefined : idLines.map((line) => readMessage(page, line));
};
