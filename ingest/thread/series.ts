// Versions of a patch series that were sent as threads of their own: v2's thread is joined to v1's.
// By base subject, author and version; by the titles of the patches; by links and change-ids in the cover letter (b4).
import type { MessageId } from '../../model/message.ts';
import type { ThreadingRow } from '../../model/thread.ts';
import { readAddress } from '../identity/address.ts';
import { fullNameKey } from '../identity/name.ts';
import { compareMails, timeKey } from './order.ts';
import { subjectKey, type SubjectParts } from './subject.ts';

const DAY = 86_400;
/** Between one version and the next. Longer pauses happen, but by then it is another debate. */
const LONGEST_PAUSE = 366 * DAY;
/** A patch posted again without a new version: soon, and with a title of some length. */
const LONGEST_REPOST = 30 * DAY;
const REPOST_WORDS = 4;
/** The patches of one series go out within this time. */
const LONGEST_SENDING = 3600;
/** Two titles are alike from this Dice coefficient of their words on, within a few months. */
const LIKE_TITLE = 0.7;
/** A series that somebody else carries on keeps at least this much of its title. */
const HANDED_ON = 0.3;
const LONGEST_RENAMING = 120 * DAY;
/** Titles two series must share, at least, when nothing else ties them. */
const SHARED_TITLES = 2;

/** A link into an archive by Message-ID, or a bare `<id>`. */
const LINK =
  /https?:\/\/[^\s<>]{1,200}?\/([^\s/<>@]{1,200}(?:@|%40)[^\s/<>@]{1,200})|<([^\s<>@]{1,200}@[^\s<>@]{1,200})>/gu;
/** Words on the line of such a link which say that it leads to a former version. */
const FORMER =
  /\bv\d{1,2}\b|\b(?:previous|former|earlier|last|prior|old|first) (?:version|posting|series|submission|rfc|patch)|\brfc\b|changes since|link to/iu;
const CHANGE_ID = /^change-id:[ \t]{0,8}([^\s]{8,200})[ \t]*$/imu;
const TRAILING_PUNCTUATION = /[).,;:'"\]]{1,4}$/u;
const PERCENT = /%([0-9a-f]{2})/giu;
/** Cover letters are short; a change-id stands at the end of the prose, before the diff. */
const LONGEST_LETTER = 60_000;

interface Posting {
  readonly row: ThreadingRow;
  readonly parts: SubjectParts;
  readonly thread: number;
  readonly key: string;
  readonly author: string;
  readonly isRfc: boolean;
}

export interface SeriesJoin {
  readonly parent: MessageId;
  readonly reason: string;
}

function authorKey(row: ThreadingRow): string {
  const name = fullNameKey(row.fromName);
  return name === '' ? readAddress(row.fromAddress).key : name;
}

function isSeriesPart(parts: SubjectParts): boolean {
  return !parts.isReply && !parts.isForward && (parts.isPatch || parts.version > 0 || isRfc(parts));
}

function isRfc(parts: SubjectParts): boolean {
  return parts.tags.some((tag) => /^rfc\b/iu.test(tag));
}

function isResend(parts: SubjectParts): boolean {
  return parts.tags.some((tag) => /^(?:resend|repost)$/iu.test(tag));
}

function versionOf(posting: Posting): number {
  return Math.max(1, posting.parts.version);
}

/** A higher version, or the first proper posting after an RFC. */
function isNextVersion(posting: Posting, other: Posting): boolean {
  return versionOf(other) < versionOf(posting) || (other.isRfc && !posting.isRfc && versionOf(posting) === 1);
}

function isEarlier(a: Posting, b: Posting): boolean {
  return compareMails(a.row, b.row) < 0;
}

/** Dice coefficient of the words of two titles, 0 to 1. */
function likeness(a: Posting, b: Posting): number {
  const words = new Set(a.key.split(' '));
  const others = new Set(b.key.split(' '));
  let common = 0;
  for (const word of others) if (words.has(word)) common += 1;
  return (2 * common) / (words.size + others.size);
}

/** The same version (some name it on one patch only), a cover letter before a first patch, then the nearer in time. */
function isNearer(a: Posting, b: Posting, to: Posting): boolean {
  const sameA = a.parts.version === to.parts.version;
  const sameB = b.parts.version === to.parts.version;
  if (sameA !== sameB) return sameA;
  if (a.parts.index !== b.parts.index) return a.parts.index < b.parts.index;
  return Math.abs(a.row.time - to.row.time) < Math.abs(b.row.time - to.row.time);
}

