import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { fileBytes, streamBytes, type Bytes } from '../../../ingest/source/bytes.ts';
import { CorruptGzip, gunzipBytes } from '../../../ingest/source/gunzip.ts';
import { temporaryFolder } from './temporary.ts';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function asFile(t: TestContext, bytes: Buffer): Bytes {
  const path = join(temporaryFolder(t), 'file');
  writeFileSync(path, bytes);
  return fileBytes(path, bytes.length);
}

/** What comes out, and the error that ends it. */
async function drain(bytes: Bytes, from = 0): Promise<{ readonly data: Buffer; readonly error: unknown }> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of bytes.read(from)) chunks.push(chunk);
  } catch (error) {
    return { data: Buffer.concat(chunks), error };
  }
  return { data: Buffer.concat(chunks), error: undefined };
}

/** Text that does not shrink to nothing, so that damage hits its middle. */
function text(bytes: number): Buffer {
  return Buffer.from(randomBytes(bytes / 2).toString('hex'));
}

describe('gunzip', () => {
  test('members one after the other, zeros and garbage after the last', async (t) => {
    const first = text(100_000);
    const second = text(50_000);
    const both = Buffer.concat([gzipSync(first), gzipSync(Buffer.alloc(0)), gzipSync(second)]);
    for (const tail of ['', '\0\0\0', 'no gzip']) {
      // Padding is no damage, anything else behind the last member is.
      const packed = Buffer.concat([both, Buffer.from(tail)]);
      for (const bytes of [asFile(t, packed), streamBytes('-', chunksOf(packed, 777))]) {
        const { data, error } = await drain(gunzipBytes(bytes));
        assert.equal(error instanceof CorruptGzip, tail === 'no gzip', `tail ${JSON.stringify(tail)}`);
        assert.ok(data.equals(Buffer.concat([first, second])), `tail ${JSON.stringify(tail)}`);
      }
    }
  });

  test('from an offset, and the head without consuming it', async (t) => {
    const plain = text(300_000);
    const packed = gzipSync(plain);
    const file = gunzipBytes(asFile(t, packed));
    assert.ok((await file.head(1000)).equals(plain.subarray(0, 1000)));
    assert.ok((await drain(file, 123_456)).data.equals(plain.subarray(123_456)));
    const stream = gunzipBytes(streamBytes('-', chunksOf(packed, 999)));
    assert.ok((await stream.head(1000)).equals(plain.subarray(0, 1000)));
    assert.ok((await stream.head(2000)).equals(plain.subarray(0, 2000)));
    assert.ok((await drain(stream)).data.equals(plain));
  });

  test('cut off: all before the cut, then an error that says so', async (t) => {
    const plain = text(200_000);
    const packed = gzipSync(plain);
    for (const keep of [20, 1000, 50_000, packed.length - 9, packed.length - 1]) {
      for (const bytes of [
        asFile(t, packed.subarray(0, keep)),
        streamBytes('-', chunksOf(packed.subarray(0, keep), 4096)),
      ]) {
        const { data, error } = await drain(gunzipBytes(bytes));
        assert.ok(error instanceof CorruptGzip && error.truncated, `kept ${keep}`);
        assert.ok(plain.subarray(0, data.length).equals(data));
        assert.ok(data.length > keep - 1000, `kept ${keep} compressed bytes, got ${data.length}`);
      }
    }
  });

  test('damage in the middle: all before it', async (t) => {
    const plain = text(400_000);
    const packed = Buffer.from(gzipSync(plain));
    const at = Math.floor(packed.length / 2);
    packed.fill(0xff, at, at + 64);
    const good = (await drain(gunzipBytes(asFile(t, packed.subarray(0, at))))).data.length;
    assert.ok(good > 100_000);
    for (const bytes of [asFile(t, packed), streamBytes('-', chunksOf(packed, 10_000))]) {
      const { data, error } = await drain(gunzipBytes(bytes));
      assert.ok(error instanceof CorruptGzip && !error.truncated);
      assert.ok(data.length >= good, `${data.length} of ${good} bytes that can be had`);
      assert.ok(plain.subarray(0, good).equals(data.subarray(0, good)));
    }
  });

  test('a small file with a wrong checksum gives its text all the same', async (t) => {
    const packed = Buffer.from(gzipSync('one small mail'));
    packed.writeUInt32LE(0, packed.length - 8);
    for (const bytes of [asFile(t, packed), streamBytes('-', chunksOf(packed, 5))]) {
      const { data, error } = await drain(gunzipBytes(bytes));
      assert.equal(data.toString(), 'one small mail');
      assert.ok(error instanceof CorruptGzip);
    }
  });

  test('the head of a damaged stream is what can be had, and its error comes with the read', async () => {
    const packed = gzipSync(text(1000)).subarray(0, 300);
    const bytes = gunzipBytes(streamBytes('-', chunksOf(packed, 50)));
    const head = await bytes.head(5000);
    assert.ok(head.length > 300);
    const { data, error } = await drain(bytes);
    assert.ok(data.equals(head));
    assert.ok(error instanceof CorruptGzip);
  });

  test('any damage gives a prefix or less good bytes, never another error', async () => {
    const plain = Buffer.from(
      'From ann@example.org Tue Mar  5 10:00:00 2024\nSubject: made\n\nsome words\n\n'.repeat(40),
    );
    const packed = gzipSync(plain);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(packed.length - 1),
        fc.nat(255),
        fc.integer({ min: 1, max: 300 }),
        async (at, value, size) => {
          const damaged = Buffer.from(packed);
          damaged[at] = value;
          const { error } = await drain(gunzipBytes(streamBytes('-', chunksOf(damaged, size))));
          assert.ok(error === undefined || error instanceof CorruptGzip, String(error));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an early end of reading lets go of the file', async (t) => {
    const bytes = gunzipBytes(asFile(t, gzipSync(text(2_000_000))));
    for await (const chunk of bytes.read(0)) {
      assert.ok(chunk.length > 0);
      break;
    }
    assert.ok((await bytes.head(10)).length === 10);
  });
});
