import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddresses } from '../../../ingest/mime/address.ts';

/** list -> `name|address` of each entry */
const rows: readonly (readonly [string, readonly string[]])[] = [
  ['', []],
  ['alice@example.org', ['|alice@example.org']],
  ['Alice <alice@example.org>', ['Alice|alice@example.org']],
  ['Alice Ärmel <alice@example.org>', ['Alice Ärmel|alice@example.org']],
  [
    '"Ärmel, Alice" <alice@example.org>, bob@example.org',
    ['Ärmel, Alice|alice@example.org', '|bob@example.org'],
  ],
  ['"a \\"b\\" c" <x@example.org>', ['a "b" c|x@example.org']],
  ['alice@example.org (Alice (the first))', ['Alice (the first)|alice@example.org']],
  ['Alice (Example) <alice@example.org>', ['Alice|alice@example.org']],
  ['=?utf-8?Q?=C3=84rmel=2C?= Alice <a@example.org>', ['Ärmel, Alice|a@example.org']],
  ['=?utf-8?Q?a,b?= <a@example.org>', ['a,b|a@example.org']],
  ['"=?utf-8?B?IkFsaWNlIg==?=" <a@example.org>', ['Alice|a@example.org']],
  [
    'Team: a@example.org, B <b@example.org>; c@example.org',
    ['|a@example.org', 'B|b@example.org', '|c@example.org'],
  ],
  ['undisclosed-recipients:;', []],
  ['<@relay,@other:user@example.org>', ['|user@example.org']],
  ['a@example.org; b@example.org', ['|a@example.org', '|b@example.org']],
  ['a@example.org,,, b@example.org,', ['|a@example.org', '|b@example.org']],
  ['Alice <alice @ example.org>', ['Alice|alice@example.org']],
  ['Alice <<alice@example.org>>', ['Alice|alice@example.org']],
  ['Alice <>', ['Alice|']],
  ['alice@example.org <Alice@example.org>', ['|Alice@example.org']],
  ['Alice', ['Alice|']],
  ['alice@example.org Alice Example', ['Alice Example|alice@example.org']],
  ['Alice alice@example.org', ['Alice|alice@example.org']],
  ['mailto:alice@example.org', ['|alice@example.org']],
  ['Alice <mailto:alice@example.org>', ['Alice|alice@example.org']],
  ['"quoted local"@example.org', ['|"quotedlocal"@example.org']],
  ['Alice <alice@example.org> via list <list@example.org>', ['Alice via list|alice@example.org']],
  // archives that hide addresses
  ['alice at example.org (Alice Example)', ['Alice Example|alice@example.org']],
  ['Alice Example <alice at example.org>', ['Alice Example|alice@example.org']],
  ['alice (at) example.org (Alice)', ['Alice|alice@example.org']],
  ['Alice <alice@xxxxxxxxxxx>', ['Alice|alice@xxxxxxxxxxx']],
  ['People at Large', ['People at Large|']],
  // damage
  ['"unterminated <list@example.org>', ['unterminated|list@example.org']],
  ['Alice (unterminated <a@example.org>', ['Alice (unterminated|a@example.org']],
  ['Alice <a@example.org', ['Alice|a@example.org']],
  ['A\0lice <a\0@example.org>', ['A\ufffdlice|a@example.org']],
  ['\ufffd \ufffd', ['\ufffd \ufffd|']],
];

for (const [list, wanted] of rows) {
  test(`addresses of ${JSON.stringify(list)}`, () => {
    assert.deepEqual(
      parseAddresses(list).map(({ name, address }) => `${name}|${address}`),
      wanted,
    );
  });
}

test('open quotes, comments and angles are told', () => {
  for (const list of ['"a <b@example.org>', 'a (b <c@example.org>', 'a <b@example.org']) {
    let told = 0;
    parseAddresses(list, () => (told += 1));
    assert.equal(told, 1, list);
  }
});
