// A mailbox of 5 GB, made while it is read: memory stays that of a few chunks and the largest mail, at any size.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSource } from '../../ingest/source/open.ts';

const GIGABYTE = 1e9;
const WANTED = 5 * GIGABYTE;
const LARGEST = 20_000_000;

const mail = (body: string): Buffer =>
  Buffer.from(
    `From ann@example.org Tue Mar  5 10:00:00 2024\nFrom: Ann <ann@example.org>\nSubject: made\n\n${body}\n\n`,
  );

async function* mailbox(): AsyncGenerator<Buffer> {
  const small = mail('A line of text as lists have them, with words.\n>From the start.\n'.repeat(60));
  const block = Buffer.concat(Array.from({ length: 250 }, () => small));
  for (let made = 0; made < WANTED; made += block.length) {
    yield block;
    if (made % GIGABYTE < block.length) yield mail('x'.repeat(LARGEST));
  }
}

test('5 GB of mbox stream through', { timeout: 300_000 }, async () => {
  const source = await openSource('-', { stdin: mailbox() });
  let read = 0;
  let mails = 0;
  let largest = 0;
  let memory = 0;
  for await (const event of source.read(new Map())) {
    assert.ok(event.kind === 'mail');
    read += event.bytes.length;
    largest = Math.max(largest, event.bytes.length);
    mails++;
    if (mails % 10_000 === 0) memory = Math.max(memory, process.memoryUsage().rss);
  }
  assert.ok(read > WANTED * 0.95 && largest > LARGEST, `${read} bytes in ${mails} mails`);
  assert.ok(memory < 400e6, `${Math.round(memory / 1e6)} MB resident`);
});
