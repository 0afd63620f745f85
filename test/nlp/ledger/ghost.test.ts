// Absent messages are rebuilt from quotes, and credited to whom the attribution names; without one to nobody.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Ledger } from '../../../model/ledger.ts';
import { buildLedger } from '../../../nlp/ledger/build.ts';
import { evidenceOf } from '../../../nlp/ledger/ghost.ts';
import { debateOf } from './debate.ts';

function ghostsOf(ledger: Ledger): { author: string; text: string }[] {
  return ledger.ghosts.map((ghost) => ({
    author: `${ghost.authorName} <${ghost.authorAddress}>`,
    text: ghost.message.body,
  }));
}

/** One message, its two ancestors interleaved in its quotes. */
const LETTER = `On Mon, May 3, 2021 at 8:32 PM Ann Other
<ann@example.org> wrote:
>
> On Mon, May 03, 2021 at 11:48:59AM +0100, Bob Else wrote:
> >
> > I do not see why we need a ban at all.
>
> A ban is easier to enforce than a hundred exceptions.
> We have been at this for weeks.

I wish there were an exception for the basics.

>
> Users want stability, maintainers want freedom.

They do.

[...]

>
> > The door should be left open for later cases.
> > Nobody knows what comes.
>
> Opening it was discussed before, and it breaks programs.

Correct.
`;

test('two interleaved ghosts in one message get their own lines', () => {
  const ledger = buildLedger(debateOf([{ id: 'c', from: 'Carl Last', body: LETTER }]));
  assert.deepEqual(ghostsOf(ledger), [
    {
      author: 'Bob Else <>',
      text: 'I do not see why we need a ban at all.\n\nThe door should be left open for later cases.\nNobody knows what comes.',
    },
    {
      author: 'Ann Other <ann@example.org>',
      text: 'A ban is easier to enforce than a hundred exceptions.\nWe have been at this for weeks.\n\nUsers want stability, maintainers want freedom.\n\nOpening it was discussed before, and it breaks programs.',
    },
  ]);
  const own = ledger.entries[0]?.sentences.map((one) => LETTER.slice(one.start, one.end));
  assert.deepEqual(own, ['I wish there were an exception for the basics.', 'They do.', 'Correct.']);
});

test("a ghost's time, id, sentences and evidence", () => {
  const [bob, ann] = buildLedger(debateOf([{ id: 'c', from: 'Carl Last', body: LETTER }])).ghosts;
  assert.ok(bob && ann);
  assert.equal(bob.message.provenance, 'quotes');
  assert.match(bob.message.id, /^[0-9a-f]{40}@quoted\.hum$/);
  assert.equal(bob.message.time, Date.parse('2021-05-03T10:48:59Z') / 1000);
  assert.equal(ann.message.time, Date.parse('2021-05-03T20:32:00Z') / 1000);
  assert.deepEqual(
    bob.entry.sentences.map((one) => bob.message.body.slice(one.start, one.end)),
    [
      'I do not see why we need a ban at all.',
      'The door should be left open for later cases.',
      'Nobody knows what comes.',
    ],
  );
  for (const ghost of [bob, ann]) {
    for (const sentence of ghost.entry.sentences) {
      const words = ghost.message.body.slice(sentence.start, sentence.end);
      const quoted = evidenceOf(ghost, sentence.start, sentence.end).map((span) => {
        assert.equal(span.messageId, 'c');
        return LETTER.slice(span.start, span.end);
      });
      assert.equal(quoted.join('\n'), words);
    }
    for (const run of ghost.from) assert.match(LETTER.slice(run.start, run.end), /^[A-Z]/);
  }
  const answered = ann.lines.flatMap((line) =>
    line.answers ? [[ann.message.body.slice(line.start, line.end), line.answers.messageId] as const] : [],
  );
  assert.deepEqual(answered, [
    ['A ban is easier to enforce than a hundred exceptions.', bob.message.id],
    ['Opening it was discussed before, and it breaks programs.', bob.message.id],
  ]);
});

