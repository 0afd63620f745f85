// Whom an attribution names: the formats of mailers, in several languages, as they stand in mails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAttribution, readDate, sameAuthor } from '../../../nlp/ledger/author.ts';

/** [attribution, name, address] */
const table: readonly (readonly [string, string, string])[] = [
  ['On Mon, May 3, 2021 at 10:00 AM Ann Other <ann@example.org> wrote:', 'Ann Other', 'ann@example.org'],
  ['On Mon, May 3, 2021 at 10:00 AM Ann Other\n<ann@example.org> wrote:', 'Ann Other', 'ann@example.org'],
  ['> On Mon, May 3, 2021 at 10:00 AM Ann Other\n> <ann@example.org> wrote:', 'Ann Other', 'ann@example.org'],
  ['On Mon, May 03, 2021 at 11:48:59AM +0100, Bob Else wrote:', 'Bob Else', ''],
  ['On Mon, 2021-05-03 at 14:27 +0200, Bob Else wrote:', 'Bob Else', ''],
  ['On 03.05.21 18:55, Bob Else wrote:', 'Bob Else', ''],
  ['On 5/3/21 9:12 AM, Bob J. Else wrote:', 'Bob J. Else', ''],
  ['On 3 May 2021, at 10:00, Bob Else <bob@example.org> wrote:', 'Bob Else', 'bob@example.org'],
  ['On 19:09, Sam Other wrote:', 'Sam Other', ''],
  ['On Mon, 3 May 2021, May Jansen wrote:', 'May Jansen', ''],
  ['Ann Other <ann@example.org> writes:', 'Ann Other', 'ann@example.org'],
  ['Ann Other writes:', 'Ann Other', ''],
  ['ann wrote:', 'ann', ''],
  ['Ann Other wrote on 3 May 2021:', 'Ann Other', ''],
  ['* Ann Other <ann@example.org> [2021-05-03 10:00:00 -0700]:', 'Ann Other', 'ann@example.org'],
  ['* Ann Other:', 'Ann Other', ''],
  ['Ann Other <ann@example.org>:', 'Ann Other', 'ann@example.org'],
  ['Quoting Ann Other <ann@example.org>:', 'Ann Other', 'ann@example.org'],
  ['2011/10/17 Ann Other <ann@example.org>', 'Ann Other', 'ann@example.org'],
  ['Am 03.05.2021 um 10:00 schrieb Jörg Müller:', 'Jörg Müller', ''],
  ['Am Montag, 3. Mai 2021, 10:00:00 CEST schrieb Ann Other:', 'Ann Other', ''],
  ['Ann Other schrieb am 03.05.21 um 10:00:', 'Ann Other', ''],
  ['Le lun. 3 mai 2021 à 10:00, Ann Other <ann@example.org> a écrit :', 'Ann Other', 'ann@example.org'],
  ['Le 03/05/2021 à 10:00, Ann Other a écrit :', 'Ann Other', ''],
  ['El lun, 3 may 2021 a las 10:00, Ann Other (<ann@example.org>) escribió:', 'Ann Other', 'ann@example.org'],
  ['Em seg., 3 de mai. de 2021 às 10:00, Ann Other <ann@example.org> escreveu:', 'Ann Other', 'ann@example.org'],
  ['Il giorno lun 3 mag 2021 alle ore 10:00 Ann Other <ann@example.org> ha scritto:', 'Ann Other', 'ann@example.org'],
  ['Op ma 3 mei 2021 om 10:00 schreef Ann Other <ann@example.org>:', 'Ann Other', 'ann@example.org'],
  ['Den mån 3 maj 2021 kl 10:00 skrev Ann Other <ann@example.org>:', 'Ann Other', 'ann@example.org'],
  ['On Mon, May 3, 2021 at 10:00 AM ann at example.org wrote:', '', 'ann@example.org'],
  ['On Mon, May 3, 2021 at 10:00 AM <ann@example.org> wrote:', '', 'ann@example.org'],
  ['On Mon, May 3, 2021, Ann Other via talk <talk@example.org> wrote:', 'Ann Other', ''],
  ['On 3 May 2021, Ann Other (Example Ltd) wrote:', 'Ann Other (Example Ltd)', ''],
  ['On Mon, May 3, 2021, "Other, Ann" <ann@example.org> wrote:', 'Other, Ann', 'ann@example.org'],
  ['On Mon, 3 May 2021, Ann Other <ann@xxxxxxxxx> wrote:', 'Ann Other', 'ann@xxxxxxxxx'],
  ['In message <123@example.org>, Ann Other writes:', 'Ann Other', ''],
  ['-----Original Message-----\nFrom: Ann Other <ann@example.org>\nSent: Monday\nTo: Bob\nSubject: x', 'Ann Other', 'ann@example.org'],
  ['From: Ann Other [mailto:ann@example.org]\nSent: Monday, May 3, 2021 10:00 AM\nTo: Bob\nSubject: x', 'Ann Other', 'ann@example.org'],
  ['Von: Ann Other <ann@example.org>\nGesendet: Montag\nAn: Bob\nBetreff: x', 'Ann Other', 'ann@example.org'],
  ['----- Forwarded message from Ann Other <ann@example.org> -----', 'Ann Other', 'ann@example.org'],
  ['>>>>> "Ann" == Ann Other <ann@example.org> writes:', 'Ann Other', 'ann@example.org'],
  ['the author of this patch wrote:', '', ''],
  ['The manual says:', '', ''],
  ['', '', ''],
]; // prettier-ignore

