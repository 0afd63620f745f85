import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { visible, visibleLine } from '../../views/visible.ts';

const table: readonly (readonly [string, string])[] = [
  ['plain text\twith tab\nand line', 'plain text\twith tab\nand line'],
  ['\u001b[31mred\u001b[0m', '\u241b[31mred\u241b[0m'],
  ['bell\u0007 cr\r nul\u0000', 'bell\u2407 cr\u240d nul\u2400'],
  ['\u009b31m', '⟨U+009B⟩31m'],
  ['del\u007f', 'del\u2421'],
  ['user\u202egpj.exe', 'user⟨U+202E⟩gpj.exe'],
  ['a\u2066b\u2069', 'a⟨U+2066⟩b⟨U+2069⟩'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['lone\ud83d', 'lone\ufffd'],
  ['👩\u200d💻 नि\u200dक Ümläut 日本 שלום', '👩\u200d💻 नि\u200dक Ümläut 日本 שלום'],
];

for (const [given, expected] of table) {
  test(`shows ${JSON.stringify(given)}`, () => assert.equal(visible(given), expected));
}

test('nothing that acts on a terminal is left, and a second pass changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const shown = visible(text);
      assert.doesNotMatch(shown, /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u);
      assert.equal(visible(shown), shown);
    }),
  );
});

test('visibleLine folds white space', () => {
  assert.equal(visibleLine('  a\n\t b\u001b '), 'a b\u241b');
});
