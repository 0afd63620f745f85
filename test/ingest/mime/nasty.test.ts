// The hostile mails of ../shared/mail/nasty: what must be kept and what must be told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../../model/message.ts';
import { parseMessage } from '../../../ingest/mime/parse.ts';
import { mailsOf, missing, sharedFiles } from './shared-mail.ts';

async function decode(case_: string): Promise<readonly Message[]> {
  const [file] = sharedFiles('nasty', new RegExp(`^${case_}-`));
  assert.ok(file, `case ${case_}`);
  const messages: Message[] = [];
  for await (const mail of mailsOf(file.path)) {
    messages.push(await parseMessage(mail.bytes, { provenance: mail.provenance, defects: mail.defects }));
  }
  return messages;
}

/** Number of mails, and a word each body must hold ('' when it has none). */
const kept: readonly (readonly [string, readonly string[]])[] = [
  ['01', ['zz01']],
  ['02', ['zz02 a', 'zz02 b', 'zz02 c', 'zz02 d', 'zz02 e', 'zz02 f']],
  ['03', ['zz03', 'zz03', 'zz03', 'zz03', 'zz03']],
  ['04', ['zz04']],
  ['06', ['zz06tail']],
  ['07', ['zz07 utf8', 'zz07 latin1', 'zz07 mixed']],
  ['08', Array.from({ length: 9 }, (_, n) => `Grüße zz08 marker${n}`)],
  ['10', ['part 4999 zz10']],
  ['11', ['zz11', '', 'zz11c', 'zz11d', 'zz11e']],
  ['13', ['', '']],
  ['14', ['', '']],
  ['16', ['zz16 whole', 'zz16 text', '']],
  ['17', ['zz17', 'zz17']],
  ['20', ['zz20 body']],
  ['21', Array.from({ length: 15 }, () => 'zz21')],
  ['23', ['zz23 split']],
  ['24', ['', '', '', '']],
  ['25', ['zz25', 'zz25', 'zz25']],
  ['26', ['zz26', '', 'zz26']],
  ['27', ['zz27', '']],
  ['29', ['', '']],
  ['32', Array.from({ length: 6 }, () => '')],
  ['39', ['just a body zz39', '', '']],
];

for (const [number, words] of kept) {
  test(`nasty ${number}: every mail and its text is kept`, { skip: missing }, async () => {
    const messages = await decode(number);
    assert.equal(messages.length, words.length);
    for (const [at, message] of messages.entries()) {
      const word = words[at] ?? '';
      assert.ok(message.body.includes(word), `${word} in ${JSON.stringify(message.body.slice(0, 200))}`);
      assert.doesNotMatch(`${message.id}${message.subject}${message.body}`, /[\0\r]/);
      assert.notEqual(message.id, '');
    }
    assert.equal(new Set(messages.map(({ id }) => id)).size, messages.length);
  });
}

const codes = (message: Message | undefined): readonly string[] =>
  (message?.defects ?? []).map(({ code }) => code);

test('nasty 01: known headers survive bad lines, each bad line is told', { skip: missing }, async () => {
  const [message] = await decode('01');
  assert.equal(message?.subject, 'space before colon');
  assert.equal(message?.id, 'm01@nasty');
  assert.deepEqual(message?.from, [{ name: 'Alice', address: 'alice@example.org' }]);
  assert.deepEqual(message?.to, [{ name: 'unterminated', address: 'list@example.org' }]);
  assert.deepEqual(codes(message), [
    'header-malformed-line',
    'header-malformed-line',
    'header-repeated',
    'header-repeated',
    'header-malformed-line',
    'address-unclosed',
    'in-reply-to-without-id',
  ]);
});

test('nasty 02: ids', { skip: missing }, async () => {
  const messages = await decode('02');
  assert.deepEqual(
    messages.map(({ syntheticId }) => syntheticId),
    [true, true, true, false, true, false],
  );
  assert.deepEqual(
    messages.map(({ id }) => id),
    (await decode('02')).map(({ id }) => id),
  );
  assert.equal(messages[3]?.id, 'bare-no-brackets@nasty');
  assert.equal(messages[5]?.id, 'two-a@nasty');
});

test('nasty 07 and 08: charsets', { skip: missing }, async () => {
  const headers = await decode('07');
  assert.deepEqual(
    headers.map(({ from, subject }) => [from[0]?.name, subject]),
    [
      ['Jürgen Müller', 'raw utf-8 Grüße 日本'],
      ['Jürgen Müller', 'raw latin-1 Grüße'],
      ['ÿþ', 'mixed ü and ü'],
    ],
  );
});

test('nasty 10 and 11: caps are told', { skip: missing }, async () => {
  assert.deepEqual(codes((await decode('10'))[0]), ['mime-parts']);
  const deep = await decode('11');
  assert.deepEqual(deep.map(codes), [
    ['mime-depth'],
    ['text-absent'],
    ['multipart-unclosed'],
    ['multipart-without-boundary'],
    [],
  ]);
  assert.deepEqual(
    deep[1]?.attachments.map(({ type }) => type),
    ['message/rfc822'],
  );
});

test('nasty 16: cut mails are told', { skip: missing }, async () => {
  const [, second, third] = await decode('16');
  assert.ok(codes(second).includes('truncated'));
  assert.ok(codes(third).includes('header-unterminated'));
});

test('nasty 20: RFC 2231', { skip: missing }, async () => {
  const [message] = await decode('20');
  assert.equal(message?.body, 'zz20 body');
  assert.deepEqual(message?.attachments, [{ name: 'passwd', type: 'text/x-diff', size: 40 }]);
});

test('nasty 21: the effective time', { skip: missing }, async () => {
  const messages = await decode('21');
  const sent = Date.UTC(2024, 2, 5, 10) / 1000;
  const received = sent + 5;
  assert.deepEqual(
    messages.map(({ time }) => time),
    [
      received, // far future
      received, // 1904
      received, // epoch
      received, // impossible
      sent + 5 * 3600, // two-digit year, EST
      received, // five-digit year
      received, // absurd zone
      received, // words
      received, // empty
      sent, // asctime
      sent, // ISO 8601
      sent, // nested comment
      sent, // wrong weekday
      received, // negative
      received, // absent
    ],
  );
  assert.equal(messages[3]?.date, 'Mon, 32 Foo 2019 25:61:61 +0000');
});

test('nasty 23: flowed text', { skip: missing }, async () => {
  const [message] = await decode('23');
  assert.equal(
    message?.body,
    [
      'This is a flowed paragraph zz23 split.',
      '',
      '> quoted flowed continues',
      '>> deeper',
      ' >not a quote (space stuffed)',
      'From stuffed',
      '-- ',
      'sig line one zz23sig',
      '',
    ].join('\n'),
  );
});

test('nasty 25, 26 and 27: HTML, OpenPGP, S/MIME', { skip: missing }, async () => {
  const html = await decode('25');
  assert.equal(html[0]?.body, 'Hello zz25 link\n> quoted');
  assert.equal(html[2]?.body, 'only html has text zz25');
  const pgp = await decode('26');
  assert.equal(pgp[0]?.body, 'signed text zz26');
  assert.ok(codes(pgp[1]).includes('encrypted'));
  assert.match(pgp[2]?.body ?? '', /^-- \nFrom dash escaped zz26\n+$/);
  const smime = await decode('27');
  assert.equal(smime[0]?.body, 'smime text zz27');
  assert.ok(codes(smime[1]).includes('signed-opaque'));
});
