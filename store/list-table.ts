// Mailing lists by name.
import type { Connection } from './connection.ts';
import type { ListRow } from './store.ts';

export interface ListTable {
  /** Row id of a list, made when new. */
  idFor(name: string): number;
  /** Row id of a known list. */
  idOf(name: string): number | undefined;
  rows(): readonly ListRow[];
}

export function listTable(db: Connection): ListTable {
  const insert = db.prepare('INSERT INTO list (name) VALUES (?)');
  const find = db.prepare<[string], number>('SELECT id FROM list WHERE name = ?').pluck();
  const all = db.prepare<[], ListRow>(
    `SELECT l.name AS name,
       (SELECT count(*) FROM posting p WHERE p.list = l.id) AS messages,
       (SELECT count(*) FROM debate d WHERE d.list = l.id) AS debates,
       (SELECT coalesce(max(d.last_time), 0) FROM debate d WHERE d.list = l.id) AS newest
     FROM list l ORDER BY l.name`,
  );
  return {
    idFor: (name) => find.get(name) ?? Number(insert.run(name).lastInsertRowid),
    idOf: (name) => find.get(name),
    rows: () => all.all(),
  };
}
