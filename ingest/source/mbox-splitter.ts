// Splits the bytes of an mbox into mails, chunk by chunk, holding no more than the mail at hand. mboxo, mboxrd, mboxcl
// and mboxcl2, LF or CRLF, with or without empty lines between mails and a line end after the last (RFC 4155; the
// dialects as in Debian's mbox(5) and qmail's mbox(5)). Reads no file and decodes nothing.
//
// `>From ` lines: by default they are taken for mboxrd, which is reversible: one `>` is taken from `>From `,
// `>>From ` and so on. In an mboxo file, which quotes only `From ` and so cannot be undone with certainty, that strips one
// `>` too many from a `>>From ` that a person typed; give `mboxo` for those. A mail whose Content-Length leads exactly to
// the next envelope was not quoted (mboxcl2) and is left as it is.
import type { Defect } from '../../model/message.ts';
import {
  envelopeForm,
  envelopeLimit,
  extraEnvelopes,
  isEnvelope,
  lookahead,
  unquote,
  type EnvelopeForm,
  type Unquoting,
} from './envelope.ts';

/** What `mboxFormat` may be: how `>From ` lines are undone, and whether Content-Length is believed. */
export type MboxFormat = 'auto' | 'mboxo' | 'mboxrd' | 'mboxcl2';

export interface SplitMail {
  readonly kind: 'mail';
  readonly bytes: Buffer;
  /** Offset of its `From ` line. */
  readonly at: number;
  readonly defects: readonly Defect[];
}

export interface SplitReject {
  readonly kind: 'reject';
  readonly at: number;
  readonly defect: Defect;
}

export type SplitItem = SplitMail | SplitReject;

export interface SplitOptions {
  readonly format: MboxFormat;
  /** Offset of the first byte pushed, when reading resumes inside a file. */
  readonly from: number;
  /** Mails above this size are rejected and skipped. */
  readonly maxMessageBytes: number;
}

/** Header blocks are searched for Content-Length as far as this. */
const HEADER_LIMIT = 1 << 16;
/** A Content-Length above this is not believed: the mail would have to be held in memory to check it. */
const LENGTH_LIMIT = 1 << 26;
/** After so many false lengths a file's lengths are no longer looked at. */
const FALSE_LENGTHS = 3;
/** Bytes kept before a place where the next chunk is awaited, to see the lines before it. */
const KEPT_BEFORE = 8;
/** Empty lines between the end by Content-Length and the next envelope take no more bytes than this. */
const GAP = 4;

const LF = 0x0a;
const CR = 0x0d;
const FROM = Buffer.from('From ');
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const EMPTY_LINES = [Buffer.from('\n\n'), Buffer.from('\n\r\n')] as const;
const LENGTH_FIELDS = [Buffer.from('Content-Length:'), Buffer.from('content-length:')] as const;
const LENGTH_VALUE = /^[ \t]*(\d{1,10})[ \t]*\r?$/;

interface OpenMail {
  /** Offset of the envelope. */
  readonly at: number;
  /** Offset of the first byte of the mail. */
  readonly content: number;
  readonly defects: Defect[];
  /** Content-Length was looked for. */
  measured: boolean;
  /** Offset just after the mail by its Content-Length; -1 when it has none. */
  claimed: number;
  /** The same while it is believed, else -1. */
  end: number;
  /** Offset of the first envelope that lies inside that length; -1 when none was met. */
  inside: number;
}

/** A line start that may be an envelope. `wait`: more bytes are needed to tell. */
type Candidate =
  | { readonly kind: 'envelope'; readonly at: number; readonly content: number; readonly defects: Defect[] }
  | { readonly kind: 'wait'; readonly at: number }
  | { readonly kind: 'none' };

export class MboxSplitter {
  readonly #options: SplitOptions;
  readonly #unquoting: Unquoting;
  #window: Buffer = Buffer.alloc(0);
  /** Offset of the window's first byte. */
  #base: number;
  /** Where the search for the next envelope goes on. */
  #scan: number;
  /** What of the open mail lies before the window: exactly the bytes from its content to `#base`. */
  #pieces: Buffer[] = [];
  #piecesLength = 0;
  #oversized = false;
  #mail: OpenMail | undefined;
  /** Offset of the first line: the first byte, or the one after a byte order mark. -1 until bytes came. */
  #firstLine = -1;
  /** Before the first envelope something other than empty lines was met. */
  #leading = false;
  #falseLengths = 0;
  /** Form of the first envelope. */
  #begun: EnvelopeForm = 'none';
  #items: SplitItem[] = [];

