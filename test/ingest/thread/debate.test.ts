// Debates above threads: what joins, what stays apart, and that the order of arrival changes nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildThreads } from '../../../ingest/thread/build.ts';
import { assembleDebate, debateOfMessages, formDebates } from '../../../ingest/thread/debate.ts';
import type { Message } from '../../../model/message.ts';
import type { DebateDraft, ThreadingRow } from '../../../model/thread.ts';
import { mailFrom } from '../identity/mail.ts';

const DAY = 86_400;
const ANN = 'Ann Lee <ann@example.org>';
const BOB = 'Bob Ray <bob@example.org>';

/** A mail on a given day. */
function on(day: number, id: string, from: string, subject: string, fields: Partial<Message> = {}): Message {
  return mailFrom(from, { id, time: 1_000_000_000 + Math.round(day * DAY), subject, ...fields });
}

function form(messages: readonly Message[]): DebateDraft[] {
  const rows = new Map<string, ThreadingRow>();
  for (const message of messages) {
    const from = message.from[0];
    rows.set(message.id, {
      id: message.id,
      time: message.time,
      subject: message.subject,
      fromName: from?.name ?? '',
      fromAddress: from?.address ?? '',
      inReplyTo: message.inReplyTo,
      references: message.references,
    });
  }
  const bodies = new Map(messages.map((message) => [message.id, message.body]));
  return formDebates('talk', buildThreads(rows.values()), rows, (id) => bodies.get(id) ?? '');
}

/** Debates as trees, `id[link]` for what was joined or guessed. */
function show(drafts: readonly Pick<DebateDraft, 'nodes'>[]): string {
  return drafts
    .map(({ nodes }) => {
      const depth = new Map<string, number>();
      return nodes
        .map((node) => {
          const level = node.parent === null ? 0 : (depth.get(node.parent) ?? Number.NaN) + 1;
          depth.set(node.id, level);
          const plain = ['root', 'references', 'in-reply-to'].includes(node.link);
          return `${'  '.repeat(level)}${node.ghost ? `(${node.id})` : node.id}${plain ? '' : ` [${node.link}]`}`;
        })
        .join('\n');
    })
    .join('\n\n');
}

const LONG =
  'The old names have been in use for ten years and every script that people wrote depends on them.\n';
const OTHER = 'A switch with a warning for two releases would let the scripts be changed in time.\n';

