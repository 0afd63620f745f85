// Mails and their appearance on lists: adding, variants of one Message-ID, deleting, reading.
import { packMail, unpackLarge, unpackMessage, unpackRaw } from './pack.ts';
import type { Message, MessageId } from '../model/message.ts';
import type { BlockTable, Place } from './block-table.ts';
import type { Connection } from './connection.ts';
import type { IdTable } from './id-table.ts';
import type { ListTable } from './list-table.ts';
import { heldKey } from './store.ts';
import type { AddedMessage, AddOutcome, OddMessage } from './store.ts';

export interface MessageTable {
  add(list: string, added: AddedMessage): AddOutcome;
  remove(list: string, id: MessageId, contentHash: string): number;
  removeUnheld(list: string, origin: string, held: ReadonlySet<string>): number;
  broughtBy(list: string, source: string): number;
  message(id: MessageId, list?: string): Message | undefined;
  /** By row id, for those who hold one. */
  messageAt(row: number): Message | undefined;
  variants(id: MessageId): readonly Message[];
  otherVariants(id: MessageId, list: string): readonly Message[];
  raw(id: MessageId, list?: string): Buffer | undefined;
  listsOf(id: MessageId): readonly string[];
  defects(options: {
    readonly list?: string;
    readonly limit: number;
    readonly offset: number;
  }): readonly OddMessage[];
}

interface StoredPlace extends Place {
  readonly id: number;
}

const objectId = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** Git object ids are kept as bytes, offsets as numbers, all else as text. */
export function storedPlace(at: number | string): number | string | Buffer {
  return typeof at === 'string' && objectId.test(at) ? Buffer.from(at, 'hex') : at;
}