  constructor(options: SplitOptions) {
    this.#options = options;
    this.#unquoting = options.format === 'mboxo' ? 'mboxo' : options.format === 'mboxcl2' ? 'none' : 'mboxrd';
    this.#base = options.from;
    this.#scan = options.from;
  }

  /** Offset up to which everything was given out: the start of the mail at hand. */
  get settled(): number {
    return this.#mail?.at ?? this.#options.from;
  }

  /** Offset just after the last byte pushed. */
  get end(): number {
    return this.#base + this.#window.length;
  }

  /** Takes the next bytes, which must not change any more; returns what they completed. */
  push(chunk: Buffer): readonly SplitItem[] {
    this.#window = this.#window.length === 0 ? chunk : Buffer.concat([this.#window, chunk]);
    this.#split(false);
    return this.#take();
  }

  /** Returns the last mail. */
  finish(): readonly SplitItem[] {
    this.#split(true);
    if (this.#mail === undefined) {
      this.#keepFrom(this.end);
      this.#rejectLeading(this.end);
    } else {
      this.#close(this.#mail, this.end, true);
    }
    return this.#take();
  }

  #take(): readonly SplitItem[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  #split(final: boolean): void {
    if (this.#firstLine === -1 && !this.#begin(final)) return;
    for (;;) {
      if (this.#mail?.measured === false && !this.#measure(this.#mail, final)) {
        this.#keepFrom(this.#mail.content - KEPT_BEFORE);
        return;
      }
      const candidate = this.#nextEnvelope(final);
      const verdict = this.#checkLength(candidate, final);
      if (verdict === 'again') continue;
      if (candidate.kind !== 'envelope') {
        if (final) return;
        if (candidate.kind === 'wait') this.#scan = Math.max(this.#firstLine, candidate.at - 1);
        else this.#scan = Math.max(this.#scan, this.end - FROM.length);
        this.#keepFrom(this.#scan - KEPT_BEFORE);
        return;
      }
      this.#scan = candidate.content - 1;
      if (verdict === 'inside') continue;
      if (this.#mail === undefined) {
        this.#keepFrom(candidate.at);
        this.#rejectLeading(candidate.at);
      } else {
        this.#close(this.#mail, candidate.at, false);
      }
      this.#mail = {
        at: candidate.at,
        content: candidate.content,
        defects: candidate.defects,
        measured: this.#options.format === 'mboxo' || this.#options.format === 'mboxrd',
        claimed: -1,
        end: -1,
        inside: -1,
      };
    }
  }

  /** Skips a byte order mark. False when more bytes are needed. */
  #begin(final: boolean): boolean {
    if (!final && this.#window.length < BYTE_ORDER_MARK.length) return false;
    const marked =
      this.#base === 0 && this.#window.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    if (marked) {
      this.#window = this.#window.subarray(BYTE_ORDER_MARK.length);
      this.#base = BYTE_ORDER_MARK.length;
      this.#scan = this.#base;
    }
    this.#firstLine = this.#base;
    return true;
  }

  /** The next line from `#scan` on at which a mail begins, whatever the open mail's length says. */
  #nextEnvelope(final: boolean): Candidate {
    for (;;) {
      let at = -1;
      if (this.#scan === this.#firstLine) {
        // Only the first line of all has no line end before it.
        if (!final && this.#window.length < FROM.length) return { kind: 'wait', at: this.#scan + 1 };
        if (this.#window.subarray(0, FROM.length).equals(FROM)) at = this.#scan;
      }
      if (at === -1) at = this.#nextFromLine();
      if (at === -1) return { kind: 'none' };
      const candidate = this.#judge(at, final);
      if (candidate.kind !== 'none') return candidate;
      this.#scan = at + 1;
    }
  }

  /** Offset of the next line after a line end from `#scan` on that begins with `From `; -1 when there is none. */
  #nextFromLine(): number {
    const window = this.#window;
    // Searching for the F is several times as fast as searching for the line end before it, which is everywhere.
    let found = window.indexOf(FROM, this.#scan - this.#base + 1);
    while (found !== -1 && window[found - 1] !== LF) found = window.indexOf(FROM, found + FROM.length);
    return found === -1 ? -1 : this.#base + found;
  }

  /** Is the `From ` line at `at` an envelope? */
  #judge(at: number, final: boolean): Candidate {
    const window = this.#window;
    const start = at - this.#base;
    let lineEnd = window.subarray(start, start + envelopeLimit).indexOf(LF);
    lineEnd = lineEnd === -1 ? -1 : start + lineEnd;
    if (lineEnd === -1 && window.length - start >= envelopeLimit) return { kind: 'none' };
    if (!final && (lineEnd === -1 || window.length - lineEnd <= lookahead)) return { kind: 'wait', at };
    if (lineEnd === -1) lineEnd = window.length;
    const line = window.toString('latin1', start, window[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd);
    const following = window.toString(
      'latin1',
      Math.min(lineEnd + 1, window.length),
      Math.min(lineEnd + 1 + lookahead, window.length),
    );
    const first = this.#mail === undefined && !this.#leading && this.#isBlankUpTo(start);
    const context = { first, begun: this.#begun, following, afterBlank: this.#afterBlank(start) };
    if (!isEnvelope(line, context)) return { kind: 'none' };
    if (this.#mail === undefined) this.#begun = envelopeForm(line);
    const defects: Defect[] = [];
    const extra = extraEnvelopes(following);
    if (extra.length > 0) {
      defects.push({
        code: 'extra-envelope-line',
        detail: `a second envelope line was left out`,
        offset: lineEnd + 1,
      });
    }
    return {
      kind: 'envelope',
      at,
      content: this.#base + Math.min(lineEnd + 1 + extra.length, window.length),
      defects,
    };
  }

  #isBlankUpTo(end: number): boolean {
    for (let i = 0; i < end; i++) {
      const byte = this.#window[i];
      if (byte !== LF && byte !== CR) return false;
    }
    return true;
  }

  #afterBlank(start: number): boolean {
    const window = this.#window;
    if (start < 2 || window[start - 2] === LF) return true;
    return window[start - 2] === CR && (start < 3 || window[start - 3] === LF);
  }

  /** Looks for the open mail's Content-Length. False when more bytes are needed. */
  #measure(mail: OpenMail, final: boolean): boolean {
    const from = mail.content - this.#base;
    const region = this.#window.subarray(from, from + HEADER_LIMIT);
    if (this.#falseLengths >= FALSE_LENGTHS || region[0] === LF || region[0] === CR) {
      mail.measured = true;
      return true;
    }
    const body = headerLength(region);
    if (body === -1 && !final && region.length < HEADER_LIMIT) return false;
    mail.measured = true;
    if (body === -1) return true;
    const length = contentLength(region.subarray(0, body));
    if (length === -1) return true;
    mail.claimed = mail.content + body + length;
    if (body + length <= Math.min(LENGTH_LIMIT, this.#options.maxMessageBytes)) mail.end = mail.claimed;
    return true;
  }

  /**
   * Holds the next envelope against the open mail's Content-Length. `inside`: it is text of that mail; `again`: the
   * length was false and the search goes back to the first envelope that was taken for text; `apart`: nothing against it.
   */
  #checkLength(candidate: Candidate, final: boolean): 'inside' | 'again' | 'apart' {
    const mail = this.#mail;
    if (mail === undefined || mail.end === -1) return 'apart';
    if (candidate.kind === 'envelope' && candidate.at < mail.end) {
      if (mail.inside === -1) mail.inside = candidate.at;
      return 'inside';
    }
    const atEnd = candidate.kind === 'none' && final;
    const reached = candidate.kind === 'none' ? this.end - (final ? 0 : FROM.length) : candidate.at;
    if (candidate.kind === 'envelope' || atEnd) {
      if (reached >= mail.end && reached - mail.end <= GAP && this.#isLineEnds(mail.end, reached))
        return 'apart';
    } else if (reached <= mail.end + GAP) {
      return 'apart';
    }
    this.#falseLengths++;
    mail.end = -1;
    if (mail.inside === -1) return 'apart';
    this.#window = Buffer.concat([...this.#pieces, this.#window]);
    this.#base -= this.#piecesLength;
    this.#pieces = [];
    this.#piecesLength = 0;
    this.#scan = mail.inside - 1;
    mail.inside = -1;
    return 'again';
  }

  #isLineEnds(from: number, to: number): boolean {
    for (let i = from - this.#base; i < to - this.#base; i++) {
      const byte = this.#window[i];
      if (byte !== LF && byte !== CR) return false;
    }
    return true;
  }

  /** Gives out the open mail, which ends before `end` (the next envelope, or the end of the file when `final`). */
  #close(mail: OpenMail, end: number, final: boolean): void {
    const sized = mail.end !== -1 && this.#isUnquoted(mail, end);
    const to = sized ? mail.end : this.#withoutEmptyLine(mail.content, end);
    const size = to - mail.content;
    if (this.#oversized || size > this.#options.maxMessageBytes) {
      this.#reject(
        mail.at,
        'oversized-message',
        `${end - mail.content} bytes without a further envelope line`,
      );
    } else if (size <= 0) {
      this.#reject(mail.at, 'empty-message', 'an envelope line without a mail');
    } else {
      const piece = this.#window.subarray(Math.max(mail.content - this.#base, 0), to - this.#base);
      const joined = this.#pieces.length > 0 ? Buffer.concat([...this.#pieces, piece]) : ownCopy(piece);
      const bytes = unquote(joined, sized ? 'none' : this.#unquoting);
      if (final && isCut(bytes, mail.claimed > this.end)) {
        mail.defects.push({
          code: 'truncated',
          detail: 'the file ends inside this mail',
          offset: bytes.length,
        });
      }
      this.#items.push({ kind: 'mail', bytes, at: mail.at, defects: mail.defects });
    }
    this.#pieces = [];
    this.#piecesLength = 0;
    this.#oversized = false;
    this.#mail = undefined;
  }

  /**
   * A true Content-Length tells the dialect: quoting after it was counted would make it too small by the number of `>`
   * added, which an empty line before the envelope could hide; so the mail must end with a line end right there.
   */
  #isUnquoted(mail: OpenMail, end: number): boolean {
    if (mail.inside !== -1 || mail.end === mail.content) return true;
    const gap = end - mail.end;
    const oneLine = gap <= 1 || (gap === 2 && this.#window[mail.end - this.#base] === CR);
    return oneLine && this.#window[mail.end - this.#base - 1] === LF;
  }

  /** The end of a mail without the empty line that writers put before the next envelope and at the end of the file. */
  #withoutEmptyLine(content: number, end: number): number {
    const window = this.#window;
    const last = end - this.#base - 1;
    if (end === content || window[last] !== LF) return end;
    if (end - content === 1 || window[last - 1] === LF) return end - 1;
    if (window[last - 1] !== CR) return end;
    return end - content === 2 || window[last - 2] === LF ? end - 2 : end;
  }

  /** Lets go of the window before `offset`: into the pieces of the open mail, or for good when there is none. */
  #keepFrom(offset: number): void {
    if (offset <= this.#base) return;
    const cut = offset - this.#base;
    if (this.#mail === undefined) {
      this.#leading ||= !this.#isBlankUpTo(cut);
    } else if (offset > this.#mail.content && !this.#oversized) {
      const piece = this.#window.subarray(Math.max(this.#mail.content - this.#base, 0), cut);
      this.#pieces.push(piece);
      this.#piecesLength += piece.length;
      if (this.#piecesLength > this.#options.maxMessageBytes) {
        this.#pieces = [];
        this.#piecesLength = 0;
        this.#oversized = true;
        this.#mail.end = -1;
      }
    }
    this.#window = this.#window.subarray(cut);
    this.#base = offset;
  }

  #rejectLeading(end: number): void {
    if (!this.#leading) return;
    const detail = `${end - this.#options.from} bytes before the first envelope line`;
    this.#reject(this.#options.from, 'leading-bytes', detail);
  }

  #reject(at: number, code: string, detail: string): void {
    this.#items.push({ kind: 'reject', at, defect: { code, detail, offset: at } });
  }
}

