// The narrow interface to storage. SQL stays behind it; a second engine can stand beside SQLite.
// Read methods are synchronous (embedded engine); ids are Message-IDs without brackets everywhere.
// Every method throws Fault (io, busy, permission, config) when the engine fails, never an engine's own error.
import type { Defect, Message, MessageId } from '../model/message.ts';
import type { Origin } from '../model/source.ts';
import type { Report } from '../model/report.ts';
import type { Lead } from '../model/side.ts';
import type { Debate, DebateDraft, ThreadingRow } from '../model/thread.ts';

export interface ListRow {
  readonly name: string;
  readonly messages: number;
  readonly debates: number;
  /** Epoch seconds of the newest message of a debate; 0 when there is none. */
  readonly newest: number;
}

/** One line of a list of debates. `status`, `basis` and `temperature` are null until the debate was analyzed. */
export interface DebateRow {
  /** Message-ID of the debate's root. */
  readonly id: MessageId;
  readonly list: string;
  readonly subject: string;
  readonly messages: number;
  readonly people: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly status: Report['status']['value'] | null;
  readonly basis: 'stated' | 'inferred' | null;
  readonly openQuestions: number;
  readonly decisions: number;
  readonly versions: number;
  readonly temperature: string | null;
  /** The two poles of the main axis with counts of people; null when nobody takes a clear position. */
  readonly lead: Lead | null;
  /** Why the analysis of this debate failed (a fault of ours, isolated); null when it did not. */
  readonly failure: string | null;
}

export interface AddedMessage {
  readonly message: Message;
  readonly raw: Buffer;
  readonly origin: Origin;
  /** Hex digest of what the mail says, transport headers left out: equal for copies of one mail. */
  readonly contentHash: string;
  /** The sender's own lines and the quoted lines of the body, for the search index. */
  readonly own: string;
  readonly quoted: string;
  /** Lower-case address of the sender when the mail says that its sender applied a patch. */
  readonly applier?: string;
}

/**
 * Result of storing one mail. `duplicate`: that content is on that list already; `other-list`: that content was known from
 * another list and is now on this one too; `variant`: same Message-ID as a stored one, different content; both are kept.
 */
export type AddOutcome = 'added' | 'duplicate' | 'other-list' | 'variant';

export interface SearchOptions {
  readonly list?: string;
  /** Epoch seconds, inclusive. */
  readonly since?: number;
  /** Epoch seconds, exclusive. */
  readonly until?: number;
  readonly limit: number;
  readonly offset: number;
}

export interface SearchHit {
  readonly id: MessageId;
  readonly list: string;
  readonly debate: MessageId | null;
  readonly subject: string;
  readonly from: string;
  readonly time: number;
  /** Plain text around the hit with match ranges. */
  readonly snippet: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** What decides whether a debate is analyzed again. */
export interface DebateState {
  readonly id: MessageId;
  /** Digest of the debate's form and of its messages' content. */
  readonly contentKey: string;
  /** Key the stored report was made from; '' when there is none. */
  readonly reportKey: string;
}

export interface OddMessage {
  readonly id: MessageId;
  readonly origin: Origin;
  readonly defects: readonly Defect[];
}

/** How `removeUnheld` wants a message named: its id and content hash. */
export function heldKey(id: MessageId, contentHash: string): string {
  return `${contentHash.slice(0, 32)} ${id}`;
}

export interface RejectRow {
  readonly list: string;
  readonly origin: Origin;
  readonly defect: Defect;
}

export interface SourceRow {
  readonly source: string;
  readonly list: string;
  readonly kind: string;
  /** Epoch seconds of the last complete run; 0 when none was. */
  readonly lastSync: number;
}

export interface Store {
  readonly path: string;
  /** Runs `work` in one write transaction; rolls back on throw. */
  transaction<T>(work: () => T): T;
  /**
   * Makes this process the one writer; returns the release. Ends by itself when the process dies.
   * Throws Fault busy naming the process that holds it.
   */
  lockWriter(): () => void;

