import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decodeBase64,
  decodeQuotedPrintable,
  decodedSize,
  transferEncoding,
} from '../../../ingest/mime/transfer.ts';

const quoted: readonly (readonly [string, string])[] = [
  ['plain text\n', 'plain text\n'],
  ['caf=C3=A9', 'caf\xc3\xa9'],
  ['lower =c3=a9', 'lower \xc3\xa9'],
  ['soft=\nbreak', 'softbreak'],
  ['soft=\r\nbreak', 'softbreak'],
  ['soft=  \t\nbreak', 'softbreak'],
  ['a = b', 'a = b'],
  ['=ZZ =4', '=ZZ =4'],
  ['cut=', 'cut'],
  ['==3D', '=='],
  // RFC 2045 6.7 would drop these blanks; mailers mean them (`-- `, format=flowed)
  ['-- \nsig', '-- \nsig'],
];

for (const [encoded, decoded] of quoted) {
  test(`quoted-printable ${JSON.stringify(encoded)}`, () => {
    assert.equal(decodeQuotedPrintable(Buffer.from(encoded, 'latin1')).toString('latin1'), decoded);
  });
}

const base64: readonly (readonly [string, string])[] = [
  ['aGVsbG8=', 'hello'],
  ['aGVs\r\nbG8=\r\n', 'hello'],
  ['aGVsbG8', 'hello'],
  ['aGVs!bG8=', 'hello'],
  ['', ''],
  // a footer pasted under the encoded text by a list
  ['aGVsbG8=\n_______\nlist footer', 'hello'],
];

for (const [encoded, decoded] of base64) {
  test(`base64 ${JSON.stringify(encoded)}`, () => {
    assert.equal(decodeBase64(Buffer.from(encoded)).toString(), decoded);
  });
}

test('the name of an encoding', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['', 'identity'],
    [' 7bit', 'identity'],
    [' 8BIT (yes)', 'identity'],
    ['binary', 'identity'],
    [' Base64', 'base64'],
    ['"quoted-printable"', 'quoted-printable'],
    [' x-uuencode', 'unknown'],
  ];
  for (const [value, name] of rows) assert.equal(transferEncoding(value), name, value);
});

test('what base64 and quoted-printable encode comes back, and its size is known without decoding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (array) => {
      const bytes = Buffer.from(array);
      const encoded = Buffer.from(bytes.toString('base64').replace(/(.{76})/g, '$1\r\n'));
      assert.deepEqual(decodeBase64(encoded), bytes);
      assert.equal(decodedSize(encoded, 'base64'), bytes.length);
      const escaped = Buffer.from(
        [...bytes].map((byte) => `=${byte.toString(16).padStart(2, '0')}`).join('=\n'),
      );
      assert.deepEqual(Buffer.from(decodeQuotedPrintable(escaped)), bytes);
    }),
  );
});

test('the size of several encoded runs behind each other is their sum', () => {
  assert.equal(decodedSize(Buffer.from('aGVsbG8=\naGVsbG8=\nYQ==\n'), 'base64'), 11);
});
