// Whatever the bytes: a message, never an error, in linear time.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Message } from '../../../model/message.ts';
import { parseMessage, parseMessageSlow } from '../../../ingest/mime/parse.ts';
import { parseAddresses } from '../../../ingest/mime/address.ts';
import { htmlToText } from '../../../ingest/mime/html.ts';

const LONE_SURROGATE = /\p{Surrogate}/u;

function assertSound(message: Message): void {
  const everything = JSON.stringify(message);
  assert.doesNotMatch(everything, /\\u0000|\\ud[89a-f]/, 'NUL or lone surrogates');
  assert.ok(!LONE_SURROGATE.test(message.body));
  assert.ok(!message.body.includes('\r'));
  assert.match(message.id, /^[^\s\0<>]+$/);
  assert.ok(Number.isInteger(message.time) && message.time >= 0);
  for (const id of [...message.inReplyTo, ...message.references]) assert.match(id, /^[^\s\0<>]+$/);
  for (const { name, size } of message.attachments) {
    assert.doesNotMatch(name, /[\0-\x1f/\\]/);
    assert.ok(size >= 0);
  }
  for (const { code } of message.defects) assert.match(code, /^[a-z0-9-]+$/);
}

/** Pieces that mean something to a mail parser, among bytes that do not. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array).toString('latin1')) },
  {
    weight: 7,
    arbitrary: fc.constantFrom(
      '\n', '\r\n', '\n\n', '\r', '\0', ' ', '\t', '\n ', ':', ';', ',', '"', '(', ')', '<', '>', '@', '=', '%',
      'From: ', 'To: ', 'Cc: ', 'Subject: ', 'Date: ', 'Message-ID: ', 'References: ', 'In-Reply-To: ', 'Received: ',
      'Content-Type: ', 'text/plain', 'text/html', 'multipart/mixed', 'multipart/digest', 'message/rfc822', '; boundary=b',
      '; boundary="c"', '; charset=utf-16', '; charset=utf-7', '; charset=iso-2022-jp', '; format=flowed', '; delsp=yes',
      "; name*0*=utf-8''%e6", '; name*1=x', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: x-uu',
      'Content-Transfer-Encoding: quoted-printable', 'Content-Disposition: attachment; filename=../x', '--b', '--b--', '--c',
      '--c--', '\n--b\n', '\n--b--\n', '\n\n--b\n\n', '=?utf-8?Q?', '=?iso-2022-jp?B?', '?=', '=3D', '=\n', '> ', '>', '-- ',
      '-----BEGIN PGP SIGNED MESSAGE-----', '-----BEGIN PGP SIGNATURE-----', '-----END PGP SIGNATURE-----', '<p>', '</p>',
      '<blockquote>', '</blockquote>', '<script>', '<!--', '&#xD800;', '&#0;', '<pre>', ' at ', '5 Mar 2024 10:00:00 +0000',
      '<a@example.org>', 'a@example.org', '\xed\xa0\x80', '\xff\xfe', '\xc3\xbc', '\xfc',
    ),
  },
); // prettier-ignore
const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

test('any soup of mail pieces gives a sound message, the same each time', async () => {
  await fc.assert(
    fc.asyncProperty(soup, async (raw) => {
      const message = await parseMessage(raw);
      assertSound(message);
      assert.deepEqual(await parseMessage(raw), message);
    }),
    { numRuns: 3000 },
  );
});

test('mailparser gives a sound message of any soup, too', async () => {
  await fc.assert(
    fc.asyncProperty(soup, async (raw) => assertSound(await parseMessageSlow(raw))),
    { numRuns: 600 },
  );
});

test('random bytes give a sound message', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (array) => {
      assertSound(await parseMessage(Buffer.from(array)));
    }),
    { numRuns: 500 },
  );
});

const made = Buffer.from(
  [
    'Received: from a by b; Tue, 05 Mar 2024 10:00:05 +0000',
    'From: =?utf-8?Q?J=C3=BCrgen?= <j@example.org>',
    'To: "A, B" <a@example.org>, Group: c@example.org;',
    'Subject: =?iso-8859-1?Q?gr=F6=DFer?= is better',
    'Date: Tue, 05 Mar 2024 10:00:00 +0000',
    'Message-ID: <m@example.org>',
    'References: <a@example.org> <b@example.org>',
    'Content-Type: multipart/mixed; boundary="=_out"',
    '',
    'preamble',
    '--=_out',
    'Content-Type: multipart/alternative; boundary=in',
    '',
    '--in',
    'Content-Type: text/plain; charset=utf-8; format=flowed',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '> quoted=20',
    '> text =C3=BC',
    'mine',
    '--in',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    'PHA+bWluZTwvcD4=',
    '--in--',
    '--=_out',
    "Content-Disposition: attachment; filename*=utf-8''%C3%BC.patch",
    'Content-Type: text/x-diff',
    '',
    '--- a/f',
    '+++ b/f',
    '--=_out--',
    '',
  ].join('\n'),
);

test('a made mail with bytes flipped, cut out, doubled or cut off gives a sound message', async () => {
  const change = fc.record({
    at: fc.nat({ max: made.length - 1 }),
    length: fc.nat({ max: 40 }),
    byte: fc.nat({ max: 255 }),
    kind: fc.constantFrom('flip', 'cut', 'double', 'end'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
      let raw: Buffer = made;
      for (const { at, length, byte, kind } of changes) {
        const from = Math.min(at, raw.length);
        const end = Math.min(from + length, raw.length);
        const [before, middle, after] = [raw.subarray(0, from), raw.subarray(from, end), raw.subarray(end)];
        if (kind === 'flip') raw = Buffer.concat([before, Buffer.from([byte]), after]);
        else if (kind === 'cut') raw = Buffer.concat([before, after]);
        else if (kind === 'double') raw = Buffer.concat([before, middle, middle, after]);
        else raw = before;
      }
      assertSound(await parseMessage(raw));
    }),
    { numRuns: 2000 },
  );
});

/** Bytes of each case: linear work takes some milliseconds, quadratic work half a minute. */
const LENGTH = 250_000;
const fill = (unit: string): string => unit.repeat(Math.ceil(LENGTH / unit.length));
const units: readonly string[] = [
  '"', '\\', '(', ')', '((', '<', '>', '<>', '<a@b>', '<a@b> ', ':', 'a:', ',', 'a@b,', ';', '=?', '=?a?q?', '=?a?q?x', '?=',
  '=?utf-8?q?=C3?= ', '=', '=3', '=\n', '=20', ' ', '\t', ' x', '\n ', '\r\n ', '\n\t\n ', '%', "'", '*', ';a*0=', ';a=b', ' at ',
  '\0', '\xfc', '\xc3', '\xc3\xbc', '\xf0\x9f', '[', '[]', 're: ', 'a ', '-', '+', '1', '1 ', '(1', '@', 'a@',
]; // prettier-ignore
const bodies: readonly string[] = [
  ...units, '\n', '\r', '\r\n', '\r\r\n', '>', '> ', '>\n', '> \n', '-- \n', '--', '--b', '\n--', '\n--b', '\n--b--', '\n--b \t', '- ',
  '\n--b\nContent-Type: multipart/mixed; boundary=b\n\n', '\n--b\nA: b', '-----BEGIN PGP SIGNED MESSAGE-----\n', 'Hash: a\n',
  '-----BEGIN PGP SIGNATURE-----\n', '-----BEGIN PGP MESSAGE-----\n-----END', 'x \n', '&', '&#', '&#x', '&amp', '&lt;', '<b>', '</',
  '<blockquote>', '</blockquote>', '<br>', '<pre>', '<script', '<script>', '</script', '<!--', '-->', '<!', '<?', '<a b="', '<td>',
]; // prettier-ignore
const head = 'From: a@example.org\nDate: Tue, 05 Mar 2024 10:00:00 +0000\nMessage-ID: <m@example.org>\n';

