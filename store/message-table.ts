// Mails and their appearance on lists: adding, variants of one Message-ID, deleting, reading.
import { createHash } from 'node:crypto';
import { packMail, unpackMessage, unpackRaw } from './pack.ts';
import type { Defect, Message, MessageId } from '../model/message.ts';
import type { Connection } from './connection.ts';
import type { ListTable } from './list-table.ts';
import type { AddedMessage, AddOutcome } from './store.ts';

export interface MessageTable {
  add(list: string, added: AddedMessage): AddOutcome;
  remove(list: string, id: MessageId, contentHash: string): number;
  message(id: MessageId, list?: string): Message | undefined;
  /** By row id, for those who hold one. */
  messageAt(row: number): Message | undefined;
  variants(id: MessageId): readonly Message[];
  raw(id: MessageId, list?: string): Buffer | undefined;
  listsOf(id: MessageId): readonly string[];
  defects(options: { readonly list?: string; readonly limit: number; readonly offset: number }): readonly {
    readonly id: MessageId;
    readonly defects: readonly Defect[];
  }[];
}

interface FoundRow {
  readonly id: number;
  readonly raw_hash: Buffer;
}

interface PackRow {
  readonly pack: Buffer;
  readonly large: Buffer | null;
}

const objectId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Git object ids are kept as bytes, offsets as numbers, all else as text. */
export function storedPlace(at: number | string): number | string | Buffer {
  return typeof at === 'string' && objectId.test(at) ? Buffer.from(at, 'hex') : at;
}

/** 128 bits are kept of a content hash. */
function storedHash(hex: string): Buffer {
  return Buffer.from(hex.slice(0, 32), 'hex');
}

function peopleText(message: Message): string {
  const names = [...message.from, ...message.to, ...message.cc].map(
    ({ name, address }) => `${name} ${address}`,
  );
  return [...new Set(names)].join('\n');
}

