// Every quoted line goes to the message it was written in, and to nobody when that cannot be told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Ledger } from '../../../model/ledger.ts';
import { buildLedger } from '../../../nlp/ledger/build.ts';
import type { Letter } from './debate.ts';
import { debateOf } from './debate.ts';

/** Quotes of one message as `depth source match: words there`; `-` without a source. */
function quotesOf(ledger: Ledger, id: string): string[] {
  const bodies = new Map(ledger.entries.map((entry) => [entry.message.id, entry.message.body]));
  for (const ghost of ledger.ghosts) bodies.set(ghost.message.id, ghost.message.body);
  const entry = ledger.entries.find((one) => one.message.id === id);
  return (entry?.segments ?? [])
    .filter((segment) => segment.kind === 'quote')
    .map(({ quoteDepth, source }) => {
      if (!source) return `${quoteDepth} -`;
      const words = bodies.get(source.messageId)?.slice(source.start, source.end).replace(/\s+/g, ' ') ?? '?';
      return `${quoteDepth} ${source.messageId} ${source.match}: ${source.start === undefined ? '' : words}`;
    });
}

const ANN =
  'I propose to drop the old helper next month.\nNobody has used it for years now.\n\nIt costs us a page of memory per process.\n';
const BOB =
  'On Mon, 3 May 2021, Ann Other wrote:\n> I propose to drop the old helper next month.\n\nI would rather keep it for another release.\n';

const cases: readonly {
  name: string;
  letters: readonly Letter[];
  of: string;
  expected: readonly string[];
}[] = [
  {
    name: 'a quoted line, exact',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      { id: 'b', from: 'Bob Else', body: BOB, to: 'a' },
    ],
    of: 'b',
    expected: ['1 a exact: I propose to drop the old helper next month.'],
  },
  {
    name: 'depth two resolves to the ancestor of the ancestor',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      { id: 'b', from: 'Bob Else', body: BOB, to: 'a' },
      {
        id: 'c',
        from: 'Carl Last',
        to: 'b',
        body: 'Bob Else wrote:\n> Ann Other wrote:\n> > I propose to drop the old helper next month.\n>\n> I would rather keep it for another release.\n\nSame here.\n',
      },
    ],
    of: 'c',
    expected: [
      '2 a exact: I propose to drop the old helper next month.',
      '1 b exact: I would rather keep it for another release.',
    ],
  },
  {
    name: 'one quote of two sources is split',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      { id: 'b', from: 'Bob Else', body: BOB, to: 'a' },
      {
        id: 'c',
        from: 'Carl Last',
        to: 'b',
        body: '> It costs us a page of memory per process.\n> I would rather keep it for another release.\n\nBoth are true.\n',
      },
    ],
    of: 'c',
    expected: [
      '1 a exact: It costs us a page of memory per process.',
      '1 b exact: I would rather keep it for another release.',
    ],
  },
  {
    name: 're-wrapped lines',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: '> I propose to drop the old helper next\n> month. Nobody has used it for years\n> now.\n\nAre you sure?\n',
      },
    ],
    of: 'b',
    expected: ['1 a exact: I propose to drop the old helper next month. Nobody has used it for years now.'],
  },
  {
    name: 'an edited line is fuzzy',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: '> Ann Other said to drop the old helper next month, right?\n\nNo.\n',
      },
    ],
    of: 'b',
    expected: ['1 a fuzzy: to drop the old helper next month.'],
  },
  {
    name: 'short words go to the parent that has them, not to a stranger',
    letters: [
      { id: 'x', from: 'Xaver First', body: 'Yes.\n' },
      { id: 'a', from: 'Ann Other', body: 'Is that needed at all?\n\nYes.\n' },
      { id: 'b', from: 'Bob Else', body: '> Yes.\n\nWhy?\n', to: 'a' },
    ],
    of: 'b',
    expected: ['1 a exact: Yes.'],
  },
  {
    name: 'short words that no ancestor has stay without a source',
    letters: [
      { id: 'x', from: 'Xaver First', body: 'Yes.\n' },
      { id: 'a', from: 'Ann Other', body: 'Is that needed at all?\n' },
      { id: 'b', from: 'Bob Else', body: '> Yes.\n\nWhy?\n', to: 'a' },
    ],
    of: 'b',
    expected: ['1 -'],
  },
  {
    name: 'words that stand in the present parent nowhere are not its words',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: 'On Mon, 3 May 2021, Ann Other wrote:\n> The moon is made of green cheese, says the manual.\n\nNo.\n',
      },
    ],
    of: 'b',
    expected: ['1 -'],
  },
  {
    name: 'of two messages with the same line the ancestor is meant',
    letters: [
      { id: 'x', from: 'Xaver First', body: 'We should have a vote about all of this.\n' },
      { id: 'a', from: 'Ann Other', body: 'We should have a vote about all of this.\n' },
      { id: 'y', from: 'Yvonne Next', body: 'We should have a vote about all of this.\n' },
      { id: 'b', from: 'Bob Else', to: 'a', body: '> We should have a vote about all of this.\n\nNo.\n' },
    ],
    of: 'b',
    expected: ['1 a exact: We should have a vote about all of this.'],
  },
  {
    name: 'of two strangers with the same line the attributed one is meant',
    letters: [
      { id: 'x', from: 'Xaver First', body: 'We should have a vote about all of this.\n' },
      { id: 'y', from: 'Yvonne Next', body: 'We should have a vote about all of this.\n' },
      {
        id: 'b',
        from: 'Bob Else',
        body: 'Xaver First wrote:\n> We should have a vote about all of this.\n\nNo.\n',
      },
    ],
    of: 'b',
    expected: ['1 x exact: We should have a vote about all of this.'],
  },
  {
    name: 'later words are never a source',
    letters: [
      { id: 'a', from: 'Ann Other', body: '> The proposal comes from outside of this list.\n\nSee above.\n' },
      { id: 'b', from: 'Bob Else', body: 'The proposal comes from outside of this list.\n' },
    ],
    of: 'a',
    expected: ['1 unknown'],
  },
  {
    name: 'a wrapped tail without marks is no word of the quoter',
    letters: [
      {
        id: 'a',
        from: 'Ann Other',
        body: 'The helper is still called from two drivers which nobody has ever ported over.\nSo wait.\n',
      },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: '> The helper is still called from two drivers which nobody has ever\nported over.\n> So wait.\n\nI ported them.\n',
      },
    ],
    of: 'b',
    expected: [
      '1 a exact: The helper is still called from two drivers which nobody has ever',
      '1 a exact: ported over.',
      '1 a exact: So wait.',
    ],
  },
  {
    name: "a copy of the parent's words without marks",
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: `You said:\n\n${ANN.split('\n\n')[0] ?? ''}\n\nI do not agree with that.\n`,
      },
    ],
    of: 'b',
    expected: ['1 a exact: I propose to drop the old helper next month. Nobody has used it for years now.'],
  },
  {
    name: 'an Outlook original',
    letters: [
      { id: 'a', from: 'Ann Other', body: ANN },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: `Fine with me.\n\n-----Original Message-----\nFrom: Ann Other\nSent: Monday\nTo: Bob\nSubject: x\n\n${ANN}`,
      },
    ],
    of: 'b',
    expected: [`1 a exact: ${ANN.trim().replace(/\s+/g, ' ')}`],
  },
];

