// Who is who: tables of From lines and the people they come to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPeople } from '../../../ingest/identity/people.ts';
import { mailbox, mailFrom } from './mail.ts';

/** From lines, and the expected people as lists of indexes into them. */
const TABLE: readonly (readonly [string, readonly string[], readonly (readonly number[])[]])[] = [
  ['case of the address', ['Ann Lee <ann@example.org>', 'Ann Lee <ANN@Example.ORG>'], [[0, 1]]],
  ['plus-tags', ['Ann Lee <ann+lists@example.org>', 'A. Lee <ann@example.org>'], [[0, 1]]],
  ['Last, First', ['"Lee, Ann" <ann.lee@example.com>', 'Ann Lee <ann@example.org>'], [[0, 1]]],
  ['quotes and comments', [`'Ann Lee' <a@example.org>`, 'Ann Lee (Example) <b@example.org>'], [[0, 1]]],
  [
    'accents',
    ['Jörg Müller <j@example.org>', 'Joerg Mueller <jm@example.com>', 'Jorg Muller <x@example.net>'],
    [[0, 1, 2]],
  ],
  ['letters that do not decompose', ['Bjørn Łoś <b@example.org>', 'Bjorn Los <bl@example.com>'], [[0, 1]]],
  ['middle initials', ['Ann B. Lee <a@example.org>', 'Ann Lee <ann@example.com>'], [[0, 1]]],
  ['one mailbox, a new name', ['Ann Lee <ann@example.org>', 'Ann Park <ann@example.org>'], [[0, 1]]],
  ['first names only', ['Ann <ann@example.org>', 'Ann <ann@example.com>'], [[0], [1]]],
  ['a first name and a full name', ['Ann <ann@example.org>', 'Ann Lee <ann@example.com>'], [[0], [1]]],
  ['nobody is merged by local part', ['<ann@example.org>', '<ann@example.com>'], [[0], [1]]],
  ['a role address', ['Ann Lee <info@example.org>', 'Bob Ray <info@example.org>'], [[0], [1]]],
  [
    'a role address and a full name',
    ['Ann Lee <noreply@example.org>', 'Ann Lee <ann@example.com>'],
    [[0, 1]],
  ],
  [
    'a shared mailbox',
    ['Ann Lee', 'Bob Ray', 'Cy Dorn', 'Dee Eder', 'Ed Fay'].map((name) => `${name} <tracker@example.org>`),
    [[0], [1], [2], [3], [4]],
  ],
  [
    'DMARC rewriting of the address',
    ['Ann Lee <ann=40example.org@dmarc.example.net>', '<ann@example.org>'],
    [[0, 1]],
  ],
  ['.invalid', ['A Lee <ann@example.org.dmarc.invalid>', '<ann@example.org>'], [[0, 1]]],
  ['spoken addresses', ['ann <ann at example dot org>', 'Ann Lee <ann@example.org>'], [[0, 1]]],
  ['masked domain, full name', ['Ann Lee <ann@xxxxxxxxxxx>', 'Ann Lee <ann@example.org>'], [[0, 1]]],
  ['masked domain of the same length', ['Ann <ann@xxxxxxxxxxx>', 'Ann Lee <ann@example.org>'], [[0, 1]]],
  ['masked domain of another length', ['Ann <ann@xxxxxxxx>', 'Ann Lee <ann@example.org>'], [[0], [1]]],
  [
    'masked twice, two people fit',
    ['Ann <ann@xxxxxxxxxxx>', 'Ann Lee <ann@example.org>', 'Ann Roe <ann@example.com>'],
    [[0], [1], [2]],
  ],
  ['an address as the name', ['ann@example.org <ann@example.org>', '<ann@example.org>'], [[0, 1]]],
  ['nothing at all', ['', 'Ann Lee <ann@example.org>'], [[1]]],
];

for (const [name, lines, groups] of TABLE) {
  test(name, () => {
    const messages = lines.map((line) => mailFrom(line));
    for (const order of [messages, messages.toReversed()]) {
      const people = buildPeople(order);
      const found = people.all.map((person) =>
        lines
          .map((_, index) => index)
          .filter((index) => people.personOf(mailbox(lines[index] ?? ''))?.id === person.id),
      );
      assert.deepEqual(found, groups);
    }
  });
}

