// Reports of small made-up debates with the shipped language: who is credited with what, and what is never invented.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPeople } from '../../ingest/identity/people.ts';
import type { Report } from '../../model/report.ts';
import { analyzeDebate } from '../../nlp/analyze.ts';
import { buildLedger } from '../../nlp/ledger/build.ts';
import { leadingRoles } from '../../nlp/role/role.ts';
import { debateOf, type Letter } from './ledger/debate.ts';

function reportOf(letters: readonly Letter[], subject = 'drop the helper'): Report {
  const made = debateOf(letters);
  const messages = made.messages.map((message, index) => ({
    ...message,
    subject: index === 0 && letters[0]?.to === undefined ? subject : `Re: ${subject}`,
  }));
  const debate = { ...made, messages };
  const ledger = buildLedger(debate);
  const people = buildPeople(messages, {
    quoted: ledger.ghosts.map(({ authorName, authorAddress }) => ({
      name: authorName,
      address: authorAddress,
    })),
  });
  return analyzeDebate(debate, ledger, {
    people,
    roles: leadingRoles(debate, ledger, people),
    version: 'test',
  });
}

const LONE_REPLY: readonly Letter[] = [
  {
    id: 'b',
    from: 'Bob Else',
    to: 'a',
    body:
      'On Mon, May 3, 2021 at 10:00 AM Ann Other <ann@example.org> wrote:\n' +
      "> I don't think we should drop the helper. It would break every program that still calls it today.\n" +
      '> Freedom to change and stability just never mix.\n\n' +
      'I wish we could keep it for the old programs at least.\n\n' +
      "But it is what it is, let's move on.\n",
  },
];

test("words known from quotes are their author's, marked as quoted; nobody at hand opened the debate", () => {
  const report = reportOf(LONE_REPLY);
  const ann = report.participants.find((person) => person.name === 'Ann Other');
  const bob = report.participants.find((person) => person.name === 'Bob Else');
  assert.equal(ann?.quotedOnly, true);
  assert.equal(bob?.quotedOnly, undefined);
  assert.equal(report.proposals[0]?.by, 'unknown');
  for (const stance of report.stances) {
    for (const evidence of stance.evidence) {
      assert.equal(evidence.quoted === true, stance.participant === ann?.id);
      if (evidence.quoted) assert.equal(evidence.of, ann?.id);
    }
  }
  assert.deepEqual(
    report.segments.filter((segment) => segment.quote.includes('every program')),
    [],
  );
});

test('who stops contesting unconvinced is no supporter', () => {
  const report = reportOf(LONE_REPLY);
  const bob = report.participants.find((person) => person.name === 'Bob Else')?.id;
  const stance = report.stances.find((row) => row.participant === bob && row.target === 'P1');
  assert.notEqual(stance?.value, 'support');
});

test('a sentence that names both sides makes an axis', () => {
  const [axis] = reportOf(LONE_REPLY).axes;
  assert.equal(axis?.a.label, 'Freedom to change');
  assert.equal(axis?.b.label, 'stability');
});

const POSTED: Letter = {
  id: 'a',
  from: 'Ann Other',
  body: 'The helper is not used by anybody any more.\n\nThis patch removes the helper and its header.\n',
};
const PATCH: readonly Letter[] = [
  POSTED,
  {
    id: 'b',
    from: 'Bob Else',
    to: 'a',
    body: '> This patch removes the helper and its header.\n\nApplied to for-next, thanks!\n\nBob\n',
  },
];

test('who applies a patch decides it; asked back by its author, it is withdrawn', () => {
  const applied = reportOf(PATCH, '[PATCH] drop the helper');
  assert.deepEqual(
    applied.decisions.map(({ kind, target, entitled }) => ({ kind, target, entitled })),
    [{ kind: 'applied', target: 'P1', entitled: true }],
  );
  assert.equal(applied.status.value, 'decided-accepted');
  assert.equal(applied.proposals[0]?.outcome, 'accepted');
  const back = reportOf(
    [
      ...PATCH,
      {
        id: 'c',
        from: 'Ann Other',
        to: 'b',
        body: 'Bob, could you revert this patch for now? It breaks the build.\n',
      },
    ],
    '[PATCH] drop the helper',
  );
  assert.equal(back.status.value, 'withdrawn');
});

test('a promise to apply and a quoted notice decide nothing', () => {
  const report = reportOf(
    [
      POSTED,
      { id: 'b', from: 'Bob Else', to: 'a', body: "If nobody objects I'll apply it next week.\n" },
      { id: 'c', from: 'Carl Last', to: 'b', body: '> Applied to for-next, thanks!\n\nWhere is that?\n' },
    ],
    '[PATCH] drop the helper',
  );
  assert.deepEqual(report.decisions, []);
  assert.equal(report.status.value, 'open');
});

test('nothing is invented where nothing is said', () => {
  for (const body of ['', '\n\n', '???\n', '> only a quote\n']) {
    const report = reportOf([{ id: 'a', from: 'Ann Other', body }]);
    assert.deepEqual(report.decisions, []);
    assert.deepEqual(report.axes, []);
    assert.equal(report.status.value, 'open');
  }
});
