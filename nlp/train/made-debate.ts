// Reads made-up labeled debates: mail and labels in one text file, so that a label always stands on its words.
// The format is described in data/train/debate/README.md. For training only, never for scoring.
import type { Message } from '../../model/message.ts';
import type {
  DecisionKind,
  QuestionStatus,
  SegmentLabel,
  StanceValue,
  Strength,
} from '../../model/report.ts';
import type { Role } from '../../model/person.ts';
import { type GoldFile, type GoldProposal, type GoldSegment, type GoldStance, quoteDigest } from './gold.ts';

export interface MadeDebate {
  readonly gold: GoldFile;
  readonly messages: readonly Message[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const LETTERS: Readonly<Record<string, SegmentLabel>> = {
  P: 'PROPOSAL',
  S: 'SUPPORT',
  O: 'OPPOSE',
  C: 'CONDITIONAL',
  N: 'NEUTRAL',
  Y: 'CONCEDE',
  Q: 'QUESTION',
  D: 'DECISION',
  R: 'RATIONALE',
};
const STANCE_OF: Readonly<Record<StanceValue, SegmentLabel>> = {
  support: 'SUPPORT',
  oppose: 'OPPOSE',
  conditional: 'CONDITIONAL',
  neutral: 'NEUTRAL',
};
const STATUSES = new Set(['decided-accepted', 'decided-rejected', 'withdrawn', 'superseded', 'open']);
const KINDS = new Set(
  (
    'yield persuaded withdraw information confirmation decision-request for against applied merged accepted ' +
    'nacked rejected consensus withdrawn superseded deferred partial'
  ).split(' '),
);
const QUESTION_STATUSES = new Set<string>(['open', 'answered', 'partial', 'moot']);
const STRENGTHS = new Set<string>(['strong', 'weak', 'normal']);
const TARGET = /^(?:P\d+|A\d+\.[ab])$/;

const PERSON = /^person (\w+): (.+) <([^<>]+)> (\w+)$/;
const PROPOSAL = /^proposal (P\d+)( head)? by (\w+)(?: (amends|alternative) (P\d+))?: ([^|]+?)(?: \| (.+))?$/;
const AXIS = /^axis (A\d+): ([^|]+) \| ([^|]+) \| ([^|]+)$/;
const STANCE = /^stance (\w+) (P\d+|A\d+\.[ab]) (support|oppose|conditional|neutral)( yielded)?$/;
const DECISION = /^decision (D\d+) (\w+)(?: (P\d+))? by (\w+)$/;
const MESSAGE = /^@(\d+) (\w+) (\d{4}-\d\d-\d\d \d\d:\d\d)(?: > (\d+))?$/;
const MARK = /\[\[([^\]:]{1,80}): ([\s\S]*?)\]\]/g;

/** A file that does not follow the format; the message says where and what. */
export class MadeDebateError extends Error {}

/** `name` is the file name without ending; it becomes thread id, list and domain of the Message-IDs. */
export function parseMadeDebate(name: string, text: string): MadeDebate {
  const fail = (what: string): never => {
    throw new MadeDebateError(`${name}: ${what}`);
  };
  const [head = '', ...blocks] = text.replaceAll('\r\n', '\n').split(/^(?=@\d+ \w+ \d{4}-)/m);
  const idOf = (n: string): string => `${n}@${name}.made.example.org`;
  const people = new Map<string, { id: string; name: string; address: string; role: Role }>();
  const proposals: GoldProposal[] = [];
  const axes: Mutable<GoldFile>['axes'][number][] = [];
  const declared: { participant: string; target: string; value: StanceValue; yielded: boolean }[] = [];
  const decisions = new Map<string, { kind: DecisionKind; target: string | undefined; by: string }>();
  let subject = '';
  let status = '';
  for (const line of head.split('\n')) {
    const person = PERSON.exec(line);
    const proposal = PROPOSAL.exec(line);
    const axis = AXIS.exec(line);
    const stance = STANCE.exec(line);
    const decision = DECISION.exec(line);
    if (line.startsWith('# ')) subject = line.slice(2).trim();
    else if (line.startsWith('status: ')) status = line.slice(8).trim();
    else if (person) {
      const [, id = '', full = '', address = '', role = ''] = person;
      people.set(id, { id, name: full, address, role: role as Role });
    } else if (proposal) {
      const [, id = '', isHead, by = '', relation, other = '', title = '', keywords = ''] = proposal;
      proposals.push({
        id,
        title,
        by,
        keywords: keywords
          .split(',')
          .map((word) => word.trim())
          .filter(Boolean),
        outcome: 'open',
        ...(isHead ? { head: true } : {}),
        ...(relation === 'amends' ? { amends: other } : {}),
        ...(relation === 'alternative' ? { alternativeTo: [other] } : {}),
      });
    } else if (axis) {
      const [, id = '', question = '', a = '', b = ''] = axis;
      axes.push({ id, question: question.trim(), a: { label: a.trim() }, b: { label: b.trim() } });
    } else if (stance) {
      const [, participant = '', target = '', value = '', yielded] = stance;
      declared.push({ participant, target, value: value as StanceValue, yielded: yielded !== undefined });
    } else if (decision) {
      const [, id = '', kind = '', target, by = ''] = decision;
      decisions.set(id, { kind: kind as DecisionKind, target, by });
    } else if (line.trim() !== '') fail(`cannot read the line: ${line}`);
  }
  if (!subject) fail('no `# subject` line');
  if (!STATUSES.has(status)) fail(`status: ${status || 'missing'}`);

  const messages: Message[] = [];
  const segments: Mutable<GoldSegment>[] = [];
  const questions = new Map<string, Mutable<GoldSegment>>();
  const evidence = new Map<string, string[]>();
  const keys: { rank: number; msg: string; quote: { start: number; end: number; sha1: string } }[] = [];
  const ancestors = new Map<string, readonly string[]>();
  const answers: { question: string; msg: string; quote: string }[] = [];
  for (const block of blocks) {
    const [first = '', ...rest] = block.split('\n');
    const match = MESSAGE.exec(first) ?? fail(`cannot read the line: ${first}`);
    const [, n = '', who = '', when = '', parent] = match ?? [];
    const person = people.get(who) ?? fail(`@${n}: unknown person ${who}`);
    const own = rest[0]?.startsWith('Subject: ') ? (rest.shift() ?? '').slice(9).trim() : undefined;
    const id = idOf(n);
    let body = '';
    let at = 0;
    const raw = rest.join('\n').trim();
    const places: { header: string; start: number; end: number }[] = [];
    for (const mark of raw.matchAll(MARK)) {
      body += raw.slice(at, mark.index);
      const start = body.length;
      body += mark[2] ?? '';
      places.push({ header: mark[1] ?? '', start, end: body.length });
      at = mark.index + mark[0].length;
    }
    body += `${raw.slice(at)}\n`;
    if (body.includes('[[') || body.includes(']]')) fail(`@${n}: a mark is not closed`);
    for (const { header, start, end } of places) {
      const quote = body.slice(start, end);
      for (const part of header.split('+')) {
        const words = part.trim().split(/\s+/);
        const [letter = ''] = words;
        const key = words.find((word) => word.startsWith('key='));
        if (key)
          keys.push({ rank: Number(key.slice(4)), msg: id, quote: { start, end, sha1: quoteDigest(quote) } });
        if (letter === 'K') continue;
        if (letter === 'A') {
          answers.push({ question: words[1] ?? '', msg: id, quote });
          continue;
        }
        const named = /^Q\d+$/.test(letter) ? letter : undefined;
        const label = LETTERS[named ? 'Q' : letter] ?? fail(`@${n}: unknown label ${letter}`);
        if (!label) continue;
        const segment: Mutable<GoldSegment> = { sid: `s${segments.length + 1}`, msg: id, quote, label };
        for (const word of words.slice(1)) {
          if (TARGET.test(word)) segment.target = word;
          else if (/^D\d+$/.test(word)) {
            segment.decision = word;
            evidence.set(word, [...(evidence.get(word) ?? []), segment.sid]);
          } else if (named && QUESTION_STATUSES.has(word)) segment.status = word as QuestionStatus;
          else if (KINDS.has(word)) segment.kind = word;
          else if (STRENGTHS.has(word)) segment.strength = word as Strength;
          else if (!word.startsWith('key=')) fail(`@${n}: cannot read ${word} in ${header}`);
        }
        if (named) questions.set(named, segment);
        segments.push(segment);
      }
    }
    const parentId = parent === undefined ? undefined : idOf(parent);
    const references = parentId === undefined ? [] : [...(ancestors.get(parentId) ?? []), parentId];
    ancestors.set(id, references);
    messages.push({
      id,
      syntheticId: false,
      provenance: 'mail',
      subject: own ?? (parent === undefined ? subject : `Re: ${subject}`),
      from: person ? [{ name: person.name, address: person.address }] : [],
      to: [],
      cc: [],
      replyTo: [],
      date: `${when} +0000`,
      time: Date.parse(`${when.replace(' ', 'T')}:00Z`) / 1000,
      inReplyTo: parentId === undefined ? [] : [parentId],
      references,
      listId: '',
      headers: {},
      body,
      attachments: [],
      defects: [],
    });
  }
  for (const { question, msg, quote } of answers) {
    const segment = questions.get(question) ?? fail(`answer to unknown question ${question}`);
    if (segment) segment.answeredBy = [...(segment.answeredBy ?? []), { msg, quote }];
  }
  const known = new Set([...proposals.map((p) => p.id), ...axes.flatMap((a) => [`${a.id}.a`, `${a.id}.b`])]);
  for (const { target, sid } of segments)
    if (target !== undefined && !known.has(target)) fail(`${sid}: unknown target ${target}`);
  const by = new Map(
    messages.map((message) => [
      message.id,
      [...people.values()].find((p) => p.address === message.from[0]?.address)?.id ?? '',
    ]),
  );
  const stances = declared.map((row): GoldStance => {
    if (!known.has(row.target) || !people.has(row.participant))
      fail(`stance ${row.participant} ${row.target}: unknown`);
    const own = segments.filter((s) => s.target === row.target && by.get(s.msg) === row.participant);
    const cited = own.filter((s) => s.label === STANCE_OF[row.value]);
    return { ...row, evidence: (cited.length > 0 ? cited : own).map((s) => s.sid) };
  });
  const root = messages[0] ?? fail('no message');
  return {
    messages,
    gold: {
      made: true,
      threadId: name,
      list: name,
      rootMessageId: root?.id ?? '',
      source: { path: '', sha256: '' },
      participants: [...people.values()].map((p) => ({
        id: p.id,
        name: p.name,
        addresses: [p.address],
        role: p.role,
      })),
      messages: messages.map((message, index) => ({
        id: message.id,
        n: index + 1,
        by: by.get(message.id) ?? '',
      })),
      proposals,
      axes,
      segments,
      stances,
      decisions: [...decisions].map(([id, d]) => ({
        id,
        kind: d.kind,
        by: d.by,
        evidence: evidence.get(id) ?? [],
        ...(d.target === undefined ? {} : { target: d.target }),
      })),
      thread: { status, evidence: [] },
      keySentences: keys.toSorted((a, b) => a.rank - b.rank),
    },
  };
}
