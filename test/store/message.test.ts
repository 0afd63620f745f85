// Mails on lists: copies, variants, removal, and the same against a plain model of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openStore } from '../../store/open.ts';
import { added, draft, madeStore, message, report } from './made.ts';
import type { Message } from '../../model/message.ts';
import type { Store } from '../../store/store.ts';

function hits(store: Store, query: string, list?: string): string[] {
  const options = list === undefined ? {} : { list };
  return store.search(query, { ...options, limit: 100, offset: 0 }).hits.map((hit) => hit.id);
}

test('a mail comes back as it was stored', (t) => {
  const store = madeStore(t);
  const one = message('a', {
    subject: 'Grüße „x“ \u{1f600}',
    inReplyTo: ['p@example.org'],
    references: ['r@example.org', 'p@example.org'],
    headers: { 'x-mailer': 'm', precedence: 'list' },
    attachments: [{ name: 'a.patch', type: 'text/x-patch', size: 12 }],
    defects: [{ code: 'odd', detail: 'why', offset: 3 }],
    body: 'Tab\tNUL\0end\r\nlast line without feed',
  });
  assert.equal(store.addMessage('l', added(one)), 'added');
  assert.deepEqual(store.message('a@example.org'), one);
  assert.deepEqual(store.message('a@example.org', 'l'), one);
  assert.equal(store.message('a@example.org', 'other'), undefined);
  assert.equal(store.message('b@example.org'), undefined);
  assert.deepEqual(store.raw('a@example.org'), added(one).raw);
  assert.deepEqual(store.defects({ limit: 10, offset: 0 }), [
    { id: one.id, origin: added(one).origin, defects: one.defects },
  ]);
  assert.deepEqual(hits(store, 'end'), [one.id]);
  const { id, time, subject, inReplyTo, references } = one;
  assert.deepEqual(
    [...store.threadingRows('l')],
    [{ id, time, subject, fromName: 'Ann Example', fromAddress: 'ann@example.org', inReplyTo, references }],
  );
});

test('bodies of every kind and size come back exactly', (t) => {
  const store = madeStore(t);
  const bodies = [
    '',
    '\n',
    'x'.repeat(200_000),
    'lone \ud800 surrogate',
    '\ufeffbyte order mark',
    'Ünïcödé\n'.repeat(20_000),
    '\0\0\0',
  ];
  const mails = bodies.map((body, index) => message(`b${index}`, { body }));
  store.transaction(() => {
    for (const one of mails) assert.equal(store.addMessage('l', added(one)), 'added');
    // Also while the block they are in is still open.
    for (const one of mails) assert.equal(store.message(one.id)?.body, one.body);
  });
  for (const one of mails) {
    assert.equal(store.message(one.id)?.body, one.body);
    assert.deepEqual(store.raw(one.id), added(one).raw);
  }
  assert.deepEqual(store.check(), []);
});

test('any text survives', (t) => {
  const store = madeStore(t);
  let run = 0;
  const unit = fc.oneof(fc.constantFrom('>', '\n', '\r\n', ' ', '\0', '\ud800', 'é', '😀'), fc.string());
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), fc.boolean(), (parts, inRaw) => {
      const one = message(`p${(run += 1)}`, { body: parts.join('') });
      const given = added(one);
      const raw = inRaw ? given.raw : Buffer.from('no body in here\n\n');
      store.addMessage('l', { ...given, raw });
      assert.equal(store.message(one.id)?.body, one.body);
      assert.deepEqual(store.raw(one.id), raw);
    }),
    { numRuns: 200, seed: 11 },
  );
});

