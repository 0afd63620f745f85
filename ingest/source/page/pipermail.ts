// Message pages of pipermail (Mailman 2), as HTML or saved as text.
import type { ArchiveReader, Page } from './archive.ts';
import { bareId, trimmedBody, type PageMessage, type PageSender } from './message.ts';

/** `Sat Jul  1 18:01:49 CDT 2006`, under the sender. */
const DATE_LINE =
  /^\s*[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d (?:[A-Za-z0-9+-]{1,6} )?\d{4}\s*$/;
const ADDRESS = /^(.*?)\s*(\S+) (?:at|en|em|à|a|bei|på) (\S+)\s*$/;
const NAVIGATION = /^\s*(?:[*•·+-]\s{1,8})?(?:Previous message|Next message|Messages sorted by)\b/;
/** `[ date ] [ thread ]` of the navigation. */
const LINKS = /^\s*\[ [a-z]{1,20} \]/;
const BELOW =
  /^\s*(?:More information about the\b|(?:[*•·+-]\s{1,8})?(?:Previous|Next) message(?: \([^)]{0,40}\))?:)/;
const LIST_TAG = /^\s*\[[^\]]{1,60}\]\s*/;
const RE = /^re\s{0,3}:\s*/i;
/** Lines after the date among which the navigation ends. */
const HEAD_LINES = 20;
/** Lines of a page before the sender. */
const TOP_LINES = 40;

function senderOfLine(text: string, address: string | undefined): PageSender | undefined {
  const shown = address ?? '';
  const whole = text.trim();
  const name = shown !== '' && whole.endsWith(shown) ? whole.slice(0, -shown.length).trim() : undefined;
  const hidden = ADDRESS.exec(name === undefined ? whole.slice(-400) : shown);
  if (hidden === null) return name === undefined ? undefined : { name, address: shown };
  const [, before = '', user = '', host = ''] = hidden;
  return {
    name: name ?? (whole.slice(0, Math.max(0, whole.length - 400)) + before).trim(),
    address: `${user}@${host}`,
  };
}

interface Reference {
  readonly id: string;
  /** The id is the message's own; else it is that of the message it answers. */
  readonly own: boolean;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * The id in the page's mail links. Mailman up to 2.1.9 or so put there what the message answers; later ones its own id, and
 * `Re: ` before the subject, which tells the two apart.
 */
function referenceOf(page: Page, subject: string): Reference | undefined {
  for (const { href } of page.marks === undefined ? [] : mailLinks(page)) {
    const query = new Map(
      href
        .slice(href.indexOf('?') + 1)
        .split('&')
        .map((pair) => {
          const at = pair.indexOf('=');
          return [pair.slice(0, at).toLowerCase(), decoded(pair.slice(at + 1))] as const;
        }),
    );
    const id = bareId(query.get('in-reply-to') ?? '');
    if (!id.includes('@')) continue;
    const linked = (query.get('subject') ?? '').replace(LIST_TAG, '');
    const plain = subject.replace(LIST_TAG, '');
    return { id, own: RE.test(linked) && linked !== plain };
  }
  return undefined;
}

function mailLinks(page: Page): { readonly href: string }[] {
  const links: { readonly href: string }[] = [];
  for (const mark of page.marks ?? []) {
    if (mark.kind !== 'open' || (mark.name !== 'a' && mark.name !== 'link')) continue;
    const href = mark.attributes['href'] ?? '';
    if (/^mailto:/i.test(href) && /in-reply-to=/i.test(href)) links.push({ href });
  }
  return links;
}

function firstText(page: Page, from: number, to: number): string {
  return (
    page.lines
      .slice(from, to)
      .find(({ text }) => text.trim() !== '')
      ?.text.trim() ?? ''
  );
}

function articleRange(page: Page, dateLine: number): readonly [number, number] {
  const begin = page.comments.find(({ text }) => text === 'beginarticle');
  const end = page.comments.find(({ text }) => text === 'endarticle');
  if (begin !== undefined) return [begin.line, end?.line ?? page.lines.length];
  const start = endOfHead(page, dateLine + 1);
  return [start, startOfFoot(page, start)];
}

/** The head ends with the navigation and the rule under it; its links may run over several lines. */
function endOfHead(page: Page, from: number): number {
  let end = from;
  for (let i = from; i < Math.min(page.lines.length, from + HEAD_LINES); i++) {
    const { text = '', rule = false } = page.lines[i] ?? {};
    if (rule) return i + 1;
    if (text.trim() === '') continue;
    if (!NAVIGATION.test(text) && !LINKS.test(text)) break;
    end = i + 1;
  }
  return end;
}

/** The foot is looked for from below, as its words may stand in the message too. */
function startOfFoot(page: Page, from: number): number {
  let last = page.lines.findLastIndex(({ text }) => BELOW.test(text));
  if (last < from) return page.lines.length;
  while (last > from) {
    const { text = '', rule = false } = page.lines[last - 1] ?? {};
    if (rule || text.trim() === '' || NAVIGATION.test(text) || LINKS.test(text)) last--;
    else break;
  }
  return last;
}

/** Reads a message page of pipermail: one message. */
export const readPipermail: ArchiveReader = (page) => {
  const dateLine = page.lines.slice(0, TOP_LINES).findIndex(({ text }) => DATE_LINE.test(text));
  const above = page.lines[dateLine - 1];
  if (dateLine < 1 || above === undefined) return undefined;
  const from = senderOfLine(above.text, above.links.at(-1)?.text);
  if (from === undefined) return undefined;
  const subject = page.title || firstText(page, 0, dateLine - 1);
  const reference = referenceOf(page, subject);
  const message: PageMessage = {
    subject,
    from,
    date: page.lines[dateLine]?.text.trim() ?? '',
    ...(reference === undefined ? {} : reference.own ? { id: reference.id } : { inReplyTo: reference.id }),
    body: trimmedBody(page.lines, ...articleRange(page, dateLine)),
  };
  return [message];
};
