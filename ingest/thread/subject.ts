// Subject lines taken apart: reply and forward marks, [tags], patch version and number, `(was: ...)`, base subject.
// RFC 5256 section 2.1 is the model; marks in other languages and tags are those met on public lists. No I/O, never throws.

export interface SubjectParts {
  /** What is left when marks, tags and `(was: ...)` are gone, whitespace collapsed. May be ''. */
  readonly base: string;
  /** Words of leading [tags] without version and number, as written: `PATCH`, `bpf-next`, `RFC`, `TECH TOPIC`. */
  readonly tags: readonly string[];
  /** Patch version, 1 when a patch names none; 0 when not a patch. */
  readonly version: number;
  /** Place in the series (0 is the cover letter) and its size; -1 when not numbered. */
  readonly index: number;
  readonly total: number;
  readonly isReply: boolean;
  readonly isForward: boolean;
  readonly isPatch: boolean;
  /** The old subject's base in `New (was: Old)`; '' when absent. */
  readonly was: string;
}

/** One reply mark with an optional count: `Re:`, `Re[2]:`, `RE (3) :`, and the full-width colon of Chinese clients. */
const REPLY_MARK =
  /^(?:re|aw|antw|antwort|sv|回复|答复|回覆|답장|отв|VS|Vs|RIF|Rif|R|ODP|Odp|YNT|Ynt|YAN|Yan|RES|Res|RÉF|Réf)[ \t]{0,3}(?:[[(^]\d{1,4}[\])]?)?[ \t]{0,3}[:：]/u;
const FORWARD_MARK =
  /^(?:fwd|fw|转发|轉寄|전달|пересл|WG|Wg|TR|Tr|RV|Rv|ENC|Enc|VB|Vb|DOORST|Doorst)[ \t]{0,3}(?:[[(^]\d{1,4}[\])]?)?[ \t]{0,3}[:：]/u;
/** These count in any case. The others only capitalized: `rv:` and `tr:` are also names of kernel and tool subsystems. */
const COMMON_MARK = /^(?:re|aw|antw|antwort|sv|fwd|fw|отв|пересл)(?![\p{L}\p{N}])/iu;
/** A leading [tag] without nested brackets. */
const TAG = /^\[([^[\]]{0,200})\]/u;
/** `PATCH v2:` or `RFC:` without brackets. */
const BARE_TAG =
  /^((?:rfc|patch)(?:[ \t](?:rfc|patch|resend|v\d{1,3}|\d{1,4}\/\d{1,4})){0,4})[ \t]?:(?=[ \t])/iu;
