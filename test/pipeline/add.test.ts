// Adding sources: counts, resuming, interruption, order, isolation of failures.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { Fault } from '../../model/fault.ts';
import { addSource } from '../../pipeline/add.ts';
import { splitQuotes } from '../../pipeline/quote-split.ts';
import { syncSources } from '../../pipeline/sync.ts';
import { openStore } from '../../store/open.ts';
import { mail } from '../ingest/source/made-git.ts';
import { dumpDatabase } from '../store/dump.ts';
import { madeStore, scratch } from '../store/made.ts';
import { madeArchive, madeSource } from './made-source.ts';
import type { AddOptions, AddResult } from '../../pipeline/add.ts';
import type { Store } from '../../store/store.ts';
import type { MadeEvent } from './made-source.ts';

const options: AddOptions = { list: 'made', analyze: false, version: '0' };

function counts(result: AddResult): Partial<AddResult> {
  const { seconds, ...rest } = result;
  assert.ok(seconds >= 0);
  return rest;
}

function add(store: Store, events: readonly MadeEvent[], more: Partial<AddOptions> = {}): Promise<AddResult> {
  return addSource(store, madeSource('/made', events), { ...options, ...more });
}

test('every mail is added, a duplicate, or removed; a second run adds nothing', async (t) => {
  const store = madeStore(t);
  const events: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('b', { reply: 'a' })],
    ['m', `Received: elsewhere\n${mail('a')}`],
    ['m', mail('a', { body: 'Another text under the same id.\n' })],
    ['d', mail('b', { reply: 'a' })],
    ['d', mail('never there')],
    ['reject', 'garbage'],
    ['notice', 'an empty file'],
    ['m', mail('c', { reply: 'b' })],
  ];
  const seen: string[] = [];
  const first = await add(store, events, {
    onDefect: (kind, defect) => seen.push(`${kind} ${defect.detail}`),
  });
  assert.deepEqual(counts(first), {
    read: 5,
    added: 4,
    duplicates: 1,
    deleted: 1,
    rejected: 1,
    defects: 0,
    truncated: 0,
    known: 0,
    debates: 2,
    failed: 0,
    interrupted: false,
  });
  assert.deepEqual(seen, ['reject garbage', 'notice an empty file']);
  assert.equal(store.variants('a@example.org').length, 2);
  assert.equal(store.message('b@example.org'), undefined);
  assert.equal(store.rejects().length, 1);

  const again = {
    read: 0,
    added: 0,
    duplicates: 0,
    deleted: 0,
    rejected: 0,
    defects: 0,
    truncated: 0,
    known: 3,
    debates: 0,
  };
  assert.deepEqual(counts(await add(store, events)), { ...again, failed: 0, interrupted: false });
  // Without its cursor the same archive is read again and found to be known.
  const fresh = await addSource(store, madeSource('/copy', events.slice(0, 4)), options);
  assert.deepEqual([fresh.read, fresh.added, fresh.duplicates], [4, 1, 3]);
  assert.deepEqual(
    store.sources().map(({ source, kind }) => `${source} ${kind}`),
    ['/made mbox', '/copy mbox'],
  );
});

test('a mail on a second list is one message on two', async (t) => {
  const store = madeStore(t);
  await add(store, [['m', mail('a')]]);
  const result = await add(store, [['m', mail('a')]], { list: 'other' });
  assert.deepEqual([result.added, result.duplicates, result.debates], [1, 0, 1]);
  assert.deepEqual(store.listsOf('a@example.org'), ['made', 'other']);
  assert.equal(store.counts().messages, 1);
  // A copy that is kept instead of the one stored first leaves nothing undone on the other list.
  const copy = await add(store, [['m', `Received: a\n${mail('a')}`]], { list: 'third', analyze: true });
  assert.deepEqual([copy.added, copy.debates], [1, 1]);
  assert.match(store.raw('a@example.org', 'made')?.toString() ?? '', /^From: Ann/);
  const kept = await add(store, [['m', `Aa: first\n${mail('a')}`]], { list: 'fourth', analyze: true });
  assert.deepEqual([kept.added, kept.debates], [1, 4]);
  assert.match(store.raw('a@example.org', 'made')?.toString() ?? '', /^Aa: first/);
  assert.deepEqual(store.dirtyLists(), []);
  for (const list of store.listsOf('a@example.org')) assert.ok(store.report('a@example.org', list), list);
});

