// Threads from sketches, and what must hold for any references whatever.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildThreads } from '../../../ingest/thread/build.ts';
import type { ThreadingRow } from '../../../model/thread.ts';
import { row, rowsOf, sketchOf } from './sketch.ts';

const SKETCHES: readonly string[] = [
  'a',
  'a\n\nb\n\nc',
  'a\n  b\n    c\n  d\n    e\n      f\n  g',
  '(lost)\n  a\n  b',
  '(lost)\n  (mid)\n    a\n    b\n  c',
  'a\n  (mid)\n    b\n\nc\n  d',
];

for (const sketch of SKETCHES) {
  test(`References give back the sketch ${JSON.stringify(sketch)}`, () => {
    assert.equal(sketchOf(buildThreads(rowsOf(sketch))), sketch);
  });
}

const CASES: readonly (readonly [string, readonly ThreadingRow[], string])[] = [
  ['In-Reply-To alone links', [row('a', { time: 1 }), row('b', { time: 2, inReplyTo: ['a'] })], 'a\n  b'],
  [
    'the last reference is the parent',
    [
      row('a', { time: 1 }),
      row('b', { time: 2, references: ['a'] }),
      row('c', { time: 3, references: ['a', 'b'] }),
    ],
    'a\n  b\n    c',
  ],
  [
    'In-Reply-To comes after References when it names another mail',
    [
      row('a', { time: 1 }),
      row('b', { time: 2, references: ['a'] }),
      row('c', { time: 3, references: ['a'], inReplyTo: ['b'] }),
    ],
    'a\n  b\n    c',
  ],
  [
    'a mail that lost its References is put under its parent by what later mails say',
    [row('a', { time: 1 }), row('b', { time: 2 }), row('c', { time: 3, references: ['a', 'b'] })],
    'a\n  b\n    c',
  ],
  [
    "a mail's own word beats what others' References say",
    [
      row('a', { time: 1 }),
      row('x', { time: 2 }),
      row('b', { time: 3, references: ['a'] }),
      row('c', { time: 4, references: ['x', 'b'] }),
    ],
    'a\n  b\n    c\nx',
  ],
  [
    'a loop is broken at its earliest mail',
    [
      row('a', { time: 1, references: ['c'] }),
      row('b', { time: 2, references: ['a'] }),
      row('c', { time: 3, references: ['b'] }),
    ],
    'a\n  b\n    c',
  ],
  ['a mail that answers itself is a root', [row('a', { references: ['a'], inReplyTo: ['a'] })], 'a'],
  ['repeated ids in References', [row('a', { references: ['p', 'q', 'p', 'q'] })], '(p)\n  (q)\n    a'],
  [
    'a parent further up is taken when the nearest closes a loop',
    [
      row('a', { time: 1, references: ['z', 'b'] }),
      row('b', { time: 2, references: ['a'] }),
      row('z', { time: 3 }),
    ],
    'z\n  a\n    b',
  ],
  [
    "In-Reply-To with the sender's address or git send-email's `y` is no mail",
    [
      row('a', { time: 1, fromAddress: 'Ann@example.org' }),
      row('b', { time: 2, fromAddress: 'ben@example.org', inReplyTo: ['ann@example.org'] }),
      row('c', { time: 3, inReplyTo: ['y'] }),
      row('d', { time: 4, inReplyTo: ['y'] }),
    ],
    'a\n\nb\n\nc\n\nd',
  ],
  [
    'an undated mail does not become the start of a dated thread',
    [row('a', { time: 0, references: ['r'] }), row('b', { time: 5, references: ['r'] })],
    '(r)\n  b\n  a',
  ],
];

for (const [name, rows, sketch] of CASES) {
  test(name, () => assert.equal(sketchOf(buildThreads(rows)), sketch));
}

test('links say where they come from', () => {
  const [thread] = buildThreads([
    row('a', { time: 1 }),
    row('b', { time: 2, references: ['a'], inReplyTo: ['a'] }),
    row('c', { time: 3, inReplyTo: ['b'] }),
  ]);
  assert.deepEqual(
    thread?.nodes.map((node) => node.link),
    ['root', 'references', 'in-reply-to'],
  );
});

test('a thread is named by its earliest present mail', () => {
  const threads = buildThreads([
    row('late', { time: 9, references: ['ghost'] }),
    row('early', { time: 4, references: ['ghost'] }),
  ]);
  assert.deepEqual(
    threads.map((thread) => thread.id),
    ['early'],
  );
});

