// Message pages of MARC (marc.info), as HTML or saved as text. MARC writes `user () host ! tld` for addresses and ids.
import type { ArchiveReader } from './archive.ts';
import { bareId, senderOf, trimmedBody, type PageMessage } from './message.ts';

const NAVIGATION = /^\s*\[?(?:prev in list|next in list)\]?\s+\[/;
const NAVIGATION_BRACKETS = /^\s*\[prev in list\]/;
const FIELD = /^(List|Subject|From|Date|Message-ID):\s+(.*)$/i;
const DOWNLOAD = /^\s*\[Download RAW\b/i;
/** Lines of the header block. */
const HEADER_LINES = 20;

/** `user () host ! tld` as an address. */
function unmask(text: string): string {
  return text.replaceAll(' () ', '@').replaceAll(' ! ', '.');
}

function isNavigation(text: string): boolean {
  return NAVIGATION_BRACKETS.test(text) || NAVIGATION.test(text);
}

/** Reads a message page of MARC: one message. Its dates are UTC. */
export const readMarc: ArchiveReader = (page) => {
  const { lines } = page;
  const top = lines.findIndex(({ text }) => isNavigation(text));
  if (top === -1) return undefined;
  const fields = new Map<string, string>();
  let start = top + 1;
  for (let i = start; i < Math.min(lines.length, top + HEADER_LINES); i++) {
    const text = lines[i]?.text ?? '';
    const field = FIELD.exec(text);
    if (field?.[1] !== undefined) fields.set(field[1].toLowerCase(), (field[2] ?? '').trim());
    if (field !== null || DOWNLOAD.test(text)) start = i + 1;
    if (DOWNLOAD.test(text)) break;
    if (field === null && text.trim() !== '' && fields.size > 0) break;
  }
  if (!fields.has('from') || !fields.has('subject')) return undefined;
  let stop = start;
  while (stop < lines.length && !isNavigation(lines[stop]?.text ?? '')) stop++;
  const from = senderOf(unmask(fields.get('from') ?? ''));
  const date = fields.get('date') ?? '';
  const message: PageMessage = {
    subject: fields.get('subject') ?? '',
    ...(from === undefined ? {} : { from }),
    date: date === '' ? '' : `${date} +0000`,
    id: bareId(unmask(fields.get('message-id') ?? '')),
    body: trimmedBody(lines, start, stop),
  };
  return [message];
};