export function messageTable(db: Connection, lists: ListTable): MessageTable {
  const find = db.prepare<[string, Buffer], FoundRow>(
    'SELECT id, raw_hash FROM message WHERE message_id = ? AND content_hash = ?',
  );
  const sameId = db.prepare<[string], { id: number }>('SELECT id FROM message WHERE message_id = ?');
  const insertMessage = db.prepare(
    `INSERT INTO message (message_id, content_hash, raw_hash, time, subject, from_name, from_address, refs, defects)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateMessage = db.prepare(
    `UPDATE message SET raw_hash = ?, time = ?, subject = ?, from_name = ?, from_address = ?, refs = ?, defects = ?
     WHERE id = ?`,
  );
  const insertMail = db.prepare('INSERT INTO mail (message, pack, large) VALUES (?, ?, ?)');
  const updateMail = db.prepare('UPDATE mail SET pack = ?, large = ? WHERE message = ?');
  const insertText = db.prepare(
    'INSERT INTO search (rowid, own, quoted, subject, people) VALUES (?, ?, ?, ?, ?)',
  );
  const insertOrigin = db.prepare('INSERT INTO origin (name) VALUES (?)');
  const originId = db.prepare<[string], number>('SELECT id FROM origin WHERE name = ?').pluck();
  const onList = db
    .prepare<[number, number], number>('SELECT 1 FROM posting WHERE list = ? AND message = ?')
    .pluck();
  const insertPosting = db.prepare(
    'INSERT INTO posting (list, message, shown, dirty, origin, at) VALUES (?, ?, 1, 1, ?, ?)',
  );
  const showFirst = db.prepare(
    `UPDATE posting SET dirty = 1, shown = message = (
       SELECT m.id FROM message m JOIN posting p ON p.message = m.id
       WHERE p.list = @list AND m.message_id = @id ORDER BY m.time, m.content_hash LIMIT 1)
     WHERE list = @list AND message IN (SELECT id FROM message WHERE message_id = @id)`,
  );
  const touchThread = db.prepare(
    `UPDATE posting SET dirty = 1 WHERE list = @list AND thread =
       (SELECT thread FROM posting WHERE list = @list AND message = @message)`,
  );
  const dropReport = db.prepare(
    `UPDATE debate_text SET report = NULL WHERE debate IN
       (SELECT debate FROM posting WHERE message = @message AND (@list IS NULL OR list = @list))`,
  );
  const staleDebate = db.prepare(
    `UPDATE debate SET report_key = '', content_key = '' WHERE id IN
       (SELECT debate FROM posting WHERE message = @message AND (@list IS NULL OR list = @list))`,
  );
  const touchPosting = db.prepare('UPDATE posting SET dirty = 1 WHERE message = ?');
  const dirtyAnyOfDebate = db.prepare(
    `UPDATE posting SET dirty = 1 WHERE debate =
       (SELECT debate FROM posting WHERE list = @list AND message = @message)`,
  );
  const deletePosting = db.prepare('DELETE FROM posting WHERE list = @list AND message = @message');
  const dropEmptyDebates = db.prepare(
    'DELETE FROM debate WHERE list = ? AND NOT EXISTS (SELECT 1 FROM posting WHERE posting.debate = debate.id)',
  );
  const anyPosting = db.prepare<[number], number>('SELECT 1 FROM posting WHERE message = ? LIMIT 1').pluck();
  const deleteText = db.prepare('DELETE FROM search WHERE rowid = ?');
  const deleteMessage = db.prepare('DELETE FROM message WHERE id = ?');

  const variantRows = db
    .prepare<[string], number>('SELECT id FROM message WHERE message_id = ? ORDER BY time, content_hash')
    .pluck();
  const shownOn = db
    .prepare<[number, string], number>(
      `SELECT m.id FROM message m JOIN posting p ON p.message = m.id
       WHERE p.list = ? AND m.message_id = ? AND p.shown = 1`,
    )
    .pluck();
  const pack = db.prepare<[number], PackRow>('SELECT pack, large FROM mail WHERE message = ?');
  const listNames = db
    .prepare<[string], string>(
      `SELECT DISTINCT l.name FROM message m JOIN posting p ON p.message = m.id JOIN list l ON l.id = p.list
       WHERE m.message_id = ? ORDER BY l.name`,
    )
    .pluck();
  const odd = db
    .prepare<[number, number], number>(
      'SELECT id FROM message WHERE defects > 0 ORDER BY time DESC, id LIMIT ? OFFSET ?',
    )
    .pluck();
  const oddOnList = db
    .prepare<[number, number, number], number>(
      `SELECT m.id FROM message m JOIN posting p ON p.message = m.id AND p.list = ?
       WHERE m.defects > 0 ORDER BY m.time DESC, m.id LIMIT ? OFFSET ?`,
    )
    .pluck();

  function place(list: number, message: number, added: AddedMessage): void {
    const { source, at } = added.origin;
    const origin = originId.get(source) ?? Number(insertOrigin.run(source).lastInsertRowid);
    insertPosting.run(list, message, origin, storedPlace(at));
  }

  function columns(message: Message, rawHash: Buffer): unknown[] {
    const sender = message.from[0];
    return [
      rawHash,
      message.time,
      message.subject,
      sender?.name ?? '',
      sender?.address ?? '',
      `${message.inReplyTo.join(' ')}\n${message.references.join(' ')}`,
      message.defects.length,
    ];
  }

  function index(row: number, added: AddedMessage): void {
    insertText.run(row, added.own, added.quoted, added.message.subject, peopleText(added.message));
  }

  /** Of two copies of one mail (other transport headers) the one with the smaller digest is kept, whichever came first. */
  function keepSmaller(found: FoundRow, rawHash: Buffer, added: AddedMessage): void {
    if (Buffer.compare(rawHash, found.raw_hash) >= 0) return;
    const packed = packMail(added.message, added.raw);
    updateMessage.run(...columns(added.message, rawHash), found.id);
    updateMail.run(packed.pack, packed.large, found.id);
    deleteText.run(found.id);
    index(found.id, added);
    // The kept copy's text may differ in trailing blanks, and reports point into it.
    dropReport.run({ list: null, message: found.id });
    staleDebate.run({ list: null, message: found.id });
    touchPosting.run(found.id);
  }

  function add(listName: string, added: AddedMessage): AddOutcome {
    const { message } = added;
    const list = lists.idFor(listName);
    const contentHash = storedHash(added.contentHash);
    const rawHash = createHash('sha256').update(added.raw).digest().subarray(0, 16);
    const found = find.get(message.id, contentHash);
    if (found !== undefined) {
      keepSmaller(found, rawHash, added);
      if (onList.get(list, found.id) !== undefined) return 'duplicate';
      place(list, found.id, added);
      showFirst.run({ list, id: message.id });
      return 'other-list';
    }
    const variant = sameId.get(message.id) !== undefined;
    const packed = packMail(message, added.raw);
    const row = Number(
      insertMessage.run(message.id, contentHash, ...columns(message, rawHash)).lastInsertRowid,
    );
    insertMail.run(row, packed.pack, packed.large);
    index(row, added);
    place(list, row, added);
    if (!variant) return 'added';
    showFirst.run({ list, id: message.id });
    return 'variant';
  }

  function remove(listName: string, id: MessageId, contentHash: string): number {
    const list = lists.idOf(listName);
    const found = find.get(id, storedHash(contentHash));
    if (list === undefined || found === undefined || onList.get(list, found.id) === undefined) return 0;
    const where = { list, message: found.id };
    // A report must not go on quoting what was removed.
    dropReport.run(where);
    staleDebate.run(where);
    touchThread.run(where);
    dirtyAnyOfDebate.run(where);
    deletePosting.run(where);
    showFirst.run({ list, id });
    if (anyPosting.get(found.id) === undefined) {
      deleteText.run(found.id);
      deleteMessage.run(found.id);
    }
    dropEmptyDebates.run(list);
    return 1;
  }

  function rowOf(id: MessageId, listName?: string): number | undefined {
    if (listName === undefined) return variantRows.get(id);
    const list = lists.idOf(listName);
    return list === undefined ? undefined : shownOn.get(list, id);
  }

  function messageAt(row: number): Message | undefined {
    const found = pack.get(row);
    return found === undefined ? undefined : unpackMessage(found.pack);
  }

  return {
    add,
    remove,
    messageAt,
    message(id, list) {
      const row = rowOf(id, list);
      return row === undefined ? undefined : messageAt(row);
    },
    variants: (id) =>
      variantRows.all(id).flatMap((row) => {
        const message = messageAt(row);
        return message === undefined ? [] : [message];
      }),
    raw(id, list) {
      const row = rowOf(id, list);
      const found = row === undefined ? undefined : pack.get(row);
      return found === undefined ? undefined : unpackRaw(found.pack, found.large);
    },
    listsOf: (id) => listNames.all(id),
    defects({ list: listName, limit, offset }) {
      const list = listName === undefined ? undefined : lists.idOf(listName);
      if (listName !== undefined && list === undefined) return [];
      const rows = list === undefined ? odd.all(limit, offset) : oddOnList.all(list, limit, offset);
      return rows.flatMap((row) => {
        const message = messageAt(row);
        return message === undefined ? [] : [{ id: message.id, defects: message.defects }];
      });
    },
  };
}
