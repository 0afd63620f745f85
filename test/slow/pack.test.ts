// The tarball installs into an empty folder, dependencies and all, and gives a working `hum`. Compiles SQLite: minutes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makePlace } from '../cli/hum.ts';
import { debate, mbox } from '../cli/mail.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('npm install of the tarball into an empty folder', { timeout: 900_000 }, () => {
  const place = makePlace();
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', place.folder], {
      cwd: root,
    });
    const tarball = readdirSync(place.folder).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync(
      'npm',
      ['install', '--prefix', place.folder, '--no-audit', '--no-fund', join(place.folder, tarball)],
      {
        stdio: 'inherit',
      },
    );
    const hum = (words: readonly string[]): string =>
      execFileSync(place.path('node_modules/.bin/hum'), words, {
        cwd: place.folder,
        env: place.env,
        encoding: 'utf8',
      });
    place.write('one.mbox', mbox(debate));
    assert.match(hum(['--version']), /^hum /);
    assert.match(hum(['add', 'one.mbox', '--list', 'x', '--json']), /"added":3/);
    assert.match(hum(['report', 'p2@example.org']), /^Retire the Python 2 scripts\n/);
  } finally {
    place.remove();
  }
});
