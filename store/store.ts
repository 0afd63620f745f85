// The narrow interface to storage. SQL stays behind it; a second engine can stand beside SQLite.
// Read methods are synchronous (embedded engine); ids are Message-IDs without brackets everywhere.
import type { Defect, Message, MessageId } from '../model/message.ts';
import type { Origin } from '../model/source.ts';
import type { Report } from '../model/report.ts';
import type { ThreadingRow } from '../model/thread.ts';

export interface ListRow {
  readonly name: string;
  readonly messages: number;
  readonly debates: number;
  /** Epoch seconds of the newest message; 0 when empty. */
  readonly newest: number;
}

export interface DebateRow {
  /** Message-ID of the debate's root. */
  readonly id: MessageId;
  readonly list: string;
  readonly subject: string;
  readonly messages: number;
  readonly people: number;
  readonly firstTime: number;
  readonly lastTime: number;
  readonly status: Report['status']['value'];
  readonly basis: 'stated' | 'inferred';
  readonly openQuestions: number;
  readonly decisions: number;
  readonly versions: number;
  readonly temperature: string;
}

export interface AddedMessage {
  readonly message: Message;
  readonly raw: Buffer;
  readonly origin: Origin;
}

/** Result of storing one mail. `variant`: same Message-ID as a stored one, different content; both are kept. */
export type AddOutcome = 'added' | 'duplicate' | 'other-list' | 'variant';

export interface SearchOptions {
  readonly list?: string;
  readonly since?: number;
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

export interface Store {
  readonly path: string;
  /** Runs `work` in one write transaction; rolls back on throw. */
  transaction<T>(work: () => T): T;

  /* messages */
  addMessage(list: string, added: AddedMessage): AddOutcome;
  /** Removes the message (from that list; from the store when on no list any more). Number of removed rows, 0 when unknown. */
  deleteMessage(list: string, id: MessageId, contentHash: string): number;
  addReject(list: string, origin: Origin, defect: Defect): void;
  message(id: MessageId): Message | undefined;
  /** All variants stored under this id, the first is the one `message` gives. */
  variants(id: MessageId): readonly Message[];
  raw(id: MessageId): Buffer | undefined;
  listsOf(id: MessageId): readonly string[];

  /* cursors of sources */
  cursors(source: string, list: string): ReadonlyMap<string, string>;
  setCursor(source: string, list: string, part: string, cursor: string): void;
  /** Sources once added, for `sync`. */
  sources(): readonly {
    readonly source: string;
    readonly list: string;
    readonly kind: string;
    readonly lastSync: number;
  }[];
  rememberSource(source: string, list: string, kind: string, time: number): void;

  /* threads and debates */
  threadingRows(list: string): Iterable<ThreadingRow>;
  /** Replaces the thread ids of a list: message id -> thread id (Message-ID of its root or first message). */
  setThreads(list: string, threads: Iterable<readonly [MessageId, string]>): void;
  threadIds(list: string): Iterable<{ readonly id: MessageId; readonly thread: string }>;
  /** Marks messages as needing analysis; debates are formed and analyzed from these. */
  dirtyMessages(list: string): readonly MessageId[];
  clearDirty(list: string, ids: Iterable<MessageId>): void;
  /** Stores one debate with its report; replaces any debate that shared one of `messageIds`. */
  putDebate(
    list: string,
    debateId: MessageId,
    subject: string,
    messageIds: readonly MessageId[],
    contentKey: string,
    report: Report,
  ): void;
  /** Key of the content a stored debate was analyzed from; '' when absent. */
  debateKey(list: string, debateId: MessageId): string;
  dropDebates(list: string, ids: Iterable<MessageId>): void;
  debateIds(list: string): readonly MessageId[];

  /* reading */
  lists(): readonly ListRow[];
  debates(options: {
    readonly list?: string;
    readonly status?: string;
    readonly open?: boolean;
    readonly limit: number;
    readonly offset: number;
  }): {
    readonly total: number;
    readonly rows: readonly DebateRow[];
  };
  /** The debate any of its messages belongs to. */
  debateOf(id: MessageId, list?: string): DebateRow | undefined;
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
  };
  /** Full-text index upkeep after a bulk load, checkpoint, analyze. */
  optimize(): void;
  /** Problems found by integrity checks, empty when sound. */
  check(): readonly string[];
  close(): void;
}
