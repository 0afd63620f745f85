// Debates and reports in the store: forming again, moving messages, pages of debates.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, draft, madeStore, message, report } from './made.ts';
import type { Report } from '../../model/report.ts';
import type { Store } from '../../store/store.ts';

function withMails(store: Store, names: readonly string[], list = 'l'): Store {
  for (const [index, name] of names.entries()) {
    store.addMessage(
      list,
      added(
        message(name, { time: 100 + index, from: [{ name: '', address: `${name}@people.example.org` }] }),
      ),
    );
  }
  return store;
}

test('a debate comes back whole, and any of its messages leads to it', (t) => {
  const store = withMails(madeStore(t), ['a', 'b', 'c']);
  store.putDebates('l', [{ draft: draft('a', 'l', ['a', 'b', 'c']), contentKey: 'k1' }]);
  const debate = store.debate('a@example.org', 'l');
  const { messageIds, ...form } = draft('a', 'l', ['a', 'b', 'c']);
  assert.deepEqual(debate, { ...form, messages: messageIds.map((id) => store.message(id)) });
  assert.deepEqual(
    store.debateMessages('a@example.org', 'l').map(({ id }) => id),
    messageIds,
  );
  for (const name of ['a', 'b', 'c'])
    assert.equal(store.debateOf(`${name}@example.org`)?.id, 'a@example.org');
  assert.equal(store.debateOf('a@example.org', 'elsewhere'), undefined);
  assert.deepEqual(store.debateOf('b@example.org', 'l'), {
    id: 'a@example.org',
    list: 'l',
    subject: 'About a',
    messages: 3,
    people: 3,
    firstTime: 100,
    lastTime: 102,
    status: null,
    basis: null,
    openQuestions: 0,
    decisions: 0,
    versions: 1,
    temperature: null,
    lead: null,
    failure: null,
  });
  assert.equal(store.report('a@example.org', 'l'), undefined);
  assert.equal(store.debate('x@example.org', 'l'), undefined);
  assert.deepEqual(store.debateMessages('x@example.org', 'l'), []);
});

test('forming again keeps what is unchanged and moves messages between debates', (t) => {
  const store = withMails(madeStore(t), ['a', 'b', 'c', 'd']);
  const form = (...debates: readonly (readonly [readonly string[], string])[]): void =>
    store.putDebates(
      'l',
      debates.map(([names, contentKey]) => ({ draft: draft(names[0] ?? '', 'l', names), contentKey })),
    );
  const members = (): Record<string, string | undefined> =>
    Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [name, store.debateOf(`${name}@example.org`)?.id.slice(0, 1)]),
    );

  form([['a', 'b'], 'k1'], [['c', 'd'], 'k2']);
  store.putReport('l', 'a@example.org', 'r1', report('a'));
  store.putReport('l', 'c@example.org', 'r2', report('c'));
  form([['a', 'b', 'c'], 'k3'], [['d'], 'k4']);
  assert.deepEqual(members(), { a: 'a', b: 'a', c: 'a', d: 'd' });
  assert.deepEqual(store.debateStates('l'), [
    { id: 'd@example.org', contentKey: 'k4', reportKey: '' },
    { id: 'a@example.org', contentKey: 'k3', reportKey: 'r1' },
  ]);
  assert.equal(store.report('c@example.org', 'l'), undefined, 'a debate that is gone has no report');
  form([['d'], 'k4'], [['a', 'b'], 'k1'], [['c'], 'k5']);
  assert.deepEqual(members(), { a: 'a', b: 'a', c: 'c', d: 'd' });
  form();
  assert.deepEqual(members(), { a: undefined, b: undefined, c: undefined, d: undefined });
  assert.deepEqual(store.check(), []);
});

