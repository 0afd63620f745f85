// Files of the user and the rest of the archive decide roles: remembered, used again, forgotten.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault } from '../../model/fault.ts';
import { addSource } from '../../pipeline/add.ts';
import { rememberGiven, storedOptions } from '../../pipeline/given.ts';
import { readDebate } from '../../pipeline/read.ts';
import { debatesOfFile } from '../../pipeline/report-file.ts';
import { madeStore } from '../store/made.ts';
import { mail } from '../ingest/source/made-git.ts';
import { madeSource, type MadeEvent } from './made-source.ts';
import type { AddResult } from '../../pipeline/add.ts';
import type { Report } from '../../model/report.ts';
import type { Store } from '../../store/store.ts';

/** A mail of somebody other than Ann. */
function from(who: string, text: string): string {
  return text.replace(/^From: .*$/m, `From: ${who}`);
}

const mia = 'Mia Keeper <mia@example.org>';
const events: MadeEvent[] = [
  ['m', mail('topic', { body: 'Should we drop the old parser?\n' })],
  ['m', from(mia, mail('answer', { reply: 'topic', body: 'It can go, nobody uses it these days.\n' }))],
  ['m', mail('fix1', { body: 'Here is a fix.\n' })],
  ['m', from(mia, mail('thanks1', { reply: 'fix1', body: 'Applied, thanks!\n' }))],
  ['m', mail('fix2', { body: 'Here is another fix.\n' })],
  ['m', from(mia, mail('thanks2', { reply: 'fix2', body: 'Applied to for-next, thanks.\n' }))],
];

function run(store: Store, list: readonly MadeEvent[] = events): Promise<AddResult> {
  return addSource(store, madeSource('/made', list), {
    ...storedOptions(store, '0'),
    list: 'made',
    analyze: true,
  });
}

function miaIn(report: Report | undefined): string {
  const found = report?.participants.find(({ name }) => name === 'Mia Keeper');
  return `${found?.role}: ${found?.roleEvidence}`;
}

test('who applies patches elsewhere in the archive is a maintainer here, once it is a habit', async (t) => {
  const store = madeStore(t);
  await run(store, events.slice(0, 4));
  assert.deepEqual([...store.appliers('made')], []);
  assert.match(miaIn(store.report('topic@example.org', 'made')), /^(?!maintainer)/);
  await run(store);
  assert.deepEqual(store.appliers('made', 'topic@example.org').get('topic@example.org'), ['mia@example.org']);
  const report = store.report('topic@example.org', 'made');
  assert.equal(miaIn(report), 'maintainer: has applied patches elsewhere in the archive');
  for await (const { debate, report: ofFile } of debatesOfFile(madeSource('/made', events), {
    version: '0',
    one: false,
  })) {
    assert.deepEqual(ofFile, store.report(debate.id, 'made'));
  }
});

test('a roles.toml is remembered, makes debates be analyzed again, and can be forgotten', async (t) => {
  const store = madeStore(t);
  await run(store, events.slice(0, 2));
  const role = (): string => miaIn(store.report('topic@example.org', 'made'));
  const before = role();
  const text = '[[role]]\nrole = "reviewer"\naddress = "mia@example.org"\nof = "the parser"\n';
  rememberGiven(store, { roles: { path: 'r.toml', text } });
  await run(store, events.slice(0, 2));
  assert.equal(role(), 'reviewer: roles.toml: the parser');
  await run(store, events.slice(0, 2));
  assert.equal(role(), 'reviewer: roles.toml: the parser');
  rememberGiven(store, {});
  assert.equal(store.setting('roles'), text);
  rememberGiven(store, { roles: 'forget' });
  await run(store, events.slice(0, 2));
  assert.equal(role(), before);
});

test('a MAINTAINERS file and a .mailmap are used for stored debates and for reading one', async (t) => {
  const store = madeStore(t);
  const maintainers =
    'PARSER\nM:\tMia Keeper <mia@example.org>\nL:\tlist@example.org\nS:\tMaintained\nF:\tparser/\n';
  const asked: MadeEvent[] = [
    ['m', `To: list@example.org\n${mail('topic')}`],
    ['m', from(mia, mail('answer', { reply: 'topic' }))],
  ];
  rememberGiven(store, {
    maintainers: { path: 'MAINTAINERS', text: maintainers },
    mailmap: { path: '.mailmap', text: 'Ann Known <ann@example.org>\n' },
  });
  await run(store, asked);
  const report = store.report('topic@example.org', 'made');
  assert.equal(miaIn(report), 'maintainer: MAINTAINERS: PARSER');
  assert.ok(report?.participants.some(({ name }) => name === 'Ann Known'));
  // Options of one reading go before what is stored.
  const read = readDebate(store, 'topic@example.org', 'made', {
    version: '0',
    mailmap: 'Annie Else <ann@example.org>\n',
  });
  assert.ok(read?.report.participants.some(({ name }) => name === 'Annie Else'));
  assert.equal(miaIn(read?.report), 'maintainer: MAINTAINERS: PARSER');
});

test('a roles.toml that cannot be read is refused, and what was remembered stays', (t) => {
  const store = madeStore(t);
  rememberGiven(store, { mailmap: { path: '.mailmap', text: 'Ann Known <ann@example.org>\n' } });
  assert.throws(
    () =>
      rememberGiven(store, {
        mailmap: 'forget',
        roles: { path: 'mine.toml', text: '[[role]]\nrole = "king"\n' },
      }),
    (error) => error instanceof Fault && error.exit === 'config' && error.message.includes('mine.toml'),
  );
  assert.equal(store.setting('mailmap'), 'Ann Known <ann@example.org>\n');
});
