import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCharset, wellFormed } from '../../../ingest/mime/charset.ts';

interface Row {
  readonly label: string;
  /** One character per byte. */
  readonly bytes: string;
  readonly text: string;
  readonly defect?: string;
}

const rows: readonly Row[] = [
  { label: '', bytes: 'abc', text: 'abc' },
  { label: '', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße' },
  { label: '', bytes: 'Gr\xfc\xdfe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'utf-8', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße' },
  { label: 'UTF8', bytes: 'we\x92d', text: 'we’d', defect: 'charset-mismatch' },
  // cut inside a character: the rest keeps its UTF-8
  { label: 'utf-8', bytes: 'Gr\xc3\xbc\xc3\x9fe \xc3', text: 'Grüße Ã', defect: 'charset-mismatch' },
  { label: 'us-ascii', bytes: 'abc', text: 'abc' },
  { label: 'us-ascii', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'us-ascii', bytes: 'Gr\xfc\xdfe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'iso-8859-1', bytes: 'Gr\xfc\xdfe \x93q\x94', text: 'Grüße “q”' },
  { label: 'iso-8859-1', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'ISO-8859-15', bytes: '5 \xa4', text: '5 €' },
  { label: 'windows-1251', bytes: '\xef\xf0\xe8\xe2\xe5\xf2', text: 'привет' },
  { label: 'koi8-r', bytes: '\xd0\xd2\xc9\xd7\xc5\xd4', text: 'привет' },
  { label: 'cp-850', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'windows-874', bytes: 'f\xfcr', text: 'für', defect: 'charset-mismatch' },
  { label: 'x-unknown', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße' },
  { label: 'unknown-8bit', bytes: 'Gr\xfc\xdfe', text: 'Grüße', defect: 'charset-mismatch' },
  { label: 'no-such-charset', bytes: 'Gr\xc3\xbc\xc3\x9fe', text: 'Grüße', defect: 'charset-unknown' },
  { label: 'no-such-charset', bytes: 'Gr\xfc\xdfe', text: 'Grüße', defect: 'charset-unknown' },
  { label: 'base64', bytes: 'YWJj', text: 'YWJj', defect: 'charset-unknown' },
  { label: 'iso-2022-jp', bytes: '\x1b$BF|K\\8l\x1b(B', text: '日本語' },
  { label: 'shift_jis', bytes: '\x93\xfa\x96\x7b\x8c\xea', text: '日本語' },
  { label: 'euc-jp', bytes: '\xc6\xfc\xcb\xdc\xb8\xec', text: '日本語' },
  { label: 'gb2312', bytes: '\xd6\xd0\xce\xc4', text: '中文' },
  {
    label: 'gb18030',
    bytes: '\xe4\xb8\xad\xe6\x96\x87\xe5\xad\x97',
    text: '中文字',
    defect: 'charset-mismatch',
  },
  { label: 'big5', bytes: '\xa4\xa4\xa4\xe5', text: '中文' },
  { label: 'ks_c_5601-1987', bytes: '\xc7\xd1\xb1\xdb', text: '한글' },
  { label: 'utf-16le', bytes: 'a\x00\x00\xd8b\x00', text: 'a\ufffdb', defect: 'charset-mismatch' },
];

for (const { label, bytes, text, defect } of rows) {
  test(`${label || 'undeclared'}: ${JSON.stringify(bytes)}`, () => {
    assert.deepEqual(decodeCharset(Buffer.from(bytes, 'latin1'), label), { text, defect: defect ?? null });
  });
}

test('lone surrogates become U+FFFD, pairs stay', () => {
  assert.equal(wellFormed('a\ud800b\udc00c😀'), 'a\ufffdb\ufffdc😀');
});
