// Reports straight from a source, without a database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSource } from '../../pipeline/add.ts';
import { debatesOfFile } from '../../pipeline/report-file.ts';
import { mail } from '../ingest/source/made-git.ts';
import { madeStore } from '../store/made.ts';
import { madeArchive, madeSource } from './made-source.ts';
import type { FileDebate, FileOptions } from '../../pipeline/report-file.ts';
import type { MadeEvent } from './made-source.ts';

async function debates(events: readonly MadeEvent[], more: Partial<FileOptions> = {}): Promise<FileDebate[]> {
  const found: FileDebate[] = [];
  for await (const one of debatesOfFile(madeSource('/made', events), { version: '0', one: false, ...more })) {
    found.push(one);
  }
  return found;
}

test('a file gives one report for each debate, the same as a database would', async (t) => {
  const events = madeArchive(60);
  const store = madeStore(t);
  await addSource(store, madeSource('/made', events), { list: 'made', analyze: true, version: '0' });
  const found = await debates(events);
  const byId = new Map(found.map(({ debate, report }) => [debate.id, { debate, report }]));
  const states = store.debateStates('made');
  assert.equal(found.length, states.length);
  for (const { id } of states) {
    assert.deepEqual(byId.get(id)?.debate, store.debate(id, 'made'), id);
    assert.deepEqual(byId.get(id)?.report, store.report(id, 'made'), id);
  }
});

test('with `one` the whole file is a single debate under the given name', async () => {
  const events: MadeEvent[] = [
    ['m', mail('a')],
    ['m', mail('b')],
    ['m', mail('a')],
  ];
  assert.equal((await debates(events)).length, 2);
  const [only, ...others] = await debates(events, { one: true, threadId: 'stem', list: 'named' });
  assert.deepEqual(others, []);
  assert.equal(only?.debate.messages.length, 2);
  assert.equal(only?.ledger.entries.length, 2);
  assert.equal(only?.report.threadId, 'stem');
  assert.equal(only?.debate.list, 'named');
});

test('removals and odd places are honored, and nothing comes of nothing', async () => {
  const seen: string[] = [];
  const found = await debates(
    [
      ['m', mail('a')],
      ['reject', 'garbage'],
      ['d', mail('a')],
      ['m', mail('b')],
    ],
    { onDefect: (kind, { detail }) => seen.push(`${kind} ${detail}`) },
  );
  assert.deepEqual(
    found.map(({ debate }) => debate.id),
    ['b@example.org'],
  );
  assert.deepEqual(seen, ['reject garbage']);
  assert.deepEqual(await debates([]), []);
  assert.deepEqual(await debates([], { one: true }), []);
});
