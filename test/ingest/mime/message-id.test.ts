import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Defect } from '../../../model/message.ts';
import { parseHeaderBlock } from '../../../ingest/mime/header-block.ts';
import { ownMessageId, referencedIds } from '../../../ingest/mime/message-id.ts';

const own: readonly (readonly [string, string | undefined, readonly string[]])[] = [
  ['<a@example.org>', 'a@example.org', []],
  ['  <a@example.org> (added by relay)', 'a@example.org', []],
  ['\n <a@example.org>', 'a@example.org', []],
  ['<a@exam\n ple.org>', 'a@example.org', []],
  ['<a@exam\r\n\tple.org>', 'a@example.org', []],
  ['<no-at-sign>', 'no-at-sign', []],
  ['<a\0b@example.org>', 'ab@example.org', []],
  ['bare@example.org', 'bare@example.org', ['message-id-bare']],
  ['<a@example.org> <b@example.org>', 'a@example.org', ['message-id-several']],
  ['<a@example.org> <a@example.org>', 'a@example.org', []],
  ['=?utf-8?q?=3Ca=40example=2Eorg=3E?=', 'a@example.org', []],
  ['<<a@example.org>>', 'a@example.org', []],
  ['', undefined, []],
  ['<>', undefined, []],
  ['< >', undefined, []],
  ['<has blank@example.org>', undefined, []],
  ['two words', undefined, []],
  [`<${'a'.repeat(2000)}@example.org>`, undefined, []],
];

for (const [value, id, codes] of own) {
  test(`Message-ID ${JSON.stringify(value.slice(0, 50))}`, () => {
    const defects: Defect[] = [];
    const { fields } = parseHeaderBlock(Buffer.from(`Message-ID: ${value}\n\n`));
    assert.equal(ownMessageId(fields, defects), id);
    assert.deepEqual(
      defects.map((defect) => defect.code),
      codes,
    );
  });
}

const references: readonly (readonly [string, readonly string[]])[] = [
  ['<a@example.org> <b@example.org>', ['a@example.org', 'b@example.org']],
  ['<a@example.org>,<b@example.org>, <c@example.org>', ['a@example.org', 'b@example.org', 'c@example.org']],
  ['<a@example.org><b@example.org>', ['a@example.org', 'b@example.org']],
  ['<a@example.org>\n\t<b@example.org>\n <a@example.org>', ['a@example.org', 'b@example.org']],
  ['<a@exam\n ple.org> <b@example.org>', ['a@example.org', 'b@example.org']],
  ['Your message of "Tue, 05 Mar 2024 10:00:00 +0000."\n <a@example.org>', ['a@example.org']],
  ['<a@example.org> from Bob at "Mar 5, 2024"', ['a@example.org']],
  ['a@example.org b@example.org', ['a@example.org', 'b@example.org']],
  ['a@example.org, b@example.org', ['a@example.org', 'b@example.org']],
  ['not an id', []],
  ['', []],
  ['<a@example.org> <cut@exam', ['a@example.org']],
];

for (const [value, ids] of references) {
  test(`References ${JSON.stringify(value)}`, () => {
    const { fields } = parseHeaderBlock(Buffer.from(`References: ${value}\n\n`));
    assert.deepEqual(referencedIds(fields, 'references'), ids);
  });
}

test('repeated References fields are read as one', () => {
  const { fields } = parseHeaderBlock(Buffer.from('References: <a@x>\nReferences: <b@x> <a@x>\n\n'));
  assert.deepEqual(referencedIds(fields, 'references'), ['a@x', 'b@x']);
});
