import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unarmor } from '../../../ingest/mime/pgp.ts';

const signature = ['-----BEGIN PGP SIGNATURE-----', '', 'iQ', '=abcd', '-----END PGP SIGNATURE-----'];

test('text without armor is returned as it is', () => {
  assert.deepEqual(unarmor('- a list\n-- \nsig'), {
    text: '- a list\n-- \nsig',
    signed: false,
    encrypted: false,
  });
});

test('a cleartext signature is taken off and dash escapes are undone', () => {
  const lines = [
    'before',
    '-----BEGIN PGP SIGNED MESSAGE-----',
    'Hash: SHA256',
    'Comment: none',
    '',
    '- -- ',
    '- From here',
    '- - an item',
    'Hash: not a header here',
    ...signature,
    '- after',
  ];
  const { text, signed } = unarmor(lines.join('\n'));
  assert.equal(signed, true);
  assert.equal(
    text,
    ['before', '-- ', 'From here', '- an item', 'Hash: not a header here', '- after'].join('\n'),
  );
});

test('a signature alone, as archives leave it under a mail, goes too', () => {
  assert.equal(unarmor(['text', ...signature, 'footer'].join('\n')).text, 'text\nfooter');
});

test('incomplete and quoted armor stays', () => {
  const cut = '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n\n- x\n-----BEGIN PGP SIGNATURE-----\niQ';
  assert.equal(unarmor(cut).text, cut);
  const quoted = [
    '> -----BEGIN PGP SIGNED MESSAGE-----',
    '> text',
    ...signature.map((line) => `> ${line}`),
  ].join('\n');
  assert.equal(unarmor(quoted).text, quoted);
});

test('an encrypted block is left out and told', () => {
  const text = ['hello', '-----BEGIN PGP MESSAGE-----', '', 'hQE', '-----END PGP MESSAGE-----', 'bye'].join(
    '\n',
  );
  assert.deepEqual(unarmor(text), { text: 'hello\nbye', signed: false, encrypted: true });
});
