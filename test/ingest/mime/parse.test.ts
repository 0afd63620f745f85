import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../../model/message.ts';
import { parseMessage, parseMessageSlow } from '../../../ingest/mime/parse.ts';

const mail = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\n'), 'latin1');

/** The fast answer; the mail must not need mailparser. */
function parseNow(raw: Buffer): Message {
  const message = parseMessage(raw);
  assert.ok(!(message instanceof Promise), 'went through mailparser');
  return message;
}

const head = [
  'From: Alice <alice@example.org>',
  'Date: Tue, 05 Mar 2024 10:00:00 +0000',
  'Message-ID: <m@example.org>',
];

test('a mail becomes exactly this message', () => {
  const raw = mail(
    'Return-Path: <alice@example.org>',
    'Received: from a by b; Tue, 05 Mar 2024 10:00:05 +0000',
    'From: =?utf-8?Q?Alice_=C3=84rmel?= <Alice@Example.org>',
    'To: "The, list" <list@example.org>, bob@example.org',
    'Cc: Carol <carol@example.org>',
    'Cc: dave@example.org',
    'Reply-To: list@example.org',
    'Subject: Re: [PATCH v2]\n =?iso-8859-1?Q?gr=F6=DFer?= is better',
    'Date: Tue,  5 Mar 2024 11:00:00 +0100 (CET)',
    'Message-ID: <two@example.org>',
    'In-Reply-To: <one@example.org>',
    'References: <zero@example.org>\n\t<one@example.org>',
    'List-Id: The list <list.example.org>',
    'User-Agent: Mutt/2.0',
    'X-Mailer: none',
    'X-Patchwork-Delegate: carol@example.org',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '> a question=20',
    'Yes, f=FCr sure.',
    '',
  );
  assert.deepEqual(parseNow(raw), {
    id: 'two@example.org',
    syntheticId: false,
    provenance: 'mail',
    subject: 'Re: [PATCH v2] größer is better',
    from: [{ name: 'Alice Ärmel', address: 'Alice@Example.org' }],
    to: [
      { name: 'The, list', address: 'list@example.org' },
      { name: '', address: 'bob@example.org' },
    ],
    cc: [
      { name: 'Carol', address: 'carol@example.org' },
      { name: '', address: 'dave@example.org' },
    ],
    replyTo: [{ name: '', address: 'list@example.org' }],
    date: 'Tue,  5 Mar 2024 11:00:00 +0100 (CET)',
    time: Date.UTC(2024, 2, 5, 10) / 1000,
    inReplyTo: ['one@example.org'],
    references: ['zero@example.org', 'one@example.org'],
    listId: 'list.example.org',
    headers: { 'user-agent': 'Mutt/2.0', 'x-mailer': 'none', 'x-patchwork-delegate': 'carol@example.org' },
    body: '> a question \nYes, für sure.\n',
    attachments: [],
    defects: [],
  });
});

interface BodyRow {
  readonly why: string;
  readonly raw: readonly string[];
  readonly body: string;
  readonly defects?: readonly string[];
  readonly attachments?: readonly string[];
}

const multipart = (type: string, ...parts: readonly (readonly string[])[]): readonly string[] => [
  `Content-Type: ${type}; boundary="=_b"`,
  '',
  ...parts.flatMap((part) => ['--=_b', ...part]),
  '--=_b--',
  '',
];

