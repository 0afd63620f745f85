import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHeaderBlock } from '../../../ingest/mime/header-block.ts';
import { splitParts } from '../../../ingest/mime/part.ts';
import type { Parts } from '../../../ingest/mime/part.ts';

function split(raw: string): Parts {
  const bytes = Buffer.from(raw, 'latin1');
  const block = parseHeaderBlock(bytes);
  return splitParts(bytes, block.fields, block.bodyStart);
}

const shown = (parts: Parts): readonly string[] =>
  parts.leaves.map(
    (leaf) => `${leaf.type}|${leaf.disposition}|${leaf.name}|${leaf.content.toString('latin1')}`,
  );
const codes = (parts: Parts): readonly string[] => parts.defects.map((defect) => defect.code);

interface Row {
  readonly why: string;
  readonly raw: readonly string[];
  readonly leaves: readonly string[];
  readonly defects?: readonly string[];
  readonly odd?: string;
}

const rows: readonly Row[] = [
  { why: 'no MIME header', raw: ['From: a', '', 'text', ''], leaves: ['text/plain|||text\n'] },
  {
    why: 'one part, type and encoding as declared',
    raw: ['Content-Type: TEXT/HTML', 'Content-Disposition: Inline; filename="a.html"', '', '<p>'],
    leaves: ['text/html|inline|a.html|<p>'],
  },
  {
    why: 'siblings; the line end before a boundary belongs to the boundary',
    raw: ['Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b', '', 'one', '', '--b', '', 'two', '--b--', 'epilogue'],
    leaves: ['text/plain|||one\n', 'text/plain|||two'],
  },
  {
    why: 'blanks after a boundary',
    raw: ['Content-Type: multipart/mixed; boundary="b"', '', '--b \t', '', 'one', '--b--  '],
    leaves: ['text/plain|||one'],
  },
  {
    why: 'a boundary that is the beginning of another line is none',
    raw: ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', '--bb', '-- ', '--', '--b--'],
    leaves: ['text/plain|||--bb\n-- \n--'],
  },
  {
    why: 'nested multiparts',
    raw: [
      'Content-Type: multipart/mixed; boundary=out', '',
      '--out', 'Content-Type: multipart/alternative; boundary=in', '',
      '--in', '', 'plain', '--in', 'Content-Type: text/html', '', '<p>', '--in--', '',
      '--out', 'Content-Type: text/x-diff', 'Content-Disposition: attachment; filename=a.diff', '', '+x', '--out--',
    ],
    leaves: ['text/plain|||plain', 'text/html|||<p>', 'text/x-diff|attachment|a.diff|+x'],
  },
  {
    why: 'parts of a digest are messages, attached messages are not entered',
    raw: ['Content-Type: multipart/digest; boundary=b', '', '--b', '', 'Subject: inner', '', 'text', '--b--'],
    leaves: ['message/rfc822|||Subject: inner\n\ntext'],
  },
  {
    why: 'a part without body',
    raw: ['Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '--b', '', 'two', '--b--'],
    leaves: ['text/plain|||', 'text/plain|||two'],
  },
  {
    why: 'cut off',
    raw: ['Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b', '', 'tw'],
    leaves: ['text/plain|||one', 'text/plain|||tw'],
    defects: ['multipart-unclosed'],
  },
  {
    why: 'no boundary parameter',
    raw: ['Content-Type: multipart/mixed', '', '--b', '', 'one', '--b--'],
    leaves: ['text/plain|||--b\n\none\n--b--'],
    defects: ['multipart-without-boundary'],
  },
  {
    why: 'an inner multipart that is not closed is odd',
    raw: [
      'Content-Type: multipart/mixed; boundary=out', '', '--out', 'Content-Type: multipart/mixed; boundary=in', '',
      '--in', '', 'one', '--out', '', 'two', '--out--',
    ],
    leaves: ['text/plain|||one', 'text/plain|||two'],
    odd: 'multipart not closed',
  },
  {
    why: 'a boundary used twice is odd',
    raw: [
      'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: multipart/mixed; boundary=b', '',
      '--b', '', 'one', '--b--', '--b--',
    ],
    leaves: ['text/plain|||one'],
    odd: 'boundary reused',
  },
  {
    why: 'an unknown transfer encoding is odd',
    raw: ['Content-Transfer-Encoding: x-uuencode', '', 'begin'],
    leaves: ['text/plain|||begin'],
    odd: 'content-transfer-encoding',
  },
  { why: 'no media type is odd', raw: ['Content-Type: text', '', 'x'], leaves: ['text/plain|||x'], odd: 'content-type' },
  {
    why: 'two media types are odd',
    raw: ['Content-Type: text/html', 'Content-Type: text/plain', '', 'x'],
    leaves: ['text/html|||x'],
    odd: 'content-type repeated',
  },
]; // prettier-ignore

for (const { why, raw, leaves, defects = [], odd = '' } of rows) {
  for (const newline of ['\n', '\r\n']) {
    test(`parts: ${why} (${newline === '\n' ? 'LF' : 'CRLF'})`, () => {
      const parts = split(raw.join(newline));
      assert.deepEqual(
        shown(parts).map((leaf) => leaf.replaceAll('\r\n', '\n')),
        leaves,
      );
      assert.deepEqual(codes(parts), defects);
      assert.equal(parts.odd, odd);
    });
  }
}

test('after 1,000 parts the rest is one text part, told', () => {
  const body = Array.from({ length: 1500 }, (_, n) => `--b\n\npart ${n}\n`).join('');
  const parts = split(`Content-Type: multipart/mixed; boundary=b\n\n${body}--b--\n`);
  assert.equal(parts.leaves.length, 1001);
  assert.deepEqual(codes(parts), ['mime-parts']);
  const last = parts.leaves.at(-1)?.content.toString('latin1') ?? '';
  assert.ok(last.startsWith('\npart 1000\n--b\n'));
  assert.ok(last.includes('part 1499'));
});

test('below 100 multiparts the rest is one text part, told', () => {
  const levels = Array.from(
    { length: 3000 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\n\n--b${n}\n`,
  );
  const parts = split(`${levels.join('')}\ndeepest\n`);
  assert.ok(codes(parts).includes('mime-depth'));
  assert.equal(parts.multiparts.length, 100);
  assert.ok(parts.leaves.at(-1)?.content.includes('deepest'));
});
