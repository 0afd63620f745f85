// public-inbox archives in git: every layout, resuming, removal, damage. Repositories are made by the test.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import fc from 'fast-check';
import { looksLikeGit, openGit } from '../../../ingest/source/git.ts';
import { Fault } from '../../../model/fault.ts';
import { addCommits, addEntries, git, gitMissing, mail, makeAllGit, scratch } from './made-git.ts';
import type { Source } from '../../../model/source.ts';

const skip = gitMissing;

interface Read {
  /** `+subject` for a mail, `-subject` for a removal, in order. */
  readonly events: readonly string[];
  readonly cursors: ReadonlyMap<string, string>;
}

function nameIn(bytes: Buffer): string {
  return /^Subject: About (.*)$/m.exec(bytes.toString('latin1'))?.[1] ?? bytes.toString('latin1');
}

async function readAll(source: Source, from: ReadonlyMap<string, string> = new Map()): Promise<Read> {
  const events: string[] = [];
  const cursors = new Map(from);
  for await (const event of source.read(from)) {
    if (event.kind === 'mail') events.push(`+${nameIn(event.bytes)}`);
    if (event.kind === 'delete') events.push(`-${nameIn(event.bytes)}`);
    if (event.kind === 'reject') events.push(`!${event.defect.code}`);
    if (event.kind === 'cursor') cursors.set(event.part, event.cursor);
  }
  return { events, cursors };
}

async function open(t: TestContext, spec: string, cacheDir?: string): Promise<Source> {
  const source = await openGit(spec, cacheDir === undefined ? {} : { cacheDir });
  t.after(() => source.close());
  return source;
}

async function fault(work: Promise<unknown>): Promise<Fault> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof Fault, `not a Fault: ${String(error)}`);
    return error;
  }
  throw new assert.AssertionError({ message: 'no fault was thrown' });
}

test('a v2 repository gives mails and removals in order and goes on from any commit', { skip }, async (t) => {
  const repo = join(scratch(t), 'made', 'git', '0.git');
  addEntries(repo, [
    ['m', mail('a')],
    ['m', mail('b')],
    ['d', mail('a')],
    ['m', mail('c')],
  ]);
  const source = await open(t, repo);
  assert.equal(source.kind, 'public-inbox-v2');
  assert.equal(source.listHint, 'made');
  const whole = await readAll(source);
  assert.deepEqual(whole.events, ['+a', '+b', '-a', '+c']);

  const stops: Map<string, string>[] = [];
  for await (const event of source.read(new Map())) {
    if (event.kind === 'cursor') stops.push(new Map([[event.part, event.cursor]]));
  }
  assert.equal(stops.length, 4);
  for (const [index, stop] of stops.entries()) {
    assert.deepEqual((await readAll(source, stop)).events, whole.events.slice(index + 1));
    assert.equal(await source.remaining?.(stop), 3 - index);
  }
  addEntries(repo, [['m', mail('d')]]);
  assert.deepEqual((await readAll(await open(t, repo), whole.cursors)).events, ['+d']);
});

test('an inbox folder, its git folder and its all.git give all epochs', { skip }, async (t) => {
  const inbox = join(scratch(t), 'some-list');
  addEntries(join(inbox, 'git', '0.git'), [['m', mail('a')]]);
  addEntries(join(inbox, 'git', '1.git'), [['m', mail('b')]]);
  for (let epoch = 2; epoch <= 10; epoch += 1) {
    addEntries(join(inbox, 'git', `${epoch}.git`), [['m', mail(`e${epoch}`)]]);
  }
  makeAllGit(
    inbox,
    Array.from({ length: 11 }, (_, epoch) => `${epoch}.git`),
  );
  const expected = ['+a', '+b', ...Array.from({ length: 9 }, (_, index) => `+e${index + 2}`)];
  for (const spec of [inbox, join(inbox, 'git'), join(inbox, 'all.git')]) {
    assert.ok(await looksLikeGit(spec), spec);
    const source = await open(t, spec);
    assert.equal(source.name, inbox, spec);
    assert.equal(source.listHint, 'some-list', spec);
    const { events, cursors } = await readAll(source);
    assert.deepEqual(events, expected, spec);
    assert.equal(cursors.size, 11, spec);
  }
  const one = await open(t, join(inbox, 'git', '1.git'));
  assert.deepEqual((await readAll(one)).events, ['+b']);
});

