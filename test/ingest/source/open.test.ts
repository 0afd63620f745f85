import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../../ingest/source/open.ts';
import { Fault, type ExitName } from '../../../model/fault.ts';
import { readAll } from './read.ts';
import { temporaryFolder } from './temporary.ts';

const pages = fileURLToPath(new URL('../../../../test/mail/page/', import.meta.url));

const mail = (subject: string): string =>
  `From: Ann <ann@example.org>\nSubject: ${subject}\n\ntext of ${subject}\n`;
const entry = (subject: string): string =>
  `From ann@example.org Tue Mar  5 10:00:00 2024\n${mail(subject)}\n`;

async function faultOf(spec: string): Promise<Fault> {
  try {
    await openSource(spec);
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    return error;
  }
  assert.fail(`${spec} was opened`);
}

async function* stream(...parts: readonly (string | Buffer)[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

describe('a file, told by its content', () => {
  const table: readonly (readonly [
    string,
    string | Buffer,
    { kind: string; subjects?: string[]; oddities?: string[] },
  ])[] = [
    ['mbox', entry('a') + entry('b'), { kind: 'mbox', subjects: ['a', 'b'] }],
    ['gzip of an mbox', gzipSync(entry('a') + entry('b')), { kind: 'mbox', subjects: ['a', 'b'] }],
    ['gzip of gzip', gzipSync(gzipSync(entry('a'))), { kind: 'mbox', subjects: ['a'] }],
    [
      'gzip of several members',
      Buffer.concat([gzipSync(entry('a')), gzipSync(entry('b'))]),
      { kind: 'mbox', subjects: ['a', 'b'] },
    ],
    ['one mail', mail('a'), { kind: 'eml', subjects: ['a'] }],
    ['one mail after empty lines', `\r\n\n${mail('a')}`, { kind: 'eml', subjects: ['a'] }],
    ['gzip of one mail', gzipSync(mail('a')), { kind: 'eml', subjects: ['a'] }],
    [
      'pipermail month',
      `From ann at example.org  Tue Mar  5 10:00:00 2024\n${mail('a')}`,
      { kind: 'pipermail', subjects: ['a'] },
    ],
    [
      'archive page',
      readFileSync(`${pages}marc.html`),
      { kind: 'page', subjects: ['Re: [RFC] Freeze the widget table'] },
    ],
    [
      'gzip of an archive page',
      gzipSync(readFileSync(`${pages}marc.txt`)),
      { kind: 'page', subjects: ['Re: [RFC] Freeze the widget table'] },
    ],
    ['nothing', '', { kind: 'mbox', oddities: ['notice empty-file'] }],
    ['gzip of nothing', gzipSync(''), { kind: 'mbox', oddities: ['notice empty-file'] }],
    ['text', 'Only words.\n', { kind: 'eml', oddities: ['reject not-mail'] }],
    ['a page of no archive', '<html><body>x</body></html>', { kind: 'eml', oddities: ['reject not-mail'] }],
    [
      'binary',
      Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251)),
      { kind: 'eml', oddities: ['reject not-mail'] },
    ],
  ];
  for (const [name, content, { kind, subjects = [], oddities = [] }] of table) {
    test(name, async (t) => {
      const path = join(temporaryFolder(t), 'list.dat');
      writeFileSync(path, content);
      for (const spec of [path, '-']) {
        const found = await readAll(spec, { stdin: stream(Buffer.from(content)) });
        assert.equal(found.source.kind, kind);
        assert.equal(found.source.name, spec);
        assert.deepEqual(found.subjects, subjects);
        assert.deepEqual(found.oddities, oddities);
      }
    });
  }

  test('a mail as a client pipes it, with the list it names', async () => {
    const piped = `List-Id: Widgets <widgets.example.org>\n${mail('a')}`;
    const { source, subjects } = await readAll('-', { stdin: stream(piped.slice(0, 10), piped.slice(10)) });
    assert.equal(source.listHint, 'widgets');
    assert.deepEqual(subjects, ['a']);
  });

  test('a named pipe', async (t) => {
    const path = join(temporaryFolder(t), 'pipe');
    execFileSync('mkfifo', [path]);
    const writer = spawn('sh', ['-c', `printf '%s' "$MAIL" > "$0"`, path], {
      env: { ...process.env, MAIL: entry('a') },
    });
    const closed = new Promise((resolve) => writer.once('close', resolve));
    const { subjects, cursors } = await readAll(path);
    assert.deepEqual(subjects, ['a']);
    assert.equal(cursors.size, 0);
    await closed;
  });

  test('damaged gzip: the mails that can be had, the last marked, then a reject', async (t) => {
    const path = join(temporaryFolder(t), 'cut.mbox.gz');
    const subjects = Array.from({ length: 500 }, (_, i) => `s${(i * 7919) % 1000}`);
    const packed = gzipSync(subjects.map(entry).join(''));
    writeFileSync(path, packed.subarray(0, packed.length / 2));
    const found = await readAll(path);
    assert.ok(found.subjects.length > 100 && found.subjects.length < 500);
    assert.deepEqual(found.subjects.slice(0, -1), subjects.slice(0, found.subjects.length - 1));
    assert.deepEqual(found.defects, ['truncated']);
    assert.deepEqual(found.oddities, ['reject corrupt-gzip']);
    assert.equal(found.cursors.size, 0, 'no cursor, so that the next run reads it again');
  });

  test('an obfuscated sender becomes an address', async (t) => {
    const path = join(temporaryFolder(t), '2024-March.txt');
    writeFileSync(
      path,
      'From ann at example.org  Tue Mar  5 10:00:00 2024\nFrom: ann at example.org (Ann)\nSubject: a\n\nx\n',
    );
    const { events, defects } = await readAll(path);
    assert.ok(events[0]?.kind === 'mail');
    assert.equal(events[0].bytes.toString(), 'From: ann@example.org (Ann)\nSubject: a\n\nx\n');
    assert.deepEqual(defects, ['obfuscated-address']);
  });

  test('mails above the limit are rejected', async (t) => {
    const path = join(temporaryFolder(t), 'big.mbox');
    writeFileSync(path, entry('a') + entry('b'.repeat(9000)) + entry('c'));
    const found = await readAll(path, { maxMessageBytes: 5000 });
    assert.deepEqual(found.subjects, ['a', 'c']);
    assert.deepEqual(found.oddities, ['reject oversized-message']);
    writeFileSync(path, mail('b'.repeat(9000)));
    assert.deepEqual((await readAll(path, { maxMessageBytes: 5000 })).oddities, ['reject oversized-message']);
  });
});

