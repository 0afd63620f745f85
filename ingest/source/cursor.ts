// Where reading a mailbox file stopped, by content: a file that did not change is skipped, one that grew is read from its
// old end, any other is read anew (the store knows mails by content, so nothing is added twice).
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { fileFault, openFile, readSlice } from './bytes.ts';

/** Bytes at the head and before the end that are compared. */
const BLOCK = 1 << 16;

/** What tells a file from an other or changed one, without reading all of it. */
export interface Fingerprint {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** SHA-256 of the first 64 KiB. */
  readonly head: string;
  /** SHA-256 of the last 64 KiB. */
  readonly tail: string;
}

export interface MailboxCursor extends Fingerprint {
  /** Offset (decompressed) at which the next mail is expected. */
  readonly next: number;
  /** Offset (decompressed) of the last mail that was given out. */
  readonly last: number;
  /** The whole file was read. */
  readonly done: boolean;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Fingerprint of the file at `path` as it is now, or of its first `size` bytes. */
export async function takeFingerprint(path: string, size?: number): Promise<Fingerprint> {
  const handle = await openFile(path);
  try {
    const now = await handle.stat();
    const length = Math.min(size ?? now.size, now.size);
    const block = Math.min(BLOCK, length);
    return {
      size: length,
      mtime: now.mtimeMs,
      head: hash(await readSlice(handle, 0, block)),
      tail: hash(await readSlice(handle, length - block, block)),
    };
  } catch (error) {
    throw fileFault(path, error);
  } finally {
    await handle.close();
  }
}

export type Resumption = 'unchanged' | 'grown' | 'changed';

/** How the file at `path` relates to what the cursor saw of it. */
export async function compareWithCursor(path: string, cursor: MailboxCursor): Promise<Resumption> {
  const now = await stat(path).catch((error: unknown) => {
    throw fileFault(path, error);
  });
  if (now.size < cursor.size) return 'changed';
  if (now.size === cursor.size && now.mtimeMs !== cursor.mtime) return 'changed';
  const before = await takeFingerprint(path, cursor.size);
  if (before.head !== cursor.head || before.tail !== cursor.tail) return 'changed';
  return now.size === cursor.size ? 'unchanged' : 'grown';
}

/** Reads a cursor back; undefined when it is not one of ours (an older version, a different source). */
export function parseCursor(text: string | undefined): MailboxCursor | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { size, mtime, head, tail, next, last, done } = value as Record<string, unknown>;
  if (typeof size !== 'number' || typeof mtime !== 'number') return undefined;
  if (typeof head !== 'string' || typeof tail !== 'string' || typeof done !== 'boolean') return undefined;
  if (typeof next !== 'number' || typeof last !== 'number') return undefined;
  return { size, mtime, head, tail, next, last, done };
}
