// Thread ids of a list's messages, and the rows threading needs.
import type { Connection } from './connection.ts';
import type { IdTable } from './id-table.ts';
import type { ListTable } from './list-table.ts';
import type { MessageId } from '../model/message.ts';
import type { ThreadingRow } from '../model/thread.ts';

export interface ThreadTable {
  rows(list: string): Iterable<ThreadingRow>;
  set(list: string, threads: Iterable<readonly [MessageId, string]>): void;
  ids(list: string): Iterable<{ readonly id: MessageId; readonly thread: string }>;
  dirty(list: string): readonly MessageId[];
  dirtyLists(): readonly string[];
  clearDirty(list: string): void;
}

interface StoredRow {
  readonly row: number;
  readonly id: string;
  readonly time: number;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly refs: Buffer;
}

/** Rows read at a time: a statement must not stay open while the caller writes. */
const chunk = 5_000;

export function threadTable(db: Connection, lists: ListTable, ids: IdTable): ThreadTable {
  const page = db.prepare<[number, number, number], StoredRow>(
    `SELECT m.id AS row, i.name AS id, m.time, m.subject, m.from_name AS fromName,
       m.from_address AS fromAddress, m.refs
     FROM posting p JOIN message m ON m.id = p.message JOIN message_id i ON i.id = m.message_id
     WHERE p.list = ? AND p.message > ? AND p.shown = 1 ORDER BY p.message LIMIT ?`,
  );
  const assign = db.prepare(
    `UPDATE posting SET thread = @thread WHERE list = @list AND thread IS NOT @thread
       AND message IN (SELECT id FROM message WHERE message_id = @id)`,
  );
  const names = db.prepare<[number], { id: string; thread: string }>(
    `SELECT DISTINCT i.name AS id, t.name AS thread FROM posting p JOIN message m ON m.id = p.message
       JOIN message_id i ON i.id = m.message_id JOIN message_id t ON t.id = p.thread
     WHERE p.list = ? ORDER BY t.name, m.time, i.name`,
  );
  const dirtyRows = db
    .prepare<[number], string>(
      `SELECT DISTINCT i.name FROM posting p JOIN message m ON m.id = p.message
         JOIN message_id i ON i.id = m.message_id
       WHERE p.list = ? AND p.dirty = 1 ORDER BY i.name`,
    )
    .pluck();
  const dirtyNames = db
    .prepare<[], string>(
      'SELECT name FROM list l WHERE EXISTS (SELECT 1 FROM posting p WHERE p.list = l.id AND p.dirty = 1) ORDER BY l.id',
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
        yield { ...rest, ...ids.unpackRefs(refs) };
      }
      if (found.length < chunk) return;
    }
  }

  function set(name: string, threads: Iterable<readonly [MessageId, string]>): void {
    const list = lists.idFor(name);
    for (const [id, thread] of threads) {
      assign.run({ list, thread: ids.numberFor(thread), id: ids.numberFor(id) });
    }
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
    dirtyLists: () => dirtyNames.all(),
    clearDirty(name) {
      const list = lists.idOf(name);
      if (list !== undefined) clean.run(list);
    },
  };
}
