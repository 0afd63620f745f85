// A debate written for tests: seven messages, two people against, a concession, a ghost, a decision, open questions.
// Spans are found in the bodies, so that they hold by construction.
import type { GhostMessage, Ledger, LedgerEntry, Segment, SegmentKind } from '../../model/ledger.ts';
import type { Message } from '../../model/message.ts';
import type { Evidence, Report, ReportSegment } from '../../model/report.ts';
import type { ThreadNode } from '../../model/thread.ts';

export const list = 'tools';
const day = 86_400;
const start = Date.UTC(2024, 2, 4, 9, 30) / 1000;

function message(
  id: string,
  name: string,
  address: string,
  days: number,
  body: string,
  inReplyTo: string[] = [],
): Message {
  const time = start + days * day;
  return {
    id,
    syntheticId: false,
    provenance: 'mail',
    subject: 'Retire the Python 2 build scripts',
    from: [{ name, address }],
    to: [{ name: '', address: 'tools@lists.example.org' }],
    cc: [],
    replyTo: [],
    date: new Date(time * 1000).toUTCString(),
    time,
    inReplyTo,
    references: inReplyTo,
    listId: 'tools.lists.example.org',
    headers: {},
    body,
    attachments: [],
    defects: [],
  };
}

export const ids = {
  first: 'a1/retire@mail.example.org',
  against: 'b2@mail.example.org',
  condition: 'c3@mail.example.org',
  answer: 'd4@mail.example.org',
  yielded: 'e5@mail.example.org',
  decision: 'f6@mail.example.org',
  ghost: 'g0@quotes.hum',
  missing: 'absent@mail.example.org',
} as const;

const ada = ['Ada Example', 'ada@example.org'] as const;
const bo = ['Bo Sample', 'bo@example.org'] as const;
const cy = ['Cy Mustermann', 'cy@example.org'] as const;

export const messages: readonly Message[] = [
  message(
    ids.first,
    ...ada,
    0,
    'I propose that we retire the Python 2 build scripts.\nNobody has run them since spring, see https://example.org/log?a=1&b=2.\n\n---\n scripts/build2.py | 3 ---\n\ndiff --git a/scripts/build2.py b/scripts/build2.py\n@@ -1,3 +0,0 @@\n-import os\n-print "hello"\n-x = 1\n\nSigned-off-by: Ada Example <ada@example.org>\n-- \nAda\n',
  ),
  message(
    ids.against,
    ...bo,
    1,
    'Ada Example wrote:\n> I propose that we retire the Python 2 build scripts.\n\nI am against it. Two customers still build with them.\n',
    [ids.first],
  ),
  message(
    ids.condition,
    ...cy,
    2,
    'On Tue, Dee Lost wrote:\n> The scripts were only ever meant for the first year.\n> They should have gone long ago.\n> Keeping them costs us a day each release.\n> I would drop them today.\n> The tests do not cover them.\n> Nor will they.\n> Not ever.\n\nFine with me if we keep them in a branch.\nWho would maintain that branch?\n',
    [ids.missing],
  ),
  message(ids.answer, ...ada, 3, '> Who would maintain that branch?\n\nI will.\n', [ids.condition]),
  message(
    ids.yielded,
    ...bo,
    4,
    'All right, a branch is enough. I can live with that.\nWhen does the branch open?\n',
    [ids.answer],
  ),
  message(ids.decision, ...cy, 5, 'Applied to main, thanks.\n', [ids.first]),
];

const lineKind = (line: string): SegmentKind =>
  line.trim() === ''
    ? 'blank'
    : line.startsWith('>')
      ? 'quote'
      : line.endsWith('wrote:')
        ? 'attribution'
        : line.startsWith('Signed-off-by:')
          ? 'trailer'
          : /^(-- |Ada)$/.test(line)
            ? 'signature'
            : /^(diff|@@|[-+]|---| scripts)/.test(line)
              ? 'patch'
              : 'own';

