// Opens the SQLite store and joins its tables to the one interface the rest of the program knows.
import { resolve } from 'node:path';
import { blockTable } from './block-table.ts';
import { connect } from './connection.ts';
import { debateTable } from './debate-table.ts';
import { idTable } from './id-table.ts';
import { listTable } from './list-table.ts';
import { messageTable } from './message-table.ts';
import { searchIndex } from './search-index.ts';
import { sourceTable } from './source-table.ts';
import { faultOf, withFaults } from './sqlite-fault.ts';
import { threadTable } from './thread-table.ts';
import { lockWriter } from './writer-lock.ts';
import type { Connection } from './connection.ts';
import type { Store } from './store.ts';

/** Pages the full-text index may merge after a small update; keeps a sync cheap on a large index. */
const mergePages = 256;

function* guardedRows<T>(path: string, rows: Iterable<T>): Generator<T> {
  try {
    yield* rows;
  } catch (error) {
    throw faultOf(error, path);
  }
}

function count(db: Connection, sql: string): number {
  const value: unknown = db.prepare(sql).pluck().get();
  return typeof value === 'number' ? value : 0;
}

function optimize(db: Connection, full: boolean): void {
  if (full) db.exec("INSERT INTO search (search) VALUES ('optimize')");
  else db.prepare("INSERT INTO search (search, rank) VALUES ('merge', ?)").run(mergePages);
  db.pragma('incremental_vacuum');
  db.pragma('optimize');
  db.pragma('wal_checkpoint(TRUNCATE)');
}

function check(db: Connection): string[] {
  const problems: string[] = [];
  for (const row of db.prepare<[], { integrity_check: string }>('PRAGMA integrity_check(20)').all()) {
    if (row.integrity_check !== 'ok') problems.push(row.integrity_check);
  }
  for (const row of db.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').all()) {
    problems.push(`a row of ${row.table} points at no row of ${row.parent}`);
  }
  const searchless = count(db, 'SELECT count(*) FROM message WHERE id NOT IN (SELECT rowid FROM search)');
  if (searchless > 0) problems.push(`${searchless} messages are missing from the search index`);
  const textless = count(db, 'SELECT count(*) FROM message WHERE block NOT IN (SELECT id FROM block)');
  if (textless > 0) problems.push(`${textless} messages have no text`);
  const listless = count(db, 'SELECT count(*) FROM message WHERE id NOT IN (SELECT message FROM posting)');
  if (listless > 0) problems.push(`${listless} messages are on no list`);
  return problems;
}

/**
 * Opens the database at `path` (`:memory:` for none), makes it and its folder when absent, brings an older one up to date.
 * Throws Fault: noInput (`readonly` and no file), config (newer version, another program's database, damaged, a folder),
 * permission, busy, io.
 */
export function openStore(path: string, options: { readonly readonly?: boolean } = {}): Store {
  const file = path === ':memory:' ? path : resolve(path);
  const db = connect(file, options.readonly ?? false);
  const guard = <T>(work: () => T): T => withFaults(file, work);
  return guard(() => {
    const ids = idTable(db);
    const blocks = blockTable(db);
    const lists = listTable(db);
    const messages = messageTable(db, lists, ids, blocks);
    const sources = sourceTable(db, lists);
    const threads = threadTable(db, lists, ids);
    const debates = debateTable(db, lists, ids, messages);
    const index = searchIndex(db, lists, messages);

    /** One transaction, or part of the one that runs; blocks are written with it, caches follow a rollback. */
    const transaction = <T>(work: () => T): T =>
      guard(() => {
        if (db.inTransaction) return work();
        try {
          return db
            .transaction(() => {
              const result = work();
              blocks.flush();
              return result;
            })
            .immediate();
        } catch (error) {
          blocks.discard();
          ids.discard();
          throw error;
        }
      });

    const store: Store = {
      path: file,
      transaction,
      lockWriter: () => guard(() => lockWriter(db, file)),

      addMessage: (list, added) => transaction(() => messages.add(list, added)),
      deleteMessage: (list, id, hash) => transaction(() => messages.remove(list, id, hash)),
      removeUnheld: (list, origin, held) => transaction(() => messages.removeUnheld(list, origin, held)),
      broughtBy: (list, source) => guard(() => messages.broughtBy(list, source)),
      addReject: (list, origin, defect) => transaction(() => sources.addReject(list, origin, defect)),
      rejects: () => guard(() => sources.rejects()),
      message: (id, list) => guard(() => messages.message(id, list)),
      variants: (id) => guard(() => messages.variants(id)),
      otherVariants: (id, list) => guard(() => messages.otherVariants(id, list)),
      raw: (id, list) => guard(() => messages.raw(id, list)),
      listsOf: (id) => guard(() => messages.listsOf(id)),
      defects: (wanted) => guard(() => messages.defects(wanted)),

      setting: (name) => guard(() => sources.setting(name)),
      setSetting: (name, value) => transaction(() => sources.setSetting(name, value)),

      cursors: (source, list) => guard(() => sources.cursors(source, list)),
      setCursor: (source, list, part, cursor) =>
        transaction(() => sources.setCursor(source, list, part, cursor)),
      sources: () => guard(() => sources.sources()),
      rememberSource: (source, list, kind, time) =>
        transaction(() => sources.remember(source, list, kind, time)),

      threadingRows: (list) => guardedRows(file, threads.rows(list)),
      setThreads: (list, ids) => transaction(() => threads.set(list, ids)),
      threadIds: (list) => guardedRows(file, threads.ids(list)),
      dirtyMessages: (list) => guard(() => threads.dirty(list)),
      dirtyLists: () => guard(() => threads.dirtyLists()),
      clearDirty: (list) => transaction(() => threads.clearDirty(list)),
      putDebates: (list, formed) => transaction(() => debates.put(list, formed)),
      contentHashes: (list) => guard(() => debates.contentHashes(list)),
      debateStates: (list) => guard(() => debates.states(list)),
      appliers: (list, debate) => guard(() => debates.appliers(list, debate)),
      putReport: (list, id, key, report) => transaction(() => debates.putReport(list, id, key, report)),
      putFailure: (list, id, key, failure) => transaction(() => debates.putFailure(list, id, key, failure)),

      lists: () => guard(() => lists.rows()),
      debates: (wanted) => guard(() => debates.page(wanted)),
      debateOf: (id, list) => guard(() => debates.of(id, list)),
      debate: (id, list) => guard(() => debates.debate(id, list)),
      report: (id, list) => guard(() => debates.report(id, list)),
      debateKey: (id, list) => guard(() => debates.key(id, list)),
      debateMessages: (id, list) => guard(() => debates.messages(id, list)),
      search: (query, wanted) => guard(() => index.search(query, wanted)),
      counts: () =>
        guard(() => ({
          messages: count(db, 'SELECT count(*) FROM message'),
          lists: count(db, 'SELECT count(*) FROM list'),
          debates: count(db, 'SELECT count(*) FROM debate'),
          defects: count(db, 'SELECT coalesce(sum(defects), 0) FROM message WHERE defects > 0'),
          rejects: count(db, 'SELECT count(*) FROM reject'),
        })),
      optimize: (full) => guard(() => optimize(db, full)),
      check: () => guard(() => check(db)),
      close: () => guard(() => db.close()),
    };
    return store;
  });
}
