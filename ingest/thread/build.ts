// Threads from References and In-Reply-To: ghosts for absent mails, no loops, no recursion, no dependence on arrival order.
// After JWZ's algorithm (www.jwz.org/doc/threading.html, RFC 5256) and public-inbox's SearchThread: a mail's own word on its
// parent counts first, the chains in others' References fill the rest. Subjects and bodies are never looked at here.
import type { MessageId } from '../../model/message.ts';
import type { LinkKind, Thread, ThreadingRow, ThreadNode } from '../../model/thread.ts';
import { compareIds, compareMails, timeKey } from './order.ts';
import { Sets } from './sets.ts';

/** Git send-email once asked for In-Reply-To and got these answers. */
const NOT_AN_ID = new Set(['y', 'n', 'yes', 'no']);

const NONE = -1;

function compareRows(a: ThreadingRow, b: ThreadingRow): number {
  return (
    compareMails(a, b) ||
    compareIds(a.references.join(' '), b.references.join(' ')) ||
    compareIds(a.inReplyTo.join(' '), b.inReplyTo.join(' '))
  );
}

/** Indexes in the order they came, each once. Short chains are the rule and need no set. */
class Chain {
  readonly ids: number[] = [];
  #seen: Set<number> | undefined;

  add(index: number): void {
    if (this.ids.length < 24 ? this.ids.includes(index) : this.#has(index)) return;
    this.ids.push(index);
    this.#seen?.add(index);
  }

  #has(index: number): boolean {
    this.#seen ??= new Set(this.ids);
    return this.#seen.has(index);
  }
}

/**
 * The threads of a list, by time of their first mail, then id. Every id named in References or In-Reply-To is a node, a ghost
 * when its mail is absent; all ids of one mail are in one thread. A mail's parent is the last of its References, then
 * In-Reply-To, that closes no loop; of a loop the earliest mail becomes the root. Near-linear in the number of ids.
 */
export function buildThreads(rows: Iterable<ThreadingRow>): Thread[] {
  // Own order makes the result independent of arrival order. A second row with the same id is a variant of the same mail.
  const sorted = [...rows].toSorted(compareRows);
  const present: ThreadingRow[] = [];
  const indexOf = new Map<MessageId, number>();
  const senders = new Set<string>();
  for (const row of sorted) {
    if (indexOf.has(row.id)) continue;
    indexOf.set(row.id, present.length);
    present.push(row);
    if (row.fromAddress !== '') senders.add(row.fromAddress.toLowerCase());
  }

  // Ids of each mail in JWZ order; `fromReply[i]` is the place from which on they come from In-Reply-To.
  const ids: MessageId[] = present.map((row) => row.id);
  const chains: Int32Array[] = [];
  const fromReply: number[] = [];
  for (const [index, row] of present.entries()) {
    const chain = new Chain();
    let replyAt = 0;
    for (const list of [row.references, row.inReplyTo]) {
      replyAt = chain.ids.length;
      for (const id of list) {
        let at = indexOf.get(id);
        if (at === undefined) {
          // `In-Reply-To: Your mail of ... <sender@host>` names a person, not a mail (also refused by public-inbox).
          if (NOT_AN_ID.has(id) || senders.has(id.toLowerCase())) continue;
          at = ids.length;
          indexOf.set(id, at);
          ids.push(id);
        }
        if (at !== index) chain.add(at);
      }
    }
    chains.push(Int32Array.from(chain.ids));
    fromReply.push(replyAt);
  }

  const size = ids.length;
  const parent = new Int32Array(size).fill(NONE);
  const byReply = new Uint8Array(size);
  const threads = new Sets(size);
  // A node gets its parent while it is still the root of its tree, so a loop would join a tree with itself.
  const trees = new Sets(size);

  // Latest mail first: in a loop the earliest mail is the one left without a parent.
  for (let index = present.length - 1; index >= 0; index -= 1) {
    const chain = chains[index] ?? new Int32Array();
    for (const other of chain) threads.join(index, other);
    for (let at = chain.length - 1; at >= 0; at -= 1) {
      const candidate = chain[at] ?? index;
      if (!trees.join(candidate, index)) continue;
      parent[index] = candidate;
      byReply[index] = at >= (fromReply[index] ?? 0) ? 1 : 0;
      break;
    }
  }
  // What others' References say about ghosts, and about mails that lost their own.
  for (const chain of chains) {
    for (let at = 1; at < chain.length; at += 1) {
      const child = chain[at] ?? 0;
      const above = chain[at - 1] ?? 0;
      if (parent[child] === NONE && trees.join(above, child)) parent[child] = above;
    }
  }
  return assemble(ids, present, parent, byReply, threads);
}

