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

/** [name, body, outline] */
const table: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['attribution, two depths, signature', ['On Mon, 3 May 2021 at 10:00, Ann Other', '<ann@example.org> wrote:', '> On Sun, 2 May 2021, Bob wrote:', '> > the first words', '>', '> the second words', '', 'My answer.', '', '-- ', 'Carl'], ['attribution 0: On Mon, 3 May', 'attribution 1: > On Sun, 2', 'quote 2: > > the first', 'quote 1: > the second words', 'own 0: My answer.', 'signature 0: -- Carl']],
  ['an attribution of five lines', ['On Mon,', '3 May 2021', 'at 10:00', 'Ann Other', 'wrote:', '> words', 'Yes.'], ['attribution 0: On Mon, 3 May', 'quote 1: > words', 'own 0: Yes.']],
  ['German', ['Am 03.05.2021 um 10:00 schrieb Ann Other:', '> Worte', 'Ja.'], ['attribution 0: Am 03.05.2021 um 10:00', 'quote 1: > Worte', 'own 0: Ja.']],
  ['French', ['Le lun. 3 mai 2021 à 10:00, Ann Other a écrit :', '> des mots', 'Oui.'], ['attribution 0: Le lun. 3 mai', 'quote 1: > des mots', 'own 0: Oui.']],
  ['X writes', ['Ann Other <ann@example.org> writes:', '', '> words', 'Yes.'], ['attribution 0: Ann Other <ann@example.org> writes:', 'quote 1: > words', 'own 0: Yes.']],
  ['marks without spaces', ['>>deep', '>shallow', 'Yes.'], ['quote 2: >>deep', 'quote 1: >shallow', 'own 0: Yes.']],
  ['bars, colons, supercite', ['| one', ': two', 'Ann> three', 'Yes.'], ['quote 1: | one : two', 'own 0: Yes.']],
  ['greater-or-equal in a quote', ['> >= 4 is needed', 'Yes.'], ['quote 1: > >= 4 is', 'own 0: Yes.']],
  ['a wrapped tail', ['> This line is as wide as mailers make them before they wrap it, so its', 'last', '> word fell off.', '', 'Yes.'], ['quote 1: > This line is', 'own 0: Yes.']],
  ['Outlook original', ['Fine.', '', '-----Original Message-----', 'From: Ann', 'Sent: Monday', 'To: Bob', 'Subject: x', '', 'Her words.'], ['own 0: Fine.', 'attribution 0: -----Original Message----- From: Ann', 'quote 1: Her words.']],
  ['Outlook block alone', ['Fine.', '', 'From: Ann', 'Sent: Monday', 'To: Bob', 'Subject: x', '', 'Her words.'], ['own 0: Fine.', 'attribution 0: From: Ann Sent: Monday', 'quote 1: Her words.']],
  ['Outlook block of another language', ['Gut.', '', 'Von: Ann', 'Gesendet: Montag', 'An: Bob', 'Betreff: x', '', 'Ihre Worte.'], ['own 0: Gut.', 'attribution 0: Von: Ann Gesendet: Montag', 'quote 1: Ihre Worte.']],
  ['originals in originals', ['Fine.', '', '-----Original Message-----', 'From: Ann', '', 'Hers.', '', '-----Original Message-----', 'From: Bob', '', 'His.'], ['own 0: Fine.', 'attribution 0: -----Original Message----- From: Ann', 'quote 1: Hers.', 'attribution 1: -----Original Message----- From: Bob', 'quote 2: His.']],
  ['header block with a marked quote below', ['-----Original Message-----', 'From: Ann', '', '> Hers.', '', 'Mine.'], ['attribution 0: -----Original Message----- From: Ann', 'quote 1: > Hers.', 'own 0: Mine.']],
  ['forwarded, with an end', ['Look.', '----- Forwarded message from Ann <ann@example.org> -----', '', 'Hers.', '', '----- End forwarded message -----', 'Mine.'], ['own 0: Look.', 'attribution 0: ----- Forwarded message from', 'quote 1: Hers.', 'attribution 0: ----- End forwarded message', 'own 0: Mine.']],
  ['top post above an unmarked original', ['Fine.', '', 'On Mon, 3 May 2021 at 10:00, Ann Other <ann@example.org> wrote:', '', 'Her words.'], ['own 0: Fine.', 'attribution 0: On Mon, 3 May', 'quote 1: Her words.']],
  ['prose that begins with On', ['On the other hand, nobody wrote it down: it is lost.'], ['own 0: On the other hand,']],
  ['signature without its space', ['Yes.', '', '--', 'Ann'], ['own 0: Yes.', 'signature 0: -- Ann']],
  ['dashes far from the end', ['Yes.', '--', ...Array.from({ length: 12 }, () => 'More words of mine.')], ['own 0: Yes. -- More words']],
  ['a quote below the signature', ['Yes.', '-- ', 'Ann', '', 'On Mon, 3 May 2021, Bob wrote:', '> words'], ['own 0: Yes.', 'signature 0: -- Ann', 'attribution 0: On Mon, 3 May', 'quote 1: > words']],
  ['mailman footer', ['Yes.', '_______________________________________________', 'talk mailing list', 'talk@example.org'], ['own 0: Yes.', 'footer 0: _______________________________________________ talk mailing list']],
  ['a ruler is no footer', ['Yes.', '_______________________________________________', 'And more.'], ['own 0: Yes.', 'code 0: _______________________________________________', 'own 0: And more.']],
  ['signed text', ['-----BEGIN PGP SIGNED MESSAGE-----', 'Hash: SHA256', '', 'Yes.', '-----BEGIN PGP SIGNATURE-----', '', 'abcd', '-----END PGP SIGNATURE-----'], ['footer 0: -----BEGIN PGP SIGNED MESSAGE-----', 'own 0: Yes.', 'footer 0: -----BEGIN PGP SIGNATURE----- abcd']],
  ['a patch with notes', ['Do x.', '', 'Signed-off-by: Ann <ann@example.org>', '---', 'v2: renamed', '', ' x.c | 2 +-', ' 1 file changed, 1 insertion(+), 1 deletion(-)', '', 'diff --git a/x.c b/x.c', '--- a/x.c', '+++ b/x.c', '@@ -1 +1 @@', '-a', '+b', '-- ', '2.30.2'], ['own 0: Do x.', 'trailer 0: Signed-off-by: Ann <ann@example.org>', 'patch 0: ---', 'own 0: v2: renamed', 'patch 0: x.c | 2 +-', 'signature 0: -- 2.30.2']],
  ['prose between hunks', ['@@ -1 +1 @@', '-a', '+b', 'This half is wrong.', '@@ -9 +9 @@', '-c', '+d'], ['patch 0: @@ -1 +1 @@', 'own 0: This half is wrong.', 'patch 0: @@ -9 +9 @@']],
  ['a range-diff', ['Changes:', '', '1:  0123456789 ! 1:  1234567890 x: do y', '    @@ x.c', '    -a', '', 'Bye.'], ['own 0: Changes:', 'patch 0: 1: 0123456789 ! 1:', 'own 0: Bye.']],
  ['code', ['Like this:', '', '\tif (!ptr)', '\t\treturn -ENOMEM;', '', 'Then it works.'], ['own 0: Like this:', 'code 0: if (!ptr) return -ENOMEM;', 'own 0: Then it works.']],
  ['a fence', ['Try', '```', 'any words at all', '```', 'there.'], ['own 0: Try', 'code 0: ``` any words at', 'own 0: there.']],
  ['a log', ['It says', '[   77.584702] BUG: unable to handle page fault', '[   77.584710] Call Trace:', 'and stops.'], ['own 0: It says', 'code 0: [ 77.584702] BUG: unable', 'own 0: and stops.']],
  ['a shell', ['$ make check', 'That is all.'], ['code 0: $ make check', 'own 0: That is all.']],
  ['indented prose', ['He puts it like this:', '', '    we should not have to do that at all.', '', 'So do I.'], ['own 0: He puts it like']],
  ['a heading', ['Why it matters', '==============', '', 'It is slow.'], ['own 0: Why it matters', 'code 0: ==============', 'own 0: It is slow.']],
]; // prettier-ignore