const rows: readonly BodyRow[] = [
  { why: 'CRLF, lone CR and CR CR LF', raw: ['', 'a\r\nb\rc\r\r\nd'], body: 'a\nb\nc\nd' },
  { why: 'a byte order mark', raw: ['', '\xef\xbb\xbfHello'], body: 'Hello' },
  { why: 'NUL keeps its place', raw: ['', 'a\0b\n\0\0c'], body: 'a\ufffdb\n\ufffd\ufffdc', defects: ['nul'] },
  {
    why: 'text parts are joined by a line feed',
    raw: multipart('multipart/mixed', ['', 'one'], ['Content-Type: text/plain', '', 'two', '']),
    body: 'one\ntwo\n',
  },
  {
    why: 'text wins over HTML',
    raw: multipart('multipart/alternative', ['', 'plain'], ['Content-Type: text/html', '', '<p>rich</p>']),
    body: 'plain',
  },
  {
    why: 'HTML where the text part is empty',
    raw: multipart('multipart/alternative', ['', ' '], ['Content-Type: text/html', '', '<p>rich</p>']),
    body: 'rich',
    defects: ['html-only'],
  },
  {
    why: 'attachments are listed under safe names, not read',
    raw: multipart(
      'multipart/mixed',
      ['', 'see attachment'],
      ['Content-Type: text/plain', 'Content-Disposition: attachment; filename="../../etc/\u0000passwd"', '', 'secret'],
      ['Content-Type: application/x-thing; name=..', 'Content-Transfer-Encoding: base64', '', 'aGVsbG8='],
      ['Content-Type: image/png; name="C:\\\\dir\\\\a\x01b.png"', '', 'png'],
    ),
    body: 'see attachment',
    attachments: ['passwd text/plain 6', ' application/x-thing 5', 'ab.png image/png 3'],
  },
  {
    why: 'an attached message is a part, not text of its bearer',
    raw: multipart('multipart/mixed', ['', 'forwarded:'], ['Content-Type: message/rfc822', '', 'Subject: x', '', 'inner']),
    body: 'forwarded:',
    attachments: [' message/rfc822 17'],
  },
  {
    why: 'an attachment alone leaves no text, and says so',
    raw: ['Content-Type: application/pdf', '', '%PDF'],
    body: '',
    defects: ['text-absent'],
    attachments: [' application/pdf 4'],
  },
  {
    why: 'PGP/MIME signature',
    raw: multipart('multipart/signed', ['', 'signed'], ['Content-Type: application/pgp-signature; name=s.asc', '', 'iQ']),
    body: 'signed',
    attachments: ['s.asc application/pgp-signature 2'],
  },
  {
    why: 'PGP/MIME encryption',
    raw: multipart('multipart/encrypted', ['Content-Type: application/pgp-encrypted', '', 'Version: 1'], ['Content-Type: application/octet-stream', '', 'hQE']),
    body: '',
    defects: ['text-absent', 'encrypted'],
    attachments: [' application/pgp-encrypted 10', ' application/octet-stream 3'],
  },
  {
    why: 'S/MIME opaque signature',
    raw: ['Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', 'Content-Transfer-Encoding: base64', '', 'MIIG'],
    body: '',
    defects: ['text-absent', 'signed-opaque'],
    attachments: ['smime.p7m application/pkcs7-mime 3'],
  },
  {
    why: 'S/MIME encryption',
    raw: ['Content-Type: application/x-pkcs7-mime', '', 'MIIG'],
    body: '',
    defects: ['text-absent', 'encrypted'],
    attachments: [' application/x-pkcs7-mime 4'],
  },
  {
    why: 'flowed text, then inline PGP',
    raw: [
      'Content-Type: text/plain; format=flowed', '', '-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '',
      'one ', 'line', '- -- ', '-----BEGIN PGP SIGNATURE-----', '', 'iQ', '-----END PGP SIGNATURE-----',
    ],
    body: 'one line\n-- ',
  },
  {
    why: 'base64 of a charset',
    raw: ['Content-Type: text/plain; charset=gb18030', 'Content-Transfer-Encoding: base64', '', '1tDOxA=='],
    body: '中文',
  },
]; // prettier-ignore

for (const { why, raw, body, defects = [], attachments = [] } of rows) {
  test(`body: ${why}`, async () => {
    const bytes = mail(...head, ...raw);
    const fast = parseNow(bytes);
    assert.equal(fast.body, body);
    assert.deepEqual(
      fast.defects.map((defect) => defect.code),
      defects,
    );
    assert.deepEqual(
      fast.attachments.map(({ name, type, size }) => `${name} ${type} ${size}`),
      attachments,
    );
    assert.deepEqual(await parseMessageSlow(bytes), fast, 'mailparser gives the same');
  });
}

