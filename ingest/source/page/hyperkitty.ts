// Message and thread pages of HyperKitty (Mailman 3), as HTML. A thread page holds its replies only when it was saved after
// they were loaded; what is on the page is read.
import type { Defect } from '../../../model/message.ts';
import type { ArchiveReader } from './archive.ts';
import { endOf, findTags, hasClass, textBetween, type Mark, type OpenMark } from './html.ts';
import { linesOfHtml } from './line.ts';
import { bareId, trimmedBody, type PageMessage } from './message.ts';

const SENDERS_TIME =
  /([A-Z][a-z]{2,8})\.? (\d{1,2}), (\d{4}), (noon|midnight|(\d{1,2})(?::(\d\d))? ([ap])\.m\.)\s*$/;
const LEVEL = /^reply-level-(\d{1,3})$/;
/** HyperKitty shows deeper replies at this level, so their parents cannot be told. */
const DEEPEST_LEVEL = 5;
const NEW_SUBJECT = /^New subject:\s*/i;
const RE = /^re\s{0,3}:\s*/i;

const WITHOUT_ZONE: Defect = {
  code: 'page-date-without-zone',
  detail: "the page shows the sender's time without its zone",
};

/** `Jan. 18, 2023, 8:32 p.m.`, the sender's own time without its zone, as an RFC 5322 date in UTC (`-0000`); '' for other text. */
function dateOf(title: string): string {
  const found = SENDERS_TIME.exec(title);
  if (found === null) return '';
  const [, month = '', day = '', year = '', word = '', hour = '', minute = '', half = ''] = found;
  let hours = word === 'noon' ? 12 : word === 'midnight' ? 0 : Number(hour) % 12;
  if (half === 'p') hours += 12;
  const clock = `${String(hours).padStart(2, '0')}:${minute === '' ? '00' : minute}:00`;
  return `${day} ${month.slice(0, 3)} ${year} ${clock} -0000`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Subject and id in the link for replying by mail, whose In-Reply-To is this message. */
function replyLink(marks: readonly Mark[], from: number, to: number): ReadonlyMap<string, string> {
  for (const index of findTags(marks, from, to, (mark) => mark.name === 'a')) {
    const mark = marks[index];
    const href = mark?.kind === 'open' ? (mark.attributes['href'] ?? '') : '';
    if (!/^mailto:/i.test(href) || !/in-reply-to=/i.test(href)) continue;
    const pairs = href.slice(href.indexOf('?') + 1).split('&');
    return new Map(
      pairs.map((pair) => [
        pair.slice(0, pair.indexOf('=')).toLowerCase(),
        decoded(pair.slice(pair.indexOf('=') + 1)),
      ]),
    );
  }
  return new Map();
}

function classText(marks: readonly Mark[], from: number, to: number, name: string): string {
  const [index] = findTags(marks, from, to, (mark) => hasClass(mark, name));
  return index === undefined ? '' : textBetween(marks, index, endOf(marks, index));
}

function sendersTime(marks: readonly Mark[], from: number, to: number): string {
  for (const index of findTags(marks, from, to, (mark) => mark.name === 'span')) {
    const mark = marks[index];
    const date = mark?.kind === 'open' ? dateOf(mark.attributes['title'] ?? '') : '';
    if (date !== '') return date;
  }
  return '';
}

/** Level of the reply this mark opens; 0 for a direct reply. -1 when it opens none. */
function levelOf(mark: OpenMark): number {
  for (const name of (mark.attributes['class'] ?? '').split(/\s+/)) {
    const level = LEVEL.exec(name);
    if (level?.[1] !== undefined) return Number(level[1]);
  }
  return -1;
}

/** The switch that folds quotes is no text of the message. */
const isSwitch = (mark: OpenMark): boolean => hasClass(mark, 'quoted-switch');

/** Reads a page of HyperKitty: the message or the messages of the thread that are on it. */
export const readHyperkitty: ArchiveReader = (page) => {
  const { marks } = page;
  if (marks === undefined) return undefined;
  const mails = findTags(marks, 0, marks.length, (mark) => mark.name === 'div' && hasClass(mark, 'email'));
  const bodies = findTags(
    marks,
    0,
    marks.length,
    (mark) => mark.name === 'div' && hasClass(mark, 'email-body'),
  );
  if (mails.length === 0 || bodies.length === 0) return undefined;
  const [heading] = findTags(marks, 0, mails[0] ?? 0, (mark) => mark.name === 'h3' || mark.name === 'h1');
  const threadSubject =
    heading === undefined ? page.title : textBetween(marks, heading, endOf(marks, heading));
  const messages: PageMessage[] = [];
  /** Ids of the messages above, by level + 1; the first message of the thread has place 0. */
  const above: string[] = [];
  let place = 0;
  let next = 0;
  for (const from of mails) {
    const to = endOf(marks, from);
    for (; next < from; next++) {
      const mark = marks[next];
      if (mark?.kind === 'open') place = levelOf(mark) === -1 ? place : levelOf(mark) + 1;
    }
    const [body] = findTags(marks, from, to, (mark) => hasClass(mark, 'email-body'));
    if (body === undefined) continue;
    const link = replyLink(marks, from, to);
    const id = bareId(link.get('in-reply-to') ?? '');
    const changed = classText(marks, from, body, 'subject').replace(NEW_SUBJECT, '');
    const date = sendersTime(marks, from, body);
    const name = classText(marks, from, body, 'name');
    const parent = place > 0 && place <= DEEPEST_LEVEL ? (above[place - 1] ?? '') : '';
    above.length = Math.min(above.length, place);
    above[place] = id;
    const reply = place > 0 && !RE.test(threadSubject) ? `Re: ${threadSubject}` : threadSubject;
    const { lines } = linesOfHtml(marks, body, endOf(marks, body), isSwitch);
    messages.push({
      subject: changed || reply,
      ...(name === '' ? {} : { from: { name, address: '' } }),
      date,
      id,
      inReplyTo: parent,
      body: trimmedBody(lines, 0, lines.length),
      defects: date === '' ? [] : [WITHOUT_ZONE],
    });
  }
  return messages;
};
