// Debates above threads: versions of a series, replies whose References broke, topics moved to a new subject.
// Works on rows; bodies are fetched for candidates only. Every join carries its reason; nothing here reads opinions.
import type { Message, MessageId } from '../../model/message.ts';
import type {
  Debate,
  DebateDraft,
  DebateThread,
  JoinKind,
  LinkKind,
  Thread,
  ThreadingRow,
  ThreadNode,
} from '../../model/thread.ts';
import { buildThreads } from './build.ts';
import { compareMails, timeKey } from './order.ts';
import { type ParentGuess, ParentFinder } from './parent.ts';
import { printOf, type QuotePrint } from './quote.ts';
import { SeriesIndex } from './series.ts';
import { Sets } from './sets.ts';
import { parseSubject, subjectKey, type SubjectParts } from './subject.ts';

const DAY = 86_400;
/** How long after the last mail on a subject a reply without References still belongs to it, by the strength of the sign. */
const LONGEST_PAUSE_SUBJECT = 30 * DAY;
const LONGEST_PAUSE_ATTRIBUTION = 90 * DAY;
const LONGEST_PAUSE_QUOTE = 400 * DAY;
/** One-word subjects ("patch", "question") say nothing without a quote. */
const FEWEST_SUBJECT_WORDS = 2;

/** A root of a thread that is put under a mail of another thread. */
interface Join {
  readonly root: MessageId;
  readonly parent: MessageId;
  readonly link: LinkKind;
  readonly join: JoinKind;
  readonly reason: string;
}

/** A root of a thread and the first mail that is present at or below it. */
interface Head {
  readonly thread: number;
  readonly root: ThreadNode;
  readonly row: ThreadingRow;
}

/** Subject lines taken apart, each distinct line once: replies repeat them. */
class Subjects {
  readonly #known = new Map<string, { readonly parts: SubjectParts; readonly key: string }>();

  of({ subject }: ThreadingRow): { readonly parts: SubjectParts; readonly key: string } {
    const known = this.#known.get(subject);
    if (known !== undefined) return known;
    const parts = parseSubject(subject);
    const fresh = { parts, key: subjectKey(parts.base) };
    this.#known.set(subject, fresh);
    return fresh;
  }
}

function rowOf(message: Message): ThreadingRow {
  const from = message.from[0];
  return {
    id: message.id,
    time: message.time,
    subject: message.subject,
    fromName: from?.name ?? '',
    fromAddress: from?.address ?? '',
    inReplyTo: message.inReplyTo,
    references: message.references,
  };
}

/** The roots of each thread with their first present mail, in order of time. */
function headsOf(threads: readonly Thread[], rows: ReadonlyMap<MessageId, ThreadingRow>): Head[] {
  const heads: Head[] = [];
  for (const [index, thread] of threads.entries()) {
    // Depth-first order: what follows a root up to the next root lies below it.
    let root: ThreadNode | undefined;
    let first: ThreadingRow | undefined;
    const finish = (): void => {
      if (root !== undefined && first !== undefined) heads.push({ thread: index, root, row: first });
    };
    for (const node of thread.nodes) {
      if (node.parent === null) {
        finish();
        root = node;
        first = undefined;
      }
      const row = rows.get(node.id);
      if (row === undefined || (root !== undefined && !root.ghost && node !== root)) continue;
      if (first === undefined || compareMails(row, first) < 0) first = row;
    }
    finish();
  }
  return heads.toSorted((a, b) => compareMails(a.row, b.row));
}

/**
 * The debates of a list. `threads` as given by buildThreads for the same rows. `bodyOf` is called for cover letters and for
 * mails that share the subject of a reply without parent, one subject at a time, so memory does not grow with the list.
 * The result does not depend on the order of `rows`.
 */
