// Header text: unfolding, undeclared 8-bit bytes, RFC 2047 encoded words. Words that are no encoded words stay as written.
import type { Defect } from '../../model/message.ts';
import { decodeCharset, isStateful, undeclaredMixed } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer.ts';

const NON_ASCII = /[\x80-\xff]/;
const FOLD = /\r?\n/g;
const BLANKS = /[\s\x00-\x1f\x7f\x80-\x9f]+/g;
/** Text that is not yet on one line: controls, blanks other than a space, two spaces, outer spaces. */
const UNTIDY = /[^\S ]|[\x00-\x1f\x7f-\x9f]| {2}|^ | $/;
const BLANK = /^[ \t\r\n]+$/;
/** Charset, optional RFC 2231 language, encoding. Bounded, so that every `=?` costs constant work. */
const WORD_HEAD = /=\?([A-Za-z0-9_.:()+'-]{1,60})(?:\*[A-Za-z0-9-]{0,20})?\?([BbQq])\?/y;

/** Raw header value (one character per byte) to text on one line, NUL as U+FFFD, other controls and runs of blanks as one space. */
export function decodeHeaderText(raw: string, offset?: number, defects?: Defect[]): string {
  const text = raw.includes('=?')
    ? decodeWords(rawText(raw, offset, defects))
    : rawText(raw, offset, defects);
  return oneLine(text);
}

/** Unfolds and decodes undeclared 8-bit bytes, leaving encoded words alone. */
export function rawText(raw: string, offset?: number, defects?: Defect[]): string {
  const unfolded = raw.includes('\n') ? raw.replace(FOLD, '') : raw;
  if (!NON_ASCII.test(unfolded)) return unfolded;
  const bytes = Buffer.from(unfolded, 'latin1');
  const text = undeclaredMixed(bytes);
  if (defects && Buffer.byteLength(text) !== bytes.length) {
    defects.push({
      code: 'header-charset',
      detail: 'undeclared bytes in a header read as windows-1252',
      ...(offset === undefined ? {} : { offset }),
    });
  }
  return text;
}

/** Text on one line: NUL becomes U+FFFD, runs of blanks and controls one space. */
export function oneLine(text: string): string {
  return UNTIDY.test(text) ? text.replaceAll('\0', '\ufffd').replace(BLANKS, ' ').trim() : text;
}

/** Decodes RFC 2047 encoded words; blanks between two of them vanish, and characters split across two are rejoined. */
export function decodeWords(text: string): string {
  let out = '';
  let done = 0;
  /** Bytes of a run of adjacent words of one charset, not decoded yet. */
  let charset = '';
  let chunks: Buffer[] = [];
  const flush = (): void => {
    if (chunks.length > 0) out += decodeCharset(Buffer.concat(chunks), charset).text;
    chunks = [];
  };
  for (let at = text.indexOf('=?'); at >= 0; at = text.indexOf('=?', at)) {
    WORD_HEAD.lastIndex = at;
    const head = WORD_HEAD.exec(text);
    if (!head) {
      at += 2;
      continue;
    }
    const start = at + head[0].length;
    const end = text.indexOf('?=', start);
    if (end < 0) break;
    const between = text.slice(done, at);
    const adjacent = chunks.length > 0 && (between === '' || BLANK.test(between));
    const [, label = '', encoding = ''] = head;
    if (!adjacent) {
      flush();
      out += between;
    } else if (label.toLowerCase() !== charset || isStateful(label)) {
      flush();
    }
    charset = label.toLowerCase();
    chunks.push(wordBytes(text.slice(start, end), encoding));
    at = end + 2;
    done = at;
  }
  flush();
  return out + text.slice(done);
}

function wordBytes(encoded: string, encoding: string): Buffer {
  const bytes = Buffer.from(encoded, 'utf8');
  if (encoding === 'B' || encoding === 'b') return decodeBase64(bytes);
  return decodeQuotedPrintable(Buffer.from(encoded.replaceAll('_', ' '), 'utf8'));
}
