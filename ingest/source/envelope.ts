// The `From ` lines that separate the mails of an mbox (RFC 4155 and its four dialects), and the quoting of
// such lines in a body. Works on bytes; knows nothing of files or streams.

/** Longest line that is looked at as an envelope; longer ones are text. */
export const envelopeLimit = 500;

/** Bytes after an envelope line that are looked at to tell whether a mail begins there. */
export const lookahead = 2000;

/** The date of asctime(3) as nearly all envelopes write it, with or without seconds and zone. */
const ASCTIME =
  / (?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)) /;
const CLOCK = /\b\d{1,2}:\d{2}/;
/** The year, or any other run of four digits. */
const YEAR = /\d{4}/;
/** An envelope without any date, as some exporters write it. */
const BARE = /^From \S+\s*$/;
/** The line `git format-patch` writes above every patch; in a mail it is the pasted patch's, in a patch file the envelope. */
const GIT_MAGIC = /^From [0-9a-f]{40,64} Mon Sep 17 00:00:00 2001\s*$/;
/** The envelope public-inbox and b4 write. They always quote `From ` in bodies, so this line is never text. */
const CERTAIN = /^From (?:mboxrd|git)@z Thu Jan {1,2}1 00:00:00 1970\s*$/;
/** A header field's name and colon, not the scheme of an URL; `>` before it is an escape some writers used. */
const HEADER_LINE = /^>?[A-Za-z][A-Za-z0-9-]*:(?!\/\/)/;
/** The escape before a line and its carriage return. */
const LINE_MARKS = /^>|\r$/g;
const FROM_LINE = /^>?From /;
/** Fields that begin mails; the test for envelopes that are doubtful by themselves. */
const MAIL_FIELD =
  /^>?(?:Return-Path|Received|Delivered-To|Envelope-To|X-[A-Za-z0-9-]+|From|To|Cc|Date|Subject|Message-ID|MIME-Version|Content-[A-Za-z-]+|Status|Sender|Reply-To|List-[A-Za-z-]+|Authentication-Results|DKIM-Signature|ARC-[A-Za-z-]+|References|In-Reply-To)[ \t]*:/i;

/**
 * What a line says about itself as an envelope. `patch` is git's fixed line; `loose` has four digits where the date should
 * be; `bare` has no date.
 */
export type EnvelopeForm = 'certain' | 'dated' | 'loose' | 'patch' | 'bare' | 'none';

/** Form of one line (without line end), read as an envelope. */
export function envelopeForm(line: string): EnvelopeForm {
  if (!line.startsWith('From ') || line.length > envelopeLimit) return 'none';
  if (BARE.test(line)) return 'bare';
  if (!YEAR.test(line)) return 'none';
  if (CERTAIN.test(line)) return 'certain';
  if (GIT_MAGIC.test(line)) return 'patch';
  return ASCTIME.test(line) && CLOCK.test(line) ? 'dated' : 'loose';
}

export interface EnvelopeContext {
  /** The line before is empty, or there is none. */
  readonly afterBlank: boolean;
  /** First line of the file. */
  readonly first: boolean;
  /** Form of the file's first envelope: `patch` and `bare` lines count only in files that begin with such a line. */
  readonly begun: EnvelopeForm;
  /** Text after the line, at least `lookahead` bytes of it when there are as many. */
  readonly following: string;
}

/**
 * Does a mail begin at this `From ` line? A line counts when a header field follows it, as `From here on` in an
 * unquoted body has none. Doubtful lines (no proper date; a malformed first header) need more. The first line of a file
 * and public-inbox's own envelope count also above a mail without any header.
 */
export function isEnvelope(line: string, context: EnvelopeContext): boolean {
  const form = envelopeForm(line);
  const { following } = context;
  switch (form) {
    case 'none':
      return context.first && line.startsWith('From ') && MAIL_FIELD.test(following);
    case 'bare':
      return (
        (context.first || (context.begun === 'bare' && context.afterBlank)) && MAIL_FIELD.test(following)
      );
    case 'certain':
      return true;
    case 'patch':
      return (context.first || context.begun === 'patch') && HEADER_LINE.test(following);
    case 'loose':
      return context.afterBlank && MAIL_FIELD.test(following);
    case 'dated':
      if (HEADER_LINE.test(following) || FROM_LINE.test(following)) return true;
      if (context.first) return true;
      return context.afterBlank && (following === '' || beginsWithBadHeader(following));
  }
}

/** A header block whose first lines are malformed: a known field follows before any empty line. */
function beginsWithBadHeader(following: string): boolean {
  for (const line of following.split('\n', 6)) {
    if (line === '' || line === '\r') return false;
    if (MAIL_FIELD.test(line)) return true;
  }
  return false;
}

/** Envelope lines that follow an envelope, as two programs left them: that part of the text. */
export function extraEnvelopes(following: string): string {
  let at = 0;
  for (;;) {
    const end = following.indexOf('\n', at);
    if (end === -1) return '';
    const line = following.slice(at, end).replace(LINE_MARKS, '');
    if (!FROM_LINE.test(line) || envelopeForm(line) === 'none') break;
    at = end + 1;
  }
  return HEADER_LINE.test(following.slice(at)) ? following.slice(0, at) : '';
}

const GT = 0x3e;
const LF = 0x0a;
const FROM = Buffer.from('From ');

/** `mboxrd` takes one `>` from every `>From `, `>>From ` ...; `mboxo` only from `>From `; `none` changes nothing. */
export type Unquoting = 'mboxrd' | 'mboxo' | 'none';

/** Undoes the quoting of `From ` lines. Returns the same buffer when nothing was quoted; linear. */
export function unquote(bytes: Buffer, how: Unquoting): Buffer {
  if (how === 'none') return bytes;
  const dropped: number[] = [];
  // The F is rarer than the `>`, so this search is the faster one.
  for (let at = bytes.indexOf(FROM, 1); at !== -1; at = bytes.indexOf(FROM, at + FROM.length)) {
    if (bytes[at - 1] !== GT) continue;
    let start = at - 1;
    while (start > 0 && bytes[start - 1] === GT) start--;
    const lineStart = start === 0 || bytes[start - 1] === LF;
    if (lineStart && (how === 'mboxrd' || start === at - 1)) dropped.push(start);
  }
  if (dropped.length === 0) return bytes;
  const out = Buffer.allocUnsafeSlow(bytes.length - dropped.length);
  let from = 0;
  let to = 0;
  for (const drop of dropped) {
    to += bytes.copy(out, to, from, drop);
    from = drop + 1;
  }
  bytes.copy(out, to, from);
  return out;
}