function entry(of: Message, source?: string): LedgerEntry {
  const segments: Segment[] = [];
  let at = 0;
  for (const line of of.body.split(/(?<=\n)/)) {
    const kind = lineKind(line.trimEnd() === '--' ? '-- ' : line.trimEnd());
    const quoteDepth = kind === 'quote' ? 1 : 0;
    const last = segments.at(-1);
    const end = at + line.length;
    if (last !== undefined && last.kind === kind) segments[segments.length - 1] = { ...last, end };
    else if (kind === 'quote' && source !== undefined) {
      segments.push({ kind, start: at, end, quoteDepth, source: { messageId: source, match: 'exact' } });
    } else segments.push({ kind, start: at, end, quoteDepth });
    at = end;
  }
  return { message: of, segments, sentences: [], trailers: [] };
}

const ghostBody =
  'The scripts were only ever meant for the first year.\nThey should have gone long ago.\nKeeping them costs us a day each release.\nI would drop them today.\nThe tests do not cover them.\nNor will they.\nNot ever.\n';
const ghostMessage: Message = {
  ...message(ids.ghost, 'Dee Lost', '', 1.5, ghostBody),
  provenance: 'quotes',
  syntheticId: true,
};

export const ghost: GhostMessage = {
  message: ghostMessage,
  from: [{ messageId: ids.condition, start: 24, end: 250 }],
  authorName: 'Dee Lost',
  authorAddress: '',
  entry: entry(ghostMessage),
  lines: [],
};

export const ledger: Ledger = {
  entries: messages.map((each) =>
    entry(
      each,
      { [ids.against]: ids.first, [ids.answer]: ids.condition, [ids.condition]: ids.ghost }[each.id],
    ),
  ),
  ghosts: [ghost],
};

const node = (
  id: string,
  parent: string | null,
  children: string[],
  link: ThreadNode['link'] = 'in-reply-to',
): ThreadNode => ({
  id,
  ghost: id === ids.missing || id === ids.ghost,
  parent,
  link: parent === null ? 'root' : link,
  children,
});

export const nodes: readonly ThreadNode[] = [
  node(ids.first, null, [ids.against, ids.missing, ids.decision]),
  node(ids.against, ids.first, []),
  node(ids.missing, ids.first, [ids.condition], 'inferred-subject'),
  node(ids.condition, ids.missing, [ids.answer]),
  node(ids.answer, ids.condition, [ids.yielded]),
  node(ids.yielded, ids.answer, []),
  node(ids.decision, ids.first, []),
];

/** Where `quote` stands in the message's body. */
export function said(messageId: string, quote: string): Evidence {
  const { body } = messages.find((each) => each.id === messageId) ?? { body: '' };
  const at = body.indexOf(quote);
  if (at === -1) throw new Error(`fixture: ${quote} is not in ${messageId}`);
  return { messageId, quote, start: at, end: at + quote.length, reason: 'cue:fixture' };
}

const segment = (
  evidence: Evidence,
  rest: Pick<ReportSegment, 'label'> & Partial<ReportSegment>,
): ReportSegment => ({
  messageId: evidence.messageId,
  quote: evidence.quote,
  start: evidence.start,
  end: evidence.end,
  reason: evidence.reason,
  ...rest,
});

const proposes = said(ids.first, 'I propose that we retire the Python 2 build scripts.');
const opposes = said(ids.against, 'I am against it.');
const customers = said(ids.against, 'Two customers still build with them.');
const conditional = said(ids.condition, 'Fine with me if we keep them in a branch.');
const asks = said(ids.condition, 'Who would maintain that branch?');
const answers = said(ids.answer, 'I will.');
const yields = said(ids.yielded, 'All right, a branch is enough.');
const when = said(ids.yielded, 'When does the branch open?');
const applied = said(ids.decision, 'Applied to main, thanks.');

