// Who takes which part: made debates and the role each person comes to, with its evidence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPeople } from '../../../ingest/identity/people.ts';
import { debateOfMessages } from '../../../ingest/thread/debate.ts';
import type { Message } from '../../../model/message.ts';
import { buildLedger } from '../../../nlp/ledger/build.ts';
import { parseMaintainers } from '../../../nlp/role/maintainers.ts';
import { parseRoles } from '../../../nlp/role/roles-file.ts';
import { applierOf, botRuleOf, detectRoles, type RoleContext } from '../../../nlp/role/role.ts';
import { mailFrom } from '../../ingest/identity/mail.ts';

const PATCH = `Drop the old names.

Signed-off-by: Ann Lee <ann@example.org>
---
 names/table.c | 1 -
 1 file changed, 1 deletion(-)

diff --git a/names/table.c b/names/table.c
--- a/names/table.c
+++ b/names/table.c
@@ -1,2 +1,1 @@
-old
 new
`;
const REMARK =
  'The table is read by two callers which expect the old names to be there, and neither of them checks for an error ' +
  'before it goes on, so this would break both of them on the next start of the program.\n';

/** A debate of a patch by Ann and one reply each by others. */
function patchDebate(
  replies: readonly (readonly [string, string])[],
  subject = '[PATCH] names: drop the old names',
): Message[] {
  const root = mailFrom('Ann Lee <ann@example.org>', {
    id: 'root',
    subject,
    body: PATCH,
    time: 1_600_000_000,
  });
  return [
    root,
    ...replies.map(([from, body], index) =>
      mailFrom(from, { subject: `Re: ${subject}`, body, inReplyTo: ['root'], time: 1_600_000_100 + index }),
    ),
  ];
}

function rolesOf(messages: readonly Message[], context: RoleContext = {}): Record<string, string> {
  const debate = debateOfMessages('talk', messages);
  const people = buildPeople(messages);
  const roles = detectRoles(debate, buildLedger(debate), people, context);
  return Object.fromEntries(
    people.all.map((person) => {
      const first = roles.get(person.id)?.[0];
      return [person.name, first === undefined ? 'unknown' : `${first.role}: ${first.reason}`];
    }),
  );
}

test('parts in a patch debate', () => {
  assert.deepEqual(
    rolesOf(
      patchDebate([
        ['Bob Ray <bob@example.org>', 'Looks good.\n\nReviewed-by: Bob Ray <bob@example.org>\n'],
        ['Cy Dorn <cy@example.org>', '> -old\n\n' + REMARK],
        ['Dee Eder <dee@example.org>', 'Applied, thanks!\n'],
        ['Ed Fay <ed@example.org>', 'Nice.\n'],
        ['Fay Gil <fay@example.org>', 'As a user of the tables I rely on this.\n'],
        ['Test Robot <test-bot@example.org>', 'Build failed.\n'],
      ]),
    ),
    {
      'Ann Lee': 'developer: author of the proposed patch',
      'Bob Ray': 'reviewer: gives Reviewed-by',
      'Cy Dorn': 'reviewer: comments on the patch',
      'Dee Eder': 'maintainer: applies patches',
      'Ed Fay': 'unknown',
      'Fay Gil': 'user: says so',
      'Test Robot': 'bot: bot address or name',
    },
  );
});

test("a quoted claim is not the quoter's", () => {
  const roles = rolesOf(
    patchDebate([
      ['Bob Ray <bob@example.org>', '> I maintain this driver.\n> Applied, thanks!\n\nI see.\n'],
      ['Cy Dorn <cy@example.org>', 'I maintain this driver.\n'],
    ]),
  );
  assert.equal(roles['Bob Ray'], 'unknown');
  assert.equal(roles['Cy Dorn'], 'maintainer: says so');
});

test('swapped authors swap the roles', () => {
  const bodies = ['I maintain this driver.\n', 'Nice.\n'] as const;
  for (const [first, second] of [
    ['Bob Ray', 'Cy Dorn'],
    ['Cy Dorn', 'Bob Ray'],
  ] as const) {
    const roles = rolesOf(
      patchDebate([
        [`${first} <${first.slice(0, 2)}@example.org>`, bodies[0]],
        [`${second} <${second.slice(0, 2)}@example.org>`, bodies[1]],
      ]),
    );
    assert.equal(roles[first], 'maintainer: says so');
    assert.equal(roles[second], 'unknown');
  }
});

