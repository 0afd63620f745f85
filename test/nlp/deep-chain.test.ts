// A reply chain of many thousands costs memory in proportion to its messages, not to their square.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPeople } from '../../ingest/identity/people.ts';
import { parseMessage } from '../../ingest/mime/parse.ts';
import { debateOfMessages } from '../../ingest/thread/debate.ts';
import type { Message } from '../../model/message.ts';
import { analyzeDebate } from '../../nlp/analyze.ts';
import { buildLedger } from '../../nlp/ledger/build.ts';

const LENGTH = 12_000;

test(`a chain of ${LENGTH} replies is reported`, async () => {
  const messages: Message[] = [];
  for (let n = 0; n < LENGTH; n++) {
    const date = new Date(Date.UTC(2025, 0, 1) + n * 60_000).toUTCString();
    const above = n > 0 ? `In-Reply-To: <${n - 1}@chain.example.org>\n` : '';
    const body =
      n === 0
        ? 'We should drop the old format.'
        : `> line ${n - 1}\n\nline ${n}${n % 50 === 1 ? ', or is it?' : '.'}`;
    const raw = `From: P${n % 7} <p${n % 7}@example.org>\nMessage-ID: <${n}@chain.example.org>\n${above}Date: ${date}\nSubject: Re: chain\n\n${body}\n`;
    messages.push(await parseMessage(Buffer.from(raw)));
  }
  const debate = debateOfMessages('chain', messages);
  const ledger = buildLedger(debate);
  const people = buildPeople(debate.messages);
  const before = process.memoryUsage().heapUsed;
  const report = analyzeDebate(debate, ledger, { people, roles: new Map(), version: 'test' });
  assert.equal(report.messages.length, LENGTH);
  assert.equal(report.participants.length, 7);
  assert.ok((process.memoryUsage().heapUsed - before) / LENGTH < 50_000, 'more than 50 kB a message');
});
