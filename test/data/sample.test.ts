// The sample debate is read as it was written: its messages, threads, quotes, the one that is missing, its people. What
// the analysis makes of it is not tested here.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildPeople } from '../../ingest/identity/people.ts';
import { buildThreads } from '../../ingest/thread/build.ts';
import { debateOfMessages, formDebates } from '../../ingest/thread/debate.ts';
import { parseSubject } from '../../ingest/thread/subject.ts';
import type { SegmentKind } from '../../model/ledger.ts';
import type { ThreadingRow } from '../../model/thread.ts';
import { buildLedger } from '../../nlp/ledger/build.ts';
import { messagesOf } from '../../pipeline/labeled.ts';

const folder = fileURLToPath(new URL('../../../data/sample/', import.meta.url));
const path = join(folder, 'fernweh-devel.mbox');
const LIST = 'fernweh-devel';

const FIRST = '20251014034240.GA2217@example.org';
const SECOND = '20251020053517.GA2603@example.org';
const MISSING = 'CAKn7=xT4qUo2mWf9@mail.example.net';

/** What stands on both sides of an @, and hosts of links. */
const AFTER_AT = /@([\w.-]*\w)/g;
const LINK_HOST = /https?:\/\/([^\s/]+)/g;
const EXAMPLE = /^(?:[\w-]+\.)*example\.(?:org|net|com)$/;
/** RFC 5322 3.6 and what a list adds. */
const NEEDED = [
  'From',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Message-ID',
  'List-Id',
  'MIME-Version',
  'Content-Type',
];

const messages = await messagesOf(path);
const debate = debateOfMessages(LIST, messages);
const ledger = buildLedger(debate);
const raw = readFileSync(path, 'utf8');

function bodyOf(id: string): string {
  return messages.find((message) => message.id === id)?.body ?? '';
}

test('one mbox of 22 mails without defects, ten days of 2025', () => {
  assert.deepEqual(readdirSync(folder), ['fernweh-devel.mbox']);
  assert.equal(messages.length, 22);
  assert.deepEqual(
    messages.flatMap((message) => message.defects.map((defect) => `${message.id}: ${defect.code}`)),
    [],
  );
  const days = messages.map((message) => new Date(message.time * 1000).toISOString().slice(0, 10));
  assert.deepEqual(days, days.toSorted());
  assert.deepEqual([days[0], days.at(-1)], ['2025-10-14', '2025-10-23']);
});

test('every mail has the headers of a list mail', () => {
  const heads = raw.split(/^From .*\n/m).filter((mail) => mail !== '');
  assert.equal(heads.length, 22);
  for (const mail of heads) {
    const head = mail.slice(0, mail.indexOf('\n\n'));
    for (const name of NEEDED) {
      assert.match(head, new RegExp(`^${name}: \\S`, 'm'), `${name} in\n${head}`);
    }
    const isReply = /^Subject: Re: /m.test(head);
    assert.equal(/^In-Reply-To: <\S+>$/m.test(head), isReply, head);
    assert.equal(/^References: <\S+>/m.test(head), isReply, head);
  }
  for (const message of messages) {
    assert.equal(message.listId, 'fernweh-devel.lists.example.org');
    assert.ok(message.to.length > 0 && [...message.to, ...message.cc].length > 1, message.id);
  }
});

test('all addresses, ids and links are under the example domains of RFC 2606', () => {
  for (const pattern of [AFTER_AT, LINK_HOST]) {
    const hosts = [...raw.matchAll(pattern)].map(([, host = '']) => host);
    assert.ok(hosts.length > 1, `${pattern} finds nothing`);
    assert.deepEqual(
      hosts.filter((host) => !EXAMPLE.test(host)),
      [],
    );
  }
});

test('ten people, one of them a bot; the encoded name is read', () => {
  const people = buildPeople(messages);
  assert.deepEqual(people.all.map((person) => person.name).toSorted(), [
    'Amara Okafor',
    'Fernweh build bot',
    'Hannah Weiss',
    'Ingrid Solheim',
    'Kenji Nakamura',
    'Lucía Fernández',
    'Marek Novotny',
    'Noa Ben-David',
    'Priya Raghunathan',
    'Sione Taufa',
  ]);
});

test('it is one debate, as a file and on a list: v2 is a thread of its own, joined to v1', () => {
  const rows = new Map(
    messages.map((message): [string, ThreadingRow] => [
      message.id,
      { ...message, fromName: message.from[0]?.name ?? '', fromAddress: message.from[0]?.address ?? '' },
    ]),
  );
  const drafts = formDebates(LIST, buildThreads(rows.values()), rows, bodyOf);
  for (const formed of [debate, ...drafts]) {
    assert.equal(formed.id, FIRST);
    assert.equal(formed.subject, 'Plugins may use only the published API from 3.0 on');
    assert.deepEqual(
      formed.threads.map(({ join: kind, reason }) => `${kind}: ${reason}`),
      ['root: first mail of the debate', 'series: v2 of the same series'],
    );
    assert.equal(formed.nodes.find((node) => node.id === SECOND)?.parent, FIRST);
    assert.equal(formed.nodes.filter((node) => node.parent === null).length, 1);
    assert.deepEqual(
      formed.nodes.filter((node) => node.ghost).map((node) => node.id),
      [MISSING],
    );
  }
  assert.equal(drafts.length, 1);
  const versions = messages
    .map((message) => parseSubject(message.subject))
    .filter((subject) => !subject.isReply)
    .map((subject) => `${subject.tags.join(' ')} ${subject.version}`);
  assert.deepEqual(versions, ['RFC 0', 'RFC 2']);
});