for (const [text, name, address] of table) {
  test(`attribution: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => {
    const found = parseAttribution(text);
    assert.deepEqual([found.name, found.address], [name, address]);
  });
}

test('attributions of any text are read without a fault, with bounded names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      assert.ok(parseAttribution(text).name.length <= 80);
    }),
  );
});

const dates: readonly (readonly [string, string | undefined])[] = [
  ['Mon, May 3, 2021 at 10:00 AM', '2021-05-03T10:00:00.000Z'],
  ['Mon, May 3, 2021 at 8:32 PM', '2021-05-03T20:32:00.000Z'],
  ['Mon, May 03, 2021 at 11:48:59AM +0100,', '2021-05-03T10:48:59.000Z'],
  ['3 May 2021 12:15 am', '2021-05-03T00:15:00.000Z'],
  ['Mon, 2021-05-03 at 14:27 +0200,', '2021-05-03T12:27:00.000Z'],
  ['2011/10/17', '2011-10-17T00:00:00.000Z'],
  ['3 May 2021', '2021-05-03T00:00:00.000Z'],
  ['03/04/2021 10:00', undefined],
  ['yesterday', undefined],
];

for (const [text, iso] of dates) {
  test(`date: ${text}`, () => assert.equal(readDate(text), iso === undefined ? 0 : Date.parse(iso) / 1000));
}

const pairs: readonly (readonly [string, string, string, string, boolean | undefined])[] = [
  ['Ann Other', 'ann@example.org', '', 'ann@example.org', true],
  ['Ann Other', '', 'Ann Other', 'ann@example.org', true],
  ['Other, Ann', '', 'Ann Other', '', true],
  ['Ann M. Other', '', 'Ann Other', '', true],
  ['Ánn Othér', '', 'Ann Other', '', true],
  ['Ann Other', 'ann@xxxxxxxxx', '', 'ann@example.org', true],
  ['Ann Other', '', 'Bob Else', '', false],
  ['', 'ann@example.org', '', 'bob@example.org', false],
  ['Ann Other', 'talk@example.org', 'Bob Else via talk', 'talk@example.org', false],
  ['Ann Other via talk', 'talk@example.org', 'Ann Other', '', true],
  ['Ann', '', 'Ann Other', '', undefined],
  ['Ann Other', '', '', 'box17@example.org', undefined],
  ['Ann Other', '', '', 'ann.other@example.org', true],
  ['', '', '', '', undefined],
];

for (const [nameA, addressA, nameB, addressB, same] of pairs) {
  test(`same author: ${nameA} <${addressA}> and ${nameB} <${addressB}>`, () => {
    const a = { name: nameA, address: addressA };
    const b = { name: nameB, address: addressB };
    assert.equal(sameAuthor(a, b), same);
    assert.equal(sameAuthor(b, a), same);
  });
}
