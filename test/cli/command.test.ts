// The command line as a whole, through child processes on made mails: what it prints, to the letter.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { makePlace, main, type Place } from './hum.ts';
import { debate, hostile, mbox, other } from './mail.ts';

let place: Place;
before(async () => {
  place = makePlace();
  place.write('tools.mbox', mbox([...debate, other]));
  place.write('one.mbox', mbox(debate));
  const { status, err } = await place.hum(['add', 'tools.mbox', '--list', 'tools', '--quiet']);
  assert.deepEqual([status, err], [0, '']);
});
after(() => place.remove());

function json(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === 'object' && value !== null);
  return { ...value };
}

test('add --json prints one object and nothing else; adding again adds nothing', async () => {
  const db = place.path('fresh.sqlite');
  const words = ['add', 'tools.mbox', '--list', 'tools', '--json', '--db', db];
  const first = await place.hum(words);
  assert.equal(first.status, 0);
  assert.equal(first.err, '');
  const counts = json(first.out);
  assert.deepEqual(Object.keys(counts), [
    'read',
    'added',
    'duplicates',
    'deleted',
    'rejected',
    'defects',
    'debates',
    'seconds',
    'truncated',
    'known',
  ]);
  assert.ok(Number(counts['seconds']) > 0);
  assert.deepEqual(
    { ...counts, seconds: 0 },
    {
      read: 4,
      added: 4,
      duplicates: 0,
      deleted: 0,
      rejected: 0,
      defects: 0,
      debates: 2,
      seconds: 0,
      truncated: 0,
      known: 0,
    },
  );
  const again = json((await place.hum(words)).out);
  assert.deepEqual([again['read'], again['added'], again['known']], [0, 0, 4]);
});

test('ls shows lists, debates and threads', async () => {
  assert.equal((await place.hum(['ls', '--tsv'])).out, 'tools\t4\t2\t2024-03-07\n');
  const threads = await place.hum(['ls', '--threads', '--list', 'tools', '--tsv']);
  assert.deepEqual(threads.out.split('\n').toSorted(), [
    '',
    'p1@example.org\tp1@example.org',
    'p2@example.org\tp1@example.org',
    'p3/slash@example.org\tp1@example.org',
    'q1@example.org\tq1@example.org',
  ]);
  const debates = await place.hum(['ls', '--list', 'tools']);
  assert.match(
    debates.out,
    /^2024-03-07 {2}Meeting on Friday .* {1}1 .*\n {12}<q1@example\.org>\n2024-03-06 {2}Retire the Python 2 scripts/,
  );
});

test('show prints a message found by any form of its id', async () => {
  const expected = [
    'From: Bo Sample <bo@example.org>',
    'Date: 2024-03-05 09:30 UTC',
    'Subject: Re: Retire the Python 2 scripts',
    'Message-ID: <p2@example.org>',
    'In-Reply-To: <p1@example.org>',
    '',
    'Ada Example wrote:',
    '> I propose that we retire the Python 2 scripts.',
    '',
    'I am against it. Who would tell the users?',
    '',
    '--',
    'Bo',
    '',
  ].join('\n');
  for (const form of [
    'p2@example.org',
    '<p2@example.org>',
    'id:p2@example.org',
    'https://lore.kernel.org/tools/p2@example.org/T/#u',
    'https://patch.msgid.link/p2@example.org',
  ]) {
    const { status, out } = await place.hum(['show', form]);
    assert.deepEqual([status, out], [0, expected], form);
  }
  const url = await place.hum(['show', '--json', 'https://lore.kernel.org/all/p3%2Fslash@example.org/raw']);
  assert.equal(json(url.out)['id'], 'p3/slash@example.org');
});