test('what others say counts when it names one person', () => {
  const roles = rolesOf(
    patchDebate([
      ['Bob Ray <bob@example.org>', 'I assume Cyril, the names maintainer, would take it.\n'],
      ['Cyril Dorn <cy@example.org>', 'Perhaps.\n'],
      ['Dee Eder <dee@example.org>', 'Edgar, could you please take this?\n'],
      ['Edgar Fay <ed@example.org>', 'Later.\n'],
    ]),
  );
  assert.equal(roles['Cyril Dorn'], 'maintainer: called maintainer by another');
  assert.equal(roles['Edgar Fay'], 'maintainer: asked to take or ack the patch');
  assert.equal(roles['Bob Ray'], 'unknown');
});

test('a first name that two people have names nobody', () => {
  const roles = rolesOf(
    patchDebate([
      ['Bob Ray <bob@example.org>', 'I assume Alex, the names maintainer, would take it.\n'],
      ['Alex Dorn <ad@example.org>', 'Perhaps.\n'],
      ['Alex Eder <ae@example.org>', 'Perhaps.\n'],
    ]),
  );
  assert.equal(roles['Alex Dorn'], 'unknown');
  assert.equal(roles['Alex Eder'], 'unknown');
});

test('a MAINTAINERS file counts for the files of the patch', () => {
  const maintainers = parseMaintainers(
    'NAMES\nM:\tBob Ray <bob@example.org>\nR:\tCy Dorn <cy@example.org>\nF:\tnames/\n\nOTHER\nM:\tDee Eder <dee@example.org>\nF:\tother/\n',
  );
  const messages = patchDebate(
    ['Bob Ray <bob@example.org>', 'Cy Dorn <cy@example.org>', 'Dee Eder <dee@example.org>'].map((from) => [
      from,
      'Hm.\n',
    ]),
  );
  assert.deepEqual(rolesOf(messages, { maintainers }), {
    'Ann Lee': 'developer: author of the proposed patch',
    'Bob Ray': 'maintainer: MAINTAINERS: NAMES',
    'Cy Dorn': 'reviewer: MAINTAINERS: NAMES',
    'Dee Eder': 'unknown',
  });
});

test('roles.toml decides, at its time and on its lists only', () => {
  const messages = patchDebate([
    ['Bob Ray <bob@example.org>', 'Hm.\n'],
    ['Cy Dorn <cy@example.org>', 'Hm.\n'],
    ['Dee Eder <dee@example.org>', 'Hm.\n'],
  ]);
  const roles = parseRoles(`
[[role]]
role = "maintainer"
address = "bob@example.org"
of = "names"
since = 2020-01-01
[[role]]
role = "maintainer"
name = "Cy Dorn"
until = 2020-01-01
[[role]]
role = "user"
address = "dee@example.org"
lists = ["elsewhere"]
`);
  assert.deepEqual(rolesOf(messages, { roles }), {
    'Ann Lee': 'developer: author of the proposed patch',
    'Bob Ray': 'maintainer: roles.toml: names',
    'Cy Dorn': 'unknown',
    'Dee Eder': 'unknown',
  });
});

test('who applied patches elsewhere is a maintainer here', () => {
  const messages = patchDebate([['Bob Ray <bob@example.org>', 'Hm.\n']]);
  const elsewhere = mailFrom('Bob Ray <bob@example.org>', { body: 'Applied to for-next, thanks.\n' });
  const [entry] = buildLedger(debateOfMessages('talk', [elsewhere])).entries;
  assert.ok(entry);
  const applied = new Set([applierOf(entry)]);
  assert.deepEqual(applied, new Set(['bob@example.org']));
  assert.equal(
    rolesOf(messages, { applied })['Bob Ray'],
    'maintainer: has applied patches elsewhere in the archive',
  );
});

const SENDERS: readonly (readonly [string, Partial<Message>, boolean])[] = [
  ['kernel test robot <lkp@example.org>', {}, true],
  ['syzbot <syzbot+0123456789abcdef@example.org>', {}, true],
  ['patchwork-bot+tree@example.org <patchwork-bot+tree@example.org>', {}, true],
  ['some-tool[bot] <x@example.org>', {}, true],
  ['Ann Lee <notifications@github.com>', {}, false],
  ['github <notifications@github.com>', {}, true],
  ['Ann Lee <ann@example.org>', { headers: { 'auto-submitted': 'auto-generated' } }, true],
  ['Ann Lee <ann@example.org>', { headers: { 'auto-submitted': 'no' } }, false],
  ['Ann Abbott <ann.abbott@example.org>', {}, false],
  ['Talbot Ray <talbot@example.org>', {}, false],
  ['Ann Lee <ann@example.org>', {}, false],
];

test('machines are known by name, address or header', () => {
  for (const [from, fields, isBot] of SENDERS) {
    assert.equal(botRuleOf(mailFrom(from, fields)) !== undefined, isBot, from);
  }
});