test('the same content is one message on many lists; other content under its id is a variant', (t) => {
  const store = madeStore(t);
  const early = message('a', { time: 100, body: 'first words\n' });
  const late = message('a', { time: 200, body: 'other words\n' });
  assert.equal(store.addMessage('one', added(late)), 'added');
  assert.equal(store.addMessage('one', added(late)), 'duplicate');
  assert.equal(store.addMessage('two', added(late)), 'other-list');
  assert.equal(store.addMessage('two', added(early)), 'variant');
  assert.equal(store.addMessage('two', added(early)), 'duplicate');
  assert.deepEqual(store.listsOf('a@example.org'), ['one', 'two']);
  assert.deepEqual(
    store.variants('a@example.org').map(({ body }) => body),
    ['first words\n', 'other words\n'],
  );
  assert.equal(store.message('a@example.org')?.body, 'first words\n');
  assert.equal(store.message('a@example.org', 'one')?.body, 'other words\n');
  assert.equal(store.message('a@example.org', 'two')?.body, 'first words\n');
  assert.equal([...store.threadingRows('two')].length, 1);
  // On list two only the shown variant is found.
  assert.deepEqual(hits(store, 'first', 'two'), ['a@example.org']);
  assert.deepEqual(hits(store, 'other', 'two'), []);
  assert.deepEqual(hits(store, 'other'), ['a@example.org']);
  assert.deepEqual(
    store.lists().map(({ name, messages }) => [name, messages]),
    [
      ['one', 1],
      ['two', 2],
    ],
  );
});

test('of two copies of one mail the same one is kept whichever comes first', (t) => {
  const one = message('a');
  const copies = ['Received: by b\n', 'Received: by a\n'].map((carrier) => added(one, carrier));
  const kept = [copies, copies.toReversed()].map((order) => {
    const store = openStore(':memory:');
    t.after(() => store.close());
    assert.deepEqual(
      order.map((copy) => store.addMessage('l', copy)),
      ['added', 'duplicate'],
    );
    assert.deepEqual(store.check(), []);
    return store.raw(one.id)?.toString();
  });
  assert.equal(kept[0], kept[1]);
  assert.match(kept[0] ?? '', /^Received: by a\n/);
});

test('a removed mail is gone from list, search, threads, debates and file', (t) => {
  const store = madeStore(t);
  const secret = message('s', { body: 'a secret word\n', inReplyTo: ['a@example.org'] });
  for (const one of [message('a'), secret]) store.addMessage('l', added(one));
  store.addMessage('m', added(secret));
  store.setThreads('l', [
    ['a@example.org', 'a@example.org'],
    ['s@example.org', 'a@example.org'],
  ]);
  store.putDebates('l', [{ draft: draft('a', 'l', ['a', 's']), contentKey: 'k' }]);
  store.putReport('l', 'a@example.org', 'r', report('a'));
  store.clearDirty('l');
  const { contentHash } = added(secret);

  assert.equal(store.deleteMessage('l', 's@example.org', '00'.repeat(16)), 0);
  assert.equal(store.deleteMessage('l', 'x@example.org', contentHash), 0);
  assert.equal(store.deleteMessage('nowhere', 's@example.org', contentHash), 0);
  assert.equal(store.deleteMessage('l', 's@example.org', contentHash), 1);
  assert.equal(store.deleteMessage('l', 's@example.org', contentHash), 0);
  // It is still on the other list.
  assert.equal(store.message('s@example.org', 'l'), undefined);
  assert.equal(store.message('s@example.org', 'm')?.body, 'a secret word\n');
  assert.deepEqual(hits(store, 'secret', 'l'), []);
  assert.deepEqual(hits(store, 'secret', 'm'), ['s@example.org']);
  assert.equal(store.report('a@example.org', 'l'), undefined, 'a report must not quote what was removed');
  assert.deepEqual(store.dirtyMessages('l'), ['a@example.org']);

  assert.equal(store.deleteMessage('m', 's@example.org', contentHash), 1);
  assert.equal(store.message('s@example.org'), undefined);
  assert.equal(store.raw('s@example.org'), undefined);
  assert.deepEqual(hits(store, 'secret'), []);
  assert.equal(store.deleteMessage('l', 'a@example.org', added(message('a')).contentHash), 1);
  assert.deepEqual(store.debateStates('l'), []);
  assert.deepEqual(store.counts(), { messages: 0, lists: 2, debates: 0, defects: 0, rejects: 0 });
  assert.deepEqual(store.check(), []);
});