test('mbox gives the debate back, byte by byte, readable by hum itself', async () => {
  const { status, out } = await place.hum(['mbox', 'p3/slash@example.org']);
  assert.equal(status, 0);
  assert.equal(out, mbox(debate));
  await place.hum(['mbox', 'p2@example.org', '-o', 'debate.mbox']);
  assert.equal(readFileSync(place.path('debate.mbox'), 'utf8'), mbox(debate));
  const again = await place.hum(['ledger', 'debate.mbox', '--one', '--json']);
  assert.equal(again.out.trimEnd().split('\n').length, 3);
});

test('ledger prints one object per message whose segments tile the body', async () => {
  const { status, out } = await place.hum(['ledger', 'one.mbox', '--json']);
  assert.equal(status, 0);
  const lines = out.trimEnd().split('\n').map(json);
  assert.deepEqual(
    lines.map((line) => line['messageId']),
    debate.map((mail) => mail.id),
  );
  for (const line of lines) {
    assert.deepEqual(Object.keys(line), ['messageId', 'body', 'segments', 'sentences', 'defects']);
    let at = 0;
    const segments = line['segments'];
    assert.ok(Array.isArray(segments));
    for (const { start, end } of segments) {
      assert.equal(start, at);
      assert.ok(end > start);
      at = end;
    }
    assert.equal(at, String(line['body']).length);
  }
  assert.deepEqual(lines[2]?.['segments'], [
    {
      kind: 'quote',
      start: 0,
      end: 28,
      quoteDepth: 1,
      source: { messageId: 'p2@example.org', start: 86, end: 111, match: 'exact' },
    },
    { kind: 'blank', start: 28, end: 29, quoteDepth: 0 },
    { kind: 'own', start: 29, end: 37, quoteDepth: 0 },
  ]);
  assert.deepEqual(lines[2]?.['sentences'], [{ start: 29, end: 36 }]);
});

test('report names its files after the mailbox', async () => {
  await place.hum(['report', '--one', '--json', '--out', 'reports', 'tools.mbox']);
  await place.hum(['report', '--json', '--out', 'reports', 'tools.mbox', 'one.mbox']);
  await place.hum(['report', '--out', 'reports', 'one.mbox', 'p3/slash@example.org']);
  assert.deepEqual(readdirSync(place.path('reports')).toSorted(), [
    'one.json',
    'one.txt',
    'p1@example.org.txt',
    'tools.1.json',
    'tools.2.json',
    'tools.json',
  ]);
  const one = json(readFileSync(place.path('reports/tools.json'), 'utf8'));
  assert.equal(one['threadId'], 'tools');
  assert.equal(Array.isArray(one['messages']) && one['messages'].length, 4);
  const first = json(readFileSync(place.path('reports/tools.1.json'), 'utf8'));
  assert.equal(first['rootMessageId'], 'p1@example.org');
});