test('all.git apart from its epochs is followed through its alternates', { skip }, async (t) => {
  const dir = scratch(t);
  addEntries(join(dir, 'elsewhere', '0.git'), [['m', mail('a')]]);
  const all = join(dir, 'inbox', 'all.git');
  mkdirSync(all, { recursive: true });
  git(all, 'init', '-q', '--bare', '.');
  writeFileSync(
    join(all, 'objects', 'info', 'alternates'),
    `${join(dir, 'elsewhere', '0.git', 'objects')}\n`,
  );
  for (const spec of [all, join(dir, 'inbox')]) {
    assert.deepEqual((await readAll(await open(t, spec))).events, ['+a'], spec);
  }
});

test(
  'a v1 repository gives files as mails, removed files as removals, changed files as both',
  { skip },
  async (t) => {
    const repo = join(scratch(t), 'old.git');
    const path = (digit: string): string => `${digit.repeat(2)}/${digit.repeat(38)}`;
    addCommits(repo, [
      { files: { [path('a')]: mail('a'), [path('b')]: mail('b') } },
      { files: { [path('c')]: mail('c'), README: 'not mail', 'aa/short': 'not mail' } },
      { files: { [path('a')]: null } },
      { files: { [path('b')]: mail('b2') } },
    ]);
    const source = await open(t, repo);
    assert.equal(source.kind, 'public-inbox-v1');
    assert.deepEqual((await readAll(source)).events, ['+a', '+b', '+c', '-a', '-b', '+b2']);
  },
);

test('repositories with a work tree, linked or not, are read', { skip }, async (t) => {
  const dir = scratch(t);
  addEntries(join(dir, 'bare.git'), [['m', mail('a')]]);
  git(dir, 'clone', '-q', join(dir, 'bare.git'), join(dir, 'clone'));
  git(join(dir, 'clone'), 'worktree', 'add', '-q', '--detach', join(dir, 'linked'));
  for (const name of ['clone', 'clone/.git', 'linked']) {
    assert.ok(await looksLikeGit(join(dir, name)), name);
    assert.deepEqual((await readAll(await open(t, join(dir, name)))).events, ['+a'], name);
  }
});

test('a repository without commits holds no mail', { skip }, async (t) => {
  const repo = join(scratch(t), 'empty.git');
  mkdirSync(repo);
  git(repo, 'init', '-q', '--bare', '.');
  assert.deepEqual((await readAll(await open(t, repo))).events, []);
});

test('odd blobs come through byte for byte', { skip }, async (t) => {
  const repo = join(scratch(t), 'odd.git');
  const odd = [
    Buffer.alloc(0),
    Buffer.from('\n'),
    Buffer.from('no newline'),
    Buffer.from([0, 255, 10, 0, 13, 10, 200]),
    Buffer.alloc(300_000, 'x\n'),
    Buffer.from(`${'0'.repeat(40)} blob 3\nabc\n`),
  ];
  addEntries(
    repo,
    odd.map((bytes, index) => ['m', Buffer.concat([Buffer.from(`${index}\n`), bytes])] as const),
  );
  const seen: Buffer[] = [];
  for await (const event of (await open(t, repo)).read(new Map())) {
    if (event.kind === 'mail') seen.push(Buffer.from(event.bytes));
  }
  assert.equal(seen.length, odd.length);
  for (const [index, bytes] of odd.entries()) {
    assert.deepEqual(seen[index], Buffer.concat([Buffer.from(`${index}\n`), bytes]));
  }
});

test('any history is read as it was written', { skip }, async (t) => {
  const dir = scratch(t);
  let run = 0;
  const entry = fc.tuple(
    fc.constantFrom('m' as const, 'd' as const),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 30 }), async (entries) => {
      const repo = join(dir, `${(run += 1)}.git`);
      // A commit that changes nothing shows no difference: numbered, all differ.
      const numbered = entries.map(
        ([path, bytes], index) => [path, Buffer.concat([Buffer.from(`${index}:`), bytes])] as const,
      );
      addEntries(repo, numbered);
      const source = await openGit(repo);
      const seen: (readonly ['m' | 'd', Buffer])[] = [];
      for await (const event of source.read(new Map())) {
        if (event.kind === 'mail') seen.push(['m', Buffer.from(event.bytes)]);
        if (event.kind === 'delete') seen.push(['d', Buffer.from(event.bytes)]);
      }
      assert.deepEqual(seen, numbered);
    }),
    { numRuns: 12, seed: 7 },
  );
});