describe('what cannot be opened', () => {
  const cases: readonly (readonly [string, (folder: string) => string, ExitName])[] = [
    ['a missing path', (folder) => join(folder, 'missing'), 'noInput'],
    [
      'a path below a file',
      (folder) => (writeFileSync(join(folder, 'f'), 'x'), join(folder, 'f', 'g')),
      'noInput',
    ],
    ['an empty folder', (folder) => folder, 'badInput'],
    [
      'a folder without mail',
      (folder) => (writeFileSync(join(folder, 'notes.txt'), 'words'), folder),
      'badInput',
    ],
    [
      'another packing',
      (folder) => (writeFileSync(join(folder, 'a.xz'), '\xfd7zXZ\0\0', 'latin1'), join(folder, 'a.xz')),
      'badInput',
    ],
    ['a path with NUL', () => 'a\0b', 'noInput'],
  ];
  for (const [name, make, exit] of cases) {
    test(`${name}: ${exit}`, async (t) => {
      const spec = make(temporaryFolder(t));
      const fault = await faultOf(spec);
      assert.equal(fault.exit, exit);
      assert.ok(fault.message.includes(spec), fault.message);
      assert.ok(fault.remedy.length > 5 && !fault.message.includes('\n'));
    });
  }

  test('no permission', async (t) => {
    const folder = temporaryFolder(t);
    const path = join(folder, 'secret.mbox');
    writeFileSync(path, entry('a'));
    writeFileSync(join(folder, 'open.mbox'), entry('b'));
    mkdirSync(join(folder, 'closed'));
    chmodSync(path, 0);
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(folder, 0o755);
    if (process.geteuid?.() === 0) {
      // Root may read everything, so the test goes on as nobody.
      process.seteuid?.(65534);
    }
    try {
      assert.equal((await faultOf(path)).exit, 'permission');
      assert.equal((await faultOf(join(folder, 'closed'))).exit, 'permission');
      const found = await readAll(folder);
      assert.deepEqual(found.subjects, ['b']);
      assert.deepEqual(found.oddities, ['reject unreadable-file', 'reject unreadable-file']);
    } finally {
      if (process.getuid?.() === 0) process.seteuid?.(0);
    }
  });
});