export function formDebates(
  list: string,
  threads: readonly Thread[],
  rows: ReadonlyMap<MessageId, ThreadingRow>,
  bodyOf: (id: MessageId) => string,
): DebateDraft[] {
  const sorted = [...rows.values()].toSorted(compareMails);
  const threadOf = threadIndex(threads);
  const heads = headsOf(threads, rows);
  const joined = new Sets(threads.length);
  const joins = new Map<MessageId, Join>();

  const subjects = new Subjects();
  const series = new SeriesIndex(bodyOf);
  for (const row of sorted) series.add(row, subjects.of(row).parts, threadOf.get(row.id) ?? -1);
  for (const { root, row, thread } of heads) {
    const former = series.former(row.id);
    if (former === undefined) continue;
    joins.set(root.id, { ...former, root: root.id, link: 'series', join: 'series' });
    joined.join(thread, threadOf.get(former.parent) ?? thread);
  }

  // Roots in search of a parent, by the subject under which it is to be found.
  const searching = new Map<string, Head[]>();
  for (const head of heads) {
    if (joins.has(head.root.id)) continue;
    const { parts } = subjects.of(head.row);
    const key = subjectKey(parts.was !== '' ? parts.was : parts.isReply ? parts.base : '');
    if (key === '') continue;
    const others = searching.get(key);
    if (others === undefined) searching.set(key, [head]);
    else others.push(head);
  }
  const bySubject = new Map<string, ThreadingRow[]>();
  for (const row of sorted) {
    const { key } = subjects.of(row);
    if (!searching.has(key)) continue;
    const others = bySubject.get(key);
    if (others === undefined) bySubject.set(key, [row]);
    else others.push(row);
  }
  for (const [key, seekers] of searching) {
    const prints = new Map(seekers.map(({ row }) => [row.id, printOf(bodyOf(row.id))]));
    const finder = new ParentFinder(wantedWindows(prints.values()));
    const mails = bySubject.get(key) ?? [];
    let next = 0;
    for (const head of seekers) {
      for (
        let mail = mails[next];
        mail !== undefined && compareMails(mail, head.row) < 0;
        mail = mails[next]
      ) {
        finder.add(mail, prints.get(mail.id) ?? printOf(bodyOf(mail.id)));
        next += 1;
      }
      const last = mails[next - 1];
      if (last === undefined) continue;
      // What a subject alone points to is the start of the debate so far.
      const start = threads[joined.find(threadOf.get(last.id) ?? head.thread)]?.id ?? last.id;
      const pause = timeKey(head.row.time) - timeKey(last.time);
      const join = judge(key, head, guessParent(finder, head, prints.get(head.row.id)), pause, start);
      if (join === undefined) continue;
      // A thread already joined through another of its roots stays where it is.
      if (joined.join(head.thread, threadOf.get(join.parent) ?? head.thread)) joins.set(join.root, join);
    }
  }

  const groups = new Map<number, number[]>();
  for (const index of threads.keys()) {
    const group = joined.find(index);
    const others = groups.get(group);
    if (others === undefined) groups.set(group, [index]);
    else others.push(index);
  }
  return [...groups.values()].map((indexes) =>
    draftOf(
      list,
      indexes.map((index) => threads[index]).filter((thread) => thread !== undefined),
      joins,
      rows,
    ),
  );
}

function threadIndex(threads: readonly Thread[]): Map<MessageId, number> {
  const threadOf = new Map<MessageId, number>();
  for (const [index, thread] of threads.entries()) {
    for (const node of thread.nodes) threadOf.set(node.id, index);
  }
  return threadOf;
}

function wantedWindows(prints: Iterable<QuotePrint>): Set<number> {
  const wanted = new Set<number>();
  for (const print of prints) {
    for (const window of print.quoted) wanted.add(window);
    for (const window of print.deeper) wanted.add(window);
  }
  return wanted;
}

/** The best evidence a body gives: its quotes, for a ghost also the quotes within them, then its attribution line. */
function guessParent(
  finder: ParentFinder,
  head: Head,
  print: QuotePrint | undefined,
): (ParentGuess & { readonly sign: 'quote' | 'attribution' }) | undefined {
  if (print === undefined) return undefined;
  const quote =
    finder.byQuote(print.quoted, head.row.id) ??
    // The words of the absent parent are at depth one; whom it answered stands one deeper.
    (head.root.ghost ? finder.byQuote(print.deeper, head.row.id) : undefined);
  if (quote !== undefined) return { ...quote, sign: 'quote' };
  const attribution = finder.byAttribution(print.attribution, head.row.id);
  return attribution === undefined ? undefined : { ...attribution, sign: 'attribution' };
}

