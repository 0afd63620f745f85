// docs/cli.md, help and completions are made from the table of commands; here they are held to it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { completionScript, shells } from '../../cli/completion.ts';
import { commands, globalOptions } from '../../cli/command.ts';
import { manualOf, markdownManual, overview } from '../../cli/manual.ts';
import { columns } from '../../views/export/ink.ts';

const root = new URL('../../../', import.meta.url);

test('docs/cli.md is what `hum help --markdown` prints', () => {
  assert.equal(
    readFileSync(new URL('docs/cli.md', root), 'utf8'),
    markdownManual(),
    'run: npm run -s hum -- help --markdown > docs/cli.md',
  );
});

test('docs/cli.md has every command and option', () => {
  const text = readFileSync(new URL('docs/cli.md', root), 'utf8');
  assert.ok(commands.length > 15);
  for (const command of commands) {
    assert.ok(text.includes(`\n## hum ${command.name}\n`), command.name);
    for (const option of command.options) assert.ok(text.includes(`--${option.name}`), option.name);
  }
  for (const option of globalOptions) assert.ok(text.includes(`--${option.name}`), option.name);
});

test('every command has a module that runs', async () => {
  for (const command of commands) assert.equal(typeof (await command.load()).run, 'function', command.name);
});

test('help fits the width and names every command and option', () => {
  const whole = overview(80);
  for (const command of commands) {
    assert.match(whole, new RegExp(`^  ${command.name} `, 'm'));
    const text = manualOf(command, 80);
    for (const option of command.options) assert.ok(text.includes(`--${option.name}`));
    const prose = text.split('\nexamples\n')[0] ?? '';
    for (const line of `${whole}${prose}`.split('\n')) assert.ok(columns(line) <= 80, line);
  }
});

test('names and options are written alike everywhere', () => {
  const names = commands.map((command) => command.name);
  assert.equal(new Set(names).size, names.length);
  for (const command of commands) {
    assert.match(command.summary, /^[a-z].*[^.]$/, command.name);
    assert.ok(command.examples.length > 0, command.name);
    const own = [...command.options, ...globalOptions].map((option) => option.name);
    assert.equal(new Set(own).size, own.length, command.name);
  }
});

for (const shell of shells) {
  test(`completion for ${shell} knows every command and option`, (t) => {
    const script = completionScript(shell);
    for (const command of commands) {
      assert.ok(script.includes(command.name));
      for (const option of command.options) {
        assert.ok(script.includes(shell === 'fish' ? `-l ${option.name} ` : `--${option.name}`), option.name);
      }
    }
    const check = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
    if (check.error) return t.skip(`${shell} is not installed: its syntax is not checked`);
    assert.deepEqual([check.status, check.stderr], [0, '']);
    return undefined;
  });
}

test('bash completes commands, options, choices and files', (t) => {
  const complete = (...words: string[]): string[] => {
    const script = `${completionScript('bash')}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _hum; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc'], { input: script, encoding: 'utf8', cwd: root.pathname })
      .split('\n')
      .filter(Boolean);
  };
  if (spawnSync('bash', ['-c', 'true']).error) return t.skip('bash is not installed');
  assert.deepEqual(complete('hum', 're'), ['report']);
  assert.deepEqual(complete('hum', 'report', '--o'), ['--one', '--out']);
  assert.deepEqual(complete('hum', 'report', '--color', 'al'), ['always']);
  assert.deepEqual(complete('hum', 'report', 'packa').toSorted(), ['package-lock.json', 'package.json']);
  assert.deepEqual(complete('hum', 'help', 'le'), ['ledger']);
  return undefined;
});