test('report prints one document for one debate, lines for several, from stdin too, without a database', async () => {
  const env = { HUM_DB: place.path('nowhere.sqlite') };
  const alone = await place.hum(['report', '--json', 'one.mbox'], { env });
  assert.equal(json(alone.out)['schemaVersion'], '1.0');
  const several = await place.hum(['report', '--json', 'tools.mbox'], { env });
  assert.equal(several.out.trimEnd().split('\n').map(json).length, 2);
  const piped = await place.hum(['report', '--one', '-'], { env, input: mbox(debate) });
  assert.equal(piped.status, 0, piped.err);
  assert.match(piped.out, /^Retire the Python 2 scripts\n.*3 messages · 3 people/);
  assert.match(piped.out, /#3 2024-03-06 09:30 {2}Cy Mustermann +<p3\/slash@example\.org>\n$/);
  assert.ok(!existsSync(place.path('nowhere.sqlite')));
});

test('a report is the same from the file and from the database, and the same twice', async () => {
  const file = json((await place.hum(['report', '--json', '--list', 'tools', 'one.mbox'])).out);
  const first = (await place.hum(['report', '--json', 'p2@example.org'])).out;
  assert.deepEqual(json(first), file);
  assert.equal((await place.hum(['report', '--json', 'p1@example.org'])).out, first);
});

test('positions, questions, decisions and collated show their part', async () => {
  for (const part of ['positions', 'questions', 'decisions']) {
    const { status, out } = await place.hum([part, 'p1@example.org', '--width', '80']);
    assert.equal(status, 0);
    assert.match(out, new RegExp(`^Retire the Python 2 scripts\n[^]*\n\n${part}\n`, 'i'));
  }
  const collated = await place.hum(['collated', 'one.mbox']);
  assert.equal(
    collated.out,
    [
      'Retire the Python 2 scripts',
      '',
      'Ada Example #1 2024-03-04 09:30 UTC',
      'I propose that we retire the Python 2 scripts.',
      '│',
      '│ Bo Sample #2 2024-03-05 09:30 UTC',
      '│ I am against it. Who would tell the users?',
      '│ │',
      '│ │ Cy Mustermann #3 2024-03-06 09:30 UTC',
      '│ │ I will.',
      '',
      'Ada Example #1 goes on',
      'Nobody runs them.',
      '',
    ].join('\n'),
  );
});

test('q finds messages, and says by its status when there is none', async () => {
  const found = await place.hum(['q', '"tell the users"', '--tsv', '--list', 'tools']);
  assert.equal(found.status, 0);
  assert.match(
    found.out,
    /^p2@example\.org\ttools\t2024-03-05T09:30:00Z\tBo Sample\tRe: Retire the Python 2 scripts\n/,
  );
  const none = await place.hum(['q', 'zebra']);
  assert.deepEqual([none.status, none.out], [1, '']);
  const since = await place.hum(['q', 'scripts', '--since', '2024-03-06', '--json']);
  assert.equal(json(since.out)['total'], 1);
});

test('nothing in a mail acts on the terminal, whatever is printed', async () => {
  place.write('hostile.mbox', mbox([hostile]));
  const db = place.path('hostile.sqlite');
  await place.hum(['add', 'hostile.mbox', '--list', 'h', '--db', db]);
  for (const words of [
    ['report', 'hostile.mbox'],
    ['report', 'hostile.mbox', '--json'],
    ['collated', 'hostile.mbox'],
    ['ledger', 'hostile.mbox'],
    ['show', 'h1@example.org', '--db', db],
    ['show', 'h1@example.org', '--json', '--db', db],
    ['ls', '--list', 'h', '--db', db],
    ['ls', '--list', 'h', '--tsv', '--db', db],
    ['q', 'Look', '--db', db],
    ['doctor', '--db', db],
  ]) {
    const { out, err } = await place.hum(words);
    assert.ok(out.length > 0, words.join(' '));
    assert.doesNotMatch(out + err, /[^\P{Cc}\t\n]|[\u202a-\u202e]/u, words.join(' '));
  }
  const shown = await place.hum(['show', 'h1@example.org', '--db', db]);
  assert.match(shown.out, /Look: \u241b\[2J\u241b\]0;owned\u2407 ⟨U\+202E⟩gpj\.exe/);
});

test('color only when wanted', async () => {
  const plain = await place.hum(['report', 'one.mbox']);
  const colored = await place.hum(['report', 'one.mbox', '--color', 'always']);
  const refused = await place.hum(['report', 'one.mbox', '--color', 'auto'], { env: { NO_COLOR: '1' } });
  assert.match(colored.out, /\u001b\[/);
  assert.doesNotMatch(plain.out + refused.out, /\u001b/);
});

const faults: readonly {
  readonly words: readonly string[];
  readonly status: number;
  readonly says: RegExp;
}[] = [
  { words: ['ad'], status: 2, says: /unknown command "ad"\nDid you mean `hum add`\?/ },
  {
    words: ['report', '--jsn', 'one.mbox'],
    status: 2,
    says: /unknown option --jsn for report\nDid you mean --json\?/,
  },
  { words: ['report'], status: 2, says: /report needs a file or a Message-ID/ },
  { words: ['add'], status: 2, says: /add needs a source/ },
  { words: ['report', '--out'], status: 2, says: /--out needs a value/ },
  { words: ['report', '--json=1', 'one.mbox'], status: 2, says: /--json takes no value/ },
  {
    words: ['report', '--color', 'sometimes', 'one.mbox'],
    status: 2,
    says: /It takes one of auto, always, never/,
  },
  { words: ['report', '--width', '3', 'one.mbox'], status: 2, says: /--width is at least 40/ },
  { words: ['ls', '--limit', 'x', '--list', 'tools'], status: 2, says: /whole number/ },
  { words: ['q', 'a', '--since', '2024-02-31'], status: 2, says: /--since takes a date/ },
  { words: ['completion', 'tcsh'], status: 2, says: /no completion for tcsh/ },
  { words: ['report', 'absent.mbox'], status: 66, says: /there is no file absent\.mbox/ },
  { words: ['add', 'absent.mbox', '--list', 'x'], status: 66, says: /absent\.mbox/ },
  { words: ['show', 'absent@example.org'], status: 1, says: /no message .* is called absent@example\.org/ },
  { words: ['ls', '--list', 'absent'], status: 1, says: /there is no list "absent"\nThere are: tools/ },
  {
    words: ['show', 'p1@example.org', '--db', 'absent.sqlite'],
    status: 66,
    says: /no database at absent\.sqlite\nMake one/,
  },
  { words: ['ls', '--db', 'one.mbox'], status: 78, says: /one\.mbox/ },
  { words: ['add', 'one.mbox', '--list', 'all'], status: 2, says: /cannot be called "all"/ },
  { words: ['report', '--out', 'one.mbox/x', 'one.mbox'], status: 66, says: /cannot write/ },
];

for (const { words, status, says } of faults) {
  test(`hum ${words.join(' ')}: status ${status}, a message and a remedy, no stack`, async () => {
    const ran = await place.hum(words);
    assert.equal(ran.status, status, ran.err);
    assert.equal(ran.out, '');
    assert.match(ran.err, says);
    assert.match(ran.err, /^hum: .+\n.+\n$/);
    assert.doesNotMatch(ran.err, /\n {4}at /);
  });
}

test('doctor says what is there and that it is sound', async () => {
  const { status, out } = await place.hum(['doctor', '--json']);
  assert.equal(status, 0);
  const found = json(out);
  assert.deepEqual(found['problems'], []);
  assert.deepEqual(found['counts'], { messages: 4, lists: 1, debates: 2, defects: 0, rejects: 0 });
  const none = await place.hum(['doctor', '--db', 'absent.sqlite']);
  assert.deepEqual([none.status, existsSync(place.path('absent.sqlite'))], [0, false]);
  assert.equal((await place.hum(['doctor', '--db', 'one.mbox'])).status, 78);
});

test('sync reads what came since', async () => {
  const db = place.path('sync.sqlite');
  place.write('grows.mbox', mbox(debate.slice(0, 2)));
  await place.hum(['add', 'grows.mbox', '--list', 'g', '--db', db]);
  place.write('grows.mbox', mbox(debate));
  const { status, out } = await place.hum(['sync', '--json', '--db', db]);
  assert.equal(status, 0);
  assert.match(out, /"added":1,/);
  assert.equal((await place.hum(['ls', '--tsv', '--db', db])).out, 'g\t3\t1\t2024-03-06\n');
  assert.equal((await place.hum(['sync', 'absent', '--db', db])).status, 1);
});

test('a reader that stops early is no error', async () => {
  place.write(
    'long.mbox',
    mbox(
      Array.from({ length: 400 }, (_, i) => ({ ...other, id: `l${i}@example.org`, body: 'x '.repeat(2000) })),
    ),
  );
  const status = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'ledger', '--one', 'long.mbox'], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.stdout.once('data', () => child.stdout.destroy());
    child.on('error', reject).on('close', (code) => {
      assert.equal(err, '');
      resolve(code);
    });
  });
  assert.equal(status, 0);
});

