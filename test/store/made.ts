// Made mails and stores for tests of storage and pipeline.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openStore } from '../../store/open.ts';
import type { Message } from '../../model/message.ts';
import type { Report } from '../../model/report.ts';
import type { DebateDraft } from '../../model/thread.ts';
import type { AddedMessage, Store } from '../../store/store.ts';

export function scratch(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'hum-test-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A store in a file of its own, closed and removed with the test. */
export function madeStore(t: TestContext): Store {
  const store = openStore(join(scratch(t), 'hum.db'));
  t.after(() => store.close());
  return store;
}

export function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id: `${id}@example.org`,
    syntheticId: false,
    provenance: 'mail',
    subject: `About ${id}`,
    from: [{ name: 'Ann Example', address: 'ann@example.org' }],
    to: [{ name: '', address: 'list@example.org' }],
    cc: [],
    replyTo: [],
    date: 'Mon, 14 Sep 2020 10:00:00 +0000',
    time: 1_600_077_600,
    inReplyTo: [],
    references: [],
    listId: '',
    headers: { 'x-mailer': 'made' },
    body: `The body of ${id}.\n`,
    attachments: [],
    defects: [],
    ...more,
  };
}

/** As the pipeline hands it to the store; `carrier` stands for the transport headers of this copy. */
export function added(one: Message, carrier = ''): AddedMessage {
  const raw = Buffer.from(
    `${carrier}Subject: ${one.subject}\nMessage-ID: <${one.id}>\n\n${one.body}`,
    'utf8',
  );
  const { defects: _, headers: __, ...content } = one;
  return {
    message: one,
    raw,
    origin: { source: 'made#0', at: createHash('sha1').update(raw).digest('hex') },
    contentHash: createHash('sha256').update(JSON.stringify(content)).digest('hex'),
    own: one.body,
    quoted: '',
  };
}

export function draft(id: string, list: string, names: readonly string[]): DebateDraft {
  const messageIds = names.map((name) => `${name}@example.org`);
  const root = `${id}@example.org`;
  const nodes = messageIds.map((messageId) => ({
    id: messageId,
    ghost: false,
    parent: messageId === root ? null : root,
    link: messageId === root ? ('root' as const) : ('references' as const),
    children: messageId === root ? messageIds.filter((other) => other !== root) : [],
  }));
  return {
    id: root,
    list,
    subject: `About ${id}`,
    threads: [{ thread: { id: root, nodes }, join: 'root', reason: 'first' }],
    nodes,
    messageIds,
  };
}

export function report(id: string, more: Partial<Report> = {}): Report {
  return {
    schemaVersion: '1.0',
    threadId: `${id}@example.org`,
    subject: `About ${id}`,
    rootMessageId: `${id}@example.org`,
    participants: [],
    messages: [],
    proposals: [],
    axes: [],
    stances: [],
    segments: [],
    decisions: [],
    questions: [],
    status: { value: 'open', basis: 'inferred', evidence: [] },
    summary: [],
    ...more,
  };
}
