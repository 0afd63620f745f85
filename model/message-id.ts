// Message-IDs as people paste them and as URLs carry them (RFC 5322 section 3.6.4, RFC 2392 mid:, public-inbox's
// URL layout). Does not read headers: that is ingest's.
import type { MessageId } from './message.ts';

/** What public-inbox and Hum append to a message's URL; not part of the id. */
const tails = new Set([
  'raw',
  't',
  'T',
  't.mbox.gz',
  't.atom',
  'thread.mbox.gz',
  'R',
  's',
  'd',
  'f',
  'positions',
  'decisions',
  'questions',
  'collated',
  'index.json',
]);

const urlPattern = /^https?:\/\/([^/?#]+)(\/[^?#]*)/i;
const prefixPattern = /^(?:message-id:\s*|mid:|id:|m:)/i;
const idHosts = new Set(['msgid.link', 'patch.msgid.link']);
const dangling = /\p{Surrogate}/gu;

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function idOfUrl(host: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  while (parts.length > 1 && tails.has((parts.at(-1) ?? '').replace(/\.json$/, ''))) parts.pop();
  if (idHosts.has(host.toLowerCase()) || parts[0] === 'r' || parts[0] === 'i') {
    return parts
      .slice(parts[0] === 'r' || parts[0] === 'i' ? 1 : 0)
      .map(decodePart)
      .join('/');
  }
  const at = parts.findIndex((part) => part.includes('@') || /%40/i.test(part));
  // `lore.kernel.org/LIST/MSGID/`: an id without @ stands behind the list's name
  return parts
    .slice(at === -1 ? 1 : at)
    .map(decodePart)
    .join('/');
}

/**
 * The Message-ID meant by `text`: bare, `<id>`, `id:`, `mid:`, `m:` or a lore, public-inbox, `msgid.link` or Hum URL
 * (with `/`, `#t`, `/T/`, `/raw`). `undefined` when it cannot be one (empty, or white space inside).
 */
export function readMessageId(text: string): MessageId | undefined {
  const given = text.trim();
  const url = urlPattern.exec(given);
  const prefix = url ? '' : (prefixPattern.exec(given)?.[0] ?? '');
  let id = url ? idOfUrl(url[1] ?? '', url[2] ?? '') : given.slice(prefix.length);
  // RFC 2392: a mid: URL is percent-encoded
  if (prefix.toLowerCase() === 'mid:') id = decodePart(id);
  if (id.startsWith('<')) id = id.slice(1);
  if (id.endsWith('>')) id = id.slice(0, -1);
  return id === '' || /\s/.test(id) ? undefined : id;
}

/** An id as one path segment: `/` is %2F, and the characters public-inbox leaves alone stay readable. */
export function messageIdPath(id: MessageId): string {
  return encodeURIComponent(id.replace(dangling, '\ufffd')).replace(/%(40|2B|3D|24|3A|3B|2C|26)/g, (code) =>
    decodeURIComponent(code),
  );
}