test('Ctrl-C ends the server with status 130', async () => {
  const { status, out } = await new Promise<{ status: number | null; out: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
      cwd: place.folder,
      env: place.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      child.kill('SIGINT');
    });
    child.on('error', reject).on('close', (code) => resolve({ status: code, out }));
  });
  assert.equal(status, 130);
  assert.match(out, /^http:\/\/127\.0\.0\.1:\d+\/\n$/);
});

const cutMail = `From: Cy Example <cy@example.org>
No colon here
Date: Mon, 04 Mar 2024 09:30:00 +0000
Message-ID: <cut@example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B

Text.
--B
Content-Type: application/pdf
Content-Transfer-Encoding: base64

AAAA`;

test('a mail that was cut short is stored, named with its place, and the exit status says so', async () => {
  place.write('cut.eml', cutMail);
  const db = place.path('cut.sqlite');
  const plain = await place.hum(['add', 'cut.eml', '--list', 'cut', '--db', db]);
  assert.equal(plain.status, 4);
  assert.match(
    plain.err,
    /^hum: cut short: \S+cut\.eml:0 byte \d+ truncated the mail ends inside a base64 part$/m,
  );
  assert.match(plain.err, /^hum: odd: \S+cut\.eml:0 byte \d+ header-malformed-line /m);
  const listed = await place.hum(['doctor', '--defects', '--db', db]);
  assert.match(
    listed.out,
    /cut\.eml\t0\t\d+\ttruncated\tthe mail ends inside a base64 part\tcut@example\.org\n/,
  );
  assert.equal(listed.out.trimEnd().split('\n').length, 2);
  // beside --json what was lost is still said, what was mended is not
  const quiet = await place.hum(['add', 'cut.eml', '--json', '--db', place.path('cut2.sqlite')]);
  assert.equal(json(quiet.out)['truncated'], 1);
  assert.match(quiet.err, /^hum: cut short: [^\n]*\n$/);
  assert.equal((await place.hum(['report', 'cut.eml', '--json'])).status, 4);
});

