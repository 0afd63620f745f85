// Bytes to text by charset label: iconv-lite, with ISO-2022-JP from the platform decoder, and a fallback for wrong labels.
// Never throws; the result is well-formed UTF-16. Labels follow the WHATWG reading (iso-8859-1 is windows-1252).
import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/** Why text was not decoded as its label says; null when it was. */
export type CharsetDefect = 'charset-unknown' | 'charset-mismatch' | null;

export interface Decoded {
  readonly text: string;
  readonly defect: CharsetDefect;
}

/** Labels that promise nothing: decoded like undeclared text. */
const UNDECLARED = new Set(['', 'default', 'unknown', 'xunknown', 'unknown8bit', 'binary', '8bit', 'none']);
const UTF8 = new Set(['utf8', 'unicode11utf8', 'utf8mb4', 'xutf8', 'utf']);
const ASCII = new Set(['usascii', 'ascii', 'ansix341968', 'ansix341986', 'iso646us', 'us', 'iso646']);
/** Compared without case and punctuation. iso-8859-1 and -9 bytes 0x80-0x9f are windows text in practice (WHATWG Encoding). */
const ALIAS: ReadonlyMap<string, string> = new Map([
  ['iso88591', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['l1', 'windows-1252'],
  ['ansi', 'windows-1252'],
  ['iso88599', 'windows-1254'],
  ['iso88598i', 'iso-8859-8'],
  ['iso88598e', 'iso-8859-8'],
  ['tis620', 'windows-874'],
  ['ksc56011987', 'cp949'],
  ['ksc5601', 'cp949'],
  ['euckr', 'cp949'],
  ['gb2312', 'gbk'],
  ['xgbk', 'gbk'],
  ['xsjis', 'shiftjis'],
]);
const ONE_BYTE = /^(?:iso8859|latin|windows(?:125|874)|cp125|cp(?:4|8)\d\d$|koi8|mac|l\d$|ansi|tis620)/;
const STATEFUL = /^(?:iso-2022-|utf-7|unicode-1-1-utf-7|hz-gb)/i;
const PUNCTUATION = /[^a-z0-9]+/g;
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Replaces lone surrogates, which neither SQLite nor JSON can carry, by U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, '\ufffd');
}

/** Charsets with shift states: each encoded word stands for itself. */
export function isStateful(label: string): boolean {
  return STATEFUL.test(label);
}

/** Decodes `bytes` labelled `label` ('' when undeclared). Wrong or unknown labels fall back to UTF-8, then windows-1252. */
export function decodeCharset(bytes: Buffer, label: string): Decoded {
  const key = label.toLowerCase().replace(PUNCTUATION, '');
  if (UTF8.has(key) || UNDECLARED.has(key)) {
    if (isUtf8(bytes)) return { text: bytes.toString('utf8'), defect: null };
    return { text: undeclared(bytes), defect: 'charset-mismatch' };
  }
  if (ASCII.has(key)) {
    if (isAscii(bytes)) return { text: bytes.toString('latin1'), defect: null };
    return { text: undeclared(bytes), defect: 'charset-mismatch' };
  }
  if (key.startsWith('iso2022jp')) return { text: platform(bytes, 'iso-2022-jp'), defect: null };
  const name = ALIAS.get(key) ?? label.toLowerCase();
  if (key === 'base64' || key === 'hex' || !iconv.encodingExists(name)) {
    return { text: undeclared(bytes), defect: 'charset-unknown' };
  }
  const text = wellFormed(iconv.decode(bytes, name));
  const lossy = text.includes('\ufffd');
  if (!lossy && !ONE_BYTE.test(key)) return { text, defect: null };
  // Any bytes decode in a one-byte charset: what is valid UTF-8 throughout was UTF-8 all the same. Holes in such a charset,
  // and multi-byte text that does not decode, show a wrong label too.
  if (!isAscii(bytes) && isUtf8(bytes)) return { text: bytes.toString('utf8'), defect: 'charset-mismatch' };
  if (lossy && ONE_BYTE.test(key)) return { text: windows1252(bytes), defect: 'charset-mismatch' };
  return { text, defect: lossy ? 'charset-mismatch' : null };
}

/**
 * Undeclared bytes: UTF-8 when valid as a whole, else windows-1252. A text that is UTF-8 but for a few bytes (cut off, or
 * with a quote in another charset) keeps its UTF-8 characters.
 */
export function undeclared(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let characters = 0;
  let strays = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length > 1) characters += 1;
    else if (length === 0) strays += 1;
    at += Math.max(1, length);
  }
  return characters > strays ? undeclaredMixed(bytes) : windows1252(bytes);
}

/** Undeclared bytes of one header: valid UTF-8 sequences as such, every other byte as windows-1252. */
export function undeclaredMixed(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let run = 0;
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', run, at) + windows1252(bytes.subarray(at, at + 1));
    at += 1;
    run = at;
  }
  return text + bytes.toString('utf8', run);
}

/** Length of the valid UTF-8 sequence at `at`, 0 when there is none (RFC 3629 4). */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] ?? 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function windows1252(bytes: Buffer): string {
  return iconv.decode(bytes, 'windows-1252');
}

function platform(bytes: Buffer, label: string): string {
  return wellFormed(new TextDecoder(label).decode(bytes));
}