test('a failed transaction leaves nothing behind, also not in memory', (t) => {
  const store = madeStore(t);
  store.addMessage('l', added(message('a')));
  assert.throws(
    () =>
      store.transaction(() => {
        store.addMessage('l', added(message('b', { references: ['ghost@example.org'] })));
        store.setCursor('s', 'l', '0', 'c');
        throw new Error('stop');
      }),
    /^Error: stop$/,
  );
  assert.equal(store.message('b@example.org'), undefined);
  assert.equal(store.cursors('s', 'l').size, 0);
  store.addMessage('l', added(message('c', { references: ['ghost@example.org'] })));
  store.addMessage('l', added(message('b', { references: ['c@example.org', 'ghost@example.org'] })));
  assert.deepEqual(
    [...store.threadingRows('l')].map(({ id, references }) => [id, references]),
    [
      ['a@example.org', []],
      ['c@example.org', ['ghost@example.org']],
      ['b@example.org', ['c@example.org', 'ghost@example.org']],
    ],
  );
  assert.equal(store.message('a@example.org')?.body, 'The body of a.\n');
  assert.deepEqual(store.check(), []);
});

interface Step {
  readonly kind: 'add' | 'remove';
  readonly list: string;
  readonly id: string;
  readonly content: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('add' as const, 'add' as const, 'remove' as const),
  list: fc.constantFrom('one', 'two'),
  id: fc.constantFrom('a', 'b', 'c'),
  content: fc.integer({ min: 0, max: 2 }),
});

function mailOf({ id, content }: Step): Message {
  return message(id, { time: 100 + (content % 2), body: `word${content} of ${id}\n` });
}

test('any sequence of additions and removals, in any cut into transactions, ends as a plain model of it', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 6 }), (batches) => {
      const store = openStore(':memory:');
      const model = new Map<string, Message>();
      for (const batch of batches) {
        store.transaction(() => {
          for (const one of batch) {
            const mail = mailOf(one);
            const key = `${one.list} ${one.id} ${one.content}`;
            const elsewhere = [...model.keys()].map((other) => other.split(' '));
            if (one.kind === 'remove') {
              const removed = store.deleteMessage(one.list, mail.id, added(mail).contentHash);
              assert.equal(removed, model.delete(key) ? 1 : 0);
              continue;
            }
            const expected = model.has(key)
              ? 'duplicate'
              : elsewhere.some(([, id, content]) => id === one.id && content === String(one.content))
                ? 'other-list'
                : elsewhere.some(([, id]) => id === one.id)
                  ? 'variant'
                  : 'added';
            assert.equal(store.addMessage(one.list, added(mail)), expected);
            model.set(key, mail);
          }
        });
      }
      for (const list of ['one', 'two']) {
        const shown = new Map<string, Message>();
        const here = [...model].filter(([key]) => key.startsWith(list)).map(([, mail]) => mail);
        const order = (mail: Message): string => `${mail.time} ${added(mail).contentHash}`;
        for (const mail of here) {
          const other = shown.get(mail.id);
          if (other === undefined || order(mail) < order(other)) shown.set(mail.id, mail);
        }
        assert.deepEqual(
          [...store.threadingRows(list)].map(({ id }) => id).toSorted(),
          [...shown.keys()].toSorted(),
        );
        for (const [id, mail] of shown) assert.deepEqual(store.message(id, list), mail);
        for (const word of ['word0', 'word1', 'word2']) {
          const expected = [...shown.values()]
            .filter(({ body }) => body.startsWith(word))
            .map(({ id }) => id);
          assert.deepEqual(hits(store, word, list).toSorted(), expected.toSorted());
        }
      }
      assert.equal(store.counts().messages, new Set([...model.keys()].map((key) => key.slice(4))).size);
      assert.deepEqual(store.check(), []);
      store.close();
    }),
    { numRuns: 60, seed: 5 },
  );
});
