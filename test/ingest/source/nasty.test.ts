// The hostile mailboxes of ../shared: how many mails come out of each, and what is said about them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readAll } from './read.ts';
import { temporaryFolder } from './temporary.ts';

const shared = fileURLToPath(new URL('../../../../../shared/mail/', import.meta.url));
const nasty = `${shared}nasty/`;
const absent = !existsSync(nasty) && '../shared/mail is not here';

/** File -> mails, and the codes of defects, rejects and notices. */
const table: Record<string, readonly [number, readonly string[]]> = {
  '01-malformed-headers.eml': [1, []],
  '02-missing-message-id.mbox': [6, []],
  '03-cyclic-references.mbox': [5, []],
  '04-deep-quote.eml': [1, []],
  '06-nul-bytes.eml': [1, []],
  '07-8bit-headers.mbox': [3, []],
  '08-bad-charset.mbox': [9, []],
  '10-multipart-wide.eml': [1, []],
  '11-multipart-deep.mbox': [5, []],
  '13-mboxo.mbox': [2, []],
  '14-mboxrd.mbox': [2, []],
  '16-truncated.mbox': [3, ['truncated']],
  '17-crlf.mbox': [2, []],
  '20-rfc2231.eml': [1, []],
  '21-dates.mbox': [15, []],
  '23-format-flowed.eml': [1, []],
  '24-top-posting.mbox': [4, []],
  '25-html-only-script.mbox': [3, []],
  '26-pgp-mime.mbox': [3, []],
  '27-smime.mbox': [2, []],
  '29-no-trailing-newline.mbox': [2, []],
  '30-empty.mbox': [0, ['notice empty-file']],
  '32-missing-parent.mbox': [6, []],
  '34-binary-garbage.eml': [0, ['reject not-mail']],
  '39-no-headers.mbox': [3, []],
};

describe('hostile mailboxes', { skip: absent }, () => {
  for (const [name, [mails, codes]] of Object.entries(table)) {
    test(name, async () => {
      const found = await readAll(nasty + name);
      assert.equal(found.subjects.length, mails);
      assert.deepEqual([...found.defects, ...found.oddities], codes);
    });
  }

  test('all of them as one folder, and nothing the second time', async () => {
    const found = await readAll(nasty);
    const mails = Object.values(table).reduce((sum, [count]) => sum + count, 0);
    assert.equal(found.subjects.length, mails);
    assert.deepEqual(
      found.oddities.filter((oddity) => oddity.startsWith('reject')),
      ['reject not-mail'],
    );
    assert.deepEqual((await readAll(nasty, {}, found.cursors)).events, []);
  });

  test('bodies after unquoting', async () => {
    const bodyOf = async (file: string, format?: 'mboxo'): Promise<string> => {
      const { events } = await readAll(nasty + file, format === undefined ? {} : { mboxFormat: format });
      const [first] = events;
      assert.ok(first?.kind === 'mail');
      return first.bytes.toString('latin1').split('\n\n').slice(1).join('\n\n');
    };
    assert.equal(
      await bodyOf('14-mboxrd.mbox'),
      'para\n\nFrom the start zz14\n>From quoted once\n>>From quoted twice\n',
    );
    const mboxo = 'para\n\nFrom the start zz13 (was "From " before mboxo quoting)\n';
    assert.equal(await bodyOf('13-mboxo.mbox'), `${mboxo}>From quoted by a human\n`);
    assert.equal(await bodyOf('13-mboxo.mbox', 'mboxo'), `${mboxo}>>From quoted by a human\n`);
  });

  test(
    'the large ones: giant lines, an attachment of 50 MB, 20,000 replies',
    { timeout: 120_000 },
    async (t) => {
      const folder = join(temporaryFolder(t), 'large');
      mkdirSync(folder);
      execFileSync('python3', [`${nasty}make_large.py`, folder]);
      const before = process.memoryUsage().rss;
      const large = await readAll(join(folder, '12-attachment-50mb.eml'));
      assert.equal(large.subjects.length, 1);
      assert.ok(process.memoryUsage().rss - before < 3 * 52e6, 'less than three times the mail');
      const giant = await readAll(join(folder, '05-giant-lines.mbox'));
      assert.deepEqual(
        giant.events.flatMap((event) =>
          event.kind === 'mail' ? [event.bytes.length > 10_000 || event.bytes.length] : [],
        ),
        [true, true, true, true],
      );
      assert.ok(
        giant.events[0]?.kind === 'mail' && giant.events[0].bytes.toString('latin1').endsWith(' zz05tail\n'),
      );
      const deep = await readAll(join(folder, '37-deep-thread.mbox'));
      assert.equal(deep.subjects.length, 20_000);
      assert.deepEqual([giant.oddities, deep.oddities, large.oddities, deep.defects], [[], [], [], []]);
    },
  );
});

describe('real archives', { skip: absent }, () => {
  test('mails made from digests, without References', async () => {
    const found = await readAll(`${shared}archives/bitcoin-dev.mbox.gz`);
    assert.equal(found.subjects.length, 507);
    assert.equal(found.source.listHint, 'bitcoin-dev');
    assert.deepEqual([found.oddities, found.defects], [[], []]);
  });

  test("a folder of pipermail's months", async () => {
    const found = await readAll(`${shared}archives/twisted-web.pipermail`);
    assert.equal(found.source.kind, 'pipermail');
    assert.equal(found.source.listHint, 'twisted-web');
    assert.equal(found.subjects.length, 2146);
    assert.deepEqual(found.oddities, []);
    assert.ok(found.defects.every((code) => code === 'obfuscated-address'));
  });

  test('a git bundle goes to the reader of git archives', async () => {
    const { source } = await readAll(`${shared}archives/ksummit-discuss.bundle`, {}, new Map(), 1);
    assert.equal(source.kind, 'public-inbox-v2');
  });
});
