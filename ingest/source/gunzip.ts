// Decompressed bytes of a gzip file (RFC 1952), also of several members, also of a damaged one: all that can be had
// comes out, then a `CorruptGzip` error. Zeros after the last member are padding; other bytes there count as damage.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip, type Gunzip } from 'node:zlib';
import { errorCode, skipBytes, type Bytes } from './bytes.ts';

/** Compressed bytes given to zlib at a time: bounds what a bomb makes of one step (1032 times as much). */
const STEP = 1 << 14;
/** Output block of zlib. */
const BLOCK = 1 << 18;
/** Compressed bytes of a pipe that are kept, to get back what zlib drops in the step that fails; files are read again. */
const KEPT_LIMIT = 1 << 25;

/** The compressed data end early or do not fit together. All bytes that could be had came before it. */
export class CorruptGzip extends Error {
  /** Offset in the compressed data at which zlib gave up. */
  readonly offset: number;
  /** The data end early; otherwise they are damaged. */
  readonly truncated: boolean;

  constructor(message: string, offset: number, truncated: boolean, options: ErrorOptions) {
    super(message, options);
    this.name = 'CorruptGzip';
    this.offset = offset;
    this.truncated = truncated;
  }
}

export function isGzip(head: Buffer): boolean {
  return head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b;
}

/** zlib one step at a time: what a step gives is complete before the next one begins, so an error costs one step only. */
class Inflater {
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: BLOCK });
  #output: Buffer[] = [];
  #failure: Error | undefined;
  /** zlib met padding after a member, and takes no more. */
  #ended = false;
  #release: () => void = () => {};

  constructor() {
    this.#gunzip.on('data', (block: Buffer) => this.#output.push(block));
    this.#gunzip.on('error', (error: Error) => {
      this.#failure = error;
      this.#release();
    });
    this.#gunzip.on('end', () => {
      this.#ended = true;
      this.#release();
    });
  }

  /** Output of these bytes. Rejects with zlib's error. */
  async feed(bytes: Buffer): Promise<readonly Buffer[]> {
    return await this.#step((done) => this.#gunzip.write(bytes, done));
  }

  /** Output that was left at the end of the input. */
  async finish(): Promise<readonly Buffer[]> {
    return await this.#step(() => this.#gunzip.end());
  }

  close(): void {
    this.#gunzip.destroy();
  }

  async #step(start: (done: () => void) => void): Promise<readonly Buffer[]> {
    await new Promise<void>((resolve) => {
      this.#release = resolve;
      if (this.#failure === undefined && !this.#ended) start(resolve);
      else resolve();
    });
    if (this.#gunzip.readableLength > 0) await nextTurn();
    if (this.#failure !== undefined) throw this.#failure;
    const output = this.#output;
    this.#output = [];
    return output;
  }
}

function* steps(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += STEP) yield chunk.subarray(at, at + STEP);
}

/** What the failing step still gave before the damage: the input again up to it, then byte by byte. */
async function* rescue(input: AsyncIterable<Buffer>, good: number, failing: Buffer): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  try {
    let fed = 0;
    for await (const chunk of input) {
      for (const step of steps(chunk.subarray(0, good - fed))) await inflater.feed(step);
      fed += Math.min(chunk.length, good - fed);
      if (fed === good) break;
    }
    for (let at = 0; at < failing.length; at++) yield* await inflater.feed(failing.subarray(at, at + 1));
  } catch (error) {
    if (!errorCode(error).startsWith('Z_')) throw error;
  } finally {
    inflater.close();
  }
}

async function* again(kept: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* kept;
}

async function* inflate(source: Bytes): AsyncGenerator<Buffer> {
  const inflater = new Inflater();
  const kept: Buffer[] = [];
  let good = 0;
  try {
    for await (const chunk of source.read(0)) {
      if (!source.repeatable && good <= KEPT_LIMIT) kept.push(chunk);
      for (const step of steps(chunk)) {
        let output: readonly Buffer[];
        try {
          output = await inflater.feed(step);
        } catch (error) {
          if (source.repeatable) yield* rescue(source.read(0), good, step);
          else if (good <= KEPT_LIMIT) yield* rescue(again(kept), good, step);
          throw new CorruptGzip('damaged gzip data', good, false, { cause: error });
        }
        good += step.length;
        yield* output;
      }
    }
    let rest: readonly Buffer[];
    try {
      rest = await inflater.finish();
    } catch (error) {
      throw new CorruptGzip('the gzip data end early', good, true, { cause: error });
    }
    yield* rest;
  } finally {
    inflater.close();
  }
}

/** The decompressed bytes of `source`. Its `read` throws `CorruptGzip` after the last byte that could be had. */
export function gunzipBytes(source: Bytes): Bytes {
  let started: AsyncGenerator<Buffer> | undefined;
  const kept: Buffer[] = [];
  let failure: unknown;

  /** The head, with what came before an error when there is one. */
  async function head(length: number): Promise<Buffer> {
    const chunks = source.repeatable ? inflate(source) : (started ??= inflate(source));
    const found = source.repeatable ? [] : kept;
    let got = found.reduce((sum, chunk) => sum + chunk.length, 0);
    try {
      while (got < length) {
        const result = await chunks.next();
        if (result.done === true) break;
        found.push(result.value);
        got += result.value.length;
      }
    } catch (error) {
      if (!(error instanceof CorruptGzip)) throw error;
      failure = error;
    } finally {
      if (source.repeatable) await chunks.return(undefined);
    }
    return Buffer.concat(found).subarray(0, length);
  }

  async function* all(): AsyncGenerator<Buffer> {
    if (started === undefined) {
      yield* inflate(source);
      return;
    }
    for (let chunk = kept.shift(); chunk !== undefined; chunk = kept.shift()) yield chunk;
    if (failure !== undefined) throw failure;
    yield* started;
  }

  return {
    name: source.name,
    size: undefined,
    repeatable: source.repeatable,
    head,
    read: (from) => skipBytes(all(), from),
  };
}