export const report: Report = {
  schemaVersion: '1.0',
  threadId: ids.first,
  subject: 'Retire the Python 2 build scripts',
  rootMessageId: ids.first,
  list,
  participants: [
    {
      id: 'p1',
      name: 'Ada Example',
      addresses: ['ada@example.org'],
      role: 'developer',
      roleEvidence: 'sent the patch',
    },
    { id: 'p2', name: 'Bo Sample', addresses: ['bo@example.org'], role: 'user' },
    {
      id: 'p3',
      name: 'Cy Mustermann',
      addresses: ['cy@example.org'],
      role: 'maintainer',
      roleEvidence: 'applies patches',
    },
    { id: 'p4', name: 'Dee Lost', addresses: [], role: 'unknown', quotedOnly: true },
  ],
  messages: [
    ...messages.slice(0, 2).map((each, i) => ({
      messageId: each.id,
      participant: `p${i + 1}`,
      date: new Date(each.time * 1000).toISOString(),
    })),
    {
      messageId: ids.ghost,
      participant: 'p4',
      date: new Date(ghostMessage.time * 1000).toISOString(),
      ghost: true,
    },
    ...messages.slice(2).map((each, i) => ({
      messageId: each.id,
      participant: ['p3', 'p1', 'p2', 'p3'][i] ?? 'p1',
      date: new Date(each.time * 1000).toISOString(),
    })),
  ],
  proposals: [
    {
      id: 'P1',
      title: 'Retire the Python 2 build scripts',
      by: 'p1',
      head: true,
      versions: [{ v: 'v1', messageId: ids.first }],
      outcome: 'accepted',
      evidence: [proposes],
    },
    {
      id: 'P2',
      title: 'Keep them in a branch',
      by: 'p3',
      amends: 'P1',
      outcome: 'open',
      evidence: [conditional],
    },
  ],
  axes: [
    {
      id: 'A1',
      question: 'Retire the scripts now or keep customers building?',
      a: { label: 'retire now', proposals: ['P1'] },
      b: { label: 'customers still build with them' },
      evidence: [customers],
    },
  ],
  stances: [
    { participant: 'p1', target: 'P1', value: 'support', confidence: 0.9, evidence: [proposes] },
    {
      participant: 'p2',
      target: 'P1',
      value: 'oppose',
      yielded: true,
      strength: 'strong',
      confidence: 0.8,
      evidence: [opposes, customers],
      history: [
        {
          value: 'oppose',
          change: 'first',
          messageId: ids.against,
          quote: opposes.quote,
          start: opposes.start,
          end: opposes.end,
        },
        {
          value: 'oppose',
          change: 'yield',
          messageId: ids.yielded,
          quote: yields.quote,
          start: yields.start,
          end: yields.end,
        },
      ],
    },
    { participant: 'p2', target: 'P2', value: 'support', evidence: [yields] },
    { participant: 'p3', target: 'P1', value: 'conditional', evidence: [conditional] },
    { participant: 'p2', target: 'A1.b', value: 'support', evidence: [customers] },
    { participant: 'p3', target: 'A1.b', value: 'oppose', evidence: [conditional] },
  ],
  segments: [
    segment(proposes, { label: 'PROPOSAL', target: 'P1' }),
    segment(opposes, { label: 'OPPOSE', target: 'P1', strength: 'strong' }),
    segment(customers, { label: 'RATIONALE', target: 'P1', kind: 'against' }),
    segment(conditional, { label: 'CONDITIONAL', target: 'P1' }),
    segment(asks, { label: 'QUESTION', kind: 'information', status: 'answered' }),
    segment(yields, { label: 'CONCEDE', target: 'P1', kind: 'yield' }),
    segment(when, { label: 'QUESTION', kind: 'information', status: 'open' }),
    segment(applied, { label: 'DECISION', target: 'P1', kind: 'applied' }),
  ],
  decisions: [
    {
      id: 'D1',
      kind: 'applied',
      target: 'P1',
      by: 'p3',
      entitled: true,
      basis: 'stated',
      evidence: [applied],
    },
  ],
  questions: [
    {
      ...asks,
      id: 'Q1',
      kind: 'information',
      status: 'answered',
      askedBy: 'p3',
      answeredBy: [{ ...answers }],
    },
    {
      ...when,
      id: 'Q2',
      kind: 'information',
      status: 'open',
      askedBy: 'p2',
      askedOf: ['p1'],
      answeredBy: [],
    },
  ],
  status: { value: 'decided-accepted', basis: 'stated', evidence: [applied] },
  summary: [
    { rank: 1, facet: 'head', ...proposes },
    { rank: 2, facet: 'objection', ...customers },
    { rank: 3, facet: 'outcome', ...applied },
  ],
  rationale: [
    {
      target: 'P1',
      kind: 'against',
      by: 'p2',
      evidence: customers,
      restatements: [{ by: 'p3', evidence: conditional }],
    },
  ],
  temperature: {
    value: 'converging',
    facts: [{ text: 'concession', count: 1, messageIds: [ids.yielded] }],
  },
  silence: [
    { participant: 'p1', reason: 'was asked Q2', since: '2024-03-08T09:30:00Z', messageId: ids.yielded },
  ],
  coverage: { present: 6, missing: 1, recovered: 1 },
  notes: [],
  generator: { version: '0.1.0', lexicon: '', model: '' },
};

