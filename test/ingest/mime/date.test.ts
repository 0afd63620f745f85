import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effectiveTime, parseDate } from '../../../ingest/mime/date.ts';

const noon = Date.UTC(2024, 2, 5, 10, 0, 0) / 1000;

const rows: readonly (readonly [string, number | undefined])[] = [
  ['Tue, 05 Mar 2024 10:00:00 +0000', noon],
  ['Tue,  5 Mar 2024 10:00:00 GMT', noon],
  ['5 Mar 2024 10:00 +0000', noon],
  ['Tue, 5 Mar 2024 12:00:00 +0200 (EET)', noon],
  ['Tue, 5 Mar 2024 05:00:00 EST', noon],
  ['05 Mar 24 05:00 EST', noon],
  ['Tue, 5 Mar 124 10:00:00 +0000', noon],
  ['Tue, 5 Mar 2024 15:30:00 +0530', noon],
  ['Tue, 5 Mar 2024 10:00:00 -0000', noon],
  ['Tue, 5 Mar 2024 10:00:00', noon],
  ['Tue, 5 Mar 2024 10:00:00 GMT+0000', noon],
  ['Tue, 5 Mar 2024 12:00:00 GMT+0200', noon],
  ['Tue, 5 Mar 2024 12:00:00 +02:00', noon],
  ['Tue, 5 Mar 2024 10:00:00.123 +0000', noon],
  ['Tue, 5 March 2024 10:00:00 +0000', noon],
  ['Tuesday, 5-Mar-24 10:00:00 GMT', noon],
  ['Tue Mar  5 10:00:00 2024', noon],
  ['Tue Mar 5 05:00:00 EST 2024', noon],
  ['Mar 5, 2024 10:00:00 AM', noon],
  ['Mar 5, 2024 10:00 PM', noon + 12 * 3600],
  ['2024-03-05T10:00:00Z', noon],
  ['2024-03-05 10:00:00+00:00', noon],
  ['2024-03-05T12:00:00.5+02:00', noon],
  ['2024-03-05', noon - 10 * 3600],
  ['Mon, 05 Mar 2024 10:00:00 +0000', noon],
  ['Tue, 05 Mar 2024 10:00:00 +0000 (UTC (nested (deep)))', noon],
  ['Tue, 05 Mar 2024 10:00:60 +0000', noon + 59],
  ['Fri, 01 Jan 1904 00:00:00 GMT', Date.UTC(1904, 0, 1) / 1000],
  ['01 Jan 70 00:00:00 GMT', 0],
  ['', undefined],
  ['yesterday', undefined],
  ['-1', undefined],
  ['12345', undefined],
  ['Mon, 32 Foo 2019 25:61:61 +0000', undefined],
  ['Mon, 32 Mar 2024 10:00:00 +0000', undefined],
  ['Fri, 30 Feb 2024 10:00:00 +0000', undefined],
  ['Tue, 5 Mar 2024 25:00:00 +0000', undefined],
  ['Tue, 5 Mar 99999 10:00:00 +0000', undefined],
  ['Tue, 05 Mar 2024 10:00:00 +9900', undefined],
  ['2024-13-05T10:00:00Z', undefined],
  ['5 Mar 2024', undefined],
  [`${'('.repeat(100)} 5 Mar 2024 10:00:00`, undefined],
  ['5 Mar 2024 10:00:00 '.repeat(100), undefined],
];

for (const [text, stamp] of rows) {
  test(`date ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(parseDate(text), stamp));
}

test('the effective time', () => {
  const field = (raw: string) => ({ name: 'received', raw, offset: 0 });
  const received = [
    field(' from a by b; nonsense'),
    field(' from c by d\n\tfor <x@example.org>; Tue, 05 Mar 2024 10:00:05 +0000'),
    field(' from e by f; Tue, 05 Mar 2024 09:00:00 +0000'),
  ];
  const table: readonly (readonly [string, boolean, number, string])[] = [
    ['Tue, 05 Mar 2024 10:00:00 +0000', true, noon, 'date'],
    ['Tue, 05 Mar 2024 10:00:00 +0000', false, noon, 'date'],
    ['Wed, 06 Mar 2024 10:00:00 +0000', true, noon + 86_400, 'date'],
    ['Thu, 07 Mar 2024 10:00:00 +0000', true, noon + 5, 'received'],
    ['Thu, 01 Jan 2099 00:00:00 +0000', true, noon + 5, 'received'],
    ['Thu, 01 Jan 2099 00:00:00 +0000', false, Date.UTC(2099, 0, 1) / 1000, 'date'],
    ['Fri, 01 Jan 2100 00:00:01 +0000', false, 0, 'none'],
    ['Thu, 01 Jan 1970 00:00:00 +0000', true, noon + 5, 'received'],
    ['Thu, 01 Jan 1970 00:00:00 +0000', false, 0, 'none'],
    ['', true, noon + 5, 'received'],
    ['', false, 0, 'none'],
  ];
  for (const [date, withReceived, time, from] of table) {
    assert.deepEqual(effectiveTime(date, withReceived ? received : []), { time, from }, date);
  }
});