describe('folders', () => {
  test('mboxes, mails, pages and subfolders, in order of their names', async (t) => {
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, 'sub', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'b.mbox'), entry('b1') + entry('b2'));
    writeFileSync(join(folder, 'a.eml'), mail('a'));
    writeFileSync(join(folder, 'c.gz'), gzipSync(entry('c')));
    writeFileSync(join(folder, 'd.html'), readFileSync(`${pages}marc.html`));
    writeFileSync(join(folder, 'README'), 'Not a mail.\n');
    writeFileSync(join(folder, 'broken.eml'), 'Not a mail, but named like one.\n');
    writeFileSync(join(folder, 'empty.mbox'), '');
    writeFileSync(join(folder, '.hidden'), mail('hidden'));
    writeFileSync(join(folder, 'sub', '10'), mail('ten'));
    writeFileSync(join(folder, 'sub', '9'), mail('nine'));
    writeFileSync(join(folder, 'sub', 'deep', 'e.mbox'), entry('e'));
    symlinkSync(folder, join(folder, 'sub', 'loop'));
    symlinkSync('nowhere', join(folder, 'dangling.eml'));
    const found = await readAll(folder);
    assert.deepEqual(found.subjects, [
      'a',
      'b1',
      'b2',
      'c',
      'Re: [RFC] Freeze the widget table',
      'nine',
      'ten',
      'e',
    ]);
    assert.deepEqual(found.oddities, [
      'reject unreadable-file',
      'notice not-mail',
      'reject not-mail',
      'notice empty-file',
    ]);
    const again = await readAll(folder, {}, found.cursors);
    assert.deepEqual(again.events, []);
    appendFileSync(join(folder, 'b.mbox'), entry('b3'));
    const grown = await readAll(folder, {}, found.cursors);
    assert.ok(
      grown.subjects.includes('b3') && !grown.subjects.includes('b1') && !grown.subjects.includes('e'),
    );
  });

  test('a Maildir: cur and new, whatever the messages begin with', async (t) => {
    const folder = temporaryFolder(t);
    for (const name of ['cur', 'new', 'tmp', '.Sent', join('.Sent', 'cur'), join('.Sent', 'new')])
      mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'cur', '1001.a.host:2,S'), mail('one'));
    writeFileSync(join(folder, 'new', '1003.c.host'), gzipSync(mail('three')));
    writeFileSync(
      join(folder, 'cur', '1002.b.host:2,'),
      `${entry('two')}\nFrom bob Tue Mar  5 10:00:00 2024\nA: b\n`,
    );
    writeFileSync(join(folder, 'tmp', '1004.d.host'), mail('half'));
    writeFileSync(join(folder, '.Sent', 'cur', '1005.e.host'), mail('sent'));
    const found = await readAll(folder);
    assert.equal(found.source.kind, 'maildir');
    assert.equal(found.source.total, 3);
    assert.deepEqual(found.subjects, ['one', 'two', 'three']);
    assert.deepEqual(found.defects, ['extra-envelope-line']);
    assert.deepEqual(found.oddities, ['notice maildir-subfolders']);
    renameSync(join(folder, 'cur', '1001.a.host:2,S'), join(folder, 'cur', '1001.a.host:2,RS'));
    assert.deepEqual((await readAll(folder, {}, found.cursors)).events, [], 'a changed flag is no change');
    writeFileSync(join(folder, 'new', '1006.f.host'), mail('six'));
    assert.deepEqual((await readAll(folder, {}, found.cursors)).subjects, ['one', 'two', 'three', 'six']);
  });
});