test('more mails than are read ahead arrive in order, whatever the consumer does', { skip }, async (t) => {
  const repo = join(scratch(t), 'many.git');
  const names = Array.from({ length: 6_000 }, (_, index) => `n${index}`);
  addEntries(
    repo,
    names.map((name) => ['m', mail(name)] as const),
  );
  const source = await open(t, repo);
  assert.deepEqual(
    (await readAll(source)).events,
    names.map((name) => `+${name}`),
  );
  let count = 0;
  for await (const event of source.read(new Map())) {
    if (event.kind === 'mail' && (count += 1) === 3) break;
  }
  assert.equal(count, 3);
});

test('a rewritten history is read again as a whole', { skip }, async (t) => {
  const dir = scratch(t);
  const repo = join(dir, 'purged.git');
  addEntries(repo, [
    ['m', mail('a')],
    ['m', mail('secret')],
    ['m', mail('b')],
  ]);
  const { cursors } = await readAll(await open(t, repo));
  rmSync(repo, { recursive: true });
  addEntries(repo, [
    ['m', mail('a')],
    ['m', mail('b')],
    ['m', mail('c')],
  ]);
  assert.deepEqual((await readAll(await open(t, repo), cursors)).events, ['+a', '+b', '+c']);
  assert.deepEqual((await readAll(await open(t, repo), new Map([['0', 'not json']]))).events, [
    '+a',
    '+b',
    '+c',
  ]);
});

test('merged histories give every mail once, parents first', { skip }, async (t) => {
  const repo = join(scratch(t), 'merged.git');
  const path = (digit: string): string => `${digit.repeat(2)}/${digit.repeat(38)}`;
  addCommits(repo, [{ files: { [path('a')]: mail('a') } }]);
  const base = git(repo, 'rev-parse', 'master');
  addCommits(repo, [{ files: { [path('b')]: mail('b') } }]);
  const left = git(repo, 'rev-parse', 'master');
  git(repo, 'update-ref', 'refs/heads/master', base);
  addCommits(repo, [{ files: { [path('c')]: mail('c') } }]);
  addCommits(repo, [{ files: { [path('b')]: mail('b') }, merge: left }]);
  const { events, cursors } = await readAll(await open(t, repo));
  assert.equal(events[0], '+a');
  assert.deepEqual(events.toSorted(), ['+a', '+b', '+c']);
  assert.deepEqual((await readAll(await open(t, repo), cursors)).events, []);
});

test(
  'a bundle is unpacked only when it holds something new, and leaves nothing behind',
  { skip },
  async (t) => {
    const dir = scratch(t);
    const repo = join(dir, 'r.git');
    const bundle = join(dir, 'made-list.bundle');
    const cache = join(dir, 'cache');
    addEntries(repo, [
      ['m', mail('a')],
      ['d', mail('a')],
    ]);
    git(repo, 'bundle', 'create', '-q', bundle, '--all');
    assert.ok(await looksLikeGit(bundle));
    const first = await openGit(bundle, { cacheDir: cache });
    assert.equal(first.listHint, 'made-list');
    const { events, cursors } = await readAll(first);
    assert.deepEqual(events, ['+a', '-a']);
    await first.close();
    assert.deepEqual(readdirSync(cache), []);

    const again = await openGit(bundle, { cacheDir: join(dir, 'unused') });
    assert.deepEqual((await readAll(again, cursors)).events, []);
    await again.close();
    assert.ok(!existsSync(join(dir, 'unused')));

    addEntries(repo, [['m', mail('b')]]);
    git(repo, 'bundle', 'create', '-q', bundle, 'master');
    // What a killed process left is removed by the next one.
    mkdirSync(join(cache, 'scratch-999999999-x'));
    const grown = await openGit(bundle, { cacheDir: cache });
    assert.deepEqual((await readAll(grown, cursors)).events, ['+b']);
    await grown.close();
    assert.deepEqual(readdirSync(cache), []);
  },
);