/** What a hostile sender would put in every place a sender can reach. */
export const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>\u202egpj.exe\u001b[31m'`;

/** The same debate with `hostile` in each name, subject, title, body and quote. */
export function hostileReport(): Report {
  const poison: Evidence = {
    messageId: ids.first,
    quote: hostile,
    start: 0,
    end: hostile.length,
    reason: hostile,
  };
  return {
    ...report,
    subject: hostile,
    participants: report.participants.map((person) => ({ ...person, name: hostile, roleEvidence: hostile })),
    proposals: report.proposals.map((proposal) => ({ ...proposal, title: hostile, evidence: [poison] })),
    axes: report.axes.map((axis) => ({
      ...axis,
      question: hostile,
      a: { label: hostile },
      b: { label: hostile },
    })),
    stances: report.stances.map((stance) => ({ ...stance, evidence: [poison] })),
    decisions: report.decisions.map((decision) => ({ ...decision, evidence: [poison] })),
    questions: report.questions.map((question) => ({ ...question, quote: hostile })),
    status: { ...report.status, evidence: [poison] },
    summary: report.summary.map((line) => ({ ...line, quote: hostile })),
    notes: [hostile],
    concerns: [
      {
        id: 'C1',
        owner: 'p1',
        title: hostile,
        state: 'raised',
        steps: [{ state: 'raised', evidence: poison }],
      },
    ],
    camps: [{ label: hostile, side: 'P1', members: ['p1'], reason: poison, counter: poison }],
    actionItems: [{ owner: 'p1', evidence: poison }],
    ownSummaries: [{ by: 'p1', evidence: poison, disputedBy: [{ by: 'p2', evidence: poison }] }],
    temperature: { value: 'quiet', facts: [{ text: hostile, count: 1, messageIds: [hostile] }] },
  };
}

export function hostileLedger(): Ledger {
  const [first, ...others] = ledger.entries;
  if (first === undefined) throw new Error('fixture: empty');
  const body = `${hostile}\n${hostile}\n`;
  const half = hostile.length + 1;
  return {
    ...ledger,
    entries: [
      {
        message: {
          ...first.message,
          subject: hostile,
          from: [{ name: hostile, address: hostile }],
          to: [{ name: hostile, address: hostile }],
          date: hostile,
          body,
          attachments: [{ name: hostile, type: hostile, size: 1 }],
          defects: [{ code: hostile, detail: hostile }],
        },
        segments: [
          { kind: 'own', start: 0, end: half, quoteDepth: 0 },
          { kind: 'quote', start: half, end: body.length, quoteDepth: 1 },
        ],
        sentences: [],
        trailers: [],
      },
      ...others,
    ],
  };
}
