import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeHeaderText } from '../../../ingest/mime/encoded-word.ts';

/** raw header bytes (as latin1) -> text. RFC 2047 section 8 among them. */
const rows: readonly (readonly [string, string])[] = [
  ['', ''],
  [' plain', 'plain'],
  [' a\r\n\tb\n c', 'a b c'],
  ['=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  ['=?UTF-8?b?R3LDvMOfZQ==?=', 'Grüße'],
  ['=?iso-8859-1?q?J=FCrgen_M=FCller?=', 'Jürgen Müller'],
  ['=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?=', 'Grüße'],
  // adjacent words are joined, text between words is not
  ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
  ['=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=', 'ab'],
  ['=?ISO-8859-1?Q?a?= b', 'a b'],
  ['=?ISO-8859-1?Q?a_b?=', 'a b'],
  ['=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=', 'a b'],
  ['Re: =?utf-8?Q?=C3=A9?=!', 'Re: é!'],
  // a character split across two words
  ['=?utf-8?B?w7zD?= =?utf-8?B?nw==?=', 'üß'],
  // shift states end with their word
  ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= =?iso-2022-jp?B?GyRCOGwbKEI=?=', '日本語'],
  // words that are none stay
  ['=?utf-8?X?abc?=', '=?utf-8?X?abc?='],
  ['=?utf-8?Q?unterminated', '=?utf-8?Q?unterminated'],
  ['=?', '=?'],
  ['=?=?utf-8?Q?a?=', '=?a'],
  ['a =? b ?= c', 'a =? b ?= c'],
  ['=?no-such-charset?Q?a=C3=BC?=', 'aü'],
  ['=?utf-8?Q?bad=ZZescape?=', 'bad=ZZescape'],
  ['=?utf-8?Q?with blank?=', 'with blank'],
  // undeclared bytes: UTF-8, else windows-1252, each character for itself
  ['Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
  ['Gr\xfc\xdfe', 'Grüße'],
  ['mixed \xc3\xbc and \xfc', 'mixed ü and ü'],
  ['\x93quoted\x94', '“quoted”'],
  ['nul\0subject', 'nul\ufffdsubject'],
  ['a\x01\x02b\x1b', 'a b'],
];

for (const [raw, text] of rows) {
  test(`header text ${JSON.stringify(raw)}`, () => assert.equal(decodeHeaderText(raw), text));
}

test('a repaired header is reported, declared text and UTF-8 are not', () => {
  const defects: { code: string; detail: string; offset?: number }[] = [];
  decodeHeaderText('Gr\xc3\xbc\xc3\x9fe =?utf-8?Q?=C3=A9?=', 7, defects);
  assert.deepEqual(defects, []);
  decodeHeaderText('Gr\xfc\xdfe', 7, defects);
  assert.deepEqual(defects, [
    { code: 'header-charset', detail: 'undeclared bytes in a header read as windows-1252', offset: 7 },
  ]);
});
