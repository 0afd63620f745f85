import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, parseLine } from '../../cli/parse.ts';
import { fileStem, idStem } from '../../cli/operand.ts';

const lines: readonly (readonly [string, string, readonly string[], Record<string, unknown>])[] = [
  ['', 'help', [], {}],
  ['--version', 'version', [], { version: true }],
  ['add --help', 'help', ['add'], { help: true }],
  ['--db x.sqlite ls --list bpf', 'ls', [], { db: 'x.sqlite', list: 'bpf' }],
  ['--db=x.sqlite ls', 'ls', [], { db: 'x.sqlite' }],
  ['report a.mbox --json --out=dir b.mbox', 'report', ['a.mbox', 'b.mbox'], { json: true, out: 'dir' }],
  ['report -', 'report', ['-'], {}],
  ['report -- --odd.mbox', 'report', ['--odd.mbox'], {}],
  ['mbox <a@b> -o file', 'mbox', ['<a@b>'], { output: 'file' }],
  ['q -q words', 'q', ['words'], { quiet: true }],
  ['add x --list a --list b', 'add', ['x'], { list: 'b' }],
];

for (const [line, command, operands, values] of lines) {
  test(`hum ${line}`, () => {
    const parsed = parseLine(line.split(' ').filter(Boolean));
    assert.deepEqual([parsed.command.name, parsed.operands, parsed.values], [command, operands, values]);
  });
}

const words: readonly (readonly [string, string | undefined])[] = [
  ['hlep', 'help'],
  ['repot', 'report'],
  ['pos', 'positions'],
  ['xyzzy', undefined],
  ['x'.repeat(100_000), undefined],
];

for (const [word, expected] of words) {
  test(`nearest to ${word.slice(0, 20)}`, () => {
    assert.equal(nearest(word, ['help', 'report', 'positions', 'add']), expected);
  });
}

test('names of report files', () => {
  assert.deepEqual(['a/b.c.mbox', 'x.MBOX', 'x.mbox.gz', 'seed.txt', '-', 'dir/'].map(fileStem), [
    'b.c',
    'x',
    'x',
    'seed.txt',
    'stdin',
    'dir',
  ]);
  assert.deepEqual(
    ['a@b.example', '../../etc/x@y', '.hidden@x', 'Y8gV/XveyPmf8alQ@m', '\u202e'].map(idStem),
    ['a@b.example', '_._.._etc_x@y', '_hidden@x', 'Y8gV_XveyPmf8alQ@m', '_'],
  );
});
