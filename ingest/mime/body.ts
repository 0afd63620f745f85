// From leaves to the text all spans point into, and the list of attachments. What is text: inline text/plain parts joined by
// a line feed, else the text of the HTML parts. Attached messages are parts, not the sender's words, and stay out.
import type { Attachment, Defect } from '../../model/message.ts';
import { decodeCharset } from './charset.ts';
import { unwrapFlowed } from './flowed.ts';
import { htmlToText } from './html.ts';
import type { Leaf, Parts } from './part.ts';
import { unarmor } from './pgp.ts';
import { decodedSize, decodeTransfer } from './transfer.ts';

export interface Body {
  readonly body: string;
  readonly attachments: readonly Attachment[];
  readonly defects: readonly Defect[];
}

const MAX_NAME = 255;
/** Bytes of text decoded of one mail; what follows stays in the raw mail only. */
const MAX_TEXT = 32 * 1024 * 1024;
/** HTML costs more: nested quotes multiply line breaks. */
const MAX_HTML = 4 * 1024 * 1024;
const MAX_ATTACHMENTS = 1000;
const PATH = /^.*[/\\]/s;
/** Controls, and the characters that reorder or hide text in a displayed name. */
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const DOTS = /^\.+$/;
const NOT_BLANK = /\S/;

export function composeBody(parts: Parts): Body {
  const defects: Defect[] = [...parts.defects];
  const budget = { left: MAX_TEXT };
  const inline = parts.leaves.filter((leaf) => leaf.disposition !== 'attachment');
  let body = inline
    .filter((leaf) => leaf.type === 'text/plain')
    .map((leaf) => plainText(leaf, budget, defects))
    .join('\n');
  if (!NOT_BLANK.test(body)) {
    const html = inline.filter((leaf) => leaf.type === 'text/html');
    if (html.length > 0) {
      budget.left = MAX_HTML;
      body = html
        .map((leaf) => clean(htmlToText(lineFeeds(textOf(leaf, budget, defects))), defects))
        .join('\n');
      defects.push({ code: 'html-only', detail: 'no plain text part; text made from HTML' });
    }
  }
  if (!NOT_BLANK.test(body) && parts.leaves.some(isOpaque)) {
    defects.push({ code: 'text-absent', detail: 'the mail has content, but no text that can be read' });
  }
  const attachments: Attachment[] = [];
  for (const leaf of parts.leaves) {
    noteSecurity(leaf, defects);
    if (!isOpaque(leaf)) continue;
    if (attachments.length < MAX_ATTACHMENTS) {
      attachments.push({
        name: safeName(leaf.name),
        type: leaf.type,
        size: leaf.size ?? decodedSize(leaf.content, leaf.encoding),
      });
    }
  }
  return { body, attachments, defects };
}

/** Content that is no inline text: what a reader of the body does not see. */
function isOpaque(leaf: Leaf): boolean {
  return leaf.disposition === 'attachment' || (leaf.type !== 'text/plain' && leaf.type !== 'text/html');
}

/** Base name without path, controls and direction overrides; '' when nothing is left. */
export function safeName(name: string): string {
  const base = name.replace(UNSAFE, '').replace(PATH, '').trim();
  return DOTS.test(base) ? '' : base.slice(0, MAX_NAME);
}

function plainText(leaf: Leaf, budget: { left: number }, defects: Defect[]): string {
  // armor first: `- -- ` is a signature mark only once its dash escape is undone
  const { text: bare, encrypted } = unarmor(lineFeeds(textOf(leaf, budget, defects)));
  if (encrypted) defects.push({ code: 'encrypted', detail: 'an inline OpenPGP message cannot be read' });
  const flowed = leaf.params.get('format')?.trim().toLowerCase() === 'flowed';
  const text = flowed ? unwrapFlowed(bare, leaf.params.get('delsp')?.trim().toLowerCase() === 'yes') : bare;
  return clean(text, defects);
}

function textOf(leaf: Leaf, budget: { left: number }, defects: Defect[]): string {
  const label =
    leaf.params
      .get('charset')
      ?.trim()
      .split(/[\s;,]/, 1)[0] ?? '';
  // quoted-printable takes at most three bytes for one, or soft breaks that count for none
  const decoded = decodeTransfer(leaf.content.subarray(0, budget.left * 3), leaf.encoding);
  const bytes = decoded.subarray(0, budget.left);
  if (leaf.content.length > budget.left * 3 || decoded.length > bytes.length) {
    defects.push({
      code: 'text-cut',
      detail: `only the first ${bytes.length} bytes of a text part are read`,
    });
  }
  budget.left -= bytes.length;
  const { text, defect } = decodeCharset(bytes, label);
  if (defect) defects.push({ code: defect, detail: `${leaf.type} declared as ${JSON.stringify(label)}` });
  if (leaf.encoding === 'unknown') {
    defects.push({ code: 'transfer-encoding-unknown', detail: 'content kept as it is' });
  }
  return text;
}

/** CRLF, CR CR LF and lone CR to LF. */
function lineFeeds(text: string): string {
  if (!text.includes('\r')) return text;
  return text.replace(/\r+\n?/g, (run) => (run.endsWith('\n') ? '\n' : '\n'.repeat(run.length)));
}

/** A byte order mark is no text. NUL would end the text in C code (SQLite functions among it): shown as U+FFFD, one for one. */
function clean(text: string, defects: Defect[]): string {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!bare.includes('\0')) return bare;
  defects.push({ code: 'nul', detail: 'NUL in the text, shown as U+FFFD' });
  return bare.replaceAll('\0', '\ufffd');
}

function noteSecurity(leaf: Leaf, defects: Defect[]): void {
  if (leaf.type === 'application/pgp-encrypted') {
    defects.push({ code: 'encrypted', detail: 'OpenPGP encrypted content cannot be read' });
  } else if (leaf.type === 'application/pkcs7-mime' || leaf.type === 'application/x-pkcs7-mime') {
    const kind = leaf.params.get('smime-type')?.trim().toLowerCase() ?? '';
    if (kind === 'signed-data' || kind === 'clear-signed') {
      defects.push({
        code: 'signed-opaque',
        detail: 'S/MIME signed content inside its signature is not read',
      });
    } else if (kind !== 'certs-only') {
      defects.push({ code: 'encrypted', detail: 'S/MIME encrypted content cannot be read' });
    }
  }
}