const TABLE: readonly (readonly [string, readonly Message[], string])[] = [
  [
    'v2 of a single patch',
    [on(0, 'v1', ANN, '[PATCH] Drop old names'), on(9, 'v2', ANN, '[PATCH v2] Drop old names')],
    'v1\n  v2 [series]',
  ],
  [
    'a long way from RFC to v3',
    [
      on(0, 'rfc', ANN, '[RFC PATCH 0/2] Drop old names'),
      on(30, 'v1', ANN, '[PATCH 0/2] Drop old names'),
      on(60, 'v2', ANN, '[PATCH v2 0/2] Drop old names'),
      on(61, 'v3', ANN, '[PATCH v3 0/2] Drop old names'),
    ],
    'rfc\n  v1 [series]\n    v2 [series]\n      v3 [series]',
  ],
  [
    'not another author',
    [on(0, 'v1', ANN, '[PATCH] Drop old names'), on(9, 'v2', BOB, '[PATCH v2] Drop old names')],
    'v1\n\nv2',
  ],
  [
    'not after years',
    [on(0, 'v1', ANN, '[PATCH] Drop old names'), on(999, 'v2', ANN, '[PATCH v2] Drop old names')],
    'v1\n\nv2',
  ],
  [
    'a new title, most patches the same',
    [
      on(0, 'c1', ANN, '[PATCH 0/2] Names'),
      on(0, 'c1.1', ANN, '[PATCH 1/2] Warn about old names', { references: ['c1'] }),
      on(0, 'c1.2', ANN, '[PATCH 2/2] Drop old names', { references: ['c1'] }),
      on(5, 'c2', ANN, '[PATCH v2 0/3] Retire the old naming scheme'),
      on(5, 'c2.1', ANN, '[PATCH v2 1/3] Warn about old names', { references: ['c2'] }),
      on(5, 'c2.2', ANN, '[PATCH v2 2/3] Drop old names', { references: ['c2'] }),
      on(5, 'c2.3', ANN, '[PATCH v2 3/3] Tell the users', { references: ['c2'] }),
    ],
    'c1\n  c1.1\n  c1.2\n  c2 [series]\n    c2.1\n    c2.2\n    c2.3',
  ],
  [
    'a new title, the letter links to the former version',
    [
      on(0, 'one@example.org', ANN, '[PATCH] Names'),
      on(5, 'two@example.org', ANN, '[PATCH v2] Retire old naming', {
        body: 'Text.\n\nChanges since v1:\n- all\nLink: https://lists.example.org/r/one%40example.org/\n',
      }),
    ],
    'one@example.org\n  two@example.org [series]',
  ],
  [
    'a link to something else is no join',
    [
      on(0, 'one@example.org', BOB, 'Names are odd'),
      on(5, 'two@example.org', ANN, '[PATCH v2] Retire old naming', {
        body: 'As asked in https://lists.example.org/r/one@example.org/\n',
      }),
    ],
    'one@example.org\n\ntwo@example.org',
  ],
  [
    'a new title, the same change-id',
    [
      on(0, 'c1', ANN, '[PATCH] Names', { body: 'x\n\n---\nchange-id: 20230105-names-abcdef\n' }),
      on(5, 'c2', ANN, '[PATCH v2] Retire old naming', {
        body: 'y\n\n---\nchange-id: 20230105-names-abcdef\n',
      }),
    ],
    'c1\n  c2 [series]',
  ],
  [
    'a series sent without threading, twice',
    [
      on(0, 'c', ANN, '[PATCH 0/2] Names'),
      on(0.001, 'p1', ANN, '[PATCH 1/2] Warn'),
      on(0.002, 'p2', ANN, '[PATCH 2/2] Drop'),
      on(0.003, 'q1', ANN, '[PATCH 1/3] Of another series'),
      on(7, 'c2', ANN, '[PATCH v2 0/2] Names'),
      on(7.001, 'r1', ANN, '[PATCH v2 1/2] Warn'),
      on(7.002, 'r2', ANN, '[PATCH v2 2/2] Drop'),
    ],
    'c\n  p1 [series]\n  p2 [series]\n  c2 [series]\n    r1 [series]\n    r2 [series]\n\nq1',
  ],
  [
    'a title changed a little, and another patch of the same author',
    [
      on(0, 'a', ANN, '[PATCH] Fit line in 80 columns'),
      on(1, 'x', ANN, '[PATCH] Fit quite other things'),
      on(2, 'b', ANN, '[PATCH v2] Fit lines in 80 columns'),
    ],
    'a\n  b [series]\n\nx',
  ],
  [
    'the same patch again, said or soon',
    [
      on(0, 'a', ANN, '[PATCH] Drop'),
      on(3, 'b', ANN, '[PATCH RESEND] Drop'),
      on(0.5, 'c', ANN, '[PATCH] Drop the old names now'),
      on(3.5, 'd', ANN, '[PATCH] Drop the old names now'),
    ],
    'a\n  b [series]\n\nc\n  d [series]',
  ],
  [
    'a reply without References that quotes',
    [
      on(0, 'a', ANN, 'Old names', { body: LONG }),
      on(0.5, 'b', BOB, 'Re: Old names', { body: `> ${LONG}\nNo.\n${OTHER}`, references: ['a'] }),
      on(1, 'c', ANN, 'Re: Old names', { body: `> ${OTHER}\nFine.\n` }),
    ],
    'a\n  b\n    c [inferred-quote]',
  ],
  [
    'a re-wrapped quote',
    [
      on(0, 'a', ANN, 'Names', { body: LONG }),
      on(1, 'b', BOB, 'Re: Names', {
        body: '> The old names have been in use\n> for ten years and every script\n> that people wrote depends on them.\n\nYes.\n',
      }),
    ],
    'a\n  b [inferred-quote]',
  ],
  [
    'an attribution line without quote',
    [
      on(0, 'a', ANN, 'Old names', { body: LONG }),
      on(0.2, 'b', BOB, 'Re: Old names', { body: OTHER }),
      on(1, 'c', 'Cy Dorn <cy@example.org>', 'Re: Old names', {
        body: 'On Monday, Bob Ray wrote:\n> [much left out]\n\nIndeed.\n',
      }),
    ],
    'a\n  b [inferred-subject]\n    c [inferred-quote]',
  ],
  [
    'a subject and the time, nothing else',
    [on(0, 'a', ANN, 'Old names'), on(2, 'b', BOB, 'Re: Old names'), on(3, 'c', ANN, 'Re: Old names')],
    'a\n  b [inferred-subject]\n  c [inferred-subject]',
  ],
  ['a one-word subject proves nothing', [on(0, 'a', ANN, 'Names'), on(1, 'b', BOB, 'Re: Names')], 'a\n\nb'],
  ['a subject months later', [on(0, 'a', ANN, 'Old names'), on(99, 'b', BOB, 'Re: Old names')], 'a\n\nb'],
  ['the same subject without Re', [on(0, 'a', ANN, 'Old names'), on(1, 'b', BOB, 'Old names')], 'a\n\nb'],
  [
    'a topic moved to a new subject',
    [
      on(0, 'a', ANN, 'Old names'),
      on(1, 'b', BOB, 'Warnings first (was: Re: Old names)'),
      on(2, 'c', ANN, 'Re: Warnings first (was: Old names)', { references: ['b'] }),
    ],
    'a\n  b [inferred-subject]\n    c',
  ],
  [
    'an absent parent whose own quote shows where it belongs',
    [
      on(0, 'a', ANN, 'Names', { body: LONG }),
      on(2, 'c', BOB, 'Re: Names', {
        references: ['lost'],
        body: `> > ${LONG}> But we said otherwise when the release was made last spring.\n\nWe did.\n`,
      }),
    ],
    'a\n  (lost) [inferred-quote]\n    c',
  ],
];

