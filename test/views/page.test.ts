import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conversationFragment,
  conversationPage,
  debatePage,
  decisionPage,
  questionPage,
  type DebateInput,
} from '../../views/page/debate.ts';
import { aboutPage } from '../../views/page/about.ts';
import { errorPage } from '../../views/page/error.ts';
import { homePage } from '../../views/page/home.ts';
import { findingPage } from '../../views/page/finding.ts';
import { listPage } from '../../views/page/list.ts';
import { messagePage } from '../../views/page/message.ts';
import { searchPage } from '../../views/page/search.ts';
import type { Conversation } from '../../views/fragment/conversation.ts';
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
  lead: { a: 'retire now', b: 'customers still build with them', atA: 2, between: 1, atB: 1 },
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
    '#2 Bo Sample, 2024-03-05 09:30 UTC: opposes P1',
    '▼ opposes · yielded All right',
    'asked of Ada Example developer · 1 day without an answer',
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
  // notes of what a sentence was taken for stand before it, in the middle of a line
  const bodies = page.replace(/<a\s+class="taken[^>]*>.*?<\/a\s*>/gs, '');
  const text = readMarkup(bodies).spoken.replace(/\s+/g, ' ');
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
    homePage(site, {
      lists: [
        { name: made.list, messages: 1, debates: 1, newest: 0 },
        { name: 'other', messages: 1, debates: 1, newest: 0 },
      ],
      debates: [
        {
          ...line,
          subject: made.report.subject,
          list: made.list,
          lead: { a: made.report.subject, b: made.list, atA: 1, between: 0, atB: 0 },
        },
      ],
      total: 9,
      filter: { open: false, offset: 0, limit: 30, list: made.list },
    }),
  findings: (made) =>
    ['decisions' as const, 'questions' as const]
      .map((kind) =>
        findingPage(site, kind, {
          list: made.list,
          debates: [made, made].map((each) => ({ ...line, ...each, subject: each.report.subject })),
          total: 40,
          offset: 15,
          limit: 15,
        }),
      )
      .at(made.list === list ? 0 : 1) ?? '',
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
  about: (made) =>
    aboutPage(site, {
      quality: `# Q\n\n## Numbers\n\n| a | b |\n| --- | --- |\n| ${made.report.subject.replaceAll('|', '/')} | 2 |\n\n- one\n  goes on\n- two\n\nSee \`x\`.\n`,
      counts: { messages: 1, lists: 1, debates: 1, defects: 0, rejects: 0 },
    }),
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

test('what is unclear is no position: neither in the matrix nor on a scale, and said to be unclear', () => {
  const unclear = { ...report, stances: report.stances.map((stance) => ({ ...stance, confidence: 0.3 })) };
  const text = words(debatePage(site, { ...input, report: unclear }));
  assert.match(text, /No position on a proposal is clear\. 6 unclear readings stand below/);
  assert.match(text, /Nobody could be placed on it\. 2 unclear readings not placed\./);
  assert.match(text, /Bo Sample user 3 unclear readings unclear, perhaps/);
  assert.doesNotMatch(text, /[▲▼◆●] (supports|opposes|conditional|neutral) P1 Retire/);
});

test('many proposals and people: six columns and fourteen rows, the rest folded, heads cut', () => {
  const proposals = Array.from({ length: 21 }, (_, i) => ({
    ...(report.proposals[0] ?? assert.fail()),
    id: `P${i + 1}`,
    head: i === 20,
    title: `${i + 1} ${'a long title of many words '.repeat(12)}`,
  }));
  const participants = Array.from({ length: 30 }, (_, i) => ({
    ...(report.participants[0] ?? assert.fail()),
    id: `q${i}`,
    name: `Person ${i}`,
  }));
  const evidence = report.stances[0]?.evidence ?? [];
  const stances = participants.flatMap(({ id: participant }) =>
    proposals.map(({ id: target }) => ({ participant, target, value: 'support' as const, evidence })),
  );
  const page = debatePage(site, {
    ...input,
    report: { ...report, proposals, participants, stances, axes: [] },
  });
  assertAnchors(readMarkup(page));
  const [first = ''] = page.split('<details');
  assert.equal(first.match(/role="columnheader"/g)?.length, 6);
  assert.equal(first.match(/role="rowheader"/g)?.length, 14);
  assert.match(words(page), /16 more people .*15 more proposals with positions/);
  assert.ok(first.includes('>P21<'), 'the head is among the first');
});

test('a long conversation comes in parts: every message has its anchor, links lead to the right part', () => {
  const [model = firstEntry] = ledger.entries;
  const entries = Array.from({ length: 100 }, (_, i) => ({
    ...model,
    message: { ...model.message, id: `m${i}@example.org`, time: model.message.time + i },
  }));
  const long: Conversation = {
    nodes: entries.map(({ message: { id } }, i) => ({
      id,
      parent: i === 0 ? null : 'm0@example.org',
      children: i === 0 ? entries.slice(1).map((each) => each.message.id) : [],
      link: i === 0 ? ('root' as const) : ('references' as const),
      ghost: false,
    })),
    ledger: { entries, ghosts: [] },
  };
  const { temperature: _, ...rest } = report;
  const messages = entries.map(({ message: { id } }) => ({
    messageId: id,
    participant: 'p1',
    date: '2024-03-04T09:30:00Z',
  }));
  const made = {
    ...input,
    report: { ...rest, messages, status: { value: 'open' as const, evidence: [] } },
    conversation: long,
  };
  for (const offset of [0, 40, 80]) {
    const read = readMarkup(conversationPage(site, made, 'thread', offset));
    for (const { message } of entries) assert.ok(read.ids.includes(messageAnchor(message.id)), message.id);
    assertAnchors(read);
    const path = '/tools/a1%2Fretire@mail.example.org/t/';
    const link = (part: number, i: number): string =>
      `${part === offset ? '' : `${path}${part === 0 ? '' : `?o=${part}`}`}#${messageAnchor(`m${i}@example.org`)}`;
    assert.ok(read.hrefs.includes(link(0, 39)));
    assert.ok(read.hrefs.includes(link(40, 40)));
    assert.ok(read.hrefs.includes(link(80, 99)));
  }
  const part = conversationFragment(made, 'thread', 40);
  assert.equal(part.match(/<article/g)?.length, 40);
  assert.match(part, /hx-get="\/tools\/a1%2Fretire@mail\.example\.org\/t\/\?o=80"/);
  const below = readMarkup(debatePage(site, { report: made.report, list, id: ids.first, long }));
  assert.ok(
    below.hrefs.includes(`/tools/a1%2Fretire@mail.example.org/t/?o=80#${messageAnchor('m99@example.org')}`),
  );
});

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
    'Nobody takes a position that could be told',
    'No open question',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
  assert.match(
    words(
      homePage(site, { lists: [], debates: [], total: 0, filter: { open: false, offset: 0, limit: 30 } }),
    ),
    /hum add thread\.mbox/,
  );
  assert.match(words(listPage(site, list, [], 0, { open: false, offset: 0, limit: 50 })), /hum sync/);
  assert.match(
    words(searchPage(site, list, 'zzz', [], 0, { offset: 0, limit: 20 })),
    /No message matches zzz/,
  );
});
