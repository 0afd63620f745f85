// One writer per database. The operating system's lock on a file beside the database is the truth (it ends with the
// process, also on kill -9); the row in the database only names the holder.
import Database from 'better-sqlite3';
import { Fault } from '../model/fault.ts';
import type { Connection } from './connection.ts';

/** Locks held by this process: a connection that nothing refers to is closed by the garbage collector, lock and all. */
const held = new Set<Database.Database>();

/** Takes the lock or throws Fault busy at once; returns the release. */
export function lockWriter(db: Connection, path: string): () => void {
  if (path === ':memory:') return () => undefined;
  const lock = new Database(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const busy = error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    if (!busy) throw error;
    const pid: unknown = db.prepare('SELECT pid FROM writer').pluck().get();
    const who = typeof pid === 'number' ? `process ${pid}` : 'another process';
    throw new Fault(
      'busy',
      `${who} is writing to the database ${path}`,
      'wait until it has finished, then run the command again; what is stored can be read meanwhile',
    );
  }
  held.add(lock);
  db.prepare('INSERT OR REPLACE INTO writer (id, pid, since) VALUES (1, ?, ?)').run(
    process.pid,
    Math.floor(Date.now() / 1000),
  );
  return () => {
    try {
      db.prepare('DELETE FROM writer').run();
    } catch {
      // The row is a courtesy. On a full disk it stays, and what filled the disk is told by whoever met it first.
    } finally {
      held.delete(lock);
      lock.close();
    }
  };
}
