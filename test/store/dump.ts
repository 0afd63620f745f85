// Every row of a database in readable form, for comparing two of them. What may differ between equal databases is left out:
// how mails are cut into blocks, when a source was last read.
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { unpackMessage, unpackRaw } from '../../store/pack.ts';

export type Dump = Readonly<Record<string, readonly string[]>>;

function text(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

function json(value: unknown): string {
  return Buffer.isBuffer(value) ? inflateRawSync(value).toString('utf8') : 'null';
}

/** Table name -> rows, each one line, in primary key order. */
export function dumpDatabase(path: string): Dump {
  const db = new Database(path, { readonly: true });
  try {
    const rows = (sql: string): Record<string, unknown>[] =>
      db.prepare<[], Record<string, unknown>>(sql).all();
    const plain = (sql: string): string[] => rows(sql).map((row) => Object.values(row).map(text).join(' | '));
    const blocks = new Map<unknown, Buffer>();
    for (const { id, bytes } of rows('SELECT id, bytes FROM block')) {
      if (Buffer.isBuffer(bytes)) blocks.set(id, inflateRawSync(bytes));
    }
    const mails = rows('SELECT * FROM message ORDER BY id').map(({ block, start, size, ...row }) => {
      const piece = (blocks.get(block) ?? Buffer.alloc(0)).subarray(
        Number(start),
        Number(start) + Number(size),
      );
      const raw = createHash('sha256').update(unpackRaw(piece)).digest('hex');
      return `${Object.values(row).map(text).join(' | ')} | ${JSON.stringify(unpackMessage(piece))} | ${raw}`;
    });
    return {
      list: plain('SELECT * FROM list ORDER BY id'),
      message_id: plain('SELECT * FROM message_id ORDER BY id'),
      message: mails,
      large: plain('SELECT * FROM large ORDER BY message'),
      source: plain('SELECT id, name, list, kind FROM source ORDER BY id'),
      cursor: plain('SELECT * FROM cursor ORDER BY source, part'),
      setting: plain('SELECT * FROM setting ORDER BY name'),
      applier: plain('SELECT * FROM applier ORDER BY message'),
      elsewhere: plain('SELECT * FROM elsewhere ORDER BY list, message, origin'),
      reject: plain('SELECT * FROM reject ORDER BY id'),
      origin: plain('SELECT * FROM origin ORDER BY id'),
      posting: plain(
        `SELECT p.list, p.message, shown, dirty, thread, d.root, origin, at FROM posting p
         LEFT JOIN debate d ON d.id = p.debate ORDER BY p.list, p.message`,
      ),
      // Number of a debate's row: which debates existed in between depends on where the run was cut.
      debate: rows('SELECT * FROM debate ORDER BY list, root').map(({ id: _id, ...row }) =>
        Object.values(row).map(text).join(' | '),
      ),
      debate_text: rows(
        'SELECT d.list, d.root, shape, report FROM debate_text t JOIN debate d ON d.id = t.debate ORDER BY d.list, d.root',
      ).map(({ list, root, shape, report }) => `${text(list)} ${text(root)} ${json(shape)} ${json(report)}`),
      search: vocabulary(path),
    };
  } finally {
    db.close();
  }
}

/** Every token of the search index with its row, column and position. */
function vocabulary(path: string): string[] {
  const db = new Database(':memory:');
  try {
    db.prepare('ATTACH ? AS hum').run(path);
    db.exec("CREATE VIRTUAL TABLE temp.words USING fts5vocab('hum', 'search', 'instance')");
    return db
      .prepare<[], { term: string; doc: number; col: string; offset: number }>(
        'SELECT term, doc, col, offset FROM temp.words ORDER BY doc, col, offset',
      )
      .all()
      .map(({ term, doc, col, offset }) => `${doc} ${col} ${offset} ${term}`);
  } finally {
    db.close();
  }
}