test('threads and debates follow what came and went', async (t) => {
  const store = madeStore(t);
  const events: MadeEvent[] = [['m', mail('a')]];
  const run = async (...more: MadeEvent[]): Promise<number> => {
    events.push(...more);
    return (await add(store, events)).debates;
  };
  const threads = (): Record<string, string> =>
    Object.fromEntries(
      [...store.threadIds('made')].map(({ id, thread }) => [id.slice(0, 1), thread.slice(0, 1)]),
    );
  assert.equal(await run(), 1);
  assert.equal(await run(['m', mail('x', { reply: 'lost' })]), 1);
  assert.equal(await run(), 0);
  assert.deepEqual(threads(), { a: 'a', x: 'x' });
  assert.equal(await run(['m', mail('b', { reply: 'a' })]), 1);
  assert.deepEqual(threads(), { a: 'a', b: 'a', x: 'x' });
  assert.equal(store.debateOf('b@example.org')?.messages, 2);
  assert.equal(await run(['d', mail('b', { reply: 'a' })]), 1);
  assert.equal(store.debateOf('a@example.org')?.messages, 1);
  assert.equal(await run(['d', mail('a')]), 0);
  assert.deepEqual(threads(), { x: 'x' });
  assert.equal(store.counts().debates, 1);
  assert.deepEqual(store.check(), []);
});

test('only debates that changed are analyzed, and another analysis does them all again', async (t) => {
  const store = madeStore(t);
  const events: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('b')],
  ];
  const analyzed: number[] = [];
  const run = async (more: Partial<AddOptions> = {}): Promise<number> => {
    let last = 0;
    await add(store, events, {
      analyze: true,
      onProgress: ({ phase, done }) => {
        if (phase === 'analyze') last = done;
      },
      ...more,
    });
    analyzed.push(last);
    return last;
  };
  assert.equal(await run(), 2);
  const before = store.report('b@example.org', 'made');
  assert.equal(before?.rootMessageId, 'b@example.org');
  assert.equal(await run(), 0);
  events.push(['m', mail('c', { reply: 'a' })]);
  assert.equal(await run(), 1);
  assert.deepEqual(store.report('b@example.org', 'made'), before);
  assert.equal(await run({ mailmap: 'Bo Example <bo@example.org> <ann@example.org>\n' }), 2);
  const mailmap = 'Bo Example <bo@example.org> <ann@example.org>\n';
  assert.equal(await run({ mailmap, roles: { applied: new Set(['ann@example.org']) } }), 2);
  assert.equal(await run({ mailmap, roles: { applied: new Set(['ann@example.org']) } }), 0);
  assert.equal(await run({ mailmap }), 2);
  // Debates left without report by an earlier run are done by the next.
  events.push(['m', mail('d')]);
  assert.equal(await run({ analyze: false }), 0);
  assert.equal(await run({ mailmap: 'Bo Example <bo@example.org> <ann@example.org>\n' }), 1);
});

test('a source that fails keeps what came before, and the next run goes on behind it', async (t) => {
  const store = madeStore(t);
  const start: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('b')],
  ];
  const broken = new Fault('badInput', 'the archive is damaged', 'mend it');
  await assert.rejects(add(store, [...start, ['throw', broken]]), (error) => error === broken);
  assert.equal(store.counts().messages, 2);
  assert.deepEqual([...store.cursors('/made', 'made')], [['0', '2']]);
  const rest = await add(store, [...start, ['m', mail('c')]]);
  assert.deepEqual([rest.read, rest.added, rest.debates], [1, 1, 3]);
});

test('a signal stops after a batch; the same call goes on', async (t) => {
  const store = madeStore(t);
  const events: MadeEvent[] = Array.from({ length: 2_500 }, (_, index) => ['m', mail(`n${index}`)] as const);
  const stop = new AbortController();
  const first = await add(store, events, {
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done >= 1) stop.abort();
    },
  });
  assert.equal(first.interrupted, true);
  assert.ok(first.added > 0 && first.added < 2_500, String(first.added));
  assert.equal(store.counts().messages, first.added);
  const second = await add(store, events);
  assert.equal(second.interrupted, false);
  assert.equal(first.added + second.added, 2_500);
  assert.equal(store.counts().debates, 2_500);
});

