import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHeaderBlock } from '../../../ingest/mime/header-block.ts';

interface Row {
  readonly why: string;
  readonly raw: string;
  readonly fields: readonly string[];
  readonly body: string;
  readonly defects?: readonly string[];
}

const rows: readonly Row[] = [
  { why: 'plain', raw: 'From: a\nTo: b\n\nbody\n', fields: ['from= a', 'to= b'], body: 'body\n' },
  { why: 'CRLF', raw: 'From: a\r\nTo: b\r\n\r\nbody', fields: ['from= a\r', 'to= b\r'], body: 'body' },
  { why: 'folds stay in the raw value', raw: 'X-A: a\n\tb\n c\n\nt', fields: ['x-a= a\n\tb\n c'], body: 't' },
  {
    why: 'a fold of blanks only',
    raw: 'X-A: a\n \n c\nTo: b\n\nt',
    fields: ['x-a= a\n \n c', 'to= b'],
    body: 't',
  },
  { why: 'no header at all', raw: '\njust a body\n', fields: [], body: 'just a body\n' },
  { why: 'no body', raw: 'Subject: s\n\n', fields: ['subject= s'], body: '' },
  {
    why: 'no empty line and no body',
    raw: 'From: only@from',
    fields: ['from= only@from'],
    body: '',
    defects: ['header-unterminated@15'],
  },
  {
    why: 'a bad line between known fields',
    raw: 'From: a\nno colon here\nTo: b\n: empty\nSubject: s\n\nt',
    fields: ['from= a', 'to= b', 'subject= s'],
    body: 't',
    defects: ['header-malformed-line@8', 'header-malformed-line@28'],
  },
  {
    why: 'the body begins without an empty line',
    raw: 'From: a\nSubject: s\nHello all,\nNote: not a header\n\nmore',
    fields: ['from= a', 'subject= s'],
    body: 'Hello all,\nNote: not a header\n\nmore',
    defects: ['header-unterminated@19'],
  },
  {
    why: 'text without header',
    raw: 'Hello all\nhow are you\n\nbye\n',
    fields: [],
    body: 'Hello all\nhow are you\n\nbye\n',
    defects: ['header-absent@0'],
  },
  {
    why: 'an envelope line left by a mailbox',
    raw: 'From alice@example.org Tue Mar  5 10:00:00 2024\nFrom: a\n\nt',
    fields: ['from= a'],
    body: 't',
    defects: ['header-envelope-line@0'],
  },
  {
    why: 'blank before the colon, repeated fields',
    raw: 'Subject : one\nSubject: two\n\nt',
    fields: ['subject= one', 'subject= two'],
    body: 't',
    defects: ['header-malformed-line@0', 'header-repeated@14'],
  },
];

for (const { why, raw, fields, body, defects = [] } of rows) {
  test(`header block: ${why}`, () => {
    const bytes = Buffer.from(raw, 'latin1');
    const block = parseHeaderBlock(bytes);
    assert.deepEqual(
      block.fields.map((field) => `${field.name}=${field.raw}`),
      fields,
    );
    assert.equal(bytes.toString('latin1', block.bodyStart), body);
    assert.deepEqual(
      block.defects.map((defect) => `${defect.code}@${defect.offset}`),
      defects,
    );
  });
}

test('offsets point at the field names', () => {
  const raw = Buffer.from('From: a\nX-B: b\n\tc\nTo: d\n\n');
  for (const field of parseHeaderBlock(raw).fields) {
    const seen = raw.toString('latin1', field.offset, field.offset + field.name.length);
    assert.equal(seen.toLowerCase(), field.name);
  }
});

test('the number of defects and fields is bounded', () => {
  const bad = parseHeaderBlock(Buffer.from(`From: a\n${'no colon\n'.repeat(5000)}To: b\n\n`));
  assert.equal(bad.defects.length, 21);
  assert.match(bad.defects.at(-1)?.detail ?? '', /^4980 further bad lines$/);
  const many = parseHeaderBlock(Buffer.from(`${'x-a: b\n'.repeat(30_000)}\nbody`));
  assert.equal(many.fields.length, 20_000);
  assert.deepEqual(
    many.defects.map((defect) => defect.code),
    ['header-too-long'],
  );
});