interface PostedAt {
  readonly row: number;
  readonly source: string;
  readonly at: number | string | Buffer;
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

export function messageTable(
  db: Connection,
  lists: ListTable,
  ids: IdTable,
  blocks: BlockTable,
): MessageTable {
  const find = db.prepare<[number, Buffer], StoredPlace>(
    'SELECT id, block, start, size FROM message WHERE message_id = ? AND content_hash = ?',
  );
  const sameId = db.prepare<[number], number>('SELECT id FROM message WHERE message_id = ?').pluck();
  const insertMessage = db.prepare(
    `INSERT INTO message (time, subject, from_name, from_address, refs, defects, block, start, size, message_id, content_hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateMessage = db.prepare(
    `UPDATE message SET time = ?, subject = ?, from_name = ?, from_address = ?, refs = ?, defects = ?,
       block = ?, start = ?, size = ? WHERE id = ?`,
  );
  const putLarge = db.prepare('INSERT OR REPLACE INTO large (message, bytes) VALUES (?, ?)');
  const largeOf = db.prepare<[number], Buffer>('SELECT bytes FROM large WHERE message = ?').pluck();
  const dropLarge = db.prepare('DELETE FROM large WHERE message = ?');
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
       SELECT m.id FROM message m CROSS JOIN posting p ON p.message = m.id
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
  const debateOf = db
    .prepare<[number, number], number | null>('SELECT debate FROM posting WHERE list = ? AND message = ?')
    .pluck();
  const dropEmptyDebate = db.prepare(
    'DELETE FROM debate WHERE id = @debate AND NOT EXISTS (SELECT 1 FROM posting WHERE debate = @debate)',
  );
  const anyPosting = db.prepare<[number], number>('SELECT 1 FROM posting WHERE message = ? LIMIT 1').pluck();
  const deleteText = db.prepare('DELETE FROM search WHERE rowid = ?');
  const deleteMessage = db.prepare('DELETE FROM message WHERE id = ?');

  const variantRows = db
    .prepare<[number], number>('SELECT id FROM message WHERE message_id = ? ORDER BY time, content_hash')
    .pluck();
  const shownOn = db
    .prepare<[number, number], number>(
      `SELECT m.id FROM message m CROSS JOIN posting p ON p.message = m.id
       WHERE p.list = ? AND m.message_id = ? AND p.shown = 1`,
    )
    .pluck();
  const placeOf = db.prepare<[number], Place>('SELECT block, start, size FROM message WHERE id = ?');
  const listNames = db
    .prepare<[number], string>(
      `SELECT DISTINCT l.name FROM message m JOIN posting p ON p.message = m.id JOIN list l ON l.id = p.list
       WHERE m.message_id = ? ORDER BY l.name`,
    )
    .pluck();
  const odd = db.prepare<[number, number], PostedAt>(
    `SELECT m.id AS row, o.name AS source, p.at FROM message m CROSS JOIN posting p ON p.message = m.id
       AND p.list = (SELECT min(list) FROM posting WHERE message = m.id) CROSS JOIN origin o ON o.id = p.origin
     WHERE m.defects > 0 ORDER BY m.time DESC, m.id LIMIT ? OFFSET ?`,
  );
  const oddOnList = db.prepare<[number, number, number], PostedAt>(
    `SELECT m.id AS row, o.name AS source, p.at FROM message m CROSS JOIN posting p ON p.message = m.id AND p.list = ?
       CROSS JOIN origin o ON o.id = p.origin
     WHERE m.defects > 0 ORDER BY m.time DESC, m.id LIMIT ? OFFSET ?`,
  );
  const insertApplier = db.prepare('INSERT INTO applier (message, address) VALUES (?, ?)');
  const originOf = db
    .prepare<[number, number], number>('SELECT origin FROM posting WHERE list = ? AND message = ?')
    .pluck();
  const insertElsewhere = db.prepare(
    'INSERT OR IGNORE INTO elsewhere (list, message, origin) VALUES (?, ?, ?)',
  );
  const firstElsewhere = db
    .prepare<[number, number], number>(
      'SELECT origin FROM elsewhere WHERE list = ? AND message = ? ORDER BY origin LIMIT 1',
    )
    .pluck();
  const dropElsewhere = db.prepare('DELETE FROM elsewhere WHERE list = ? AND message = ? AND origin = ?');
  const setOrigin = db.prepare('UPDATE posting SET origin = ? WHERE list = ? AND message = ?');
  const broughtRows = db.prepare<[number, number], { row: number; id: string; hash: string }>(
    `SELECT m.id AS row, i.name AS id, lower(hex(m.content_hash)) AS hash FROM posting p
       JOIN message m ON m.id = p.message JOIN message_id i ON i.id = m.message_id
     WHERE p.list = ? AND p.origin = ? ORDER BY m.id`,
  );
  const brought = db
    .prepare<[object], number>(
      `SELECT count(*) FROM posting WHERE list = @list AND origin IN (SELECT id FROM origin WHERE name = @source
         OR substr(name, 1, length(@source) + 1) IN (@source || '#', @source || '/'))`,
    )
    .pluck();

  function originFor(source: string): number {
    return originId.get(source) ?? Number(insertOrigin.run(source).lastInsertRowid);
  }

  function post(list: number, message: number, added: AddedMessage): void {
    const { source, at } = added.origin;
    insertPosting.run(list, message, originFor(source), storedPlace(at));
  }

  /** A copy of what the list has, from another place than the first. */
  function noteElsewhere(list: number, message: number, source: string): void {
    const origin = originFor(source);
    if (originOf.get(list, message) !== origin) insertElsewhere.run(list, message, origin);
  }

  function columns(message: Message, place: Place): unknown[] {
    const sender = message.from[0];
    return [
      message.time,
      message.subject,
      sender?.name ?? '',
      sender?.address ?? '',
      ids.packRefs(message.inReplyTo, message.references),
      message.defects.length,
      place.block,
      place.start,
      place.size,
    ];
  }

  function index(row: number, added: AddedMessage): void {
    insertText.run(row, added.own, added.quoted, added.message.subject, peopleText(added.message));
  }

  function rawOf(row: number, place: Place): Buffer {
    const large = largeOf.get(row);
    return large === undefined ? unpackRaw(blocks.read(place)) : unpackLarge(large);
  }

  /** Of two copies of one mail (other transport headers) the one whose bytes sort first is kept, whichever came first. */
  function keepSmaller(found: StoredPlace, added: AddedMessage): void {
    if (Buffer.compare(added.raw, rawOf(found.id, found)) >= 0) return;
    blocks.erase(found);
    const { piece, large } = packMail(added.message, added.raw);
    updateMessage.run(...columns(added.message, blocks.append(piece)), found.id);
    if (large === null) dropLarge.run(found.id);
    else putLarge.run(found.id, large);
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
    const id = ids.numberFor(message.id);
    const contentHash = storedHash(added.contentHash);
    const found = find.get(id, contentHash);
    if (found !== undefined) {
      keepSmaller(found, added);
      if (onList.get(list, found.id) !== undefined) {
        noteElsewhere(list, found.id, added.origin.source);
        return 'duplicate';
      }
      post(list, found.id, added);
      showFirst.run({ list, id });
      return 'other-list';
    }
    const variant = sameId.get(id) !== undefined;
    const { piece, large } = packMail(message, added.raw);
    const row = Number(
      insertMessage.run(...columns(message, blocks.append(piece)), id, contentHash).lastInsertRowid,
    );
    if (large !== null) putLarge.run(row, large);
    index(row, added);
    if (added.applier !== undefined && added.applier !== '') insertApplier.run(row, added.applier);
    post(list, row, added);
    if (!variant) return 'added';
    showFirst.run({ list, id });
    return 'variant';
  }

  function remove(listName: string, messageId: MessageId, contentHash: string): number {
    const list = lists.idOf(listName);
    const id = ids.numberOf(messageId);
    const found = id === undefined ? undefined : find.get(id, storedHash(contentHash));
    if (list === undefined || id === undefined || found === undefined) return 0;
    if (onList.get(list, found.id) === undefined) return 0;
    removeFrom(list, id, found);
    return 1;
  }

  function removeFrom(list: number, id: number, found: StoredPlace): void {
    const where = { list, message: found.id };
    const debate = debateOf.get(list, found.id) ?? null;
    // A report must not go on quoting what was removed.
    dropReport.run(where);
    staleDebate.run(where);
    touchThread.run(where);
    dirtyAnyOfDebate.run(where);
    deletePosting.run(where);
    showFirst.run({ list, id });
    if (anyPosting.get(found.id) === undefined) {
      blocks.erase(found);
      deleteText.run(found.id);
      deleteMessage.run(found.id);
    }
    dropEmptyDebate.run({ debate });
  }

  function removeUnheld(listName: string, source: string, held: ReadonlySet<string>): number {
    const list = lists.idOf(listName);
    const origin = originId.get(source);
    if (list === undefined || origin === undefined) return 0;
    let removed = 0;
    const rows = broughtRows.all(list, origin);
    // Nothing in common: another archive stands under this name, and says nothing about what was here before.
    if (!rows.some(({ id, hash }) => held.has(heldKey(id, hash)))) return 0;
    for (const { row, id, hash } of rows) {
      if (held.has(heldKey(id, hash))) continue;
      const other = firstElsewhere.get(list, row);
      if (other === undefined) {
        removed += remove(listName, id, hash);
      } else {
        dropElsewhere.run(list, row, other);
        setOrigin.run(other, list, row);
      }
    }
    return removed;
  }

  function rowOf(messageId: MessageId, listName?: string): number | undefined {
    const id = ids.numberOf(messageId);
    if (id === undefined) return undefined;
    if (listName === undefined) return variantRows.get(id);
    const list = lists.idOf(listName);
    return list === undefined ? undefined : shownOn.get(list, id);
  }

  function messageAt(row: number): Message | undefined {
    const place = placeOf.get(row);
    return place === undefined ? undefined : unpackMessage(blocks.read(place));
  }

  return {
    add,
    remove,
    removeUnheld,
    broughtBy(listName, source) {
      const list = lists.idOf(listName);
      return list === undefined ? 0 : (brought.get({ list, source }) ?? 0);
    },
    messageAt,
    message(id, list) {
      const row = rowOf(id, list);
      return row === undefined ? undefined : messageAt(row);
    },
    variants(messageId) {
      const id = ids.numberOf(messageId);
      const rows = id === undefined ? [] : variantRows.all(id);
      return rows.flatMap((row) => messageAt(row) ?? []);
    },
    otherVariants(messageId, listName) {
      const id = ids.numberOf(messageId);
      const rows = id === undefined ? [] : variantRows.all(id);
      if (rows.length < 2) return [];
      const shown = rowOf(messageId, listName);
      return rows.flatMap((row) => (row === shown ? [] : (messageAt(row) ?? [])));
    },
    raw(id, list) {
      const row = rowOf(id, list);
      const place = row === undefined ? undefined : placeOf.get(row);
      return row === undefined || place === undefined ? undefined : rawOf(row, place);
    },
    listsOf(messageId) {
      const id = ids.numberOf(messageId);
      return id === undefined ? [] : listNames.all(id);
    },
    defects({ list: listName, limit, offset }) {
      const list = listName === undefined ? undefined : lists.idOf(listName);
      if (listName !== undefined && list === undefined) return [];
      const rows = list === undefined ? odd.all(limit, offset) : oddOnList.all(list, limit, offset);
      return rows.flatMap(({ row, source, at }) => {
        const message = messageAt(row);
        const origin = { source, at: Buffer.isBuffer(at) ? at.toString('hex') : at };
        return message === undefined ? [] : [{ id: message.id, origin, defects: message.defects }];
      });
    },
  };
}