/** `v3`, `PATCHv3`, `RFC-v2`, `v2.1`. */
const VERSION_WORD = /^(patch|rfc|resend)?[-_]?v\.?(\d{1,3})(?:\.\d{1,3})?$/iu;
const TAG_SEPARATOR = /[ \t,:;]/u;
const NUMBER_WORD = /^#?(\d{1,4})\/(\d{1,4})$/u;
const PATCH_WORD = /^(?:patch|patches|patch-?set|rfc-?patch)$/iu;
/** `, v3`, `(v3)`, `- V3` at the end of a patch's subject. */
const TRAILING_VERSION = /[ \t,(-]{1,4}v(\d{1,2})\)?$/iu;
/** The start of `(was: Old)`, `[was Re: Old]`, `- was: Old`, `, was Re: Old`. */
const WAS =
  /[ \t]*(?:[([{][ \t]{0,3}was(?:[ \t]{0,3}:|[ \t]+(?=re:|\[))|-{1,2}[ \t]{0,3}was[ \t]{0,3}:|,[ \t]{0,3}was(?:[ \t]{0,3}:|[ \t]+(?=re:|\[)))/iu;
const CLOSING = /[ \t]*[)\]}]$/u;
const TRAILING_FORWARD = /[ \t]*\((?:fwd|fw)\)$/iu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
const SPACE = /\s+/gu;
/** A subject is one line; longer ones are cut for parsing only (1 MB subjects are met). */
const LONGEST = 2000;

/** Takes a decoded Subject apart. The same subject with and without reply marks, tags or version has the same base. */
export function parseSubject(subject: string): SubjectParts {
  const whole = subject.slice(0, LONGEST).replace(SPACE, ' ').trim();
  const marks = readMarks(whole);
  let base = marks.rest;
  let was = '';
  const wasAt = WAS.exec(base);
  if (wasAt !== null && wasAt.index > 0) {
    const old = base
      .slice(wasAt.index + wasAt[0].length)
      .replace(CLOSING, '')
      .trim();
    was = readMarks(old).rest;
    // A subject changed twice carries both old ones; the nearest counts.
    const older = WAS.exec(was);
    if (older !== null && older.index > 0) was = was.slice(0, older.index);
    base = base.slice(0, wasAt.index);
  }
  base = base.replace(TRAILING_FORWARD, '');
  let { version } = marks;
  if (marks.isPatch) {
    const trailing = TRAILING_VERSION.exec(base);
    if (trailing !== null && trailing.index > 0) {
      if (version === 0) version = Number(trailing[1]);
      base = base.slice(0, trailing.index);
    }
    if (version === 0) version = 1;
  }
  return {
    base: base.trim(),
    tags: marks.tags,
    version,
    index: marks.index,
    total: marks.total,
    isReply: marks.isReply,
    isForward: marks.isForward,
    isPatch: marks.isPatch,
    was: was.trim(),
  };
}

interface Marks {
  rest: string;
  readonly tags: string[];
  version: number;
  index: number;
  total: number;
  isReply: boolean;
  isForward: boolean;
  isPatch: boolean;
}

/** Takes marks and tags off the front until none is left. */
function readMarks(subject: string): Marks {
  const marks: Marks = {
    rest: subject,
    tags: [],
    version: 0,
    index: -1,
    total: -1,
    isReply: false,
    isForward: false,
    isPatch: false,
  };
  for (;;) {
    const common = COMMON_MARK.exec(marks.rest)?.[0] ?? '';
    const text = common.toLowerCase() + marks.rest.slice(common.length);
    const reply = REPLY_MARK.exec(text);
    const mark = reply ?? FORWARD_MARK.exec(text);
    if (mark !== null) {
      if (reply === null) marks.isForward = true;
      else marks.isReply = true;
      marks.rest = marks.rest.slice(mark[0].length).trimStart();
      continue;
    }
    const tag = TAG.exec(marks.rest) ?? BARE_TAG.exec(marks.rest);
    if (tag === null) return marks;
    const after = marks.rest.slice(tag[0].length).trimStart();
    // A subject that is nothing but a tag keeps it as its base.
    if (after === '') return marks;
    readTag(tag[1] ?? '', marks);
    marks.rest = after;
  }
}

/** `PATCH bpf-next v3 2/5`: number and version go to their places, the other words to `tags`. */
function readTag(text: string, marks: Marks): void {
  const words: string[] = [];
  let isPatch = false;
  for (const word of text.split(TAG_SEPARATOR)) {
    if (word === '') continue;
    const number = NUMBER_WORD.exec(word);
    if (number !== null) {
      marks.index = Number(number[1]);
      marks.total = Number(number[2]);
      continue;
    }
    const version = VERSION_WORD.exec(word);
    if (version !== null) marks.version = Number(version[2]);
    const name = version === null ? word : (version[1] ?? '');
    if (name === '') continue;
    if (PATCH_WORD.test(name)) isPatch = true;
    words.push(name);
  }
  // A tag of several words is one tag (`TECH TOPIC`) unless it is a patch's (`PATCH bpf-next`).
  if (isPatch) marks.isPatch = true;
  if (isPatch) marks.tags.push(...words);
  else if (words.length > 0) marks.tags.push(words.join(' '));
}

/** The base subject in the form in which subjects are compared: lower case, letters and digits only. */
export function subjectKey(base: string): string {
  return base.normalize('NFKC').toLowerCase().replace(NOT_WORD, ' ').trim();
}