test('the missing mail is recovered from the quotes of three others', () => {
  assert.deepEqual(
    ledger.ghosts.map((ghost) => ghost.message.id),
    [MISSING],
  );
  const [ghost] = ledger.ghosts;
  assert.equal(ghost?.authorName, 'Kenji Nakamura');
  assert.equal(
    ghost?.message.body,
    `I write Timetable, which shows trains and buses on the map. It keeps its
routing data next to the tiles, so that it also works in a tunnel. Does
"published" include the tile cache, or would the cache be private from
3.0 on?

I would support the rule on one condition: where there is no published
call yet, the plugin gets an exception until there is one.

The missing calls should be written down in one place, and the loader
should not refuse anything before each of them is decided.`,
  );
  const quoting = ledger.entries
    .filter((entry) => entry.segments.some((one) => one.source?.messageId === MISSING))
    .map((entry) => entry.message.from[0]?.name);
  assert.deepEqual(quoting, ['Priya Raghunathan', 'Lucía Fernández', 'Kenji Nakamura']);
});

test('segments tile each body, and every quote but those of the missing mail is found word for word', () => {
  let quotes = 0;
  for (const { message, segments } of ledger.entries) {
    let at = 0;
    for (const segment of segments) {
      assert.equal(segment.start, at, message.id);
      assert.ok(segment.end > segment.start, message.id);
      at = segment.end;
      if (segment.kind !== 'quote') continue;
      quotes += 1;
      const words = message.body.slice(segment.start, segment.end);
      assert.equal(
        segment.source?.match,
        segment.source?.messageId === MISSING ? 'attribution' : 'exact',
        words,
      );
    }
    assert.equal(at, message.body.length, message.id);
  }
  assert.equal(quotes, 37);
});

/** Kinds of a message's segments in order, with the depth of quotes. */
function shape(id: string): string {
  const kinds: Partial<Record<SegmentKind, string>> = { attribution: 'attr', signature: 'sig' };
  return (ledger.entries.find((entry) => entry.message.id === id)?.segments ?? [])
    .filter((segment) => segment.kind !== 'blank')
    .map(({ kind, quoteDepth }) => `${kinds[kind] ?? kind}${quoteDepth > 0 ? quoteDepth : ''}`)
    .join(' ');
}

const SHAPES: readonly (readonly [string, string, string])[] = [
  ['the proposal', FIRST, 'own sig'],
  ['the second version', SECOND, 'own sig'],
  [
    'quotes of depth 2, answered in between',
    'b8e41c09-3d67-4f5e-8c12-9a07d5f2e6b4@example.com',
    'attr attr1 quote2 quote1 own quote2 quote1 own quote2 quote1 own',
  ],
  ['a top-posted reply', '0c52e9f4-7b1d-4a86-b3f0-e18d6a94c27f@example.com', 'own attr attr1 quote2 quote1'],
  ['a Spanish attribution', 'CAFz+3Lpa0VdMh1Jw@mail.example.net', 'attr quote1 own'],
  ['a review', '20251020121249.m3rkd8ya@example.org', 'attr quote1 own trailer'],
];

for (const [what, id, expected] of SHAPES) {
  test(`${what} is read as such`, () => assert.equal(shape(id), expected));
}

test('three trailers, each by whom it names', () => {
  const trailers = ledger.entries.flatMap(({ message, trailers: own }) =>
    own.map((one) => `${message.from[0]?.name}: ${one.key}: ${one.value}`),
  );
  assert.deepEqual(trailers, [
    'Marek Novotny: Reviewed-by: Marek Novotny <marek@example.org>',
    'Kenji Nakamura: Acked-by: Kenji Nakamura <kenji@example.net> # Timetable',
    'Lucía Fernández: Acked-by: Lucía Fernández <lucia.fernandez@example.net> # packaging',
  ]);
});

test('mboxrd quoting and quoted-printable are undone', () => {
  assert.match(raw, /^>From 3\.1 on the loader refuses it/m);
  assert.match(bodyOf(SECOND), /^From 3\.1 on the loader refuses it/m);
  assert.match(raw, /Un saludo desde M=C3=A1laga/);
  assert.match(bodyOf('CAFz+3Lpa0VdMh1Jw@mail.example.net'), /^Un saludo desde Málaga,\nLucía$/m);
});