test('pages of debates are filtered by list, status and open questions, newest first', (t) => {
  const store = withMails(madeStore(t), ['a', 'b', 'c']);
  withMails(store, ['z'], 'other');
  store.putDebates(
    'l',
    ['a', 'b', 'c'].map((name) => ({ draft: draft(name, 'l', [name]), contentKey: name })),
  );
  store.putDebates('other', [{ draft: draft('z', 'other', ['z']), contentKey: 'z' }]);
  const question: Report['questions'][number] = {
    id: 'Q1',
    messageId: 'b@example.org',
    quote: 'why?',
    start: 0,
    end: 4,
    kind: 'information',
    status: 'open',
    answeredBy: [],
  };
  store.putReport(
    'l',
    'b@example.org',
    'r',
    report('b', {
      questions: [question, { ...question, id: 'Q2', status: 'answered' }],
      status: { value: 'withdrawn', basis: 'stated', evidence: [] },
      temperature: { value: 'quiet', facts: [] },
      proposals: [
        { id: 'P1', title: 'x', by: 'p1', outcome: 'open', evidence: [], versions: [{ v: '1' }, { v: '2' }] },
      ],
      participants: [
        { id: 'p1', name: 'Ann', addresses: [], role: 'unknown' },
        { id: 'p2', name: 'Bo', addresses: [], role: 'unknown', quotedOnly: true },
      ],
    }),
  );
  const page = (options: object): string[] =>
    store.debates({ limit: 10, offset: 0, ...options }).rows.map(({ id }) => id.slice(0, 1));
  assert.deepEqual(page({ list: 'l' }), ['c', 'b', 'a']);
  assert.deepEqual(page({}).toSorted(), ['a', 'b', 'c', 'z']);
  assert.deepEqual(page({ status: 'withdrawn' }), ['b']);
  assert.deepEqual(page({ open: true }), ['b']);
  assert.deepEqual(page({ list: 'unknown' }), []);
  assert.deepEqual(page({ list: 'l', limit: 1, offset: 1 }), ['b']);
  assert.equal(store.debates({ list: 'l', limit: 1, offset: 0 }).total, 3);
  const row = store.debateOf('b@example.org');
  assert.deepEqual(
    [row?.status, row?.basis, row?.openQuestions, row?.versions, row?.people, row?.temperature],
    ['withdrawn', 'stated', 1, 2, 1, 'quiet'],
  );
});

test('a failed analysis is remembered and takes the old report away', (t) => {
  const store = withMails(madeStore(t), ['a']);
  store.putDebates('l', [{ draft: draft('a', 'l', ['a']), contentKey: 'k' }]);
  store.putReport('l', 'a@example.org', 'r1', report('a'));
  assert.equal(store.report('a@example.org', 'l')?.subject, 'About a');
  store.putFailure('l', 'a@example.org', 'r2', 'TypeError: x');
  assert.equal(store.debateOf('a@example.org')?.failure, 'TypeError: x');
  assert.equal(store.report('a@example.org', 'l'), undefined);
  assert.equal(store.debateStates('l')[0]?.reportKey, 'r2');
  store.putReport('l', 'a@example.org', 'r3', report('a'));
  assert.equal(store.debateOf('a@example.org')?.failure, null);
  // A debate that went away meanwhile is no error.
  store.putReport('l', 'gone@example.org', 'r', report('a'));
  store.putFailure('l', 'gone@example.org', 'r', 'x');
});

test('thread ids are kept per list', (t) => {
  const store = withMails(madeStore(t), ['a', 'b']);
  withMails(store, ['a'], 'other');
  store.setThreads('l', [
    ['a@example.org', 'a@example.org'],
    ['b@example.org', 'a@example.org'],
  ]);
  assert.deepEqual(
    [...store.threadIds('l')].map(({ id, thread }) => `${id} ${thread}`),
    ['a@example.org a@example.org', 'b@example.org a@example.org'],
  );
  assert.deepEqual([...store.threadIds('other')], []);
  assert.deepEqual(store.dirtyMessages('l'), ['a@example.org', 'b@example.org']);
  store.clearDirty('l');
  assert.deepEqual(store.dirtyMessages('l'), []);
  assert.deepEqual(store.dirtyMessages('other'), ['a@example.org']);
});

test('sources, cursors and rejects are remembered once', (t) => {
  const store = madeStore(t);
  store.setCursor('/a', 'l', '0', 'c1');
  store.setCursor('/a', 'l', '0', 'c2');
  store.setCursor('/a', 'l', '1', 'c3');
  store.setCursor('/a', 'm', '0', 'c4');
  store.rememberSource('/a', 'l', 'mbox', 7);
  assert.deepEqual(
    [...store.cursors('/a', 'l')],
    [
      ['0', 'c2'],
      ['1', 'c3'],
    ],
  );
  assert.deepEqual([...store.cursors('/b', 'l')], []);
  assert.deepEqual(
    store.sources().map(({ source, list, kind, lastSync }) => [source, list, kind, lastSync]),
    [
      ['/a', 'l', 'mbox', 7],
      ['/a', 'm', '', 0],
    ],
  );
  const defect = { code: 'not-mail', detail: 'x', file: 'f', offset: 3 };
  store.addReject('l', { source: '/a', at: 12 }, defect);
  store.addReject('l', { source: '/a', at: 12 }, defect);
  store.addReject('l', { source: '/a', at: 'f'.repeat(40) }, { code: 'x', detail: 'y' });
  assert.deepEqual(store.rejects(), [
    { list: 'l', origin: { source: '/a', at: 12 }, defect },
    { list: 'l', origin: { source: '/a', at: 'f'.repeat(40) }, defect: { code: 'x', detail: 'y' } },
  ]);
});
