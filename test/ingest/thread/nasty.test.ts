// The hostile mailboxes of ../shared/mail/nasty that are about threading. Skipped where that folder is absent.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildThreads } from '../../../ingest/thread/build.ts';
import { formDebates } from '../../../ingest/thread/debate.ts';
import type { Message } from '../../../model/message.ts';
import type { ThreadingRow } from '../../../model/thread.ts';
import { messagesOf } from '../../../pipeline/labeled.ts';
import { sketchOf } from './sketch.ts';

const folder = fileURLToPath(new URL('../../../../../shared/mail/nasty/', import.meta.url));
const skip = existsSync(folder) ? false : '../shared/mail/nasty is absent';

async function read(name: string): Promise<{ messages: Message[]; rows: Map<string, ThreadingRow> }> {
  const messages = await messagesOf(join(folder, name));
  const rows = new Map(
    messages.map((message) => [
      message.id,
      {
        id: message.id,
        time: message.time,
        subject: message.subject,
        fromName: message.from[0]?.name ?? '',
        fromAddress: message.from[0]?.address ?? '',
        inReplyTo: message.inReplyTo,
        references: message.references,
      },
    ]),
  );
  return { messages, rows };
}

test('03: loops, self references and repeated ids', { skip }, async () => {
  const { rows } = await read('03-cyclic-references.mbox');
  const expected =
    'cyc-a@nasty\n  cyc-b@nasty\n    cyc-c@nasty\n\n(x1@nasty)\n  (x2@nasty)\n    refs-loop@nasty\n\nself@nasty';
  assert.equal(sketchOf(buildThreads(rows.values())), expected);
  assert.equal(sketchOf(buildThreads([...rows.values()].toReversed())), expected);
});

test('32: absent root and middle, changed and bare subjects', { skip }, async () => {
  const { messages, rows } = await read('32-missing-parent.mbox');
  const threads = buildThreads(rows.values());
  assert.equal(
    sketchOf(threads),
    '(lost-root@nasty)\n  (lost-mid@nasty)\n    m32a@nasty\n    m32c@nasty\n  m32b@nasty\n  m32e@nasty\n\nm32d@nasty\n\nm32f@nasty',
  );
  const bodies = new Map(messages.map((message) => [message.id, message.body]));
  const drafts = formDebates('nasty', threads, rows, (id) => bodies.get(id) ?? '');
  // What is joined by its subject alone says so.
  for (const { threads: parts } of drafts) {
    for (const { thread, join, reason } of parts) {
      if (['m32d@nasty', 'm32f@nasty'].includes(thread.id)) {
        assert.deepEqual([join, reason], ['inferred-reply', 'same subject, within a day']);
      }
    }
  }
  assert.deepEqual(drafts.flatMap((draft) => draft.messageIds).toSorted(), [...rows.keys()].toSorted());
});

test('17: CRLF mails make one thread', { skip }, async () => {
  const { rows } = await read('17-crlf.mbox');
  const threads = buildThreads(rows.values());
  assert.equal(threads.length, 1);
  assert.equal(threads[0]?.nodes.length, 2);
});