for (const { name, letters, of, expected } of cases) {
  test(`quotes: ${name}`, () => {
    const found = quotesOf(buildLedger(debateOf(letters)), of);
    const shown = found.map((one) => one.replace(/ [0-9a-f]{40}@quoted\.hum .*/, ' unknown'));
    assert.deepEqual(shown, expected);
  });
}

test('swapped authors: the words move with them', () => {
  const make = (first: string, second: string): Letter[] => [
    { id: 'a', from: first, body: ANN },
    { id: 'b', from: second, body: BOB, to: 'a' },
  ];
  const speakers = (letters: readonly Letter[]): string[] =>
    buildLedger(debateOf(letters)).entries.flatMap((entry) =>
      entry.sentences.map(
        (one) => `${entry.message.from[0]?.name ?? ''}: ${entry.message.body.slice(one.start, one.end)}`,
      ),
    );
  const swap = (line: string): string =>
    line.startsWith('Ann Other:')
      ? line.replace('Ann Other:', 'Bob Else:')
      : line.replace('Bob Else:', 'Ann Other:');
  const straight = speakers(make('Ann Other', 'Bob Else'));
  assert.equal(straight.length, 4);
  assert.deepEqual(speakers(make('Bob Else', 'Ann Other')), straight.map(swap));
});

test('a reply below a marked line is the own word of the quoter though it opens like the rest of the line', () => {
  const ledger = buildLedger(
    debateOf([
      { id: 'a', from: 'Ann Other', body: 'We can drop the helper because it is dead.\n' },
      {
        id: 'b',
        from: 'Bob Else',
        to: 'a',
        body: '> We can drop the helper\nbecause nobody asked for it, I take it.\n',
      },
    ]),
  );
  const entry = ledger.entries[1];
  const said = entry?.sentences.map((one) => entry.message.body.slice(one.start, one.end));
  assert.deepEqual(said, ['because nobody asked for it, I take it.']);
});

test('resolved segments tile the body, sources are spans of earlier words, twice the same', () => {
  const words = fc.constantFrom(
    'drop the old helper',
    'keep it for now',
    'I think',
    'nobody uses it',
    'yes',
    'no',
  );
  const line = fc
    .tuple(fc.constantFrom('', '> ', '> > ', '>> '), words, words, words)
    .map(([mark, ...rest]) => mark + rest.join(' '));
  const attribution = fc.constantFrom(
    'On 3 May 2021, Ann Other wrote:',
    'Bob Else wrote:',
    '> Carl Last wrote:',
    '',
  );
  const body = fc
    .array(fc.oneof(line, line, attribution), { maxLength: 12 })
    .map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 5 }), (bodies) => {
      const people = ['Ann Other', 'Bob Else', 'Carl Last'];
      const letters = bodies.map((text, i) => ({
        id: `m${i}`,
        from: people[i % 3] ?? '',
        body: text,
        ...(i > 0 ? { to: `m${i - 1}` } : {}),
      }));
      const debate = debateOf(letters);
      const ledger = buildLedger(debate);
      const order = new Map(letters.map((letter, i) => [letter.id, i]));
      const lengths = new Map(letters.map((letter) => [letter.id, letter.body.length]));
      for (const ghost of ledger.ghosts) lengths.set(ghost.message.id, ghost.message.body.length);
      for (const [i, entry] of ledger.entries.entries()) {
        let at = 0;
        for (const segment of entry.segments) {
          assert.equal(segment.start, at);
          at = segment.end;
          const { source } = segment;
          if (!source) continue;
          assert.equal(segment.kind, 'quote');
          assert.ok((order.get(source.messageId) ?? -1) < i);
          const length = lengths.get(source.messageId) ?? -1;
          if (source.start !== undefined && source.end !== undefined)
            assert.ok(source.start <= source.end && source.end <= length);
        }
        assert.equal(at, entry.message.body.length);
      }
      assert.deepEqual(buildLedger(debate), ledger);
    }),
    { numRuns: 300 },
  );
});
