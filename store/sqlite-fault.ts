// Turns SQLite's errors into faults an operator can act on. https://sqlite.org/rescode.html
import { Fault } from '../model/fault.ts';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The fault behind an error of SQLite or of the file system; any other error unchanged. */
export function faultOf(error: unknown, path: string): unknown {
  const code = codeOf(error);
  const cause = { cause: error };
  if (error instanceof Fault || code === '') return error;
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
    return new Fault(
      'io',
      `no space left for the database ${path}`,
      'free some disk space and run the command again; everything stored so far is kept',
      cause,
    );
  }
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return new Fault(
      'io',
      `reading or writing the database ${path} failed (${code})`,
      'check the disk (full? failing? network drive?) and run the command again; everything stored so far is kept',
      cause,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new Fault(
      'busy',
      `the database ${path} is in use by another program`,
      'wait until it has finished and run the command again',
      cause,
    );
  }
  if (code === 'SQLITE_NOTADB') {
    return new Fault(
      'config',
      `${path} is not a Hum database`,
      'name another file with --db or HUM_DB',
      cause,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new Fault(
      'config',
      `the database ${path} is damaged`,
      'restore it from a backup, or move it away and add the archives again; hum doctor tells more',
      cause,
    );
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM' ||
    code === 'SQLITE_AUTH' ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS'
  ) {
    return new Fault(
      'permission',
      `no permission to open or write the database ${path}`,
      'check the owner and mode of the file and its folder, or name another file with --db or HUM_DB',
      cause,
    );
  }
  return error;
}

/** Runs `work`; SQLite's errors come out as faults. */
export function withFaults<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(error, path);
  }
}
