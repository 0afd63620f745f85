import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { test } from 'node:test';
import { pack, unpack } from '../../../nlp/weights/pack.ts';

const value = {
  name: 'a "quoted"\nname',
  list: [1, 2.5, -3],
  nested: { bytes: Int8Array.of(-1, 0, 127), floats: Float32Array.of(0.5, Infinity, -1e30) },
  columns: Int16Array.of(-1, 300),
  empty: new Float64Array(0),
};

test('what was packed comes back', () => {
  assert.deepEqual(unpack(pack(value)), value);
});

test('a pack read into a pooled buffer at an odd offset comes back the same', () => {
  const bytes = pack(value);
  const pool = Buffer.alloc(bytes.length + 11, 0x7f);
  pool.set(bytes, 3);
  assert.deepEqual(unpack(pool.subarray(3, 3 + bytes.length)), value);
});

test('packing is deterministic and starts with a line of JSON', () => {
  const bytes = pack(value);
  assert.deepEqual(pack(value), bytes);
  const line = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0x0a)));
  assert.equal(JSON.parse(line).name, value.name);
});

test('a cut pack is refused', () => {
  const bytes = pack(value);
  assert.throws(() => unpack(bytes.subarray(0, bytes.length - 30)), RangeError);
  assert.throws(() => unpack(new Uint8Array(5)), RangeError);
});