function judge(
  key: string,
  head: Head,
  guess: ReturnType<typeof guessParent>,
  pause: number,
  start: MessageId,
): Join | undefined {
  const isMoved = parseSubject(head.row.subject).was !== '';
  const join = isMoved ? 'moved' : 'inferred-reply';
  const subject = isMoved ? 'names the old subject' : 'same subject';
  if (guess !== undefined) {
    const longest = guess.sign === 'quote' ? LONGEST_PAUSE_QUOTE : LONGEST_PAUSE_ATTRIBUTION;
    if (pause <= longest) {
      const { parent, link, reason } = guess;
      return { root: head.root.id, parent, link, join, reason: `${subject}, ${reason}` };
    }
  }
  if (pause > LONGEST_PAUSE_SUBJECT) return undefined;
  if (key.split(' ').length < FEWEST_SUBJECT_WORDS) return undefined;
  const days = Math.ceil(pause / DAY);
  const reason = `${subject}, ${days <= 1 ? 'within a day' : `within ${days} days`}`;
  return { root: head.root.id, parent: start, link: 'inferred-subject', join, reason };
}

/** Puts the trees of some threads together: joined roots under their new parents, all else as it was. */
function draftOf(
  list: string,
  threads: readonly Thread[],
  joins: ReadonlyMap<MessageId, Join>,
  rows: ReadonlyMap<MessageId, ThreadingRow>,
  fallback: JoinKind = 'root',
): DebateDraft {
  const ids: MessageId[] = [];
  const at = new Map<MessageId, number>();
  for (const thread of threads) {
    for (const node of thread.nodes) {
      at.set(node.id, ids.length);
      ids.push(node.id);
    }
  }
  const trees = new Sets(ids.length);
  const given = threads.flatMap((thread) => thread.nodes);
  for (const node of given) {
    if (node.parent !== null) trees.join(at.get(node.id) ?? 0, at.get(node.parent) ?? 0);
  }
  const parents = given.map((node): { parent: MessageId | null; link: LinkKind } => {
    const join = node.parent === null ? joins.get(node.id) : undefined;
    const above = join === undefined ? undefined : at.get(join.parent);
    // Guesses made one by one might close a loop through mails with wrong dates; the later guess then yields.
    if (join === undefined || above === undefined || !trees.join(at.get(node.id) ?? 0, above)) {
      return { parent: node.parent, link: node.link };
    }
    return { parent: join.parent, link: join.link };
  });
  const children = new Map<MessageId | null, number[]>();
  for (const [index, { parent }] of parents.entries()) {
    const others = children.get(parent);
    if (others === undefined) children.set(parent, [index]);
    else others.push(index);
  }
  // Within a thread the order is right already; mails of other threads go in by time.
  const times = earliestBelow(given, parents, at, rows);
  for (const siblings of children.values()) {
    siblings.sort((a, b) =>
      compareMails({ time: times[a] ?? 0, id: ids[a] ?? '' }, { time: times[b] ?? 0, id: ids[b] ?? '' }),
    );
  }
  const nodes: ThreadNode[] = [];
  const stack = (children.get(null) ?? []).toReversed();
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const id = ids[index] ?? '';
    const below = children.get(id) ?? [];
    const { parent, link } = parents[index] ?? { parent: null, link: 'root' };
    nodes.push({ id, ghost: !rows.has(id), parent, link, children: below.map((child) => ids[child] ?? '') });
    for (const child of below.toReversed()) stack.push(child);
  }
  const present = ids
    .map((id) => rows.get(id))
    .filter((row) => row !== undefined)
    .toSorted(compareMails);
  const first = nodes[0];
  const id = first === undefined || first.ghost ? (present[0]?.id ?? '') : first.id;
  return {
    id,
    list,
    subject: parseSubject(rows.get(id)?.subject ?? '').base,
    threads: rootFirst(threads, nodes[0]?.id ?? '').map((thread, index): DebateThread => {
      const join = thread.nodes
        .map((node) => (node.parent === null ? joins.get(node.id) : undefined))
        .find(Boolean);
      if (index === 0) return { thread, join: 'root', reason: 'first mail of the debate' };
      if (join === undefined) return { thread, join: fallback, reason: 'in the same file' };
      return { thread, join: join.join, reason: join.reason };
    }),
    nodes,
    messageIds: present.map((row) => row.id),
  };
}

/** In order of time, but the thread with the debate's root before one that is a little older, like a patch sent before its letter. */
function rootFirst(threads: readonly Thread[], root: MessageId): Thread[] {
  const at = threads.findIndex((thread) => thread.nodes.some((node) => node.id === root));
  return [...threads.slice(at, at + 1), ...threads.slice(0, Math.max(at, 0)), ...threads.slice(at + 1)];
}