/** A copy with memory of its own, so that one small mail does not hold the chunk it came in. */
function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

/** The mail ends without a line end, in the middle of its header or before its Content-Length. */
function isCut(bytes: Buffer, beforeLength: boolean): boolean {
  if (bytes[bytes.length - 1] === LF) return false;
  if (beforeLength) return true;
  return bytes[0] !== LF && bytes[0] !== CR && EMPTY_LINES.every((emptyLine) => !bytes.includes(emptyLine));
}

/** Length of the header block at the start of these bytes, its empty line included; -1 when it does not end there. */
function headerLength(bytes: Buffer): number {
  const [plain, carriage] = EMPTY_LINES;
  const lf = bytes.indexOf(plain);
  const crlf = (lf === -1 ? bytes : bytes.subarray(0, lf)).indexOf(carriage);
  if (crlf !== -1) return crlf + carriage.length;
  return lf === -1 ? -1 : lf + plain.length;
}

/** Value of the Content-Length field of a header block; -1 when absent or no number. */
function contentLength(header: Buffer): number {
  for (const field of LENGTH_FIELDS) {
    const at = header.indexOf(field);
    if (at === -1 || (at > 0 && header[at - 1] !== LF)) continue;
    const from = at + field.length;
    const value = LENGTH_VALUE.exec(
      header.toString('latin1', from, Math.max(from, header.indexOf(LF, from))),
    );
    if (value?.[1] !== undefined) return Number(value[1]);
  }
  return -1;
}
