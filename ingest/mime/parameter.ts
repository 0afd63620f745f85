// Content-Type and Content-Disposition: value and parameters, RFC 2045 5.1 and RFC 2231 continuations, lenient and linear.
import { decodeCharset } from './charset.ts';
import { decodeWords, rawText } from './encoded-word.ts';

export interface ParameterizedValue {
  /** Lower case, without blanks and comments; '' when absent. */
  readonly value: string;
  /** Lower-case name -> decoded value. */
  readonly params: ReadonlyMap<string, string>;
}

const NAME_SECTION = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/;
const MAX_PARAMETERS = 200;

interface Section {
  readonly index: number;
  readonly encoded: boolean;
  readonly text: string;
}

/** Parses a raw header value (one character per byte, folded). */
export function parseParameterized(raw: string): ParameterizedValue {
  const text = rawText(raw);
  const [head = '', ...rest] = splitParameters(text);
  const params = new Map<string, string>();
  const sections = new Map<string, Section[]>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals <= 0) continue;
    const name = piece.slice(0, equals).trim().toLowerCase();
    const value = unquote(piece.slice(equals + 1).trim());
    const match = NAME_SECTION.exec(name);
    if (!match) continue;
    const [, base = '', index, star] = match;
    if (index === undefined && star === undefined) {
      if (!params.has(base)) params.set(base, value.includes('=?') ? decodeWords(value) : value);
    } else {
      const list = sections.get(base) ?? [];
      list.push({ index: Number(index ?? 0), encoded: star !== undefined, text: value });
      sections.set(base, list);
    }
  }
  // RFC 2231 forms win over a plain fallback of the same name
  for (const [name, list] of sections) params.set(name, joinSections(list));
  return { value: head.replace(/\s+/g, '').toLowerCase(), params };
}

/** Pieces between semicolons outside quotes and comments; comments dropped. */
function splitParameters(text: string): string[] {
  if (!text.includes('"') && !text.includes('(')) return text.split(';', MAX_PARAMETERS);
  const pieces: string[] = [];
  let piece = '';
  let quoted = false;
  let comment = 0;
  for (let at = 0; at < text.length && pieces.length < MAX_PARAMETERS; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && (quoted || comment > 0)) {
      if (comment === 0) piece += char + (text[at + 1] ?? '');
      at += 1;
    } else if (comment > 0) {
      if (char === '(') comment += 1;
      else if (char === ')') comment -= 1;
    } else if (char === '"') {
      quoted = !quoted;
      piece += char;
    } else if (quoted) {
      piece += char;
    } else if (char === '(') {
      comment = 1;
    } else if (char === ';') {
      pieces.push(piece);
      piece = '';
    } else {
      piece += char;
    }
  }
  pieces.push(piece);
  return pieces;
}

/** A quoted string's content (what follows its end is dropped), or the bare value (file names with blanks are often unquoted). */
function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  let out = '';
  for (let at = 1; at < value.length; at += 1) {
    const char = value[at] ?? '';
    if (char === '"') break;
    if (char === '\\' && at + 1 < value.length) {
      at += 1;
      out += value[at] ?? '';
    } else {
      out += char;
    }
  }
  return out;
}

/** RFC 2231 3 and 4: sections in order, percent escapes in the encoded ones, charset from the first. */
function joinSections(list: readonly Section[]): string {
  const sections = list.toSorted((a, b) => a.index - b.index);
  let charset = '';
  const bytes: Buffer[] = [];
  let expected = 0;
  for (const section of sections) {
    if (section.index !== expected) break;
    expected += 1;
    let text = section.text;
    if (section.encoded && section.index === 0) {
      const first = text.indexOf("'");
      const second = first < 0 ? -1 : text.indexOf("'", first + 1);
      if (second >= 0) {
        charset = text.slice(0, first);
        text = text.slice(second + 1);
      }
    }
    bytes.push(section.encoded ? percentDecoded(text) : Buffer.from(text, 'utf8'));
  }
  return decodeCharset(Buffer.concat(bytes), charset).text;
}

/** `%` that starts no escape stays. */
function percentDecoded(text: string): Buffer {
  if (!text.includes('%')) return Buffer.from(text, 'utf8');
  const source = Buffer.from(text, 'utf8');
  const out = Buffer.alloc(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    const escape = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(escape)) {
      out[length] = Number.parseInt(escape, 16);
      at += 2;
    } else {
      out[length] = source[at] ?? 0;
    }
    length += 1;
  }
  return out.subarray(0, length);
}
