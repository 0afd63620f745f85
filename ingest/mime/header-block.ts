// Splits the header block of a message or part into fields. Values stay raw (one character per byte, folds kept).
// Linear in the input. RFC 5322 2.2, lenient: bad lines become defects, a missing blank line is found.
import type { Defect } from '../../model/message.ts';

export interface Field {
  /** Lower case. */
  readonly name: string;
  /** As written after the colon: one UTF-16 unit per byte, with its folds (`\n` followed by space or tab). */
  readonly raw: string;
  /** Byte offset of the field name in the whole buffer. */
  readonly offset: number;
}

export interface HeaderBlock {
  readonly fields: readonly Field[];
  /** Offset of the first body byte. */
  readonly bodyStart: number;
  readonly defects: readonly Defect[];
}

/** Most defects reported for one block; the rest is only counted. */
const MAX_DEFECTS = 20;
/** Most fields read of one block; memory stays in proportion to the block. */
const MAX_FIELDS = 20_000;
/** Bytes of one block looked at; a longer block is garbage or an attack. */
const MAX_BLOCK = 16 * 1024 * 1024;
const SHOWN = 60;
/** A field of one of these names after a bad line shows that the header goes on. */
const KNOWN =
  /^(?:from|to|cc|bcc|subject|date|message-id|in-reply-to|references|received|return-path|reply-to|sender|mime-version|user-agent|delivered-to|precedence|organization|dkim-signature|authentication-results|archived-at|content-[a-z-]+|list-[a-z-]+|x-[a-z0-9-]+|arc-[a-z-]+|resent-[a-z-]+)$/;
/** Fields that stand once in a mail (RFC 5322 3.6) and are read here. */
const SINGLE = new Set(['from', 'subject', 'date', 'message-id', 'content-type']);
const FIELD_NAME = /^[!-9;-~]+$/;
const ENVELOPE = /^>?From /;

/** Reads fields from `start`; the block ends at the first empty line, at `limit`, or where the text stops being a header. */
export function parseHeaderBlock(bytes: Buffer, start = 0, limit = bytes.length): HeaderBlock {
  const seen = new Set<string>();
  const { end, bodyStart, closed } = findEnd(bytes, start, limit);
  const head = bytes.toString('latin1', start, Math.min(end, start + MAX_BLOCK));
  const fields: Field[] = [];
  const defects: Defect[] = [];
  let suppressed = 0;
  const report = (code: string, detail: string, offset: number): void => {
    if (defects.length < MAX_DEFECTS) defects.push({ code, detail, offset });
    else suppressed += 1;
  };
  /** Bad lines since the last known field, and how many fields there were before the first of them. */
  let pending: { readonly at: number; readonly line: string }[] = [];
  let kept = 0;
  let dropped = 0;

  for (let pos = 0; pos < head.length;) {
    let eol = head.indexOf('\n', pos);
    if (eol < 0) eol = head.length;
    let next = eol + 1;
    while (next < head.length && isFold(head, next)) {
      eol = head.indexOf('\n', next);
      if (eol < 0) eol = head.length;
      next = eol + 1;
    }
    const line = head.slice(pos, eol);
    const colon = line.indexOf(':');
    const name = colon > 0 ? line.slice(0, colon).trimEnd() : '';
    if (name !== '' && FIELD_NAME.test(name)) {
      const lower = name.toLowerCase();
      if (pending.length > 0 && KNOWN.test(lower)) {
        for (const bad of pending) report('header-malformed-line', shorten(bad.line), start + bad.at);
        pending = [];
      }
      if (fields.length < MAX_FIELDS)
        fields.push({ name: lower, raw: line.slice(colon + 1), offset: start + pos });
      else dropped += 1;
      if (SINGLE.has(lower)) {
        if (seen.has(lower)) {
          report('header-repeated', `${shorten(line)}: the first ${lower} counts`, start + pos);
        } else {
          seen.add(lower);
        }
        if (colon > name.length) report('header-malformed-line', shorten(line), start + pos);
      }
    } else if (pos === 0 && ENVELOPE.test(line)) {
      report('header-envelope-line', shorten(line), start);
    } else {
      if (pending.length === 0) kept = fields.length;
      if (pending.length < MAX_DEFECTS) pending.push({ at: pos, line });
      else suppressed += 1;
    }
    pos = next;
  }

  const [first] = pending;
  if (first) {
    report(kept === 0 ? 'header-absent' : 'header-unterminated', shorten(first.line), start + first.at);
    return { fields: fields.slice(0, kept), bodyStart: start + first.at, defects };
  }
  if (!closed && limit === bytes.length)
    report('header-unterminated', 'the mail ends inside its header', end);
  if (dropped > 0 || end - start > MAX_BLOCK) {
    const detail = `only the first ${fields.length} fields are read`;
    defects.push({ code: 'header-too-long', detail, offset: start });
  }
  if (suppressed > 0) {
    defects.push({ code: 'header-malformed-line', detail: `${suppressed} further bad lines`, offset: end });
  }
  return { fields, bodyStart, defects };
}

/** The raw text of the first field of that name, undefined when absent. */
export function firstField(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

function isFold(head: string, at: number): boolean {
  const code = head.charCodeAt(at);
  return code === 0x20 || code === 0x09;
}

function findEnd(
  bytes: Buffer,
  start: number,
  limit: number,
): { readonly end: number; readonly bodyStart: number; readonly closed: boolean } {
  if (bytes[start] === 0x0a && start < limit) return { end: start, bodyStart: start + 1, closed: true };
  if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a && start + 1 < limit) {
    return { end: start, bodyStart: start + 2, closed: true };
  }
  const window = bytes.subarray(start, limit);
  const lf = window.indexOf('\n\n');
  const crlf = (lf < 0 ? window : window.subarray(0, lf + 2)).indexOf('\n\r\n');
  if (crlf >= 0) return { end: start + crlf + 1, bodyStart: start + crlf + 3, closed: true };
  if (lf >= 0) return { end: start + lf + 1, bodyStart: start + lf + 2, closed: true };
  return { end: limit, bodyStart: limit, closed: false };
}

function shorten(line: string): string {
  const text = line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line;
  return text.replace(/[\x00-\x1f\x7f-\xff]/g, '?');
}