test('a second add at the same time is told who is at work', async (t) => {
  const path = join(scratch(t), 'hum.db');
  const store = openStore(path);
  const other = openStore(path);
  t.after(() => {
    store.close();
    other.close();
  });
  const release = store.lockWriter();
  await assert.rejects(add(other, [['m', mail('a')]]), (error) => {
    assert.ok(error instanceof Fault);
    assert.equal(error.exit, 'busy');
    assert.match(error.message, new RegExp(`process ${process.pid} `));
    return true;
  });
  release();
  assert.equal((await add(other, [['m', mail('a')]])).added, 1);
});

test('the order in which mails arrive does not matter', async (t) => {
  const mails = madeArchive(60).filter(([kind]) => kind === 'm');
  const readable = (store: Store): unknown => ({
    threads: [...store.threadIds('made')].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    debates: store.debates({ limit: 1_000, offset: 0 }),
    forms: store.debateStates('made').map(({ id }) => store.debate(id, 'made')),
    reports: store.debateStates('made').map(({ id }) => store.report(id, 'made')),
    raw: [...store.threadIds('made')].map(({ id }) => store.raw(id)?.toString('latin1')).toSorted(),
  });
  const run = async (events: readonly MadeEvent[]): Promise<unknown> => {
    const store = madeStore(t);
    await add(store, events, { analyze: true });
    assert.deepEqual(store.check(), []);
    return readable(store);
  };
  const expected = await run(mails);
  assert.deepEqual(await run(mails.toReversed()), expected);
  const shuffled = mails.toSorted(
    ([, a], [, b]) => ((String(a).length * 7919) % 101) - ((String(b).length * 7919) % 101),
  );
  assert.deepEqual(await run(shuffled), expected);
});

const child = new URL('add-child.js', import.meta.url).pathname;

/** Adds the made archive in a process that kills itself at its n-th call of the store; 0 lets it finish. */
function runChild(
  path: string,
  size: number,
  killAt: number,
): { readonly status: number | null; readonly calls: number } {
  const run = spawnSync(process.execPath, [child, path, String(size), String(killAt)], { encoding: 'utf8' });
  assert.equal(run.stderr, '');
  return { status: run.status, calls: Number(run.stdout) };
}

test('killed at any call of the store and run again, it ends in the same rows', (t) => {
  const dir = scratch(t);
  const size = 120;
  const whole = join(dir, 'whole.db');
  const { status, calls } = runChild(whole, size, 0);
  assert.equal(status, 0);
  const expected = dumpDatabase(whole);
  assert.ok((expected['message']?.length ?? 0) > 100);
  assert.ok((expected['debate_text']?.length ?? 0) > 10);
  assert.ok(
    expected['posting']?.every((row) => row.split(' | ')[3] === '0'),
    'nothing is left dirty',
  );

  const cut = join(dir, 'cut.db');
  // Each time a little later in the run, each time from what the killed one left.
  let killed = 0;
  for (const share of [0.02, 0.2, 0.35, 0.5, 0.6]) {
    if (runChild(cut, size, Math.max(1, Math.floor(calls * share))).status === null) killed += 1;
    const store = openStore(cut);
    assert.deepEqual(store.check(), []);
    store.close();
  }
  assert.ok(killed >= 3, `killed ${killed} times`);
  assert.equal(runChild(cut, size, 0).status, 0);
  const found = dumpDatabase(cut);
  for (const [table, rows] of Object.entries(expected)) assert.deepEqual(found[table], rows, table);
});

test('sync adds what is new in every remembered source; one that fails does not stop the rest', async (t) => {
  const store = madeStore(t);
  const archives = new Map<string, MadeEvent[]>([
    ['/one', [['m', mail('a')]]],
    ['/two', [['m', mail('b')]]],
    ['/three', [['m', mail('c')]]],
  ]);
  for (const [name, events] of archives) {
    await addSource(store, madeSource(name, events), { ...options, list: name.slice(1) });
  }
  await addSource(store, madeSource('-', [['m', mail('stdin')]]), options);
  archives.get('/one')?.push(['m', mail('a2')]);
  archives.delete('/two');
  archives.get('/three')?.push(['m', mail('c2')], ['m', mail('c3')]);
  const open = (name: string): Promise<ReturnType<typeof madeSource>> => {
    const events = archives.get(name);
    return events === undefined
      ? Promise.reject(new Fault('noInput', `${name} is gone`, 'bring it back'))
      : Promise.resolve(madeSource(name, events));
  };
  const { list: _list, ...rest } = options;
  const told: string[] = [];
  for await (const { source, result, fault } of syncSources(store, { ...rest, open })) {
    told.push(`${source.source} ${source.list} ${result?.added ?? fault?.exit}`);
  }
  assert.deepEqual(told, ['/one one 1', '/two two noInput', '/three three 2']);
  const only: string[] = [];
  for await (const { source } of syncSources(store, { ...rest, open, list: 'three' }))
    only.push(source.source);
  assert.deepEqual(only, ['/three']);
});

