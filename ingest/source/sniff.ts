// What a file holds, told from its first bytes, never from its name.
import { envelopeLimit, isEnvelope, lookahead } from './envelope.ts';
import { isGzip } from './gunzip.ts';

/** Bytes of the head that are looked at. */
export const sniffLength = 1 << 16;

/**
 * `eml`: one mail. `html`, `text`: maybe an archive page. `packed`: compressed in a way that is not read here.
 * `binary`: none of these.
 */
export type ContentKind =
  'empty' | 'gzip' | 'bundle' | 'packed' | 'mbox' | 'eml' | 'html' | 'text' | 'binary';

const BUNDLE = /^# v\d+ git bundle\n/;
/** First bytes of compressed files, and the program that undoes them. */
const PACKED: readonly (readonly [string, string])[] = [
  ['\xfd7zXZ\0', 'xz -d'],
  ['BZh', 'bzip2 -d'],
  ['\x28\xb5\x2f\xfd', 'zstd -d'],
  ['PK\x03\x04', 'unzip'],
  ["7z\xbc\xaf'\x1c", '7z x'],
];
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const EMPTY_LINES = /^[\r\n]+/;
const HTML =
  /^\s{0,1000}<(?:!doctype\s+html|!--|\?xml|html|head|body|title|meta|div|table|pre|h\d|p|b|a)[\s>]/i;
/** A header field: RFC 5322 names, and a space before the colon as old mailers wrote. */
const FIELD = /^[!-9;-~]{1,80}[ \t]{0,4}:(?!\/\/)/;
const FOLD = /^[ \t]/;
/** Fields without which a text that looks like a header block is not taken for a mail. */
const KNOWN =
  /^(?:From|To|Cc|Date|Subject|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Content-Type|Sender|Reply-To|In-Reply-To|References|List-Id)[ \t]{0,4}:/i;
/** Lines of a header block that are looked at. */
const HEADER_LINES = 60;

/** The program that unpacks what begins with these bytes; '' when they are not packed. */
export function unpacker(head: Buffer): string {
  const start = head.toString('latin1', 0, 8);
  return PACKED.find(([magic]) => start.startsWith(magic))?.[1] ?? '';
}

/** Do these first bytes begin with a header block? Malformed lines between good ones do not matter. */
function beginsWithHeader(text: string): boolean {
  let good = 0;
  let bad = 0;
  let known = false;
  let at = 0;
  for (let line = 0; line < HEADER_LINES && at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const content = text.slice(at, end === -1 ? text.length : end);
    at = end === -1 ? text.length : end + 1;
    if (content === '' || content === '\r') break;
    if (FOLD.test(content)) continue;
    if (FIELD.test(content)) good++;
    else bad++;
    known ||= KNOWN.test(content);
  }
  return known && good >= bad;
}

/** Control characters that text does not have, as a share of the bytes. */
function binaryShare(text: string): number {
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0c && code !== 0x0d && code !== 0x1b)
      odd++;
  }
  return text.length === 0 ? 0 : odd / text.length;
}

/** Does the first line that is not empty begin an mbox? */
function beginsMbox(text: string): boolean {
  return text.startsWith('From ') && isEnvelopeAt(text, 0);
}

function isEnvelopeAt(text: string, at: number): boolean {
  const end = text.indexOf('\n', at);
  const line = text.slice(at, end === -1 ? at + envelopeLimit + 2 : end);
  const following = end === -1 ? '' : text.slice(end + 1, end + 1 + lookahead);
  const context = { first: at === 0, afterBlank: true, begun: 'none' as const, following };
  return isEnvelope(line.endsWith('\r') ? line.slice(0, -1) : line, context);
}

/** An mbox whose beginning was cut off: an envelope after an empty line, somewhere in the head. */
function holdsEnvelope(text: string): boolean {
  for (let at = text.indexOf('\nFrom '); at !== -1; at = text.indexOf('\nFrom ', at + 1)) {
    if (isEnvelopeAt(text, at + 1)) return true;
  }
  return false;
}

/** Kind of the content that begins with `head` (its first `sniffLength` bytes, or all). */
export function sniff(head: Buffer): ContentKind {
  if (head.length === 0) return 'empty';
  if (isGzip(head)) return 'gzip';
  if (unpacker(head) !== '') return 'packed';
  const all = head.toString('latin1');
  if (BUNDLE.test(all)) return 'bundle';
  const text = (all.startsWith(BYTE_ORDER_MARK) ? all.slice(BYTE_ORDER_MARK.length) : all).replace(
    EMPTY_LINES,
    '',
  );
  if (text === '') return 'empty';
  if (beginsMbox(text)) return 'mbox';
  if (HTML.test(text)) return 'html';
  const binary = binaryShare(text) > 0.1;
  if (!binary && beginsWithHeader(text)) return 'eml';
  if (holdsEnvelope(text)) return 'mbox';
  return binary || text.includes('\0') ? 'binary' : 'text';
}
