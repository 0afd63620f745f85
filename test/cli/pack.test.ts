// The packed tarball holds a working `hum`. Dependencies are borrowed from this checkout; test/slow/pack.test.ts
// installs them.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makePlace } from './hum.ts';
import { debate, mbox } from './mail.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function run(place: ReturnType<typeof makePlace>, words: readonly string[]): string {
  return execFileSync(place.path('bin/hum'), words, { cwd: place.folder, env: place.env, encoding: 'utf8' });
}

/** Starts `hum start`, gets its first page, stops it. */
async function firstPage(place: ReturnType<typeof makePlace>, words: readonly string[]): Promise<string> {
  const child = spawn(place.path('bin/hum'), ['start', ...words], {
    cwd: place.folder,
    env: place.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    void ended.then((code) => reject(new Error(`hum start ended with ${code}`)));
  });
  try {
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    const style = await fetch(`${url}_/static/hum.css`);
    assert.equal(style.headers.get('content-type'), 'text/css; charset=utf-8');
    return await (await fetch(url)).text();
  } finally {
    child.kill('SIGINT');
    assert.equal(await ended, 130);
  }
}

test('npm pack gives a hum that works away from the checkout', async () => {
  const place = makePlace();
  try {
    execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', place.folder], {
      cwd: root,
    });
    const tarball = readdirSync(place.folder).find((name) => name.endsWith('.tgz')) ?? '';
    execFileSync('tar', ['-xzf', tarball], { cwd: place.folder });
    const names = readdirSync(place.path('package'), { recursive: true }).map(String);
    for (const needed of [
      'dist/cli/main.js',
      'views/static/hum.css',
      'data/lexicon',
      'docs/cli.md',
      'LICENSE',
    ]) {
      assert.ok(names.includes(needed), `${needed} is not in the tarball`);
    }
    for (const name of names)
      assert.doesNotMatch(name, /^(dist\/(test|bench)|data\/(train|gold)|.*tsbuildinfo)/);

    symlinkSync(join(root, 'node_modules'), place.path('node_modules'));
    mkdirSync(place.path('bin'));
    // as npm does: a link in a bin folder, made executable
    execFileSync('chmod', ['+x', place.path('package/dist/cli/main.js')]);
    symlinkSync(place.path('package/dist/cli/main.js'), place.path('bin/hum'));

    assert.match(run(place, ['--version']), /^hum \d+\.\d+\.\d+\n$/);
    place.write('one.mbox', mbox(debate));
    assert.match(run(place, ['report', 'one.mbox']), /^Retire the Python 2 scripts\n/);
    assert.match(await firstPage(place, ['one.mbox']), /Retire the Python 2 scripts/);
    assert.ok(existsSync(place.path('hum.sqlite')));
    if (existsSync(join(root, 'data/sample'))) {
      assert.match(await firstPage(place, []), /the one that moved last on top/);
      assert.equal(readdirSync(place.path('cache/hum')).filter((name) => name.endsWith('.sqlite')).length, 1);
    }
  } finally {
    place.remove();
  }
});