test('own and quoted lines are told apart by their first character', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['', '', ''],
    ['own\n', 'own\n', ''],
    ['> q', '', '> q'],
    ['a\n> b\n>> c\n\nd', 'a\n\nd', '> b\n>> c\n'],
    ['   > deep\n    > code\n', '    > code\n', '   > deep\n'],
    ['a > b\n', 'a > b\n', ''],
    ['>\n>\n', '', '>\n>\n'],
    ['\n\n> x\n\n', '\n\n\n', '> x\n'],
  ];
  for (const [body, own, quoted] of table)
    assert.deepEqual(splitQuotes(body), { own, quoted }, JSON.stringify(body));
  const long = '>'.repeat(200_000) + '\n'.repeat(200_000) + '> x\n'.repeat(50_000);
  assert.equal(splitQuotes(long).own.length + splitQuotes(long).quoted.length, long.length);
});

test('a purge is followed: what only the rewritten part brought, and holds no more, is deleted', async (t) => {
  const store = madeStore(t);
  const before: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('secret', { reply: 'a' })],
    ['m', mail('shared')],
    ['m', mail('late')],
  ];
  await add(store, before);
  await addSource(store, madeSource('/elsewhere', [['m', mail('shared')]]), options);
  const after: MadeEvent[] = [
    ...before,
    ['restart', ''],
    ['m', mail('a')],
    ['m', mail('late')],
    ['d', mail('late')],
    ['m', mail('new')],
  ];
  const result = await add(store, after);
  assert.deepEqual([result.read, result.added, result.duplicates, result.deleted], [3, 1, 2, 2]);
  assert.deepEqual(
    ['a', 'secret', 'shared', 'late', 'new'].filter((name) => store.message(`${name}@example.org`)),
    ['a', 'shared', 'new'],
  );
  assert.equal(store.debateOf('a@example.org')?.messages, 1);
  assert.equal((await add(store, after)).deleted, 0);
  // What is left of it now stands with the other source, and goes when that is purged.
  const other: MadeEvent[] = [
    ['m', mail('shared')],
    ['restart', ''],
    ['m', mail('new')],
  ];
  await addSource(store, madeSource('/elsewhere', other), options);
  assert.ok(store.message('shared@example.org'), 'another archive under the same name takes nothing away');
  assert.deepEqual(store.check(), []);
});

test('an interrupted reading of a rewritten part begins again and ends the same', async (t) => {
  const store = madeStore(t);
  const before: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('secret')],
  ];
  await add(store, before);
  const after: MadeEvent[] = [...before, ['restart', ''], ['m', mail('a')], ['m', mail('b')]];
  const cut = new Error('cut');
  await assert.rejects(add(store, [...after.slice(0, 4), ['throw', cut], ...after.slice(4)]), cut);
  assert.ok(store.message('secret@example.org'));
  assert.equal((await add(store, after)).deleted, 1);
  assert.equal(store.message('secret@example.org'), undefined);
});

test('a source that ends inside a mail is counted, and every oddity is told with its place', async (t) => {
  const store = madeStore(t);
  const told: string[] = [];
  const cut = mail('cut', {
    headers: 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=B\n',
    body: '--B\n\nText.\n--B\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nAAAAAAA',
  });
  const result = await add(store, [['m', cut]], {
    onRepair: (defect, origin, id) => told.push(`${id} ${origin.source}:${origin.at} ${defect.code}`),
  });
  assert.deepEqual([result.added, result.truncated, result.defects], [1, 1, 1]);
  assert.deepEqual(told, ['cut@example.org /made#0:0 truncated']);
  const [odd] = store.defects({ limit: 10, offset: 0 });
  assert.deepEqual(odd?.origin, { source: '/made#0', at: 0 });
});