describe('resuming a mailbox', () => {
  test('an unchanged file is skipped, a touched one read again', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    writeFileSync(path, entry('a') + entry('b'));
    const first = await readAll(path);
    assert.deepEqual((await readAll(path, {}, first.cursors)).events, []);
    utimesSync(path, 1, 1);
    assert.deepEqual((await readAll(path, {}, first.cursors)).subjects, ['a', 'b']);
  });

  for (const packed of [false, true]) {
    test(`a grown ${packed ? 'gzip ' : ''}file is read from its old end`, async (t) => {
      const path = join(temporaryFolder(t), 'x.mbox');
      const pack = (text: string): Buffer => (packed ? gzipSync(text) : Buffer.from(text));
      writeFileSync(path, pack(entry('a') + entry('b')));
      const first = await readAll(path);
      appendFileSync(path, pack(entry('c')));
      const second = await readAll(path, {}, first.cursors);
      assert.deepEqual(second.subjects, ['c']);
      appendFileSync(path, pack(entry('d') + entry('e')));
      const third = await readAll(path, {}, second.cursors);
      assert.deepEqual(third.subjects, ['d', 'e']);
      const at = third.events.flatMap((event) => (event.kind === 'mail' ? [event.origin.at] : []));
      assert.deepEqual(at, [3 * entry('a').length, 4 * entry('a').length]);
    });
  }

  test('a mail that was cut when it was read is read again when it is whole', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    const whole = entry('a') + entry('b');
    for (const cut of [
      whole.length - 12,
      entry('a').length + 60,
      entry('a').length + 20,
      entry('a').length + 1,
    ]) {
      writeFileSync(path, whole.slice(0, cut));
      const first = await readAll(path);
      appendFileSync(path, whole.slice(cut) + entry('c'));
      const second = await readAll(path, {}, first.cursors);
      assert.deepEqual(second.subjects.slice(-2), ['b', 'c'], `cut at ${cut}`);
      const b = second.events.find((event) => event.kind === 'mail' && event.bytes.includes('Subject: b'));
      assert.ok(b?.kind === 'mail');
      assert.equal(b.bytes.toString(), mail('b'), `cut at ${cut}`);
    }
  });

  test('a last line without its end is no cut', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    writeFileSync(path, entry('a').trimEnd());
    const first = await readAll(path);
    appendFileSync(path, `\n\n${entry('b')}`);
    assert.deepEqual((await readAll(path, {}, first.cursors)).subjects, ['b']);
  });

  test('another file under the same name is read from the start', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    writeFileSync(path, entry('a') + entry('b'));
    const first = await readAll(path);
    writeFileSync(path, entry('y') + entry('z') + entry('more'));
    assert.deepEqual((await readAll(path, {}, first.cursors)).subjects, ['y', 'z', 'more']);
    truncateSync(path, entry('y').length);
    assert.deepEqual((await readAll(path, {}, first.cursors)).subjects, ['y']);
    writeFileSync(path, entry('a') + entry('x') + entry('c'));
    assert.deepEqual(
      (await readAll(path, {}, first.cursors)).subjects,
      ['a', 'x', 'c'],
      'same head, other tail',
    );
  });

  test('a cursor that is none of ours does no harm', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    writeFileSync(path, entry('a'));
    for (const text of ['', 'null', '{}', '[1]', '{"size":"x"}', 'nonsense']) {
      const found = await readAll(path, {}, new Map([['file', text]]));
      assert.deepEqual(found.subjects, ['a'], text);
    }
  });

  test('an interrupted run goes on where the last cursor was, and loses nothing', async (t) => {
    const path = join(temporaryFolder(t), 'x.mbox');
    const subjects = Array.from({ length: 60 }, (_, i) => `s${i}`);
    const filler = 'x'.repeat(70).concat('\n').repeat(7000);
    writeFileSync(path, subjects.map((s) => `${entry(s).trimEnd()}\n${filler}\n`).join(''));
    let cursors: ReadonlyMap<string, string> = new Map();
    const seen: string[] = [];
    let runs = 0;
    for (; runs < 100; runs++) {
      const { subjects: found, cursors: after, events } = await readAll(path, {}, cursors, 25);
      seen.push(...found);
      cursors = after;
      if (events.length === 0) break;
    }
    assert.deepEqual([...new Set(seen)], subjects);
    assert.ok(seen.length < 2 * subjects.length, `${seen.length} mails in ${runs} runs`);
    assert.ok(runs > 2);
  });
});
