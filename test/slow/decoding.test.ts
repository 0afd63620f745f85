// All mails of ../shared/mail: our fast way against mailparser, and both against Python's email package as
// ../shared/gold/tools reads it (the judge of quotes). Counts are printed; docs/decoding.md explains them.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseMessage } from '../../ingest/mime/parse.ts';
import { compareWays, noAgreement } from '../ingest/mime/agreement.ts';
import { mailsOf, missing, sharedFiles } from '../ingest/mime/shared-mail.ts';

const groups: readonly (readonly [string, RegExp])[] = [
  ['dev', /\.mbox$/],
  ['unlabeled', /\.mbox$/],
  ['nasty', /\.(?:eml|mbox)$/],
  ['archives', /\.(?:bundle|mbox\.gz)$/],
  ['archives/twisted-web.pipermail', /\.txt\.gz$/],
];

for (const [folder, wanted] of groups) {
  test(`both ways agree on ${folder}`, { skip: missing, timeout: 900_000 }, async (t) => {
    const counts = noAgreement();
    for (const { path } of sharedFiles(folder, wanted)) {
      for await (const mail of mailsOf(path)) await compareWays(mail.bytes, counts);
    }
    assert.ok(counts.messages > 0);
    t.diagnostic(JSON.stringify({ folder, ...counts, differences: Object.fromEntries(counts.differences) }));
  });
}

const tools = fileURLToPath(new URL('../../../../shared/gold/tools/', import.meta.url));
const python = spawnSync('python3', ['--version']).status === 0;
const noPython = missing || (python && existsSync(tools) ? false : 'no python3 or no ../shared/gold/tools');

/** Reads mails as 4-byte length and bytes, writes one JSON line each: the body the scorer searches quotes in. */
const SCRIPT = `
import email, json, struct, sys
sys.path.insert(0, sys.argv[1])
import threadtext as t
while True:
    head = sys.stdin.buffer.read(4)
    if not head: break
    raw = email.message_from_bytes(sys.stdin.buffer.read(struct.unpack(">I", head)[0]))
    print(json.dumps(" ".join("\\n".join(t.text_parts(raw)).split())), flush=True)
`;
/** What str.split() of Python takes for a blank. */
const PYTHON_BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
const FLOWED = /format="?flowed/i;
const ARMOR = '-----BEGIN PGP';

const collapse = (text: string): string => text.replace(PYTHON_BLANKS, ' ').replace(/^ | $/g, '');

/** '' when equal up to blanks, else the known reason. */
function reasonOf(raw: Buffer, ours: string, theirs: string): string {
  if (collapse(ours) === theirs) return '';
  const words = (text: string): string => text.replaceAll('>', '').replace(PYTHON_BLANKS, '');
  const source = raw.toString('latin1');
  if (FLOWED.test(source) && words(ours) === words(theirs)) return 'flowed lines of a quote joined';
  if (source.includes(ARMOR) && theirs.includes(ARMOR)) return 'OpenPGP armor taken out';
  return 'unexplained';
}

test('bodies equal those the scorer reads, up to blanks', { skip: noPython, timeout: 900_000 }, async (t) => {
  for (const folder of ['dev', 'unlabeled']) {
    const child = spawn('python3', ['-c', SCRIPT, tools], { stdio: ['pipe', 'pipe', 'inherit'] });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const counts = new Map<string, number>();
    let messages = 0;
    for (const { path } of sharedFiles(folder, /\.mbox$/)) {
      for await (const mail of mailsOf(path)) {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(mail.bytes.length);
        child.stdin.write(length);
        child.stdin.write(mail.bytes);
        const answer: unknown = JSON.parse((await answers.next()).value ?? 'null');
        assert.ok(typeof answer === 'string');
        const message = await parseMessage(mail.bytes);
        const reason = reasonOf(mail.bytes, message.body, answer);
        assert.notEqual(reason, 'unexplained', `${path}: ${message.id}`);
        if (reason !== '') counts.set(reason, (counts.get(reason) ?? 0) + 1);
        messages += 1;
      }
    }
    child.stdin.end();
    assert.ok(messages > 400);
    t.diagnostic(JSON.stringify({ folder, messages, ...Object.fromEntries(counts) }));
  }
});
