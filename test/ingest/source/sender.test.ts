import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { mendSender } from '../../../ingest/source/sender.ts';

const table: readonly (readonly [string, string])[] = [
  ['From: ann at example.org (Ann Made)\nX: y\n\nb', 'From: ann@example.org (Ann Made)\nX: y\n\nb'],
  ['X: y\nFrom: ann at example.org\n\nb', 'X: y\nFrom: ann@example.org\n\nb'],
  ['From: ann at lists.example.org (Ann\n\tMade)\n\nb', 'From: ann@lists.example.org (Ann\n\tMade)\n\nb'],
  ['From: Ann Made <ann at example.org>\n\nb', 'From: Ann Made <ann@example.org>\n\nb'],
  [
    'From: ann at example.org (=?utf-8?q?=C3=84nn?=)\r\n\r\nb',
    'From: ann@example.org (=?utf-8?q?=C3=84nn?=)\r\n\r\nb',
  ],
  ['From: ann en ejemplo.org (Ann)\n\nb', 'From: ann@ejemplo.org (Ann)\n\nb'],
  // Nothing to mend:
  ['From: Ann Made <ann@example.org>\n\nb', ''],
  ['From: ann@example.org (meet me at example.org)\n\nb', ''],
  ['From: Ann at Work <ann@example.org>\n\nb', ''],
  ['From: "meet at noon" <ann@example.org>\n\nb', ''],
  ['Subject: x\n\nFrom: ann at example.org\n', ''],
  ['\nFrom: ann at example.org\n', ''],
  ['From:\n\nb', ''],
  ['', ''],
];

describe('mend the sender', () => {
  for (const [input, expected] of table) {
    test(JSON.stringify(input), () => {
      const { bytes, defect } = mendSender(Buffer.from(input));
      assert.equal(bytes.toString(), expected === '' ? input : expected);
      assert.equal(defect?.code, expected === '' ? undefined : 'obfuscated-address');
    });
  }

  test('random headers never throw, and what is not mended is the same buffer', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('From: ', 'x\nFrom: '), (text, before) => {
        const input = Buffer.from(before + text);
        const { bytes, defect } = mendSender(input);
        assert.equal(bytes === input, defect === undefined);
      }),
    );
  });

  test('long fields take no long time', () => {
    const began = process.cpuUsage().user;
    for (const text of [
      'a'.repeat(100_000),
      ' '.repeat(100_000),
      'a at '.repeat(30_000),
      '<'.repeat(100_000),
    ]) {
      mendSender(Buffer.from(`From: ${text}\n\nb`));
    }
    assert.ok(process.cpuUsage().user - began < 1_000_000);
  });
});