/** Serves a folder over the plain ("dumb") git protocol; every folder under it must have had update-server-info. */
async function serve(t: TestContext, root: string): Promise<string> {
  const server = createServer((request, response) => {
    const path = join(root, decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'));
    if (!existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.end(readFileSync(path));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => server.close());
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

test('a typed URL is mirrored, then only updated; epochs are found below a list URL', { skip }, async (t) => {
  const dir = scratch(t);
  const cache = join(dir, 'cache');
  const epoch = (name: string): string => join(dir, 'www', 'made-list', name);
  addEntries(epoch('0'), [['m', mail('a')]]);
  addEntries(epoch('1'), [['m', mail('b')]]);
  for (const name of ['0', '1']) git(epoch(name), 'update-server-info');
  const base = await serve(t, join(dir, 'www'));

  const list = await open(t, `${base}/made-list/`, cache);
  assert.equal(list.name, `${base}/made-list`);
  assert.equal(list.listHint, 'made-list');
  const { events, cursors } = await readAll(list);
  assert.deepEqual(events, ['+a', '+b']);

  addEntries(epoch('1'), [['m', mail('c')]]);
  git(epoch('1'), 'update-server-info');
  assert.deepEqual((await readAll(await open(t, `${base}/made-list`, cache), cursors)).events, ['+c']);
  assert.deepEqual((await readAll(await open(t, `${base}/made-list/0`))).events, ['+a']);

  const gone = await fault(openGit(`${base}/no-such-list`, { cacheDir: cache }));
  assert.equal(gone.exit, 'noInput');
});

test('what is git is told by content and by the form of a URL', { skip }, async (t) => {
  const dir = scratch(t);
  writeFileSync(join(dir, 'x.bundle'), 'From ann@example.org Mon Sep 14 10:00:00 2020\n');
  mkdirSync(join(dir, 'folder'));
  const table: readonly (readonly [string, boolean])[] = [
    [join(dir, 'x.bundle'), false],
    [join(dir, 'folder'), false],
    [join(dir, 'absent'), false],
    ['-', false],
    ['git://example.org/list', true],
    ['ssh://example.org/list', true],
    ['git@example.org:list.git', true],
    ['https://example.org/list', true],
    ['https://example.org/list/0', true],
    ['https://example.org/list/abc@example.org/', false],
    ['https://example.org/list/t.mbox.gz', false],
    ['https://example.org/pipermail/x/2020-May.txt', false],
    ['abc@example.org', false],
  ];
  for (const [spec, expected] of table) assert.equal(await looksLikeGit(spec), expected, spec);
});

test('operator mistakes are faults that name the place and the remedy', { skip }, async (t) => {
  const dir = scratch(t);
  const missing = await fault(openGit(join(dir, 'absent')));
  assert.equal(missing.exit, 'noInput');
  assert.match(missing.message, /absent does not exist/);

  mkdirSync(join(dir, 'plain'));
  assert.equal((await fault(openGit(join(dir, 'plain')))).exit, 'badInput');

  addCommits(join(dir, 'code.git'), [{ files: { 'main.c': 'int x;', README: 'hi' } }]);
  const code = await fault(openGit(join(dir, 'code.git')));
  assert.equal(code.exit, 'badInput');
  assert.match(code.message, /not a mail archive \(it holds README, main\.c\)/);

  const secret = await fault(openGit('https://ann:secret@example.org/list'));
  assert.equal(secret.exit, 'usage');
  assert.doesNotMatch(secret.message + secret.remedy, /secret/);

  addEntries(join(dir, 'r.git'), [['m', mail('a')]]);
  const bundle = join(dir, 'cut.bundle');
  git(join(dir, 'r.git'), 'bundle', 'create', '-q', bundle, '--all');
  truncateSync(bundle, statSync(bundle).size - 60);
  const cut = await open(t, bundle);
  const broken = await fault(readAll(cut));
  assert.equal(broken.exit, 'badInput');
  assert.match(broken.message, /cut\.bundle is not a whole git bundle/);
});

test('damage ends in a fault after everything sound was given', { skip }, async (t) => {
  const repo = join(scratch(t), 'damaged.git');
  addEntries(repo, [
    ['m', mail('a')],
    ['m', mail('b')],
    ['m', mail('c')],
  ]);
  git(repo, 'config', 'gc.auto', '0');
  // Into loose objects, so that one can be taken away.
  const packs = join(repo, 'objects', 'pack');
  const pack = readdirSync(packs).find((name) => name.endsWith('.pack'));
  if (pack !== undefined) {
    const bytes = readFileSync(join(packs, pack));
    rmSync(packs, { recursive: true });
    mkdirSync(packs);
    const { spawnSync } = await import('node:child_process');
    spawnSync('git', ['--git-dir=.', 'unpack-objects', '-q'], { cwd: repo, input: bytes });
  }
  const blob = git(repo, 'rev-parse', 'master~1:m');
  const file = join(repo, 'objects', blob.slice(0, 2), blob.slice(2));
  const seen: string[] = [];
  const read = async (): Promise<void> => {
    for await (const event of (await open(t, repo)).read(new Map())) {
      if (event.kind === 'mail') seen.push(nameIn(event.bytes));
    }
  };
  chmodSync(file, 0o644);
  truncateSync(file, 20);
  const cut = await fault(read());
  assert.equal(cut.exit, 'badInput');
  assert.match(cut.message, /cannot read .*damaged\.git/);
  assert.match(cut.remedy, /fsck/);
  assert.deepEqual(seen, ['a']);

  rmSync(file);
  seen.length = 0;
  const gone = await fault(read());
  assert.equal(gone.exit, 'badInput');
  assert.match(gone.message, /is missing/);
  assert.deepEqual(seen, ['a']);

  const head = git(repo, 'rev-parse', 'master');
  rmSync(join(repo, 'objects', head.slice(0, 2), head.slice(2)), { force: true });
  assert.equal((await fault(read())).exit, 'badInput');
});

test('without a git program the fault says what to install', { skip }, async (t) => {
  const repo = join(scratch(t), 'r.git');
  addEntries(repo, [['m', mail('a')]]);
  const path = process.env['PATH'];
  process.env['PATH'] = '/nonexistent';
  try {
    const missing = await fault(openGit(repo));
    assert.equal(missing.exit, 'config');
    assert.match(missing.remedy, /install git/);
  } finally {
    process.env['PATH'] = path;
  }
});

test('nothing a repository configures is run', { skip }, async (t) => {
  const dir = scratch(t);
  const repo = join(dir, 'hostile.git');
  addEntries(repo, [
    ['m', mail('a')],
    ['m', mail('b')],
  ]);
  const marker = join(dir, 'ran');
  const script = join(dir, 'run.sh');
  writeFileSync(script, `#!/bin/sh\ntouch ${marker}\n`);
  chmodSync(script, 0o755);
  for (const key of [
    'core.pager',
    'core.fsmonitor',
    'gpg.program',
    'diff.external',
    'core.sshCommand',
    'core.editor',
  ]) {
    git(repo, 'config', key, script);
  }
  git(repo, 'config', 'log.showSignature', 'true');
  mkdirSync(join(repo, 'hooks'), { recursive: true });
  for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
    writeFileSync(join(repo, 'hooks', hook), `#!/bin/sh\ntouch ${marker}\n`);
    chmodSync(join(repo, 'hooks', hook), 0o755);
  }
  // A commit that claims a signature makes `log.showSignature` start gpg.
  const tree = git(repo, 'rev-parse', 'master^{tree}');
  const parent = git(repo, 'rev-parse', 'master');
  const commit =
    `tree ${tree}\nparent ${parent}\nauthor A <a@example.org> 1600000000 +0000\n` +
    `committer A <a@example.org> 1600000000 +0000\n` +
    `gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nsigned\n`;
  const { execFileSync } = await import('node:child_process');
  const id = execFileSync('git', ['--git-dir=.', 'hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: repo,
    input: commit,
    encoding: 'utf8',
  }).trim();
  git(repo, '-c', 'core.hooksPath=/dev/null', 'update-ref', 'refs/heads/master', id);
  assert.ok(!existsSync(marker), 'made without running it');
  assert.deepEqual((await readAll(await open(t, repo))).events, ['+a', '+b']);
  assert.ok(!existsSync(marker), 'a configured program ran');
});

test('git variables of the caller are not followed', { skip }, async (t) => {
  const dir = scratch(t);
  addEntries(join(dir, 'mine.git'), [['m', mail('a')]]);
  addEntries(join(dir, 'other.git'), [['m', mail('z')]]);
  process.env['GIT_DIR'] = join(dir, 'other.git');
  process.env['GIT_OBJECT_DIRECTORY'] = join(dir, 'other.git', 'objects');
  try {
    assert.deepEqual((await readAll(await open(t, join(dir, 'mine.git')))).events, ['+a']);
  } finally {
    delete process.env['GIT_DIR'];
    delete process.env['GIT_OBJECT_DIRECTORY'];
  }
});