test('odd structures go through mailparser and keep every text', async () => {
  const raw = mail(
    ...head,
    'Content-Type: multipart/mixed; boundary=out',
    '',
    '--out',
    'Content-Type: multipart/mixed; boundary=in',
    '',
    '--in',
    '',
    'one',
    '--out',
    'Content-Transfer-Encoding: x-strange',
    '',
    'two',
    '--out--',
  );
  const answer = parseMessage(raw);
  assert.ok(answer instanceof Promise);
  const message = await answer;
  assert.equal(message.body, 'one\ntwo');
  assert.deepEqual(
    message.defects.map((defect) => defect.code),
    ['transfer-encoding-unknown'],
  );
});

test('what mailparser refuses is read by our own splitter', async () => {
  const parts = Array.from(
    { length: 600 },
    (_, n) => `--b\nContent-Type: multipart/mixed; boundary=i${n}\n\n--i${n}\n\npart ${n}\n--i${n}--\n`,
  );
  const raw = mail(
    ...head,
    'Content-Type: multipart/mixed; boundary=b',
    '',
    `${parts.join('')}--b`,
    'Content-Transfer-Encoding: x-strange',
    '',
    'last',
    '--b--',
  );
  const message = await parseMessage(raw);
  assert.ok(message.body.startsWith('part 0\npart 1\n'));
  assert.ok(message.body.endsWith('\npart 599\nlast'));
  assert.deepEqual(
    message.defects.map((defect) => defect.code),
    ['mime-structure', 'transfer-encoding-unknown'],
  );
});

test('a mail without usable id gets one from its content', () => {
  const lines = ['From: a@example.org', 'Subject: s', 'Date: Tue, 05 Mar 2024 10:00:00 +0000'];
  const one = parseNow(mail(...lines, '', 'text'));
  assert.equal(one.syntheticId, true);
  assert.match(one.id, /^[0-9a-f]{40}@synthetic\.hum$/);
  assert.deepEqual(
    one.defects.map((defect) => defect.code),
    ['message-id-absent'],
  );
  // the way a mail took does not change its id, its content does
  const routed = ['Received: from a by b; Tue, 05 Mar 2024 10:00:05 +0000', 'List-Id: <x>', ...lines];
  assert.equal(parseNow(mail(...routed, '', 'text')).id, one.id);
  assert.equal(parseNow(mail(...lines, 'Message-ID: <>', '', 'text')).id, one.id);
  assert.notEqual(parseNow(mail(...lines, '', 'text.')).id, one.id);
});

test('an In-Reply-To that names a person is no reference', () => {
  const raw = mail(
    ...head,
    'To: Bob <bob@example.org>',
    'In-Reply-To: message from Bob <Bob@example.org> of "Tue"',
    'References: y <zero@example.org>',
    '',
    't',
  );
  const message = parseNow(raw);
  assert.deepEqual(message.inReplyTo, []);
  assert.deepEqual(message.references, ['zero@example.org']);
  assert.deepEqual(
    message.defects.map((defect) => defect.code),
    ['in-reply-to-without-id'],
  );
});

test('what the source knows is kept', () => {
  const found = [{ code: 'truncated', detail: 'cut' }];
  const message = parseMessage(mail(...head, '', 't'), { provenance: 'page', defects: found });
  assert.ok(!(message instanceof Promise));
  assert.equal(message.provenance, 'page');
  assert.deepEqual(message.defects, found);
});

test('text and HTML are bounded', () => {
  const text = parseNow(Buffer.concat([mail(...head, '', ''), Buffer.alloc(33 * 1024 * 1024, 'a')]));
  assert.equal(text.body.length, 32 * 1024 * 1024);
  assert.deepEqual(
    text.defects.map((defect) => defect.code),
    ['text-cut'],
  );
});

test('an attachment of 50 MB costs no memory of its size', () => {
  const line = `${'A'.repeat(76)}\n`;
  const raw = Buffer.concat([
    mail(...head, 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'see', '--b', 'Content-Type: a/b', 'Content-Transfer-Encoding: base64', '', ''),
    Buffer.alloc(line.length * 680_000, line),
    Buffer.from('--b--\n'),
  ]); // prettier-ignore
  const before = process.memoryUsage().arrayBuffers;
  const message = parseNow(raw);
  assert.deepEqual(message.attachments, [{ name: '', type: 'a/b', size: 57 * 680_000 }]);
  assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024);
});