/** Message-IDs that a cover letter links to, in order, each with whether its line speaks of a former version. */
export function linkedIds(body: string): { readonly id: MessageId; readonly former: boolean }[] {
  const found: { id: MessageId; former: boolean }[] = [];
  // `v1:` or `Changes since v1:` stands above its link as often as beside it, in the same paragraph.
  let paragraph: string[] = [];
  for (const line of body.slice(0, LONGEST_LETTER).split('\n')) {
    if (line.startsWith('diff --git ')) break;
    if (line.length > 2000 || line.startsWith('>')) continue;
    if (line.trim() === '') paragraph = [];
    else paragraph.push(line);
    if (!line.includes('@') && !line.includes('%40')) continue;
    for (const match of line.matchAll(LINK)) {
      const raw = (match[1] ?? match[2] ?? '').replace(TRAILING_PUNCTUATION, '');
      const id = raw.replace(PERCENT, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
      found.push({ id, former: paragraph.some((one) => FORMER.test(one)) });
    }
  }
  return found;
}

export class SeriesIndex {
  readonly #byTitle = new Map<string, Posting[]>();
  readonly #byId = new Map<MessageId, Posting>();
  readonly #bySender = new Map<string, Posting[]>();
  readonly #byThread = new Map<number, Posting[]>();
  readonly #changeIds = new Map<MessageId, string>();
  readonly #bodyOf: (id: MessageId) => string;

  constructor(bodyOf: (id: MessageId) => string) {
    this.#bodyOf = bodyOf;
  }

  /** Takes a mail in; mails that are no patch or RFC posting are left out. To be called in order of time. */
  add(row: ThreadingRow, parts: SubjectParts, thread: number): void {
    if (!isSeriesPart(parts)) return;
    const posting = {
      row,
      parts,
      thread,
      key: subjectKey(parts.base),
      author: authorKey(row),
      isRfc: isRfc(parts),
    };
    this.#byId.set(row.id, posting);
    const title = `${posting.key}\n${posting.author}`;
    const same = this.#byTitle.get(title);
    if (same === undefined) this.#byTitle.set(title, [posting]);
    else same.push(posting);
    const bySender = this.#bySender.get(posting.author);
    if (bySender === undefined) this.#bySender.set(posting.author, [posting]);
    else bySender.push(posting);
    const inThread = this.#byThread.get(thread);
    if (inThread === undefined) this.#byThread.set(thread, [posting]);
    else inThread.push(posting);
  }

  /** The former version that the thread starting with this mail continues. Bodies are read only when subjects do not tell. */
  former(id: MessageId): SeriesJoin | undefined {
    const posting = this.#byId.get(id);
    if (posting === undefined) return undefined;
    return (
      this.#bySibling(posting) ??
      this.#bySubject(posting) ??
      this.#byPatches(posting) ??
      this.#byLetter(posting) ??
      this.#byLikeTitle(posting)
    );
  }

  /** An author's postings from one time to another, both included, in order of time. */
  #postingsOf(author: string, from: number, to: number): Posting[] {
    const all = this.#bySender.get(author) ?? [];
    const at = (time: number): number => {
      let low = 0;
      let high = all.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (timeKey(all[middle]?.row.time ?? 0) < time) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return all.slice(at(from), at(to + 1));
  }

  /** The cover letter, or the first patch, of a series sent without threading. */
  #bySibling(posting: Posting): SeriesJoin | undefined {
    const { index, total } = posting.parts;
    if (index < 1 || total < 2) return undefined;
    let best: Posting | undefined;
    const { time } = posting.row;
    for (const other of this.#postingsOf(posting.author, time - LONGEST_SENDING, time + LONGEST_SENDING)) {
      if (other.thread === posting.thread || other.parts.index < 0 || other.parts.index >= index) continue;
      if (other.parts.index > 1 || other.parts.total !== total) continue;
      if (other.parts.version !== posting.parts.version || other.parts.isPatch !== posting.parts.isPatch)
        continue;
      if (best === undefined || isNearer(other, best, posting)) best = other;
    }
    if (best === undefined) return undefined;
    return { parent: best.row.id, reason: `patch ${index} of ${total} of the same series` };
  }

  /** The former version under a title that was changed a little. */
  #byLikeTitle(posting: Posting): SeriesJoin | undefined {
    if (posting.parts.version < 2 || posting.parts.index > 0) return undefined;
    let best: Posting | undefined;
    let most = LIKE_TITLE;
    const { time } = posting.row;
    for (const other of this.#postingsOf(posting.author, time - LONGEST_RENAMING, time)) {
      if (other.thread === posting.thread || other.parts.index > 0) continue;
      if (!isEarlier(other, posting) || !isNextVersion(posting, other)) continue;
      const like = likeness(posting, other);
      if (posting.key.split(' ').length >= REPOST_WORDS - 1 && like >= most) {
        best = other;
        most = like;
      }
    }
    return best === undefined
      ? undefined
      : { parent: best.row.id, reason: `v${versionOf(posting)} of a series of like title` };
  }

  #bySubject(posting: Posting): SeriesJoin | undefined {
    const same = this.#byTitle.get(`${posting.key}\n${posting.author}`) ?? [];
    for (const other of same.toReversed()) {
      const reason = this.#follows(posting, other);
      if (reason !== '') return { parent: other.row.id, reason };
    }
    return undefined;
  }

  /** Why `posting` continues `other` (same title and author); '' when it does not. */
  #follows(posting: Posting, other: Posting): string {
    if (other.thread === posting.thread) return '';
    const pause = posting.row.time - other.row.time;
    if (!isEarlier(other, posting) || pause > LONGEST_PAUSE || posting.key === '') return '';
    if (isNextVersion(posting, other)) return `v${versionOf(posting)} of the same series`;
    if (versionOf(other) !== versionOf(posting)) return '';
    if (isResend(posting.parts)) return 'the same patch sent again';
    const words = posting.key.split(' ').length;
    if (pause <= LONGEST_REPOST && words >= REPOST_WORDS && posting.parts.isPatch)
      return 'the same patch sent again';
    return '';
  }

  /** The former version under another title: most of its patches have the same titles. */
  #byPatches(posting: Posting): SeriesJoin | undefined {
    const own = (this.#byThread.get(posting.thread) ?? []).filter((one) => one.parts.index > 0);
    if (own.length < SHARED_TITLES) return undefined;
    const shared = new Map<number, Set<string>>();
    for (const patch of own) {
      for (const other of this.#byTitle.get(`${patch.key}\n${patch.author}`) ?? []) {
        if (other.thread === posting.thread || other.parts.index < 1) continue;
        if (!isEarlier(other, posting) || posting.row.time - other.row.time > LONGEST_PAUSE) continue;
        const titles = shared.get(other.thread);
        if (titles === undefined) shared.set(other.thread, new Set([patch.key]));
        else titles.add(patch.key);
      }
    }
    const titles = new Set(own.map((one) => one.key)).size;
    let best: Posting | undefined;
    for (const [thread, keys] of shared) {
      const others = this.#byThread.get(thread) ?? [];
      const theirs = new Set(others.filter((one) => one.parts.index > 0).map((one) => one.key)).size;
      const head = others[0];
      if (head === undefined || keys.size < SHARED_TITLES || keys.size * 2 < Math.min(titles, theirs))
        continue;
      if (!isEarlier(head, posting) || !(isNextVersion(posting, head) || isResend(posting.parts))) continue;
      if (best === undefined || head.row.time > best.row.time) best = head;
    }
    if (best === undefined) return undefined;
    return {
      parent: best.row.id,
      reason: 'most patches have the titles of the former series',
    };
  }

  /** What the cover letter itself says: a link to the former version, or the change-id it shares with it. */
  #byLetter(posting: Posting): SeriesJoin | undefined {
    if (posting.parts.version < 2 && posting.parts.index !== 0) return undefined;
    const body = this.#bodyOf(posting.row.id);
    for (const { id, former } of linkedIds(body)) {
      const other = this.#byId.get(id);
      if (other === undefined || other.thread === posting.thread || !isEarlier(other, posting)) continue;
      const isAuthor = other.author === posting.author;
      if (former && isNextVersion(posting, other) && (isAuthor || likeness(posting, other) >= HANDED_ON)) {
        return {
          parent: other.row.id,
          reason: 'its cover letter links to the former version',
        };
      }
    }
    const changeId = this.#changeId(posting, body);
    if (changeId === '') return undefined;
    const { time } = posting.row;
    for (const other of this.#postingsOf(posting.author, time - LONGEST_PAUSE, time).toReversed()) {
      if (other.thread === posting.thread) continue;
      if (!isEarlier(other, posting) || !isNextVersion(posting, other) || other.parts.index > 0) continue;
      if (this.#changeId(other, undefined) === changeId) {
        return { parent: other.row.id, reason: 'same change-id' };
      }
    }
    return undefined;
  }

  #changeId(posting: Posting, body: string | undefined): string {
    const known = this.#changeIds.get(posting.row.id);
    if (known !== undefined) return known;
    const text = (body ?? this.#bodyOf(posting.row.id)).slice(0, LONGEST_LETTER);
    const found = CHANGE_ID.exec(text)?.[1] ?? '';
    this.#changeIds.set(posting.row.id, found);
    return found;
  }
}