  /* messages */
  addMessage(list: string, added: AddedMessage): AddOutcome;
  /** Removes the message (from that list; from the store when on no list any more). Number of removed rows, 0 when unknown. */
  deleteMessage(list: string, id: MessageId, contentHash: string): number;
  /**
   * Removes from a list what `origin` (a file, an epoch) brought and does not hold any more: all but the messages of `held`,
   * each written as `heldKey` does. What another place brought as well stays, and so
   * does everything when it holds none of it. Number of messages removed.
   */
  removeUnheld(list: string, origin: string, held: ReadonlySet<string>): number;
  /** Messages on a list that a source, or a file or epoch inside it, was the first to bring. */
  broughtBy(list: string, source: string): number;
  addReject(list: string, origin: Origin, defect: Defect): void;
  /** Everything that was rejected, in the order met. */
  rejects(): readonly RejectRow[];
  /** The message as the list has it (any list when none is given). */
  message(id: MessageId, list?: string): Message | undefined;
  /** All variants stored under this id by time, then content; the first is the one `message` gives. */
  variants(id: MessageId): readonly Message[];
  /** The variants under this id that the list does not show, in the same order. */
  otherVariants(id: MessageId, list: string): readonly Message[];
  raw(id: MessageId, list?: string): Buffer | undefined;
  listsOf(id: MessageId): readonly string[];
  /** Messages that were odd, newest first, with the place each was read from. */
  defects(options: {
    readonly list?: string;
    readonly limit: number;
    readonly offset: number;
  }): readonly OddMessage[];

  /* what the user gave beside mail */
  setting(name: string): string | undefined;
  /** `undefined` forgets it. */
  setSetting(name: string, value: string | undefined): void;

  /* cursors of sources */
  cursors(source: string, list: string): ReadonlyMap<string, string>;
  setCursor(source: string, list: string, part: string, cursor: string): void;
  /** Sources once added, for `sync`. */
  sources(): readonly SourceRow[];
  rememberSource(source: string, list: string, kind: string, time: number): void;

  /* threads and debates */
  threadingRows(list: string): Iterable<ThreadingRow>;
  /** Replaces the thread ids of a list: message id -> thread id (Message-ID of its root or first message). */
  setThreads(list: string, threads: Iterable<readonly [MessageId, string]>): void;
  threadIds(list: string): Iterable<{ readonly id: MessageId; readonly thread: string }>;
  /** Messages that came (or whose thread lost one) since debates were formed last. */
  dirtyMessages(list: string): readonly MessageId[];
  /** Lists that have any. A mail that came on one list can change its copy on another. */
  dirtyLists(): readonly string[];
  clearDirty(list: string): void;
  /** Replaces the debates of a list. Reports of debates whose key is unchanged stay. */
  putDebates(
    list: string,
    debates: Iterable<{ readonly draft: DebateDraft; readonly contentKey: string }>,
  ): void;
  /** Content hashes of a list's messages, for content keys. */
  contentHashes(list: string): ReadonlyMap<MessageId, string>;
  debateStates(list: string): readonly DebateState[];
  /**
   * For each debate of a list (or the one named): addresses of its senders who say in at least two mails of the list that
   * they applied patches, sorted. Debates without any are left out.
   */
  appliers(list: string, debateId?: MessageId): ReadonlyMap<MessageId, readonly string[]>;
  /** Stores the report of a debate; nothing happens when the debate is gone by now. */
  putReport(list: string, debateId: MessageId, reportKey: string, report: Report): void;

  /** Remembers that the analysis failed, so that it is tried again only with other content or another analysis. */
  putFailure(list: string, debateId: MessageId, reportKey: string, failure: string): void;

  /* reading */
  lists(): readonly ListRow[];
  debates(options: {
    readonly list?: string;
    readonly status?: string;
    /** Only debates with open questions. */
    readonly open?: boolean;
    /** Only debates with decisions. */
    readonly decided?: boolean;
    readonly limit: number;
    readonly offset: number;
  }): {
    readonly total: number;
    readonly rows: readonly DebateRow[];
  };
  /** The debate any of its messages belongs to. */
  debateOf(id: MessageId, list?: string): DebateRow | undefined;
  /** Changes whenever the debate's form, content or report does; undefined when there is no such debate. */
  debateKey(debateId: MessageId, list: string): string | undefined;
  /** The whole debate with its messages. */
  debate(debateId: MessageId, list: string): Debate | undefined;
  /** undefined when there is no such debate or it was not analyzed. */
  report(debateId: MessageId, list: string): Report | undefined;
  debateMessages(debateId: MessageId, list: string): readonly Message[];
  search(
    query: string,
    options: SearchOptions,
  ): { readonly total: number; readonly hits: readonly SearchHit[] };
  counts(): {
    readonly messages: number;
    readonly lists: number;
    readonly debates: number;
    readonly defects: number;
    readonly rejects: number;
  };
  /** Index upkeep and checkpoint after writing; `full` after a bulk load (cost grows with the index). */
  optimize(full: boolean): void;
  /** Problems found by integrity checks, empty when sound. */
  check(): readonly string[];
  close(): void;
}
