// Pages of MHonArc: spinics.net, mail-archive.com, lists.debian.org and others, as HTML or saved as text.
// MHonArc writes what it knows of a mail into comments, the sender rotated by 14 places (X-From-R13, mhonarc's mhrc(5)).
// A page saved as text often has no more than the subject and the body.
import type { ArchiveReader, Page } from './archive.ts';
import { bareId, senderOf, trimmedBody, type PageMessage, type PageSender } from './message.ts';

/** `[Date Prev][Date Next][Thread Prev]...`: the links above (and often below) a message. */
const NAVIGATION = /^\s*\[(?:Date|Thread)\s(?:Prev|Next|Index)\]/;
const FIELD =
  /^\s*(?:[*•·+-]\s{1,8})?(To|Cc|From|Subject|Date|In-reply-to|References|Message-id|Reply-to|Organization|User-agent|Sender|Delivered-to|Mail-followup-to|List-id)\s{0,3}:\s(.*)$/i;
const BULLET = /^\s*[*•·+-]\s/;
/** Lines with which the part below a message begins. */
const BELOW =
  /^\s*(?:\[Index\sof\sArchives\]|(?:[*•·+-]\s{1,8})?(?:Prev|Next|Previous)\sby\s(?:Date|Thread)\s{0,3}:|Powered\sby\sLinux\s*$|(?:[*•·+-]\s{1,8})?Index\(es\)\s{0,3}:|(?:[*•·+-]\s{1,8})?Follow-Ups\s{0,3}:\s*$|[*•·+-]\s{1,8}References\s{0,3}:\s*$)/i;
const COMMENT = /^X-([A-Za-z0-9-]+):\s*(.*)$/s;
const ENTITY = /&#(\d{1,7});/g;
const RE = /^(?:re|aw|sv|antw)\s{0,3}:\s*/i;
const RE_LINES = 60;

/** MHonArc's rotation of addresses in X-From-R13 undone: 28 places with `@` and `[` beside the capitals, 26 for the small. */
function unrotate(text: string): string {
  const ring = '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[';
  let out = '';
  for (const char of text) {
    const at = ring.indexOf(char);
    if (at !== -1) {
      out += ring[(at + 14) % 28] ?? '';
    } else if (char >= 'a' && char <= 'z') {
      out += String.fromCharCode(((char.charCodeAt(0) - 97 + 13) % 26) + 97);
    } else {
      out += char;
    }
  }
  return out;
}

/** What the comments at the head of the page say, by lower-case name; repeated ones joined by a space. */
function commentFields(page: Page): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const { text } of page.comments) {
    const field = COMMENT.exec(text);
    if (field?.[1] === undefined) continue;
    const name = field[1].toLowerCase();
    const value = (field[2] ?? '').replace(ENTITY, (_, code: string) =>
      String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    );
    fields.set(name, `${fields.get(name) ?? ''} ${value}`.trim());
  }
  return fields;
}

/** Line numbers of the two comments around the body; undefined when they are not there. */
function bodyRange(page: Page): readonly [number, number] | undefined {
  const start = page.comments.find(({ text }) => text === 'X-Body-of-Message');
  const end = page.comments.find(({ text }) => text === 'X-Body-of-Message-End');
  return start === undefined ? undefined : [start.line, end?.line ?? page.lines.length];
}

interface ShownFields {
  readonly fields: ReadonlyMap<string, string>;
  /** Number of the line after them. */
  readonly end: number;
}

/**
 * The list of header fields under the navigation. Without bullets the same lines could be the head of a patch in the body, so
 * then only a whole block counts: sender, date and the subject of the page.
 */
function shownFields(page: Page, from: number, title: string): ShownFields {
  const fields = new Map<string, string>();
  let bulleted = true;
  let end = from;
  let i = from;
  for (; i < page.lines.length && i < from + RE_LINES; i++) {
    const text = page.lines[i]?.text ?? '';
    if (text.trim() === '') continue;
    const field = FIELD.exec(text);
    if (field?.[1] === undefined) break;
    bulleted &&= BULLET.test(text);
    const name = field[1].toLowerCase();
    if (!fields.has(name)) fields.set(name, (field[2] ?? '').trim());
    end = i + 1;
  }
  const subject = fields.get('subject') ?? '';
  const whole = fields.has('from') && fields.has('date') && subject.replace(RE, '') === title.replace(RE, '');
  return bulleted || whole ? { fields, end } : { fields: new Map(), end: from };
}

function lastTextBefore(page: Page, index: number): string {
  for (let i = index - 1; i >= 0; i--) {
    const text = page.lines[i]?.text.trim() ?? '';
    if (text !== '') return text;
  }
  return '';
}

/** Ids in a field that may hold links' texts and brackets. */
function idsIn(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map(bareId)
    .filter((id) => id.includes('@'));
}

/** The sender of the comments when there is one, else as shown. */
function senderOfPage(comments: ReadonlyMap<string, string>, shown: string): PageSender | undefined {
  const rotated = comments.get('from-r13');
  if (rotated !== undefined && rotated !== '') return senderOf(unrotate(rotated));
  return senderOf(comments.get('from') ?? shown);
}

function messageOf(
  comments: ReadonlyMap<string, string>,
  shown: ReadonlyMap<string, string>,
  title: string,
  body: string[],
): PageMessage {
  const from = senderOfPage(comments, shown.get('from') ?? '');
  const references = idsIn(comments.get('reference') ?? shown.get('references') ?? '');
  const inReplyTo = idsIn(shown.get('in-reply-to') ?? '')[0] ?? references.at(-1) ?? '';
  return {
    subject: comments.get('subject') ?? shown.get('subject') ?? title,
    ...(from === undefined ? {} : { from }),
    date: comments.get('date') ?? shown.get('date') ?? '',
    id: bareId(comments.get('message-id') ?? shown.get('message-id') ?? ''),
    inReplyTo,
    references,
    to: shown.get('to') ?? '',
    cc: shown.get('cc') ?? '',
    body,
  };
}

/** Reads a page of MHonArc: one message. */
export const readMhonarc: ArchiveReader = (page) => {
  const comments = commentFields(page);
  const navigation = page.lines.findIndex(({ text }) => NAVIGATION.test(text));
  const range = bodyRange(page);
  if (range === undefined && navigation === -1) return undefined;
  const title = lastTextBefore(page, navigation === -1 ? 0 : navigation) || page.title;
  const { fields, end } = shownFields(page, navigation + 1, title);
  if (range !== undefined) return [messageOf(comments, fields, title, trimmedBody(page.lines, ...range))];
  let stop = end;
  while (stop < page.lines.length) {
    const text = page.lines[stop]?.text ?? '';
    if (BELOW.test(text) || NAVIGATION.test(text)) break;
    stop++;
  }
  return [messageOf(comments, fields, title, trimmedBody(page.lines, end, stop))];
};