/** Sorts the forest and cuts it into threads. */
function assemble(
  ids: readonly MessageId[],
  present: readonly ThreadingRow[],
  parent: Int32Array,
  byReply: Uint8Array,
  threads: Sets,
): Thread[] {
  const size = ids.length;
  const children: number[][] = ids.map(() => []);
  const roots = new Map<number, number[]>();
  for (let index = 0; index < size; index += 1) {
    const above = parent[index] ?? NONE;
    if (above !== NONE) {
      children[above]?.push(index);
      continue;
    }
    const thread = threads.find(index);
    const list = roots.get(thread);
    if (list === undefined) roots.set(thread, [index]);
    else list.push(index);
  }

  // A ghost's time is that of the earliest mail below it.
  const times = Float64Array.from(ids, (_, index) => {
    const row = present[index];
    return row === undefined ? Number.MAX_VALUE : timeKey(row.time);
  });
  for (const index of parentsLast(parent, children)) {
    const above = parent[index] ?? NONE;
    if (above >= present.length) {
      times[above] = Math.min(times[above] ?? Number.MAX_VALUE, times[index] ?? 0);
    }
  }
  const compare = (a: number, b: number): number =>
    (times[a] ?? 0) - (times[b] ?? 0) || compareIds(ids[a] ?? '', ids[b] ?? '');
  for (const list of children) list.sort(compare);

  // `present` is sorted by time and id, so the first index met in a thread is its first mail.
  const first = new Map<number, number>();
  for (let index = 0; index < present.length; index += 1) {
    const thread = threads.find(index);
    if (!first.has(thread)) first.set(thread, index);
  }

  const result: Thread[] = [];
  for (const [thread, firstIndex] of first) {
    const nodes: ThreadNode[] = [];
    const stack = (roots.get(thread) ?? []).toSorted(compare).toReversed();
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      const below = children[index] ?? [];
      const above = parent[index] ?? NONE;
      const link: LinkKind = above === NONE ? 'root' : byReply[index] === 1 ? 'in-reply-to' : 'references';
      nodes.push({
        id: ids[index] ?? '',
        ghost: index >= present.length,
        parent: above === NONE ? null : (ids[above] ?? null),
        link,
        children: below.map((child) => ids[child] ?? ''),
      });
      for (let at = below.length - 1; at >= 0; at -= 1) stack.push(below[at] ?? 0);
    }
    result.push({ id: ids[firstIndex] ?? '', nodes });
  }
  return result;
}

/** All indexes, each after everything below it. */
function parentsLast(parent: Int32Array, children: readonly (readonly number[])[]): number[] {
  const waiting = children.map((list) => list.length);
  const ready: number[] = [];
  for (const [index, count] of waiting.entries()) if (count === 0) ready.push(index);
  for (let at = 0; at < ready.length; at += 1) {
    const above = parent[ready[at] ?? 0] ?? NONE;
    if (above === NONE) continue;
    const left = (waiting[above] ?? 0) - 1;
    waiting[above] = left;
    if (left === 0) ready.push(above);
  }
  return ready;
}