/** Time of each node; of a ghost that of the earliest mail below it. */
function earliestBelow(
  given: readonly ThreadNode[],
  parents: readonly { readonly parent: MessageId | null }[],
  at: ReadonlyMap<MessageId, number>,
  rows: ReadonlyMap<MessageId, ThreadingRow>,
): number[] {
  const times = given.map((node) => rows.get(node.id)?.time ?? 0);
  // Depth-first order within each thread: going backwards, everything below a node comes before it.
  for (let index = given.length - 1; index >= 0; index -= 1) {
    const parent = parents[index]?.parent ?? null;
    const above = parent === null ? undefined : at.get(parent);
    if (above === undefined || rows.has(parent ?? '')) continue;
    if (timeKey(times[index] ?? 0) < timeKey(times[above] ?? 0)) times[above] = times[index] ?? 0;
  }
  return times;
}

/** Fills a draft with its messages. Messages that are not given are left out; their nodes stay. */
export function assembleDebate(draft: DebateDraft, messages: Iterable<Message>): Debate {
  const wanted = new Set(draft.messageIds);
  const found = new Map<MessageId, Message>();
  for (const message of messages) {
    if (wanted.has(message.id) && !found.has(message.id)) found.set(message.id, message);
  }
  const { id, list, subject, threads, nodes } = draft;
  return {
    id,
    list,
    subject,
    threads,
    nodes,
    messages: draft.messageIds.map((one) => found.get(one)).filter((one) => one !== undefined),
  };
}

/**
 * All given messages as one debate, whatever their threads: parents are guessed over all subjects, and what has none is a
 * further root. For `hum report FILE --one`. At least one message is needed to give the debate its id.
 */
export function debateOfMessages(list: string, messages: Iterable<Message>): Debate {
  const byId = new Map<MessageId, Message>();
  for (const message of messages) if (!byId.has(message.id)) byId.set(message.id, message);
  const rows = new Map([...byId.values()].map((message) => [message.id, rowOf(message)]));
  const sorted = [...rows.values()].toSorted(compareMails);
  const threads = buildThreads(sorted);
  const threadOf = threadIndex(threads);
  const heads = headsOf(threads, rows);
  const bodyOf = (id: MessageId): string => byId.get(id)?.body ?? '';
  const joins = new Map<MessageId, Join>();

  const series = new SeriesIndex(bodyOf);
  for (const row of sorted) series.add(row, parseSubject(row.subject), threadOf.get(row.id) ?? -1);
  const prints = new Map(sorted.map((row) => [row.id, printOf(bodyOf(row.id))]));
  const finder = new ParentFinder(
    wantedWindows(heads.map((head) => prints.get(head.row.id)).filter((print) => print !== undefined)),
  );
  const firstOf = new Map<string, MessageId>();
  let next = 0;
  for (const head of heads) {
    for (let row = sorted[next]; row !== undefined && compareMails(row, head.row) < 0; row = sorted[next]) {
      const print = prints.get(row.id);
      if (print !== undefined) finder.add(row, print);
      const key = subjectKey(parseSubject(row.subject).base);
      if (!firstOf.has(key)) firstOf.set(key, row.id);
      next += 1;
    }
    const join = parentInFile(head, series, finder, prints.get(head.row.id), firstOf);
    if (join !== undefined) joins.set(join.root, join);
  }
  return assembleDebate(draftOf(list, threads, joins, rows, 'given'), byId.values());
}

function parentInFile(
  head: Head,
  series: SeriesIndex,
  finder: ParentFinder,
  print: QuotePrint | undefined,
  firstOf: ReadonlyMap<string, MessageId>,
): Join | undefined {
  const former = series.former(head.row.id);
  if (former !== undefined) return { ...former, root: head.root.id, link: 'series', join: 'series' };
  const parts = parseSubject(head.row.subject);
  const join = parts.was === '' ? 'inferred-reply' : 'moved';
  const guess = guessParent(finder, head, print);
  if (guess !== undefined) {
    const { parent, link, reason } = guess;
    return { root: head.root.id, parent, link, join, reason };
  }
  // Some archives strip `Re:`; within one debate the same subject is answer enough.
  const wanted = subjectKey(parts.was === '' ? parts.base : parts.was);
  const parent = wanted === '' ? undefined : firstOf.get(wanted);
  if (parent === undefined) return undefined;
  const reason = parts.was === '' ? 'same subject' : 'names the old subject';
  return { root: head.root.id, parent, link: 'inferred-subject', join, reason };
}