for (const [name, messages, expected] of TABLE) {
  test(name, () => {
    assert.equal(show(form(messages)), expected);
    assert.equal(show(form(messages.toReversed())), expected);
  });
}

test('a draft names its threads, joins and reasons, and takes its messages in', () => {
  const messages = [
    on(9, 'v2', ANN, '[PATCH v2] Drop old names'),
    on(0, 'v1', ANN, '[PATCH] Drop old names'),
  ];
  const [draft] = form(messages);
  assert.ok(draft);
  assert.equal(draft.id, 'v1');
  assert.equal(draft.subject, 'Drop old names');
  assert.deepEqual(draft.messageIds, ['v1', 'v2']);
  assert.deepEqual(
    draft.threads.map(({ thread, join, reason }) => [thread.id, join, reason]),
    [
      ['v1', 'root', 'first mail of the debate'],
      ['v2', 'series', 'v2 of the same series'],
    ],
  );
  const debate = assembleDebate(draft, messages);
  assert.deepEqual(
    debate.messages.map((message) => message.id),
    ['v1', 'v2'],
  );
});

test('bodies are read for candidates only', () => {
  const messages = [
    on(0, 'a', ANN, 'Old names'),
    on(1, 'b', BOB, 'Re: Old names', { references: ['a'] }),
    on(2, 'x', ANN, 'New names'),
    on(3, 'y', BOB, 'Re: New names'),
    on(4, 'v2', BOB, '[PATCH v2] Something'),
  ];
  const rows = new Map<string, ThreadingRow>(
    messages.map((message) => [message.id, { ...message, fromName: '', fromAddress: '' }]),
  );
  const read = new Set<string>();
  formDebates('talk', buildThreads(rows.values()), rows, (id) => {
    read.add(id);
    return '';
  });
  assert.deepEqual([...read].toSorted(), ['v2', 'x', 'y']);
});

test('all mails of a file as one debate: guessed parents, else further roots', () => {
  const messages = [
    on(0, 'a', ANN, 'Old names', { body: LONG }),
    on(1, 'b', BOB, 'Something quite different', { body: `> ${LONG}\n${OTHER}` }),
    on(2, 'c', ANN, 'Re: Old names', { body: 'Hm.\n' }),
    on(700, 'd', BOB, 'Unrelated', { body: 'Words.\n' }),
  ];
  const debate = debateOfMessages('talk', messages.toReversed());
  assert.equal(show([debate]), 'a\n  b [inferred-quote]\n  c [inferred-subject]\nd');
  assert.equal(debate.id, 'a');
  assert.equal(debate.messages.length, 4);
  assert.deepEqual(
    debate.threads.map(({ join }) => join),
    ['root', 'inferred-reply', 'inferred-reply', 'given'],
  );
});

const anyMails: fc.Arbitrary<Message[]> = fc
  .array(
    fc.record({
      day: fc.integer({ min: 0, max: 40 }),
      from: fc.constantFrom(ANN, BOB),
      subject: fc.constantFrom(
        'Old names',
        'Re: Old names',
        'New (was: Old names)',
        'Re: New',
        '[PATCH] Old names',
        '[PATCH v2] Old names',
        'Re: [PATCH v2] Old names',
        '[PATCH RESEND v2] Old names',
      ),
      body: fc.constantFrom('', LONG, OTHER, `> ${LONG}`, `> ${OTHER}${LONG}`, `>> ${LONG}> ${OTHER}`),
      references: fc.array(fc.integer({ min: 0, max: 14 }).map(String), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map(({ day, from, subject, body, references }, index) =>
      on(day, String(index), from, subject, { body, references }),
    ),
  );

test('any mails: every mail in one debate, trees without loops, the same for any order', () => {
  fc.assert(
    fc.property(anyMails, fc.infiniteStream(fc.nat()), (messages, random) => {
      const drafts = form(messages);
      const shuffled = messages
        .map((message) => ({ message, key: random.next().value }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ message }) => message);
      assert.deepEqual(form(shuffled), drafts);
      assert.deepEqual(
        drafts.flatMap((draft) => draft.messageIds).toSorted(),
        messages.map((message) => message.id).toSorted(),
      );
      const one = messages.length > 0 ? [debateOfMessages('talk', messages)] : [];
      if (one[0] !== undefined) assert.deepEqual(debateOfMessages('talk', shuffled), one[0]);
      for (const draft of [...drafts, ...one]) {
        assert.ok(!show([draft]).includes('NaN'), 'every node comes after its parent');
        const ids = draft.nodes.map((node) => node.id);
        assert.equal(new Set(ids).size, ids.length);
        const given = draft.threads.flatMap(({ thread }) => thread.nodes.map((node) => node.id));
        assert.deepEqual(ids.toSorted(), given.toSorted());
      }
    }),
    { numRuns: 1000 },
  );
});