function timed(what: string, raw: string): void {
  const bytes = Buffer.from(raw, 'latin1');
  const start = performance.now();
  const answer = parseMessage(bytes);
  const took = performance.now() - start;
  if (!(answer instanceof Promise)) assertSound(answer);
  assert.ok(took < 4000, `${what}: ${Math.round(took)} ms`);
}

for (const name of [
  'From',
  'Subject',
  'Date',
  'Message-ID',
  'References',
  'Content-Type',
  'Received',
  'List-Id',
  'Content-Disposition',
]) {
  test(`linear: much of anything in ${name}`, () => {
    for (const unit of units) timed(`${name}: ${JSON.stringify(unit)}`, `${name}: ${fill(unit)}\n\nbody\n`);
  });
}

const types: readonly string[] = [
  'text/plain', 'text/plain; format=flowed', 'text/html', 'multipart/mixed; boundary=b',
  'text/plain\nContent-Transfer-Encoding: quoted-printable', 'text/plain\nContent-Transfer-Encoding: base64',
]; // prettier-ignore
for (const type of types) {
  test(`linear: much of anything as ${JSON.stringify(type)}`, () => {
    for (const unit of bodies) timed(JSON.stringify(unit), `${head}Content-Type: ${type}\n\n${fill(unit)}x`);
  });
}

test('linear: much of header lines of any kind', () => {
  for (const unit of [
    'a:\n',
    'a\n',
    'X-A: b\n',
    'a b\n',
    'To: a@b\n',
    'Subject: x\n',
    ' \n',
    'Content-Type: a/b\n',
    ':\n',
  ]) {
    timed(JSON.stringify(unit), fill(unit));
    timed(JSON.stringify(unit), `From: a@example.org\n${fill(unit)}To: b@example.org\n\nbody`);
  }
});

test('addresses and HTML never throw', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void parseAddresses(text)));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      assert.ok(!LONE_SURROGATE.test(htmlToText(text)));
    }),
  );
});
