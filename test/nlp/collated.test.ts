// The collated text: every word once, every reply under the words it answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { CollatedDocument } from '../../model/collated.ts';
import { collate } from '../../nlp/collated.ts';
import { buildLedger } from '../../nlp/ledger/build.ts';
import type { Letter } from './ledger/debate.ts';
import { debateOf } from './ledger/debate.ts';

function collated(letters: readonly Letter[]): CollatedDocument {
  const debate = debateOf(letters);
  return collate(debate, buildLedger(debate));
}

/** Passages as indented lines `Author: words`; `+` where a reply goes on, `?` for words from nowhere. */
function outline(document: CollatedDocument): string[] {
  return document.passages.map((passage) => {
    const message = document.messages[passage.message];
    const mark = passage.kind === 'quoted' ? '? ' : passage.resumes ? '+ ' : '';
    const name = `${message?.author ?? ''}${message?.recovered === true ? '*' : ''}`;
    return `${'  '.repeat(passage.depth)}${mark}${name}: ${passage.text.replace(/\s+/g, ' ')}`;
  });
}

const ANN =
  'We should drop the helper.\n\nIt costs a page of memory per process. Nobody has used it for years.\n\nComments?\n';

test('replies stand under the words they answer, in time order, top posts at the end', () => {
  const document = collated([
    { id: 'a', from: 'Ann Other', body: ANN },
    {
      id: 'b',
      from: 'Bob Else',
      to: 'a',
      body: 'Ann Other wrote:\n> We should drop the helper.\n\nNot yet.\n\n> It costs a page of memory per process. Nobody has used it for years.\n\nI do use it.\n',
    },
    { id: 'c', from: 'Carl Last', to: 'a', body: 'Fine with me.\n' },
    { id: 'd', from: 'Dora New', to: 'a', body: '> We should drop the helper.\n\nYes, now.\n' },
    { id: 'e', from: 'Ann Other', to: 'b', body: 'Bob Else wrote:\n> I do use it.\n\nWhere?\n' },
  ]);
  assert.deepEqual(outline(document), [
    'Ann Other: We should drop the helper.',
    '  Bob Else: Not yet.',
    '  Dora New: Yes, now.',
    '+ Ann Other: It costs a page of memory per process. Nobody has used it for years.',
    '  Bob Else: I do use it.',
    '    Ann Other: Where?',
    '+ Ann Other: Comments?',
    '  Carl Last: Fine with me.',
  ]);
});

test('a quote that breaks off inside a line or a sentence', () => {
  const document = collated([
    {
      id: 'a',
      from: 'Ann Other',
      body: 'The first thing is speed. The second thing is the size\nof the whole image. The third is fun.\n',
    },
    { id: 'b', from: 'Bob Else', to: 'a', body: '> The first thing is speed.\n\nYes.\n' },
    { id: 'c', from: 'Carl Last', to: 'a', body: '> The second thing is the size\n\nNo.\n' },
  ]);
  assert.deepEqual(outline(document), [
    'Ann Other: The first thing is speed.',
    '  Bob Else: Yes.',
    '+ Ann Other: The second thing is the size of the whole image.',
    '  Carl Last: No.',
    '+ Ann Other: The third is fun.',
  ]);
});

test('recovered messages are interleaved as the quotes say; words from nowhere stay where they were quoted', () => {
  const document = collated([
    {
      id: 'c',
      from: 'Carl Last',
      body: 'Ann Other wrote:\n> Bob Else wrote:\n> > Do we need the ban at all?\n> A ban is easier to enforce.\n\nI want an exception.\n',
    },
    {
      id: 'd',
      from: 'Dora New',
      to: 'c',
      body: '> The manual says otherwise in chapter four.\n\nSo it does.\n',
    },
  ]);
  assert.deepEqual(outline(document), [
    'Bob Else*: Do we need the ban at all?',
    '  Ann Other*: A ban is easier to enforce.',
    '    Carl Last: I want an exception.',
    '      ? Dora New: > The manual says otherwise in chapter four.',
    '      Dora New: So it does.',
  ]);
});

test("each of the senders' words stands in exactly one passage", () => {
  const words = fc.constantFrom(
    'drop the old helper',
    'keep it for now.',
    'I think so',
    'nobody uses it.',
    'yes',
    'no.',
  );
  const line = fc
    .tuple(fc.constantFrom('', '', '> ', '> > '), words, words)
    .map(([mark, ...rest]) => mark + rest.join(' '));
  const body = fc
    .array(fc.oneof(line, line, fc.constant('')), { maxLength: 10 })
    .map((lines) => lines.join('\n'));
  const parent = fc.nat();
  fc.assert(
    fc.property(fc.array(fc.tuple(body, parent), { minLength: 1, maxLength: 6 }), (made) => {
      const people = ['Ann Other', 'Bob Else', 'Carl Last'];
      const letters = made.map(([text, up], i): Letter => {
        const letter = { id: `m${i}`, from: people[i % 3] ?? '', body: text };
        return i === 0 ? letter : { ...letter, to: `m${up % (i + 1)}` };
      });
      // a letter that answers itself is a loop; the thread builder never makes one
      const debate = debateOf(
        letters.map((one) => (one.to === one.id ? { id: one.id, from: one.from, body: one.body } : one)),
      );
      const ledger = buildLedger(debate);
      const document = collate(debate, ledger);
      for (const entry of [...ledger.entries, ...ledger.ghosts.map((ghost) => ghost.entry)]) {
        const number = document.messages.findIndex((one) => one.messageId === entry.message.id);
        const seen = new Uint8Array(entry.message.body.length);
        for (const passage of document.passages) {
          if (passage.message !== number) continue;
          assert.equal(entry.message.body.slice(passage.start, passage.end), passage.text);
          for (let i = passage.start; i < passage.end; i++) seen[i] = (seen[i] ?? 0) + 1;
        }
        assert.ok(seen.every((times) => times <= 1));
        for (const sentence of entry.sentences)
          for (let i = sentence.start; i < sentence.end; i++)
            if (entry.message.body.charAt(i).trim() !== '') assert.equal(seen[i], 1, entry.message.body);
      }
    }),
    { numRuns: 300 },
  );
});

test('a chain of 5,000 replies does not recurse', () => {
  const letters = Array.from({ length: 5000 }, (_, i): Letter => {
    const own = `Reply number ${i} says this much.\n`;
    if (i === 0) return { id: 'm0', from: 'Ann Other', body: own };
    return {
      id: `m${i}`,
      from: 'Bob Else',
      to: `m${i - 1}`,
      body: `> Reply number ${i - 1} says this much.\n\n${own}`,
    };
  });
  const { passages } = collated(letters);
  assert.equal(passages.length, 5000);
  assert.equal(passages.at(-1)?.depth, 4999);
});
