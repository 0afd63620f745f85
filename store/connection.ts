// Opens the database file: pragmas, who it belongs to, migrations. No table is known here.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Fault } from '../model/fault.ts';
import { migrations } from './migration/all.ts';
import { faultOf } from './sqlite-fault.ts';

export type Connection = Database.Database;
export type Row = Record<string, unknown>;

/** `application_id` of the file header: "HUM" and a zero byte. */
const applicationId = 0x48554d00;
const busyTimeout = 5_000;
const cacheKilobytes = 32_768;

export const latestVersion = migrations.at(-1)?.version ?? 0;

function number(connection: Connection, pragma: string): number {
  const value: unknown = connection.pragma(pragma, { simple: true });
  return typeof value === 'number' ? value : 0;
}

/** A file that holds tables of somebody else, or of a version we do not know. */
function checkOwner(connection: Connection, path: string): number {
  const owner = number(connection, 'application_id');
  const version = number(connection, 'user_version');
  const empty = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (owner !== applicationId && !(empty && owner === 0 && version === 0)) {
    throw new Fault(
      'config',
      `${path} is an SQLite database of another program`,
      'name another file with --db or HUM_DB',
    );
  }
  if (version > latestVersion) {
    throw new Fault(
      'config',
      `the database ${path} was made by a newer version of Hum (format ${version}, this one knows ${latestVersion})`,
      'update Hum, or name another file with --db or HUM_DB',
    );
  }
  return version;
}

/** Applies what is missing, each migration in its own transaction; a second process waits and then finds nothing to do. */
function migrate(connection: Connection): void {
  for (const migration of migrations) {
    connection
      .transaction(() => {
        if (number(connection, 'user_version') >= migration.version) return;
        connection.exec(migration.sql);
        connection.pragma(`application_id = ${applicationId}`);
        connection.pragma(`user_version = ${migration.version}`);
      })
      .immediate();
  }
}

function open(path: string, readonly: boolean): Connection {
  const connection = new Database(path, { readonly, fileMustExist: readonly, timeout: busyTimeout });
  try {
    const version = checkOwner(connection, path);
    connection.pragma(`cache_size = -${cacheKilobytes}`);
    connection.pragma('foreign_keys = ON');
    connection.pragma('temp_store = MEMORY');
    if (readonly) {
      if (version < latestVersion) {
        throw new Fault(
          'config',
          `the database ${path} was made by an older version of Hum`,
          'run a command that writes once, such as hum sync, to bring it up to date',
        );
      }
      return connection;
    }
    // Rewriting the search index leaves free pages; they are given back (store/open.ts, optimize).
    if (version === 0) connection.pragma('auto_vacuum = INCREMENTAL');
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = NORMAL');
    connection.pragma('journal_size_limit = 67108864');
    migrate(connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Opens (and makes, unless `readonly`) the database at `path`. Throws Fault; see openStore. */
export function connect(path: string, readonly: boolean): Connection {
  if (path === ':memory:') return open(path, false);
  const file = resolve(path);
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      throw new Fault('config', `${file} is a folder, not a database`, 'name a file with --db or HUM_DB');
    }
    if (stat === undefined) {
      if (readonly) {
        throw new Fault('noInput', `there is no database at ${file}`, 'add an archive first: hum add SOURCE');
      }
      mkdirSync(dirname(file), { recursive: true });
    }
    return open(file, readonly);
  } catch (error) {
    throw faultOf(error, file);
  }
}
