// Threads (References graph) and debates (threads that belong together).
import type { Message, MessageId } from './message.ts';

/** What threading needs of each message of a list, without bodies. */
export interface ThreadingRow {
  readonly id: MessageId;
  readonly time: number;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly inReplyTo: readonly MessageId[];
  readonly references: readonly MessageId[];
}

/** Why a node hangs under its parent. `inferred-*` is a guess and shown as such. */
export type LinkKind =
  'references' | 'in-reply-to' | 'inferred-quote' | 'inferred-subject' | 'series' | 'root';

/** One place in a thread; a ghost when the message itself is absent. */
export interface ThreadNode {
  readonly id: MessageId;
  readonly ghost: boolean;
  /** null for a root. */
  readonly parent: MessageId | null;
  readonly link: LinkKind;
  /** Children by time, then id. */
  readonly children: readonly MessageId[];
}

/** A connected component of the id graph. `id` is the smallest id of its earliest present message (stable under arrival order). */
export interface Thread {
  readonly id: string;
  /** Nodes in depth-first order, roots by time then id. */
  readonly nodes: readonly ThreadNode[];
}

/** What joined a thread to a debate; `given` when the user said that these mails are one debate. */
export type JoinKind = 'root' | 'series' | 'moved' | 'inferred-reply' | 'given';

export interface DebateThread {
  readonly thread: Thread;
  readonly join: JoinKind;
  /** One clause for the reader, e.g. `v2 of the same series`, `subject and quoted text match`. */
  readonly reason: string;
}

/** A debate by ids only, formed without loading the bodies of a list. */
export interface DebateDraft {
  /** As in `Debate`. */
  readonly id: MessageId;
  readonly list: string;
  readonly subject: string;
  readonly threads: readonly DebateThread[];
  readonly nodes: readonly ThreadNode[];
  /** Present messages by time, then id. */
  readonly messageIds: readonly MessageId[];
}

/** One discussion as people see it: v1..vN of a series, a moved topic, replies with broken References. */
export interface Debate {
  /** Message-ID of the debate's root message (the first message's id when the root is a ghost). */
  readonly id: MessageId;
  readonly list: string;
  /** Base subject (no Re:, tags, version). */
  readonly subject: string;
  readonly threads: readonly DebateThread[];
  /** All present messages by time, then thread order; ghosts are in the threads only. */
  readonly messages: readonly Message[];
  /** Tree over all messages of the debate, joins included. */
  readonly nodes: readonly ThreadNode[];
}