test('a person has the fullest name, all addresses, and says when a join is a guess', () => {
  const people = buildPeople([
    mailFrom('ann <ann@example.org>'),
    mailFrom('Ann Lee <Ann@Example.org>'),
    mailFrom('Ann Lee <lee@example.com>'),
    mailFrom('Bob Ray <bob@xxxxxxxxxxx>'),
    mailFrom('Bob Ray <bob@example.org>'),
  ]);
  assert.deepEqual(people.all, [
    {
      id: 'p1',
      name: 'Ann Lee',
      names: ['ann', 'Ann Lee'],
      addresses: ['ann@example.org', 'Ann@Example.org', 'lee@example.com'],
      uncertain: false,
    },
    { id: 'p2', name: 'Bob Ray', names: ['Bob Ray'], addresses: ['bob@example.org'], uncertain: true },
  ]);
});

test('a list that rewrites From never becomes a person', () => {
  const list = { listId: 'talk.example.net', to: [mailbox('<talk@example.net>')] };
  const people = buildPeople([
    mailFrom("'Ann Lee' via talk <talk@example.net>", list),
    mailFrom('Bob Ray via talk <talk@example.net>', {
      ...list,
      replyTo: [mailbox('Bob Ray <bob@example.org>')],
    }),
    mailFrom('Cy Dorn via talk <talk@example.net>', {
      ...list,
      headers: { 'x-original-from': 'Cy Dorn <cy@example.org>' },
    }),
    mailFrom('Ann Lee <ann@example.org>'),
    mailFrom('Dee Eder via talk <talk@example.net>', {
      ...list,
      subject: '[PATCH] x',
      body: '\nFrom: Dee Eder <dee@example.org>\n\ntext\n',
    }),
  ]);
  assert.deepEqual(
    people.all.map((person) => [person.name, person.addresses.join(' '), person.uncertain]),
    [
      ['Ann Lee', 'ann@example.org', true],
      ['Bob Ray', 'bob@example.org', false],
      ['Cy Dorn', 'cy@example.org', false],
      ['Dee Eder', 'dee@example.org', false],
    ],
  );
  assert.equal(people.personOf(mailbox("'Ann Lee' via talk <talk@example.net>"))?.name, 'Ann Lee');
  assert.equal(people.personOf(mailbox('Bob Ray via talk <talk@example.net>'))?.name, 'Bob Ray');
  assert.equal(people.personOf(mailbox('Eve Zed via talk <talk@example.net>')), undefined);
});

test('the author named inside a patch is a person beside the sender', () => {
  const body = 'From: Ann Lee <ann@example.org>\n\nFix it.\n';
  const patch = mailFrom('Bob Ray <bob@example.org>', { subject: '[PATCH] fix', body });
  const reply = mailFrom('Cy Dorn <cy@example.org>', { subject: 'Re: [PATCH] fix', body });
  assert.deepEqual(
    buildPeople([patch, reply]).all.map((person) => person.name),
    ['Bob Ray', 'Ann Lee', 'Cy Dorn'],
  );
});

test('authors known from attribution lines are the person of that name, or a new one', () => {
  const people = buildPeople(
    [mailFrom('Ann Lee <ann@example.org>'), mailFrom('Daniel Park <dp@example.org>')],
    {
      quoted: [mailbox('Lee, Ann'), mailbox('Daniel'), mailbox('Eve Zed'), mailbox('Eve Zed'), mailbox('dp')],
    },
  );
  assert.deepEqual(
    people.all.map((person) => person.name),
    ['Ann Lee', 'Daniel Park', 'Daniel', 'Eve Zed'],
  );
  assert.equal(people.personOf(mailbox('dp'))?.name, 'Daniel Park');
});

test('.mailmap joins what nothing else could', () => {
  const people = buildPeople(
    [
      mailFrom('annie <a@example.net>'),
      mailFrom('Ann Lee <ann@example.org>'),
      mailFrom('Bob <b@example.net>'),
    ],
    { mailmap: '# ours\nAnn Lee <ann@example.org> <a@example.net>\nBob Ray <b@example.net>\n' },
  );
  assert.deepEqual(
    people.all.map((person) => [person.name, person.addresses.join(' ')]),
    [
      ['Ann Lee', 'ann@example.org'],
      ['Bob Ray', 'b@example.net'],
    ],
  );
  assert.equal(people.personOf(mailbox('annie <a@example.net>'))?.id, 'p1');
});
