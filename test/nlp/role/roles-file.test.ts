// roles.toml: what is read, and that every mistake names its place and the remedy.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../../model/fault.ts';
import { parseRoles } from '../../../nlp/role/roles-file.ts';

test('entries are read with their time and lists', () => {
  const entries = parseRoles(`
[[role]]
role = "maintainer"
address = "Ann@Example.org"
of = "names"
lists = ["talk", "names"]
since = 2020-01-31
until = 2021-01-31T12:00:00Z

[[role]]
role = "bot"
names = ["Test Robot"]
`);
  assert.deepEqual(entries, [
    {
      role: 'maintainer',
      addresses: ['ann@example.org'],
      names: [],
      of: 'names',
      lists: ['talk', 'names'],
      since: Date.UTC(2020, 0, 31) / 1000,
      until: Date.UTC(2021, 0, 31, 12) / 1000,
    },
    {
      role: 'bot',
      addresses: [],
      names: ['Test Robot'],
      of: '',
      lists: [],
      since: Number.NEGATIVE_INFINITY,
      until: Number.POSITIVE_INFINITY,
    },
  ]);
  assert.deepEqual(parseRoles(''), []);
});

const BAD: readonly (readonly [string, RegExp])[] = [
  ['[[role]\n', /roles\.toml:1:\d+: not valid TOML/u],
  ['x = 1', /unknown table x/u],
  ['[role]\nrole = "bot"', /role is not a list/u],
  ['[[role]]\nrole = "king"\nname = "Ann"', /entry 1: role is missing or unknown/u],
  ['[[role]]\nrole = "bot"', /entry 1: names nobody/u],
  ['[[role]]\nrole = "bot"\nname = 3', /entry 1: name is not a text/u],
  ['[[role]]\nrole = "bot"\nname = "A"\nsince = "then"', /entry 1: since or until is not a date/u],
  ['[[role]]\nrole = "bot"\nname = "A"\nsinse = 2020-01-01', /entry 1: unknown key sinse/u],
];

for (const [text, message] of BAD) {
  test(`a bad file is refused: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseRoles(text),
      (error) =>
        error instanceof Fault &&
        error.exit === 'config' &&
        message.test(error.message) &&
        error.remedy !== '',
    );
  });
}
