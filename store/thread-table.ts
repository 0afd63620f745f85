// Thread ids of a list's messages, and the rows threading needs.
import type { Connection } from './connection.ts';
import type { ListTable } from './list-table.ts';
import type { MessageId } from '../model/message.ts';
import type { ThreadingRow } from '../model/thread.ts';

export interface ThreadTable {
  rows(list: string): Iterable<ThreadingRow>;
  set(list: string, threads: Iterable<readonly [MessageId, string]>): void;
  ids(list: string): Iterable<{ readonly id: MessageId; readonly thread: string }>;
  dirty(list: string): readonly MessageId[];
  clearDirty(list: string): void;
}

interface StoredRow {
  readonly row: number;
  readonly id: string;
  readonly time: number;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly refs: string;
}

/** Rows read at a time: a statement must not stay open while the caller writes. */
const chunk = 5_000;

function idsOf(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

export function threadTable(db: Connection, lists: ListTable): ThreadTable {
  const page = db.prepare<[number, number, number], StoredRow>(
    `SELECT m.id AS row, m.message_id AS id, m.time, m.subject, m.from_name AS fromName,
       m.from_address AS fromAddress, m.refs
     FROM posting p JOIN message m ON m.id = p.message
     WHERE p.list = ? AND p.message > ? AND p.shown = 1 ORDER BY p.message LIMIT ?`,
  );
  const findThread = db
    .prepare<[number, string], number>('SELECT id FROM thread WHERE list = ? AND name = ?')
    .pluck();
  const insertThread = db.prepare('INSERT INTO thread (list, name) VALUES (?, ?)');
  const assign = db.prepare(
    `UPDATE posting SET thread = @thread WHERE list = @list AND thread IS NOT @thread
       AND message IN (SELECT id FROM message WHERE message_id = @id)`,
  );
  const dropUnused = db.prepare(
    'DELETE FROM thread WHERE list = ? AND NOT EXISTS (SELECT 1 FROM posting WHERE posting.thread = thread.id)',
  );
  const names = db.prepare<[number], { id: string; thread: string }>(
    `SELECT DISTINCT m.message_id AS id, t.name AS thread FROM posting p JOIN message m ON m.id = p.message
       JOIN thread t ON t.id = p.thread WHERE p.list = ? ORDER BY t.name, m.time, m.message_id`,
  );
  const dirtyRows = db
    .prepare<[number], string>(
      `SELECT DISTINCT m.message_id FROM posting p JOIN message m ON m.id = p.message
       WHERE p.list = ? AND p.dirty = 1 ORDER BY m.message_id`,
    )
    .pluck();
  const clean = db.prepare('UPDATE posting SET dirty = 0 WHERE list = ? AND dirty = 1');

  function* rows(name: string): Generator<ThreadingRow> {
    const list = lists.idOf(name);
    if (list === undefined) return;
    let after = 0;
    for (;;) {
      const found = page.all(list, after, chunk);
      for (const { refs, row, ...rest } of found) {
        after = row;
        const [inReplyTo = '', references = ''] = refs.split('\n');
        yield { ...rest, inReplyTo: idsOf(inReplyTo), references: idsOf(references) };
      }
      if (found.length < chunk) return;
    }
  }

  function set(name: string, threads: Iterable<readonly [MessageId, string]>): void {
    const list = lists.idFor(name);
    const known = new Map<string, number>();
    for (const [id, threadName] of threads) {
      const thread =
        known.get(threadName) ??
        findThread.get(list, threadName) ??
        Number(insertThread.run(list, threadName).lastInsertRowid);
      known.set(threadName, thread);
      assign.run({ list, thread, id });
    }
    dropUnused.run(list);
  }

  return {
    rows,
    set,
    ids(name) {
      const list = lists.idOf(name);
      return list === undefined ? [] : names.all(list);
    },
    dirty(name) {
      const list = lists.idOf(name);
      return list === undefined ? [] : dirtyRows.all(list);
    },
    clearDirty(name) {
      const list = lists.idOf(name);
      if (list !== undefined) clean.run(list);
    },
  };
}
