// Where mail came from: remembered sources with their cursors, what was rejected, and what the user gave beside mail.
import type { Connection } from './connection.ts';
import type { ListTable } from './list-table.ts';
import type { Defect } from '../model/message.ts';
import type { Origin } from '../model/source.ts';
import type { RejectRow, SourceRow } from './store.ts';

export interface SourceTable {
  cursors(source: string, list: string): ReadonlyMap<string, string>;
  setCursor(source: string, list: string, part: string, cursor: string): void;
  sources(): readonly SourceRow[];
  remember(source: string, list: string, kind: string, time: number): void;
  addReject(list: string, origin: Origin, defect: Defect): void;
  rejects(): readonly RejectRow[];
  setting(name: string): string | undefined;
  setSetting(name: string, value: string | undefined): void;
}

interface StoredReject {
  readonly list: string;
  readonly source: string;
  readonly at: string;
  readonly code: string;
  readonly detail: string;
  readonly file: string | null;
  readonly offset: number | null;
}

/** Offsets come back as numbers, object ids and names as text. */
function placeOf(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) && String(value) === text ? value : text;
}

export function sourceTable(db: Connection, lists: ListTable): SourceTable {
  const find = db
    .prepare<[string, number], number>('SELECT id FROM source WHERE name = ? AND list = ?')
    .pluck();
  const insert = db.prepare('INSERT INTO source (name, list, kind, last_sync) VALUES (?, ?, ?, ?)');
  const update = db.prepare('UPDATE source SET kind = ?, last_sync = ? WHERE id = ?');
  const cursorRows = db.prepare<[number], { part: string; cursor: string }>(
    'SELECT part, cursor FROM cursor WHERE source = ? ORDER BY part',
  );
  const putCursor = db.prepare(
    `INSERT INTO cursor (source, part, cursor) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET cursor = excluded.cursor`,
  );
  const all = db.prepare<[], SourceRow>(
    `SELECT s.name AS source, l.name AS list, s.kind AS kind, s.last_sync AS lastSync
     FROM source s JOIN list l ON l.id = s.list ORDER BY s.id`,
  );
  const insertReject = db.prepare(
    `INSERT OR IGNORE INTO reject (list, source, at, code, detail, file, offset) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const allRejects = db.prepare<[], StoredReject>(
    `SELECT l.name AS list, r.source, r.at, r.code, r.detail, r.file, r.offset
     FROM reject r JOIN list l ON l.id = r.list ORDER BY r.id`,
  );

  const settingOf = db.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const putSetting = db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)');
  const dropSetting = db.prepare('DELETE FROM setting WHERE name = ?');

  function idFor(source: string, list: string, kind: string): number {
    const listId = lists.idFor(list);
    return find.get(source, listId) ?? Number(insert.run(source, listId, kind, 0).lastInsertRowid);
  }

  return {
    cursors(source, list) {
      const listId = lists.idOf(list);
      const id = listId === undefined ? undefined : find.get(source, listId);
      const rows = id === undefined ? [] : cursorRows.all(id);
      return new Map(rows.map(({ part, cursor }) => [part, cursor]));
    },
    setCursor(source, list, part, cursor) {
      putCursor.run(idFor(source, list, ''), part, cursor);
    },
    sources: () => all.all(),
    setting: (name) => settingOf.get(name),
    setSetting(name, value) {
      if (value === undefined) dropSetting.run(name);
      else putSetting.run(name, value);
    },
    remember(source, list, kind, time) {
      update.run(kind, time, idFor(source, list, kind));
    },
    addReject(list, origin, defect) {
      insertReject.run(
        lists.idFor(list),
        origin.source,
        String(origin.at),
        defect.code,
        defect.detail,
        defect.file ?? null,
        defect.offset ?? null,
      );
    },
    rejects: () =>
      allRejects.all().map(({ list, source, at, code, detail, file, offset }) => ({
        list,
        origin: { source, at: placeOf(at) },
        defect: {
          code,
          detail,
          ...(file === null ? {} : { file }),
          ...(offset === null ? {} : { offset }),
        },
      })),
  };
}