test('files of the user decide roles; `none` forgets them; a missing one is named', async () => {
  const db = place.path('roles.sqlite');
  place.write('roles.toml', '[[role]]\nrole = "maintainer"\naddress = "bo@example.org"\nof = "the tools"\n');
  const role = async (...words: string[]): Promise<unknown> => {
    const { out } = await place.hum(['positions', ...words, '--json']);
    const found = JSON.parse(out).participants.find(({ name }: { name: string }) => name === 'Bo Sample');
    return found.roleEvidence;
  };
  assert.equal(await role('tools.mbox', '--one', '--roles', 'roles.toml'), 'roles.toml: the tools');
  const add = ['add', 'tools.mbox', '--list', 'tools', '--db', db];
  assert.equal((await place.hum([...add, '--roles', 'roles.toml'])).status, 0);
  assert.equal(await role('p2@example.org', '--db', db), 'roles.toml: the tools');
  assert.equal((await place.hum(['sync', '--roles', 'none', '--db', db])).status, 0);
  assert.notEqual(await role('p2@example.org', '--db', db), 'roles.toml: the tools');
  const missing = await place.hum([...add, '--maintainers', 'nowhere']);
  assert.equal(missing.status, 66);
  assert.match(missing.err, /nowhere/);
});

test('the ledger has a line for every mail of a file, also for two under one id', async () => {
  const one = mbox([
    {
      id: 'same@example.org',
      from: 'Ann Example <ann@example.org>',
      date: 'Mon, 04 Mar 2024 09:30:00 +0000',
      subject: 's',
      body: 'One text.\n',
    },
  ]);
  place.write('twice.mbox', one + one.replace('One text', 'Another text'));
  const { status, out } = await place.hum(['ledger', 'twice.mbox', '--json']);
  assert.equal(status, 0);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => json(line));
  assert.deepEqual(lines.map(({ messageId, body }) => `${String(messageId)} ${String(body)}`).toSorted(), [
    'same@example.org Another text.\n',
    'same@example.org One text.\n',
  ]);
});