const anyRows: fc.Arbitrary<ThreadingRow[]> = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 0, max: 14 }).map(String),
    time: fc.integer({ min: 0, max: 4 }),
    references: fc.array(fc.integer({ min: 0, max: 19 }).map(String), { maxLength: 5 }),
    inReplyTo: fc.array(fc.integer({ min: 0, max: 19 }).map(String), { maxLength: 2 }),
    subject: fc.constant(''),
    fromName: fc.constant(''),
    fromAddress: fc.constant(''),
  }),
  { selector: (one) => one.id, maxLength: 15 },
);

/** Connected components by the plainest means: repeat until nothing changes. */
function components(rows: readonly ThreadingRow[]): Map<string, string> {
  const name = new Map<string, string>();
  for (const one of rows) {
    for (const id of [one.id, ...one.references, ...one.inReplyTo]) name.set(id, id);
  }
  for (let changed = true; changed;) {
    changed = false;
    for (const one of rows) {
      const ids = [one.id, ...one.references, ...one.inReplyTo];
      const least = ids.map((id) => name.get(id) ?? id).toSorted()[0] ?? '';
      for (const id of ids) {
        if (name.get(id) === least) continue;
        name.set(id, least);
        changed = true;
      }
    }
  }
  return name;
}

test('any references: same forest for any order, each id once, no loop, one thread per component', () => {
  fc.assert(
    fc.property(anyRows, fc.infiniteStream(fc.nat()), (rows, random) => {
      const threads = buildThreads(rows);
      const keyed = rows.map((one) => ({ one, key: random.next().value }));
      const shuffled = keyed.toSorted((a, b) => a.key - b.key).map(({ one }) => one);
      assert.deepEqual(buildThreads(shuffled), threads);

      sketchOf(threads); // Throws on a wrong order, a missing or a second parent.
      const expected = components(rows);
      const seen = new Map<string, string>();
      for (const thread of threads) {
        for (const node of thread.nodes) {
          assert.ok(!seen.has(node.id), `${node.id} twice`);
          seen.set(node.id, thread.id);
          assert.equal(node.ghost, !rows.some((one) => one.id === node.id));
          assert.equal(expected.get(node.id), expected.get(thread.id));
        }
      }
      assert.equal(seen.size, expected.size);
      assert.equal(threads.length, new Set(expected.values()).size);
    }),
    { numRuns: 2000 },
  );
});

test('a parent is always one of the ids that some mail names', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const named = new Map(rows.map((one) => [one.id, new Set([...one.references, ...one.inReplyTo])]));
      for (const thread of buildThreads(rows)) {
        for (const node of thread.nodes) {
          const own = named.get(node.id);
          own?.delete(node.id);
          if (node.parent !== null && own !== undefined && own.size > 0) {
            // Either its own word, or (all of its own closing loops) the word of others.
            const inOthers = rows.some(
              (one) => one.references.includes(node.id) || one.inReplyTo.includes(node.id),
            );
            assert.ok(own.has(node.parent) || inOthers, `${node.id} under ${node.parent}`);
          }
        }
      }
    }),
  );
});

const DEEP = 20_000;

const LARGE: readonly (readonly [string, () => ThreadingRow[]])[] = [
  [
    'In-Reply-To only',
    () =>
      Array.from({ length: DEEP }, (_, n) =>
        row(`m${n}`, { time: n + 1, inReplyTo: n > 0 ? [`m${n - 1}`] : [] }),
      ),
  ],
  [
    'dates backwards',
    () =>
      Array.from({ length: DEEP }, (_, n) =>
        row(`m${n}`, { time: DEEP - n, inReplyTo: n > 0 ? [`m${n - 1}`] : [] }),
      ),
  ],
];

for (const [name, make] of LARGE) {
  test(`a chain of ${DEEP} mails is one thread (${name})`, () => {
    const before = performance.now();
    const threads = buildThreads(make());
    assert.equal(threads.length, 1);
    const nodes = threads[0]?.nodes ?? [];
    assert.equal(nodes.length, DEEP);
    assert.deepEqual(
      nodes.map((node) => node.parent),
      [null, ...Array.from({ length: DEEP - 1 }, (_, n) => `m${n}`)],
    );
    assert.ok(performance.now() - before < 5000);
  });
}

test(`one mail with ${DEEP} References is one thread of ghosts`, () => {
  const references = Array.from({ length: DEEP }, (_, n) => `g${n}`);
  const threads = buildThreads([row('a', { time: 1, references })]);
  assert.equal(threads.length, 1);
  assert.equal(threads[0]?.nodes.length, DEEP + 1);
});
