import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseParameterized } from '../../../ingest/mime/parameter.ts';

const rows: readonly (readonly [string, string, Record<string, string>])[] = [
  [' text/plain', 'text/plain', {}],
  ['Text/PLAIN; Charset=UTF-8', 'text/plain', { charset: 'UTF-8' }],
  ['text/plain;charset="utf-8";format=flowed', 'text/plain', { charset: 'utf-8', format: 'flowed' }],
  ['text/plain; charset="utf-8"x', 'text/plain', { charset: 'utf-8' }],
  ['text/plain; charset=', 'text/plain', { charset: '' }],
  ['text/plain; charset=a; charset=b', 'text/plain', { charset: 'a' }],
  ['multipart/mixed; boundary="a;b\\"c"', 'multipart/mixed', { boundary: 'a;b"c' }],
  ['multipart/mixed; boundary=b (a comment)', 'multipart/mixed', { boundary: 'b' }],
  ['text/plain (a; (nested) comment); charset=x', 'text/plain', { charset: 'x' }],
  ['text/plain; name="unterminated; charset=x', 'text/plain', { name: 'unterminated; charset=x' }],
  ['text/plain;; ;=x; charset=y;', 'text/plain', { charset: 'y' }],
  ['attachment; filename=two words.txt', 'attachment', { filename: 'two words.txt' }],
  ['attachment; filename="=?utf-8?Q?=C3=BC.txt?="', 'attachment', { filename: 'ü.txt' }],
  // RFC 2231
  ['a/b; boundary*0="aaaa"; boundary*1="bbbb"', 'a/b', { boundary: 'aaaabbbb' }],
  ['a/b; boundary*1="bbbb"; boundary*0="aaaa"', 'a/b', { boundary: 'aaaabbbb' }],
  ["a/b; charset*=us-ascii'en'utf-8", 'a/b', { charset: 'utf-8' }],
  ["a/b; name*0*=utf-8''%e6%8f%90; name*1*=%e6%a1%88; name*2=.patch", 'a/b', { name: '提案.patch' }],
  ["a/b; name=plain.txt; name*=iso-8859-1'de'%fc.txt", 'a/b', { name: 'ü.txt' }],
  ["a/b; filename*=bogus'xx'%zz%41", 'a/b', { filename: '%zzA' }],
  ['a/b; name*0=a; name*2=c', 'a/b', { name: 'a' }],
  ['a/b; name*=no-quotes%20here', 'a/b', { name: 'no-quotes here' }],
  ['', '', {}],
];

for (const [raw, value, params] of rows) {
  test(`parameters of ${JSON.stringify(raw)}`, () => {
    const parsed = parseParameterized(raw);
    assert.equal(parsed.value, value);
    assert.deepEqual(Object.fromEntries(parsed.params), params);
  });
}

test('a name of the prototype is a name like any other', () => {
  assert.equal(parseParameterized('a/b; __proto__=x').params.get('__proto__'), 'x');
});
