// Worker threads: all answers, each once, also when workers die.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { addSource } from '../../pipeline/add.ts';
import { analyzeList } from '../../pipeline/analyze.ts';
import { analyzeStored } from '../../pipeline/analysis-worker.ts';
import { runOnWorkers } from '../../pipeline/worker-pool.ts';
import { openStore } from '../../store/open.ts';
import { dumpDatabase } from '../store/dump.ts';
import { madeStore, scratch } from '../store/made.ts';
import { madeArchive, madeSource } from './made-source.ts';
import type { Store } from '../../store/store.ts';

const script = new URL('pool-worker.js', import.meta.url);

async function answersTo(tasks: readonly string[], workers: number, data = ''): Promise<string[]> {
  const answers: string[] = [];
  const run = runOnWorkers<string, string>(tasks, {
    script,
    data,
    workers,
    portion: 3,
    lost: (task, error) => `lost ${task} (${error.message.slice(0, 8)})`,
  });
  for await (const some of run) answers.push(...some);
  return answers.toSorted();
}

test('every task is answered once', async () => {
  const tasks = Array.from({ length: 20 }, (_, index) => `t${index}`);
  for (const workers of [1, 3, 30]) {
    assert.deepEqual(await answersTo(tasks, workers), tasks.map((task) => `did ${task}`).toSorted());
  }
  assert.deepEqual(await answersTo([], 2), []);
});

test('tasks that end their worker are told as lost, the others are done', async () => {
  const tasks = ['a', 'throw', 'b', 'c', 'exit', 'd', 'e', 'throw', 'exit'];
  const expected = ['did a', 'did b', 'did c', 'did d', 'did e'];
  const answers = await answersTo(tasks, 2);
  assert.deepEqual(
    answers.filter((answer) => answer.startsWith('did')),
    expected,
  );
  assert.deepEqual(
    answers.filter((answer) => answer.startsWith('lost')).map((answer) => answer.split(' ')[1]),
    ['exit', 'exit', 'throw', 'throw'],
  );
});

test('workers that cannot start end the run', async () => {
  await assert.rejects(answersTo(['a', 'b'], 2, 'broken'), /cannot start/);
});

test('a consumer that stops leaves no worker', async () => {
  const tasks = Array.from({ length: 50 }, (_, index) => `t${index}`);
  const run = runOnWorkers<string, string>(tasks, { script, data: '', workers: 2, portion: 1, lost: String });
  for await (const some of run) {
    assert.equal(some.length, 1);
    break;
  }
});

test('analysis by workers and in one thread end in the same rows', async (t) => {
  const dir = scratch(t);
  const dumps = [];
  for (const workers of [0, 2]) {
    const path = join(dir, `${workers}.db`);
    const store = openStore(path);
    await addSource(store, madeSource('/made', madeArchive(80)), {
      list: 'made',
      analyze: false,
      version: '0',
    });
    const { analyzed, failed } = await analyzeList(store, 'made', { version: '0', workers });
    assert.equal(failed, 0);
    assert.equal(analyzed, store.counts().debates);
    store.close();
    dumps.push(dumpDatabase(path));
  }
  assert.deepEqual(dumps[0], dumps[1]);
});

test('a debate whose analysis fails is stored as failed and stops nothing', async (t) => {
  const store = madeStore(t);
  await addSource(store, madeSource('/made', madeArchive(40)), {
    list: 'made',
    analyze: false,
    version: '0',
  });
  const [bad] = store.debateStates('made');
  assert.ok(bad);
  const failing: Store = {
    ...store,
    debate: (id, list) => {
      if (id === bad.id) throw new TypeError('made to fail');
      return store.debate(id, list);
    },
  };
  assert.match(analyzeStored(failing, 'made', bad.id, { version: '0' }).failure ?? '', /made to fail/);
  const told: string[] = [];
  const first = await analyzeList(failing, 'made', {
    version: '0',
    workers: 0,
    onFailure: (id) => told.push(id),
  });
  assert.deepEqual([first.analyzed, first.failed], [store.counts().debates, 1]);
  assert.deepEqual(told, [bad.id]);
  assert.match(store.debateOf(bad.id)?.failure ?? '', /made to fail/);
  // Not tried again until something changes.
  assert.equal((await analyzeList(store, 'made', { version: '0', workers: 0 })).analyzed, 0);
});