for (const [name, lines, expected] of table) {
  test(`segments: ${name}`, () => assert.deepEqual(outline(lines.join('\n')), expected));
}

test('blank and bare quoted lines between unmarked originals', () => {
  assertTiles(
    '-----Original Message-----\nFrom: Ann\nSent: x\nTo: y\nSubject: z\n\nhello\n-----Original Message-----\n>\n\n> x\n',
  );
});

const hostile: readonly (readonly [string, string])[] = [
  ['levels 1 to 1000', Array.from({ length: 1000 }, (_, i) => `${'> '.repeat(i + 1)}level ${i}`).join('\n')],
  ['100,000 marks on a line', `${'>'.repeat(100_000)} x`],
  ['a line of 10 MB', 'x'.repeat(10_000_000)],
  ['a million spaces inside a line', `a${' '.repeat(1_000_000)}b`],
  ['100,000 headers of originals', 'From: a\nSent: b\nTo: c\nSubject: d\n\nx\n'.repeat(20_000)],
  ['lines that almost attribute', `${`On 3 ${'x 3 '.repeat(80)}\n`.repeat(2000)}> x`],
  ['hunks that never end', '@@ -1,999999 +1,999999 @@\n'.repeat(20_000)],
  ['signed groups', 'Signed-off-by: Ann <ann@example.org>\n\nx\n'.repeat(10_000)],
];

for (const [name, body] of hostile) {
  // far above what it takes on a busy machine, far below what a quadratic pass would take
  test(`bounded: ${name}`, { timeout: 30_000 }, () => assertTiles(body));
}
