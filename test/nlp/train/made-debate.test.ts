import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseMadeDebate } from '../../../nlp/train/made-debate.ts';

const folder = fileURLToPath(new URL('../../../../data/train/debate/', import.meta.url));

test('labels stand on the words they were put around', () => {
  const { gold, messages } = parseMadeDebate(
    'small',
    [
      '# [RFC] Small',
      'person a: Ada One <ada@one.example.org> maintainer',
      'person b: Bo Two <bo@two.example.org> user',
      'proposal P1 head by a: Do it | it, doing',
      'status: open',
      'stance b P1 oppose',
      '@1 a 2025-01-02 03:04',
      'Hello. [[P P1 key=1: Let us do it.]] Fine?',
      '@2 b 2025-01-02 04:00 > 1',
      '> Let us do it.',
      '[[O P1 weak + Q1 information open: Why bother?]]',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    messages.map(({ id, body, inReplyTo, subject }) => ({ id, body, inReplyTo, subject })),
    [
      {
        id: '1@small.made.example.org',
        body: 'Hello. Let us do it. Fine?\n',
        inReplyTo: [],
        subject: '[RFC] Small',
      },
      {
        id: '2@small.made.example.org',
        body: '> Let us do it.\nWhy bother?\n',
        inReplyTo: ['1@small.made.example.org'],
        subject: 'Re: [RFC] Small',
      },
    ],
  );
  assert.deepEqual(
    gold.segments.map(({ quote, label, target, strength, status }) => [
      quote,
      label,
      target,
      strength,
      status,
    ]),
    [
      ['Let us do it.', 'PROPOSAL', 'P1', undefined, undefined],
      ['Why bother?', 'OPPOSE', 'P1', 'weak', undefined],
      ['Why bother?', 'QUESTION', undefined, undefined, 'open'],
    ],
  );
  assert.deepEqual(gold.stances, [
    { participant: 'b', target: 'P1', value: 'oppose', yielded: false, evidence: ['s2'] },
  ]);
  assert.equal(gold.keySentences.length, 1);
});

test('`partial` is a status of a question and a kind of a decision', () => {
  const { gold } = parseMadeDebate(
    'partial',
    [
      '# X',
      'person a: Ada One <ada@one.example.org> maintainer',
      'decision D1 partial by a',
      'status: open',
      '@1 a 2025-01-02 03:04',
      '[[Q1 information partial: Which half?]] [[D D1 partial: The first half is in.]]',
      '',
    ].join('\n'),
  );
  assert.deepEqual(
    gold.segments.map(({ label, kind, status }) => [label, kind, status]),
    [
      ['QUESTION', 'information', 'partial'],
      ['DECISION', 'partial', undefined],
    ],
  );
});

for (const [what, text] of [
  [
    'an unknown label',
    '# X\nperson a: A <a@x.example.org> user\nstatus: open\n@1 a 2025-01-01 00:00\n[[Z: x]]\n',
  ],
  [
    'an open mark',
    '# X\nperson a: A <a@x.example.org> user\nstatus: open\n@1 a 2025-01-01 00:00\n[[P P1: x\n',
  ],
  [
    'an unknown target',
    '# X\nperson a: A <a@x.example.org> user\nstatus: open\n@1 a 2025-01-01 00:00\n[[S P9: x]]\n',
  ],
  ['an unknown person', '# X\nstatus: open\n@1 a 2025-01-01 00:00\nx\n'],
  ['no status', '# X\n@1 a 2025-01-01 00:00\nx\n'],
] as const) {
  test(`${what} is refused`, () => {
    assert.throws(() => parseMadeDebate('bad', text), { name: 'Error' });
  });
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
  test(`${file} reads, and every person, proposal and decision is used`, () => {
    const { gold, messages } = parseMadeDebate(file.slice(0, -4), readFileSync(join(folder, file), 'utf8'));
    assert.ok(messages.length >= 5);
    for (const message of messages) {
      assert.match(message.from[0]?.address ?? '', /@(?:[a-z0-9-]+\.)*example\.(?:org|com|net)$/);
    }
    assert.ok(
      gold.proposals.some((p) => p.head),
      'no head proposal',
    );
    for (const p of gold.proposals) {
      assert.ok(
        gold.segments.some((s) => s.label === 'PROPOSAL' && s.target === p.id),
        `${p.id} is introduced nowhere`,
      );
    }
    for (const d of gold.decisions) assert.ok(d.evidence.length > 0, `${d.id} has no words`);
    for (const s of gold.stances)
      assert.ok(s.evidence.length > 0, `${s.participant} ${s.target} rests on no words`);
    assert.ok(gold.keySentences.length >= 3, 'fewer than three key sentences');
  });
}
