// Opening, and what an operator is told when it cannot be.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { Fault } from '../../model/fault.ts';
import { latestVersion } from '../../store/connection.ts';
import { openStore } from '../../store/open.ts';
import { faultOf } from '../../store/sqlite-fault.ts';
import { added, message, scratch } from './made.ts';
import type { ExitName } from '../../model/fault.ts';

function fault(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Fault, `not a Fault: ${String(error)}`);
    return error;
  }
  throw new assert.AssertionError({ message: 'no fault was thrown' });
}

test('a database is made with its folder, and opened again', (t) => {
  const path = join(scratch(t), 'deep', 'folder', 'hum.db');
  openStore(path).close();
  const store = openStore(path);
  store.addMessage('l', added(message('a')));
  store.close();
  const reader = openStore(path, { readonly: true });
  assert.equal(reader.message('a@example.org')?.subject, 'About a');
  assert.throws(() => reader.addMessage('l', added(message('b'))), Fault);
  reader.close();
});

test('files that are no usable database are faults with a remedy', (t) => {
  const dir = scratch(t);
  const newer = join(dir, 'newer.db');
  openStore(newer).close();
  const db = new Database(newer);
  db.pragma(`user_version = ${latestVersion + 1}`);
  db.close();
  const foreign = join(dir, 'foreign.db');
  const other = new Database(foreign);
  other.exec('CREATE TABLE bookmarks (url TEXT)');
  other.close();
  const garbage = join(dir, 'garbage.db');
  writeFileSync(garbage, 'this is not a database, but long enough to have a header of one\n'.repeat(100));
  mkdirSync(join(dir, 'folder'));
  const before = readFileSync(foreign);

  const table: readonly (readonly [string, boolean, ExitName, RegExp])[] = [
    [newer, false, 'config', /made by a newer version of Hum/],
    [newer, true, 'config', /made by a newer version of Hum/],
    [foreign, false, 'config', /database of another program/],
    [garbage, false, 'config', /is not a Hum database/],
    [join(dir, 'folder'), false, 'config', /is a folder/],
    [join(dir, 'absent.db'), true, 'noInput', /there is no database/],
  ];
  for (const [path, readonly, exit, text] of table) {
    const found = fault(() => openStore(path, { readonly }));
    assert.equal(found.exit, exit, path);
    assert.match(found.message, text);
    assert.notEqual(found.remedy, '');
  }
  assert.ok(!existsSync(join(dir, 'absent.db')), 'reading makes no file');
  assert.deepEqual(readFileSync(foreign), before, 'what is not ours is not touched');
});

test('a half-written file is a fault, not a crash', (t) => {
  const path = join(scratch(t), 'cut.db');
  const store = openStore(path);
  store.transaction(() => {
    for (let index = 0; index < 300; index += 1) {
      store.addMessage('l', added(message(`m${index}`, { body: `${index} ${'words '.repeat(index)}\n` })));
    }
  });
  store.optimize(true);
  store.close();
  truncateSync(path, Math.floor(statSync(path).size / 2));
  const found = fault(() => {
    const cut = openStore(path);
    try {
      const problems = cut.check();
      assert.deepEqual(problems, [], 'damage is told one way or the other');
    } finally {
      cut.close();
    }
  });
  assert.equal(found.exit, 'config');
  assert.match(found.message, /damaged/);
});

test(
  'no permission is told as such',
  { skip: process.getuid?.() === 0 ? 'root may write anywhere' : false },
  (t) => {
    const dir = scratch(t);
    chmodSync(dir, 0o555);
    assert.equal(fault(() => openStore(join(dir, 'x.db'))).exit, 'permission');
    chmodSync(dir, 0o755);
  },
);

test('errors of SQLite and the file system become faults', () => {
  const table: readonly (readonly [string, ExitName])[] = [
    ['SQLITE_FULL', 'io'],
    ['ENOSPC', 'io'],
    ['SQLITE_IOERR_WRITE', 'io'],
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_NOTADB', 'config'],
    ['SQLITE_CORRUPT', 'config'],
    ['SQLITE_CORRUPT_VTAB', 'config'],
    ['SQLITE_READONLY', 'permission'],
    ['SQLITE_CANTOPEN', 'permission'],
    ['EACCES', 'permission'],
  ];
  for (const [code, exit] of table) {
    const found = faultOf(Object.assign(new Error('x'), { code }), '/some/hum.db');
    assert.ok(found instanceof Fault, code);
    assert.equal(found.exit, exit, code);
    assert.match(found.message, /\/some\/hum\.db/);
  }
  const bug = new Error('a bug');
  assert.equal(faultOf(bug, 'x'), bug);
  const given = new Fault('usage', 'a', 'b');
  assert.equal(faultOf(given, 'x'), given);
});

const child = new URL('store-child.js', import.meta.url).pathname;

test(
  'a full disk ends in a fault, and what was stored before stays readable',
  { skip: process.platform === 'win32' },
  (t) => {
    const path = join(scratch(t), 'full.db');
    // The limit on file size stands for the disk: writing beyond it fails.
    let said = '';
    try {
      execFileSync('bash', ['-c', `ulimit -f 600; exec "$0" "$1" fill "$2"`, process.execPath, child, path], {
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      });
    } catch (error) {
      said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    }
    assert.match(said, /^stored \d+\nfault io no space left|^stored \d+\nfault io reading or writing/);
    const stored = Number(/^stored (\d+)/.exec(said)?.[1]);
    const store = openStore(path);
    t.after(() => store.close());
    assert.ok(stored > 0);
    assert.equal(store.counts().messages, stored);
    assert.deepEqual(store.check(), []);
    assert.equal(store.addMessage('l', added(message('afterwards'))), 'added');
  },
);

test('one writer at a time; the second is told who; a killed one holds nothing', async (t) => {
  const path = join(scratch(t), 'lock.db');
  const store = openStore(path);
  t.after(() => store.close());
  const holder = spawn(process.execPath, [child, 'hold', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  const busy = fault(() => store.lockWriter());
  assert.equal(busy.exit, 'busy');
  assert.match(busy.message, new RegExp(`process ${holder.pid} is writing`));
  // Reading goes on meanwhile.
  assert.equal(store.counts().messages, 0);
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const release = store.lockWriter();
  assert.equal(fault(() => store.lockWriter()).exit, 'busy');
  release();
  store.lockWriter()();
});
