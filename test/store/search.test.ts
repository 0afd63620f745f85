// Plain-word search: what matches, what is marked, and that no query can be an error.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cutSnippet, matchExpression, parseTerms } from '../../store/snippet.ts';
import { added, draft, madeStore, message } from './made.ts';
import type { Store } from '../../store/store.ts';

function filled(store: Store): Store {
  const mails = [
    message('a', { subject: 'Ban of kfuncs', body: 'I would keep the old_name of it.\n', time: 100 }),
    message('b', {
      body: 'On Monday Ann wrote:\n> I would keep the old_name of it.\nThat is a naïve idea.\n',
      from: [{ name: 'Bo Müller', address: 'bo@example.org' }],
      time: 200,
    }),
    message('c', { body: 'NEAR AND OR NOT "quoted" (x) col:term a*b ^c -d +e\n', time: 300 }),
  ];
  for (const one of mails) {
    const quoted = one.id.startsWith('b') ? '> I would keep the old_name of it.\n' : '';
    store.addMessage(one.id.startsWith('c') ? 'other' : 'list', {
      ...added(one),
      own: one.body.replace(quoted, ''),
      quoted,
    });
  }
  return store;
}

test('words and phrases are found in own and quoted text, subjects and people', (t) => {
  const store = filled(madeStore(t));
  const table: readonly (readonly [string, readonly string[]])[] = [
    ['keep', ['a', 'b']],
    ['KEEP', ['a', 'b']],
    ['keep old_name', ['a', 'b']],
    ['"old name"', ['a', 'b']],
    ['"name old"', []],
    ['naive', ['b']],
    ['naïve', ['b']],
    ['kfuncs', ['a']],
    ['kfu', []],
    ['kfu*', ['a']],
    ['müller', ['b']],
    ['bo@example.org', ['b']],
    ['keep nothing', []],
    ['near', ['c']],
    ['AND', ['c']],
    ['NOT x', ['c']],
    ['"unbalanced', []],
    ['col:term', ['c']],
    ['subject:kfuncs', []],
    ['', []],
    ['   ', []],
    ['-- "" * ( ) ^', []],
    ['\0', []],
  ];
  for (const [query, expected] of table) {
    const { total, hits } = store.search(query, { limit: 10, offset: 0 });
    assert.deepEqual(hits.map(({ id }) => id.slice(0, 1)).toSorted(), [...expected], query);
    assert.equal(total, expected.length, query);
  }
});

test('own words rank above the same words quoted', (t) => {
  const store = filled(madeStore(t));
  assert.deepEqual(
    store.search('keep', { limit: 10, offset: 0 }).hits.map(({ id }) => id),
    ['a@example.org', 'b@example.org'],
  );
});

test('list, time and page narrow the hits, and a hit knows its debate', (t) => {
  const store = filled(madeStore(t));
  store.putDebates('list', [{ draft: draft('a', 'list', ['a', 'b']), contentKey: 'k' }]);
  const ids = (options: object): string[] =>
    store.search('example', { limit: 10, offset: 0, ...options }).hits.map(({ id }) => id.slice(0, 1));
  assert.deepEqual(ids({}).toSorted(), ['a', 'b', 'c']);
  assert.deepEqual(ids({ list: 'other' }), ['c']);
  assert.deepEqual(ids({ list: 'no such list' }), []);
  assert.deepEqual(ids({ since: 200 }).toSorted(), ['b', 'c']);
  assert.deepEqual(ids({ until: 200 }), ['a']);
  const pages = [0, 1, 2, 3].map((offset) => ids({ limit: 1, offset }));
  assert.deepEqual(pages.flat().toSorted(), ['a', 'b', 'c']);
  const [hit] = store.search('naive', { limit: 10, offset: 0 }).hits;
  assert.equal(hit?.debate, 'a@example.org');
  assert.equal(hit?.from, 'Bo Müller');
  assert.equal(hit?.list, 'list');
});

test('no query is an error', (t) => {
  const store = filled(madeStore(t));
  const unit = fc.oneof(
    fc.constantFrom('"', '*', '(', ')', 'AND', 'NEAR(', '^', ':', '-', '{', '\\', "'", '\0', ' ', 'keep'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
      const { total, hits } = store.search(parts.join(''), { limit: 10, offset: 0 });
      assert.equal(hits.length, total);
    }),
    { numRuns: 300, seed: 3 },
  );
});

function marked(body: string, query: string): string[] {
  const { text, marks } = cutSnippet(body, parseTerms(query));
  return marks.map(([start, end]) => text.slice(start, end));
}

test('snippets show the best place and mark exactly what matched', () => {
  assert.deepEqual(parseTerms('a "b c" d* "e'), [
    { tokens: ['a'], prefix: false },
    { tokens: ['b', 'c'], prefix: false },
    { tokens: ['d'], prefix: true },
    { tokens: ['e'], prefix: false },
  ]);
  assert.equal(matchExpression(parseTerms('old_name "x y" z*')), '"old name" AND "x y" AND "z" *');
  assert.deepEqual(marked('Keep the old_name here', 'old_name'), ['old_name']);
  assert.deepEqual(marked('a naïve idea, NAIVE', 'naive'), ['naïve', 'NAIVE']);
  assert.deepEqual(marked('kfunc and kfuncs', 'kfunc'), ['kfunc']);
  assert.deepEqual(marked('kfunc and kfuncs', 'kfunc*'), ['kfunc', 'kfuncs']);
  assert.deepEqual(marked('two\n  words', '"two words"'), ['two words']);
  assert.deepEqual(cutSnippet('no hit here\nat all', parseTerms('absent')), {
    text: 'no hit here at all',
    marks: [],
  });
  assert.deepEqual(cutSnippet('', parseTerms('x')), { text: '', marks: [] });

  const filler = 'lorem ipsum dolor sit amet '.repeat(40);
  const both = `one ${filler} > quote\n> one two\n${filler}\nhere one and two stand\n${filler}`;
  const { text, marks } = cutSnippet(both, parseTerms('one two'));
  assert.match(text, /^….*here one and two stand.*…$/);
  assert.deepEqual(
    marks.map(([start, end]) => text.slice(start, end)),
    ['one', 'two'],
  );
});

test('a snippet is bounded and its marks lie in it, for any text', () => {
  const word = fc.constantFrom('one', 'two', 'three', '>', '\n', '\n>', '  ', 'é', '😀', 'onetwo', '\0', '-');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 400 }), fc.array(word, { maxLength: 5 }), (body, query) => {
      const { text, marks } = cutSnippet(body.join(' '), parseTerms(query.join(' ')));
      assert.ok(text.length <= 320, String(text.length));
      let last = 0;
      for (const [start, end] of marks) {
        assert.ok(start >= last && end > start && end <= text.length);
        assert.doesNotMatch(text.slice(start, end), /^\s|\s$/);
        last = end;
      }
    }),
    { numRuns: 300, seed: 9 },
  );
});

test('hostile texts are cut in bounded time', () => {
  const start = performance.now();
  for (const body of [
    '>'.repeat(1_000_000),
    'a '.repeat(500_000),
    'a'.repeat(1_000_000),
    '\n'.repeat(1_000_000),
  ]) {
    cutSnippet(body, parseTerms('a b c d "a a a a" aa*'));
  }
  assert.ok(performance.now() - start < 5_000);
});
