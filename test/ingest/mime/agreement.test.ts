// The fast way and mailparser on a sample of ../shared/mail; test/slow/decoding.test.ts takes all of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWays, noAgreement } from './agreement.ts';
import { mailsOf, missing, sharedFiles } from './shared-mail.ts';

const PER_FILE = 5;

test(
  'both ways give the same message for mails of every labeled and unlabeled debate',
  { skip: missing },
  async () => {
    const counts = noAgreement();
    for (const { path } of [...sharedFiles('dev', /\.mbox$/), ...sharedFiles('unlabeled', /\.mbox$/)]) {
      let seen = 0;
      for await (const mail of mailsOf(path)) {
        await compareWays(mail.bytes, counts);
        seen += 1;
        if (seen === PER_FILE) break;
      }
    }
    assert.ok(counts.messages > 300, `only ${counts.messages} mails seen`);
    assert.deepEqual([...counts.differences], []);
  },
);

test('the hostile mails differ for known reasons only', { skip: missing }, async () => {
  const counts = noAgreement();
  for (const { path } of sharedFiles('nasty', /\.(?:eml|mbox)$/)) {
    for await (const mail of mailsOf(path)) await compareWays(mail.bytes, counts);
  }
  assert.deepEqual(Object.fromEntries(counts.differences), {
    'beyond our caps mailparser gives up': 2,
    'mailparser drops a multipart without boundary': 1,
  });
  assert.equal(counts.odd, 1);
});
