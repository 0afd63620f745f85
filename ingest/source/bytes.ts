// Bytes of a file, a stream or a decompressed one of these, as chunks from an offset on, with a look at the head.
// Knows nothing of mail. Chunks are never reused, so parts of them may be kept.
import { open, type FileHandle } from 'node:fs/promises';
import { Fault } from '../../model/fault.ts';

/** Bytes per read from a file. */
const CHUNK = 1 << 20;
/** First read of a file: most files are small, and a folder may hold a hundred thousand of them. */
const FIRST_CHUNK = 1 << 16;

export interface Bytes {
  /** Path, URL or `-`, for messages. */
  readonly name: string;
  /** Size in bytes; undefined when not known. */
  readonly size: number | undefined;
  /** False for a pipe: `read` can be called once. */
  readonly repeatable: boolean;
  /** The first `length` bytes, fewer when there are fewer. Does not consume them. */
  head(length: number): Promise<Buffer>;
  /** Chunks from offset `from` on. */
  read(from: number): AsyncGenerator<Buffer>;
}

const REMEDY: Readonly<Record<string, string>> = {
  ENOENT: 'Check the path.',
  ENOTDIR: 'Check the path.',
  EACCES: 'Give this user the right to read it, or copy it to a place where it can be read.',
  EPERM: 'Give this user the right to read it, or copy it to a place where it can be read.',
};

/** The error code of a system call, '' for other errors. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** A file that cannot be opened or read, as the fault the user sees. */
export function fileFault(path: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const code = errorCode(error);
  const remedy = REMEDY[code] ?? 'Check the disk and the path.';
  if (code === 'EACCES' || code === 'EPERM') {
    return new Fault('permission', `no permission to read ${path}`, remedy, { cause: error });
  }
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Fault('noInput', `${path} does not exist`, remedy, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new Fault('noInput', `cannot read ${path}: ${reason}`, remedy, { cause: error });
}

/** Opens a file for reading; throws the fault the user sees. */
export async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw fileFault(path, error);
  }
}

/** `length` bytes of a file from `from` on, fewer at its end. */
export async function readSlice(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const out = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(out, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return out.subarray(0, filled);
}

/** A regular file. */
export function fileBytes(path: string, size: number): Bytes {
  async function* read(from: number): AsyncGenerator<Buffer> {
    const handle = await openFile(path);
    try {
      let at = from;
      let want = FIRST_CHUNK;
      for (;;) {
        const chunk = await readSlice(handle, at, want);
        if (chunk.length > 0) yield chunk;
        if (chunk.length < want) return;
        at += chunk.length;
        want = CHUNK;
      }
    } catch (error) {
      throw fileFault(path, error);
    } finally {
      await handle.close();
    }
  }
  async function head(length: number): Promise<Buffer> {
    const handle = await openFile(path);
    try {
      return await readSlice(handle, 0, Math.min(length, size));
    } catch (error) {
      throw fileFault(path, error);
    } finally {
      await handle.close();
    }
  }
  return { name: path, size, repeatable: true, head, read };
}

/** The chunks after the first `skip` bytes. */
export async function* skipBytes(chunks: AsyncIterable<Buffer>, skip: number): AsyncGenerator<Buffer> {
  let left = skip;
  for await (const chunk of chunks) {
    if (left >= chunk.length) {
      left -= chunk.length;
    } else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}

/** A pipe, a socket or the like: read once, its head kept until then. */
export function streamBytes(name: string, stream: AsyncIterable<Uint8Array>): Bytes {
  const iterator = stream[Symbol.asyncIterator]();
  const kept: Buffer[] = [];
  let keptLength = 0;
  let ended = false;

  async function next(): Promise<Buffer | undefined> {
    if (ended) return undefined;
    const result = await iterator.next().catch((error: unknown) => {
      throw fileFault(name, error);
    });
    if (result.done === true) {
      ended = true;
      return undefined;
    }
    const { buffer, byteOffset, byteLength } = result.value;
    return Buffer.from(buffer, byteOffset, byteLength);
  }

  async function head(length: number): Promise<Buffer> {
    while (keptLength < length) {
      const chunk = await next();
      if (chunk === undefined) break;
      kept.push(chunk);
      keptLength += chunk.length;
    }
    return Buffer.concat(kept).subarray(0, length);
  }

  async function* all(): AsyncGenerator<Buffer> {
    try {
      for (let chunk = kept.shift(); chunk !== undefined; chunk = kept.shift()) yield chunk;
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    } finally {
      await iterator.return?.();
    }
  }

  return { name, size: undefined, repeatable: false, head, read: (from) => skipBytes(all(), from) };
}
