// Files that commands write: whole or not at all, and faults that name the file.
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Fault, type ExitName } from '../model/fault.ts';

const exits: Readonly<Record<string, ExitName>> = {
  ENOENT: 'noInput',
  ENOTDIR: 'noInput',
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'permission',
};

function faultOf(error: unknown, path: string): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const exit = exits[code] ?? 'io';
  return new Fault(
    exit,
    `cannot write ${path}: ${error instanceof Error ? error.message : code}`,
    exit === 'io'
      ? 'Make room on the disk, or write elsewhere.'
      : 'Check that the folder exists and is yours.',
    { cause: error },
  );
}

export interface Output {
  write(chunk: string | Uint8Array): void;
  /** Puts the file in its place. Until then the name holds what it held before. */
  close(): void;
}

/** `/dev/stdout` and other special files are written directly. */
export function openOutput(path: string): Output {
  const special = path.startsWith('/dev/');
  const scratch = special ? path : `${path}.${process.pid}.part`;
  try {
    const file = openSync(scratch, 'w');
    return {
      write(chunk) {
        try {
          let rest = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
          while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
        } catch (error) {
          closeSync(file);
          if (!special) rmSync(scratch, { force: true });
          throw faultOf(error, path);
        }
      },
      close() {
        closeSync(file);
        if (!special) renameSync(scratch, path);
      },
    };
  } catch (error) {
    throw faultOf(error, path);
  }
}

export function writeWhole(path: string, text: string): void {
  const file = openOutput(path);
  file.write(text);
  file.close();
}

export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw faultOf(error, path);
  }
}
