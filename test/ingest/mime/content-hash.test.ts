import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentHash } from '../../../ingest/mime/content-hash.ts';
import { parseMessage } from '../../../ingest/mime/parse.ts';

const base = {
  from: 'From: Alice <alice@example.org>',
  to: 'To: list@example.org',
  subject: 'Subject: Re: a question',
  date: 'Date: Tue, 05 Mar 2024 10:00:00 +0000',
  id: 'Message-ID: <m@example.org>',
  references: 'References: <a@example.org> <b@example.org>',
  body: '\nHello all,\n\nyes.\n',
};

async function hash(change: Partial<typeof base & { extra: string }> = {}): Promise<string> {
  const { body, extra = '', ...fields } = { ...base, ...change };
  return contentHash(Buffer.from(`${extra}${Object.values(fields).join('\n')}\n${body}`));
}

const same: Readonly<Record<string, Parameters<typeof hash>[0]>> = {
  'trace and list fields': {
    extra: 'Received: from a by b; Tue, 05 Mar 2024 10:00:05 +0000\nList-Id: <x>\n',
  },
  'line ends': { body: '\r\nHello all,\r\n\r\nyes.\r\n' },
  'blanks at line ends and around the text': { body: '\n\nHello all, \n\nyes.\n\n\n' },
  'a subject tag of the list': { subject: 'Subject: Re: [list] a question' },
  'a Mailman footer': {
    body: '\nHello all,\n\nyes.\n\n_______________________________________________\nlist mailing list\nlist@example.org\n',
  },
  'a majordomo footer': {
    body: '\nHello all,\n\nyes.\n\n--\nTo unsubscribe from this list: send the line "unsubscribe list"\n',
  },
  'the order of references': { references: 'References: <b@example.org>\n <a@example.org>' },
  'the case of an address and a display name': { from: 'From: "A. Lice" <Alice@example.org>' },
};

for (const [what, change] of Object.entries(same)) {
  test(`content hash: ${what} do not count`, async () => assert.equal(await hash(change), await hash()));
}

const different: Readonly<Record<string, Parameters<typeof hash>[0]>> = {
  sender: { from: 'From: Bob <bob@example.org>' },
  recipient: { to: 'To: other@example.org' },
  subject: { subject: 'Subject: Re: another question' },
  date: { date: 'Date: Tue, 05 Mar 2024 10:00:01 +0000' },
  id: { id: 'Message-ID: <n@example.org>' },
  references: { references: 'References: <a@example.org>' },
  text: { body: '\nHello all,\n\nno.\n' },
  'a signature is text': { body: '\nHello all,\n\nyes.\n\n-- \nAlice\n' },
};

for (const [what, change] of Object.entries(different)) {
  test(`content hash: ${what} counts`, async () => assert.notEqual(await hash(change), await hash()));
}

test('the hash of a message is that of its mail, and stays what it is', async () => {
  const raw = Buffer.from('From: a@example.org\nSubject: s\nMessage-ID: <m@example.org>\n\ntext\n');
  const message = await parseMessage(raw);
  assert.equal(contentHash(message), await contentHash(raw));
  assert.equal(contentHash(message), '9bb6ed2030fe171ffc863ded84d29a47a963e941c45cde7206e7b267b11a1492');
});

test('fields cannot be shifted into each other', async () => {
  const one = await hash({ subject: 'Subject: a', to: 'To: b@example.org' });
  const two = await hash({ subject: 'Subject: a b@example.org', to: 'To:' });
  assert.notEqual(one, two);
});
