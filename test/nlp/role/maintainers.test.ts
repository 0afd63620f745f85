// MAINTAINERS files: what is read, and which sections a file belongs to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MaintainersIndex, parseMaintainers } from '../../../nlp/role/maintainers.ts';

const FILE = `List of maintainers
===================

Tips for patch submitters, prose with M: inside.

	M: *Mail* patches to: FullName <address@domain>
	F: *Files* and directories wildcard patterns.

Maintainers List
----------------

NAMES CORE
M:	Ann Lee <ann@example.org>
M:	"Ray, Bob" <bob@example.org>
R:	Cy Dorn <cy@example.org>
L:	names@lists.example.org (moderated for non-subscribers)
S:	Supported
F:	names/
X:	names/legacy/
F:	include/name?.h

NAMES TOOLS
M:	dee@example.org
S:	Odd Fixes
F:	tools/*
F:	Makefile
K:	\\bname_tool

THE REST
M:	Ed Fay <ed@example.org>
S:	Buried alive in reporters
F:	*
F:	*/
`;

test('sections give their people, lists, files and status', () => {
  const { sections } = parseMaintainers(FILE);
  assert.deepEqual(sections[0], {
    name: 'NAMES CORE',
    maintainers: [
      { name: 'Ann Lee', address: 'ann@example.org' },
      { name: 'Ray, Bob', address: 'bob@example.org' },
    ],
    reviewers: [{ name: 'Cy Dorn', address: 'cy@example.org' }],
    lists: ['names@lists.example.org'],
    files: ['names/', 'include/name?.h'],
    excluded: ['names/legacy/'],
    status: 'Supported',
  });
  assert.deepEqual(
    sections.map(({ name, maintainers }) => [name, maintainers.map(({ address }) => address)]),
    [
      ['NAMES CORE', ['ann@example.org', 'bob@example.org']],
      ['NAMES TOOLS', ['dee@example.org']],
      ['THE REST', ['ed@example.org']],
    ],
  );
});

const FILES: readonly (readonly [string, readonly string[]])[] = [
  ['names/table.c', ['NAMES CORE']],
  ['names/deep/down/table.c', ['NAMES CORE']],
  ['names/legacy/old.c', []],
  ['namesake/table.c', []],
  ['include/names.h', ['NAMES CORE']],
  ['include/name/h', []],
  ['tools/list.py', ['NAMES TOOLS']],
  ['tools/sub/list.py', []],
  ['Makefile', ['NAMES TOOLS']],
  ['sub/Makefile', []],
  ['unheard/of.c', []],
];

test('files find their sections; the catch-all does not count', () => {
  const index = new MaintainersIndex(parseMaintainers(FILE));
  for (const [path, names] of FILES) {
    assert.deepEqual(
      index.ofFiles([path]).map(({ name }) => name),
      names,
      path,
    );
  }
  assert.deepEqual(
    index.ofList('Names@Lists.Example.org').map(({ name }) => name),
    ['NAMES CORE'],
  );
});

test('any text is read without throwing', () => {
  fc.assert(
    fc.property(
      fc.string(),
      (text) => new MaintainersIndex(parseMaintainers(text)).ofFiles(['a/b']).length >= 0,
    ),
  );
  const lines = fc.array(
    fc.constantFrom('NAME', 'M:\tAnn <a@b>', 'F:\t(', 'F:\t[a', 'F:\t***', '', 'X:\t+', 'L:\t'),
  );
  fc.assert(
    fc.property(
      lines,
      (list) => new MaintainersIndex(parseMaintainers(list.join('\n'))).ofFiles(['a/b']).length >= 0,
    ),
  );
});