test('quotes of one absent message in several replies make one ghost, each line once, in order', () => {
  const ledger = buildLedger(
    debateOf([
      {
        id: 'b',
        from: 'Bob Else',
        to: 'gone',
        body: 'Ann Other <ann@example.org> writes:\n> The first point is about speed.\n> The second point is about size.\n\nNo.\n',
      },
      {
        id: 'c',
        from: 'Carl Last',
        to: 'gone',
        body: 'Ann Other <ann@example.org> writes:\n> The second point is about size.\n> The third point is about safety.\n\nYes.\n',
      },
      {
        id: 'd',
        from: 'Dora New',
        to: 'c',
        body: '> > The second point is about\n> > size.\n> Yes.\n\nThanks.\n',
      },
    ]),
  );
  assert.deepEqual(ghostsOf(ledger), [
    {
      author: 'Ann Other <ann@example.org>',
      text: 'The first point is about speed.\nThe second point is about size.\nThe third point is about safety.',
    },
  ]);
  assert.equal(ledger.ghosts[0]?.message.id, 'gone');
  const sources = ledger.entries.flatMap((entry) =>
    entry.segments.flatMap((one) => one.source?.messageId ?? []),
  );
  assert.deepEqual(sources, ['gone', 'gone', 'gone', 'c']);
});

test('two absent messages of one author are two ghosts', () => {
  const body =
    'On 3 May 2021 10:00, Ann Other wrote:\n> The first letter spoke of speed.\n\nNo.\n\nOn 4 May 2021 10:00, Ann Other wrote:\n> The second letter spoke of size.\n\nYes.\n';
  const ledger = buildLedger(debateOf([{ id: 'c', from: 'Carl Last', body }]));
  assert.deepEqual(
    ledger.ghosts.map((ghost) => ghost.message.body),
    ['The first letter spoke of speed.', 'The second letter spoke of size.'],
  );
});

test('without an attribution nobody is credited', () => {
  const ledger = buildLedger(
    debateOf([
      {
        id: 'c',
        from: 'Carl Last',
        to: 'gone',
        body: '> Somebody said this a while ago.\n\nHe was right.\n',
      },
    ]),
  );
  assert.deepEqual(ghostsOf(ledger), [{ author: ' <>', text: 'Somebody said this a while ago.' }]);
});

test('deeper quotes without an attribution are left alone', () => {
  const body =
    'Ann Other wrote:\n> > Somebody said this a while ago.\n> He was right about that then.\n\nAnd now?\n';
  const ledger = buildLedger(debateOf([{ id: 'c', from: 'Carl Last', to: 'gone', body }]));
  assert.deepEqual(ghostsOf(ledger), [{ author: 'Ann Other <>', text: 'He was right about that then.' }]);
  assert.equal(ledger.entries[0]?.segments.find((one) => one.quoteDepth === 2)?.source, undefined);
});

test('a new attribution ends what the last one governs, at its depth and below', () => {
  const body =
    'Ann Other wrote:\n> Bob Else wrote:\n> > Words of Bob stand here alone.\n> Words of Ann stand here alone.\n\nCarl Last wrote:\n> Words of Carl stand here alone.\n\nGood.\n';
  const ledger = buildLedger(debateOf([{ id: 'd', from: 'Dora New', body }]));
  assert.deepEqual(ghostsOf(ledger), [
    { author: 'Bob Else <>', text: 'Words of Bob stand here alone.' },
    { author: 'Ann Other <>', text: 'Words of Ann stand here alone.' },
    { author: 'Carl Last <>', text: 'Words of Carl stand here alone.' },
  ]);
});

test('a quoted list footer makes no ghost', () => {
  const body =
    'Ann Other wrote:\n> _______________________________________________\n> talk mailing list\n\nFine.\n';
  assert.deepEqual(buildLedger(debateOf([{ id: 'c', from: 'Carl Last', body }])).ghosts, []);
});

const seed = fileURLToPath(new URL('../../../../../shared/mail/seed.txt', import.meta.url));

test(
  'the page whose ancestors stand only in its quotes',
  { skip: existsSync(seed) ? false : '../shared/mail is not here' },
  () => {
    const body = readFileSync(seed, 'utf8');
    const ledger = buildLedger(debateOf([{ id: 'seed', from: 'Andrii', body }]));
    // truth by the marks themselves: depth one and two have one author each on this page
    const marked = (pattern: RegExp): string[] =>
      body
        .split('\n')
        .filter((line) => pattern.test(line) && !line.endsWith('wrote:'))
        .map((line) => line.replace(/^(?:> ?)+/, '').trim())
        .filter((line) => line !== '');
    const [deep, shallow] = ledger.ghosts;
    assert.equal(ledger.ghosts.length, 2);
    assert.equal(deep?.authorName, 'Daniel Borkmann');
    assert.equal(shallow?.authorName, 'Alexei Starovoitov');
    const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
    assert.deepEqual(lines(deep?.message.body ?? ''), marked(/^> >/));
    assert.deepEqual(lines(shallow?.message.body ?? ''), marked(/^>(?! >)/));
  },
);
