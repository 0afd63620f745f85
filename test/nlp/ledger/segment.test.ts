// Segments tile every body, and each kind of line is told apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { segmentBody } from '../../../nlp/ledger/segment.ts';

/** Segments as `kind depth: first words`, blanks left out. */
function outline(body: string): string[] {
  return segmentBody(body)
    .segments.filter((segment) => segment.kind !== 'blank')
    .map((segment) => {
      const words = body.slice(segment.start, segment.end).trim().split(/\s+/).slice(0, 4).join(' ');
      return `${segment.kind} ${segment.quoteDepth}: ${words}`;
    });
}

function assertTiles(body: string): void {
  let at = 0;
  for (const segment of segmentBody(body).segments) {
    assert.equal(segment.start, at, JSON.stringify(body));
    assert.ok(segment.end > segment.start);
    at = segment.end;
  }
  assert.equal(at, body.length, JSON.stringify(body));
}

test('segments tile arbitrary text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), assertTiles));
});

const piece = fc.constantFrom(
  '> ', '>', '\n>\n', '\n> > x\n', '\n> x\n', '\n>\n\n', '> On 3 May 2020, Ann wrote:\n', '| ', ': ', 'Ann> ', '\n', '\n\n', '-- ', '--', '---', ' ', '\t', 'On 3 May 2020, Ann wrote:',
  'words of mine', '@@ -1,2 +1,3 @@', '+added', '-gone', 'diff --git a/x b/x', 'From: Ann <ann@example.org>',
  'Sent: today', 'To: bob', 'Subject: x', '-----Original Message-----', 'Acked-by: Ann <ann@example.org>', '```',
  '_______________________________________________', 'x mailing list', '-----BEGIN PGP SIGNATURE-----',
); // prettier-ignore

test('segments tile what mail is made of', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => assertTiles(pieces.join(''))),
    { numRuns: 5000 },
  );
});

test('a reply with an attribution, two depths and a signature', () => {
  const body = [
    'On Mon, 3 May 2021 at 10:00, Ann Other',
    '<ann@example.org> wrote:',
    '> On Sun, 2 May 2021, Bob wrote:',
    '> > the first words',
    '>',
    '> the second words',
    '',
    'My answer.',
    '',
    '-- ',
    'Carl',
  ].join('\n');
  assert.deepEqual(outline(body), [
    'attribution 0: On Mon, 3 May',
    'attribution 1: > On Sun, 2',
    'quote 2: > > the first',
    'quote 1: > the second words',
    'own 0: My answer.',
    'signature 0: -- Carl',
  ]);
});
