import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conversationPage,
  debatePage,
  decisionPage,
  questionPage,
  type DebateInput,
} from '../../views/page/debate.ts';
import { errorPage } from '../../views/page/error.ts';
import { homePage } from '../../views/page/home.ts';
import { listPage } from '../../views/page/list.ts';
import { messagePage } from '../../views/page/message.ts';
import { searchPage } from '../../views/page/search.ts';
import type { DebateLine } from '../../views/fragment/debate-table.ts';
import { messageAnchor, sentenceAnchor } from '../../views/place.ts';
import { hostile, hostileLedger, hostileReport, ids, ledger, list, nodes, report, said } from './fixture.ts';
import { assertAnchors, readMarkup } from './markup.ts';

const site = { version: '0.1.0' };
const conversation = { nodes, ledger };
const input = { report, list, id: ids.first, conversation };
const line: DebateLine = {
  id: ids.first,
  list,
  subject: 'Retire the Python 2 build scripts',
  messages: 6,
  people: 4,
  lastTime: 1_710_000_000,
  status: 'decided-accepted',
  basis: 'stated',
  openQuestions: 1,
  versions: 2,
};
const [firstEntry] = ledger.entries;
assert.ok(firstEntry);

function words(page: string): string {
  return readMarkup(page).text.replace(/\s+/g, ' ');
}

test('the debate page says where everybody stands, in their words', () => {
  const page = debatePage(site, input);
  const text = words(page);
  for (const expected of [
    '§ accepted stated Applied to main, thanks. Cy Mustermann, #7 2024-03-09',
    '2024-03-04 to 2024-03-09 · 6 messages · ◌ 1 recovered from quotes · 1 missing · 4 people · version v1 · 1 open question',
    'converging: concession: 1 #6',
    '▼ opposes ↩ yielded strong P1',
    '▼ ↩opposes, yielded',
    'against: 1 reason',
    'said again 1 time, by Cy Mustermann',
    '§ applied P1 Retire the Python 2 build scripts by Cy Mustermann maintainer stated, entitled',
    'asked of Ada Example',
    'recovered from quotes in #4, partial',
    'not in this archive: <absent@mail.example.org>',
    '– not in this archive',
  ]) {
    assert.ok(text.includes(expected), `missing: ${expected}\nin: ${text}`);
  }
});

test('every anchor on a debate page leads somewhere, every piece of evidence has one', () => {
  const read = readMarkup(debatePage(site, input));
  assertAnchors(read);
  const evidence = said(ids.yielded, 'All right, a branch is enough.');
  assert.ok(read.ids.includes(sentenceAnchor(ids.yielded, evidence.start, evidence.end)));
  for (const entry of ledger.entries) assert.ok(read.ids.includes(messageAnchor(entry.message.id)));
});

test('without the conversation on the page, evidence leads to the conversation page', () => {
  const { conversation: _, ...long } = input;
  const page = debatePage(site, long);
  assertAnchors(readMarkup(page));
  const evidence = said(ids.against, 'I am against it.');
  const anchor = sentenceAnchor(ids.against, evidence.start, evidence.end);
  const href = `/tools/a1%2Fretire@mail.example.org/t/#${anchor}`;
  assert.ok(readMarkup(page).hrefs.includes(href), href);
  assert.ok(readMarkup(conversationPage(site, input, 'thread')).ids.includes(anchor));
});

test('by date the messages stand in order of time', () => {
  const { ids: found } = readMarkup(conversationPage(site, input, 'date'));
  const order = found.filter((id) => /^m[0-9a-f]{40}$/.test(id));
  const expected = ledger.entries.map((entry) => messageAnchor(entry.message.id));
  assert.deepEqual(
    order.filter((id) => expected.includes(id)),
    expected,
  );
});

test('every marked word of a body appears once, whatever marks overlap', () => {
  const page = conversationPage(site, input, 'thread');
  const text = readMarkup(page).spoken.replace(/\s+/g, ' ');
  for (const { message } of ledger.entries) {
    const own = message.body.split('\n').filter((each) => each !== '' && !each.startsWith('>'));
    for (const each of own)
      assert.ok(text.includes(each.trim().replace(/\s+/g, ' ')) || each.startsWith('--'), each);
  }
});

const pages: Readonly<Record<string, (made: DebateInput & typeof input) => string>> = {
  debate: (made) => debatePage(site, made),
  decisions: (made) => decisionPage(site, made),
  questions: (made) => questionPage(site, made),
  threaded: (made) => conversationPage(site, made, 'thread'),
  flat: (made) => conversationPage(site, made, 'date'),
  message: (made) => {
    const [entry = firstEntry] = made.conversation.ledger.entries;
    return messagePage(site, {
      list: made.list,
      entry,
      lists: [made.list, 'other'],
      variants: 2,
      debate: { id: made.id, report: made.report },
    });
  },
  home: (made) =>
    homePage(
      site,
      [{ name: made.list, messages: 1, debates: 1, newest: 0 }],
      [{ ...line, subject: made.report.subject, list: made.list }],
      9,
    ),
  list: (made) =>
    listPage(site, made.list, [{ ...line, subject: made.report.subject }], 90, {
      status: made.report.subject,
      open: true,
      offset: 50,
      limit: 50,
    }),
  search: (made) =>
    searchPage(
      site,
      made.list,
      made.report.subject,
      [
        {
          ...line,
          debate: null,
          from: made.report.subject,
          time: 0,
          snippet: made.report.subject,
          marks: [
            [1, 4],
            [2, 99999],
            [-3, 2],
          ],
        },
      ],
      1,
      { offset: 20, limit: 20 },
    ),
  error: (made) =>
    errorPage(
      site,
      { status: 404, code: 'x', message: made.report.subject, remedy: made.report.subject },
      made.list,
    ),
};

for (const [name, make] of Object.entries(pages)) {
  test(`${name}: sound markup; nothing from a mail becomes markup, a handler or an acting character`, () => {
    readMarkup(make(input));
    const page = make({
      ...input,
      list: hostile,
      report: hostileReport(),
      conversation: { nodes, ledger: hostileLedger() },
    });
    const { text } = readMarkup(page);
    assert.ok(text.includes('<script>alert(1)</script>'), 'the hostile text is shown');
    assert.ok(text.includes('⟨U+202E⟩gpj.exe\u241b[31m'));
    assert.doesNotMatch(page, /[^\P{Cc}\t\n]|[\u202a-\u202e]/u);
  });
}

test('empty debates and lists say so and name the next step', () => {
  const nothing: DebateInput = {
    ...input,
    report: {
      ...report,
      proposals: [],
      axes: [],
      stances: [],
      decisions: [],
      questions: [],
      summary: [],
      status: { value: 'open', evidence: [] },
    },
  };
  const text = words(debatePage(site, nothing));
  for (const expected of [
    'no decision found',
    'No proposal was found',
    'No decision is stated',
    'Nobody takes a position',
    'No open question',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
  assert.match(words(homePage(site, [], [], 0)), /hum add thread\.mbox/);
  assert.match(words(listPage(site, list, [], 0, { open: false, offset: 0, limit: 50 })), /hum sync/);
  assert.match(
    words(searchPage(site, list, 'zzz', [], 0, { offset: 0, limit: 20 })),
    /No message matches zzz/,
  );
});
