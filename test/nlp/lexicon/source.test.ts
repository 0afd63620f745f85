// Bad source files: each fault names file, line, column, cause and remedy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../model/fault.ts';
import { compileLexicon } from '../../../nlp/lexicon/compile.ts';
import { readLexiconFiles } from '../../../nlp/lexicon/load.ts';

const words = readLexiconFiles().filter((file) => file.name.endsWith('words.yml'));
const entry = '{ id: oppose.x, words: ["not good"], why: w, match: ["m"] }';

const table: [string, string, RegExp][] = [
  ['not YAML', 'family: [', /^oppose\.yml:1:\d+: /],
  ['a list', '- a', /^oppose\.yml:1:1: the file is not a mapping/],
  ['no entries', 'family: oppose', /^oppose\.yml:1:1: "family" or "entries" is missing/],
  ['an unknown family', 'family: opose\nentries: []', /^oppose\.yml:1:1: unknown family "opose"/],
  ['an unknown key', 'family: oppose\nentries: []\nmore: x', /^oppose\.yml:3:1: unknown key "more"/],
  ['a foreign id', `family: support\nentries:\n  - ${entry}`, /^oppose\.yml:3:5: "oppose\.x" is not an id/],
  ['a repeated id', `family: oppose\nentries:\n  - ${entry}\n  - ${entry}`, /^oppose\.yml:4:1: id oppose\.x/],
  [
    'unsorted entries',
    `family: oppose\nentries:\n  - ${entry}\n  - ${entry.replace('.x', '.a')}`,
    /^oppose\.yml:4:1: oppose\.a stands after oppose\.x/,
  ],
  [
    'an unknown class',
    `family: oppose\nentries:\n  - ${entry.replace('not good', 'not {godo}')}`,
    /^oppose\.yml:3:34: oppose\.x: unknown word class \{godo\}/,
  ],
  [
    'no example',
    `family: oppose\nentries:\n  - ${entry.replace('["m"]', '[]')}`,
    /^oppose\.yml:3:5: oppose\.x has no example/,
  ],
  [
    'no reason',
    `family: oppose\nentries:\n  - ${entry.replace('why: w, ', '')}`,
    /^oppose\.yml:3:5: an entry without "why"/,
  ],
  [
    'a bad strength',
    `family: oppose\nentries:\n  - ${entry.replace('why', 'strength: huge, why')}`,
    /^oppose\.yml:3:\d+: strength "huge"/,
  ],
  [
    'a kind too many',
    `family: oppose\nentries:\n  - ${entry.replace('why', 'kind: yield, why')}`,
    /"yield" is no kind of oppose/,
  ],
  [
    'a kind too few',
    `family: concede\nentries:\n  - ${entry.replace('oppose', 'concede')}`,
    /concede\.x has no kind/,
  ],
];
for (const [what, text, cause] of table) {
  test(`faults ${what}`, () => {
    assert.throws(
      () => compileLexicon([...words, { name: 'oppose.yml', text }]),
      (error) =>
        error instanceof Fault && error.exit === 'config' && cause.test(error.message) && error.remedy !== '',
    );
  });
}

test('faults a missing scope class', () => {
  const text = words[0]?.text.replace(/^ {2}negator:.*$/m, '') ?? '';
  assert.throws(() => compileLexicon([{ name: 'words.yml', text }]), /class "negator" is missing/);
});

test('faults a missing words.yml', () => {
  assert.throws(() => compileLexicon([]), /words\.yml is missing/);
});

test('the hash does not depend on the order of files', () => {
  const files = readLexiconFiles();
  assert.equal(compileLexicon(files).hash, compileLexicon(files.toReversed()).hash);
});
