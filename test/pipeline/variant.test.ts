// Several mails under one Message-ID: all kept, one shown, and the report says so, from a file as from a database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSource } from '../../pipeline/add.ts';
import { readDebate } from '../../pipeline/read.ts';
import { debatesOfFile, type FileDebate } from '../../pipeline/report-file.ts';
import { variantEntry } from '../../pipeline/variant.ts';
import { mail } from '../ingest/source/made-git.ts';
import { madeStore } from '../store/made.ts';
import { madeSource, type MadeEvent } from './made-source.ts';

const events: MadeEvent[] = [
  ['m', mail('a', { body: 'The first text.\n' })],
  ['m', mail('b', { reply: 'a' })],
  ['m', mail('a', { body: 'Quite another text.\n' })],
  ['m', `Received: twice\n${mail('a', { body: 'Quite another text.\n' })}`],
];

async function debates(one: boolean): Promise<FileDebate[]> {
  const found: FileDebate[] = [];
  for await (const debate of debatesOfFile(madeSource('/made', events), { version: '0', one }))
    found.push(debate);
  return found;
}

test('a file and a database keep both, and say so', async (t) => {
  const store = madeStore(t);
  await addSource(store, madeSource('/made', events), { list: 'made', analyze: true, version: '0' });
  const [file, ...more] = await debates(false);
  assert.deepEqual(more, []);
  const stored = readDebate(store, 'b@example.org', 'made', { version: '0' });
  assert.equal(file?.debate.messages.length, 2);
  assert.equal(file?.variants.length, 1);
  assert.deepEqual(stored?.variants, file?.variants);
  assert.deepEqual(stored?.report, file?.report);
  assert.match(
    file?.report.notes?.join(' ') ?? '',
    /several mails with different content under <a@example\.org>:/,
  );
  const bodies = [...file.debate.messages, ...file.variants].map(({ body }) => body);
  for (const words of ['The first text.', 'Quite another text.'])
    assert.equal(bodies.filter((body) => body.includes(words)).length, 1, words);
});

test('the ledger entry of a variant tiles its body and names the reason', async () => {
  const [file] = await debates(true);
  const [variant] = file?.variants ?? [];
  assert.ok(variant);
  const { message, segments } = variantEntry(variant);
  assert.deepEqual(
    message.defects.map(({ code }) => code),
    ['message-id-reused'],
  );
  assert.deepEqual([segments[0]?.start, segments.at(-1)?.end], [0, message.body.length]);
});
