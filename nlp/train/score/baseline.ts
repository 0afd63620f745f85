// The baselines every score is printed beside: majority, structural, regex and three summaries. Views like a system's.
// Definitions: labeling guidelines, section 6. They are given senders and roles from the gold; majority is given its pairs, too.
import type { DecisionKind, StanceValue } from '../../../model/report.ts';
import type { GoldFile } from '../gold.ts';
import { type Tokens, collapse, contentWords, noTokens } from './text.ts';
import {
  type ScoredMail,
  type ScoredMessage,
  type View,
  type ViewQuestion,
  type ViewSegment,
  type ViewStance,
  type ViewTarget,
  emptyView,
  headValuesOf,
  normalName,
  stanceMap,
} from './view.ts';
import { sendersOf } from './measure.ts';

const subjectPrefix = /^(?:(?:re|aw|sv|fwd?):\s*|\[[^\]]*\]\s*)/i;
const acknowledged = /^\s*(?:Acked|Reviewed)-by:([^<]*)(?:<([^<>]*)>)?/i;
const nack = /\bnack(?:ed)?\b/i;
const asks = /\?["')\]]*$/;
const decided = /\b(applied|merged|nack(?:ed)?|withdrawn|superseded)\b/i;
const applied = /\b(?:applied|merged|queued)\b/i;
const trailerLine = /^(?:[A-Z][A-Za-z-]*-by:|(?:Cc|CC|Link|Fixes|Closes|Message-Id):\s)/;
const leastWords = 5;

const kindOf: Readonly<Record<string, { kind: DecisionKind; status: string }>> = {
  applied: { kind: 'applied', status: 'decided-accepted' },
  merged: { kind: 'merged', status: 'decided-accepted' },
  nack: { kind: 'nacked', status: 'decided-rejected' },
  nacked: { kind: 'nacked', status: 'decided-rejected' },
  withdrawn: { kind: 'withdrawn', status: 'withdrawn' },
  superseded: { kind: 'superseded', status: 'superseded' },
};

export interface Task {
  readonly gold: GoldFile;
  readonly mail: ScoredMail;
  readonly view: View;
}

interface Spoken {
  readonly message: ScoredMessage;
  readonly span: readonly [number, number];
  readonly text: string;
}

function spokenOf(task: Task): Spoken[] {
  return task.mail.messages.flatMap((message) =>
    message.sentences.map((span) => ({ message, span, text: collapse(message.body.slice(...span)) })),
  );
}

function candidates(task: Task): Spoken[] {
  return spokenOf(task).filter(
    (row) => row.text.split(' ').length >= leastWords && !trailerLine.test(row.text),
  );
}

function tokensOf(task: Task, row: Spoken): Tokens {
  return new Set(task.mail.ordered(row.message.id, row.span));
}

function rootOf(task: Task): ScoredMessage | undefined {
  return task.mail.byId.get(task.gold.rootMessageId) ?? task.mail.messages[0];
}

function authorsOf(task: Task): Map<string, string> {
  return new Map(task.gold.messages.map((m) => [m.id, m.by]));
}

function baseSubject(subject: string): string {
  let rest = subject.trim();
  for (let match = subjectPrefix.exec(rest); match; match = subjectPrefix.exec(rest))
    rest = rest.slice(match[0].length);
  return rest;
}

function subjectTarget(task: Task): ViewTarget {
  const root = rootOf(task);
  const opening = candidates(task).find((row) => row.message === root);
  return {
    id: 'P1',
    words: [contentWords(baseSubject(root?.subject ?? ''))],
    evidence: opening ? tokensOf(task, opening) : noTokens,
    by: root ? authorsOf(task).get(root.id) : undefined,
    msgs: new Set(root ? [root.id] : []),
  };
}

/** One value for all gold pairs and everybody on the head. */
function constant(task: Task, value: StanceValue, headValue: StanceValue, status: string): View {
  const stances = new Map<string, ViewStance>();
  for (const [pair, stance] of task.view.stances)
    stances.set(pair, { ...stance, value, yielded: false, evidence: noTokens });
  const headValues = new Map(sendersOf(task.gold, task.mail).map((who) => [who, headValue]));
  return { ...emptyView, head: task.view.head, status, stances, headValues };
}

function structural(task: Task): View {
  const head = subjectTarget(task);
  const official = new Set(
    task.gold.participants.filter((p) => p.role === 'maintainer' || p.role === 'bot').map((p) => p.id),
  );
  const authors = authorsOf(task);
  const last = task.mail.messages.findLast((m) => official.has(authors.get(m.id) ?? ''));
  const accepted = last?.sentences.some((span) => applied.test(last.body.slice(...span))) ?? false;
  const stances = stanceMap(
    head.by === undefined
      ? []
      : [{ who: head.by, target: 'P1', value: 'support', yielded: false, evidence: head.evidence }],
  );
  return {
    ...emptyView,
    targets: [head],
    head: 'P1',
    stances,
    headValues: headValuesOf(stances, 'P1'),
    status: accepted ? 'decided-accepted' : 'open',
  };
}

function regex(task: Task): View {
  const authors = authorsOf(task);
  const replies = new Map<string, string>();
  for (const m of task.mail.messages)
    if (m.parent !== undefined && !replies.has(m.parent)) replies.set(m.parent, m.id);
  const segments: ViewSegment[] = [];
  const rows: ViewStance[] = [];
  const decisions: { kind: DecisionKind; evidence: Tokens }[] = [];
  const questions: ViewQuestion[] = [];
  let status = 'open';
  for (const row of spokenOf(task)) {
    const { message, text } = row;
    const tokens = tokensOf(task, row);
    const who = authors.get(message.id) ?? '';
    const ack = acknowledged.exec(text);
    const own =
      ack !== null &&
      ((ack[2] ?? '').toLowerCase() === message.address ||
        normalName(ack[1] ?? '') === normalName(message.name));
    const value: StanceValue | undefined = own ? 'support' : nack.test(text) ? 'oppose' : undefined;
    if (value) {
      segments.push({
        msg: message.id,
        label: value === 'support' ? 'SUPPORT' : 'OPPOSE',
        tokens,
        target: 'P1',
      });
      rows.push({ who, target: 'P1', value, yielded: false, evidence: tokens });
    }
    if (asks.test(text)) {
      segments.push({ msg: message.id, label: 'QUESTION', tokens, target: undefined });
      const direct = replies.get(message.id);
      questions.push({
        tokens,
        status: direct === undefined ? 'open' : 'answered',
        answers: new Set(direct === undefined ? [] : [direct]),
      });
    }
    const word = kindOf[(decided.exec(text)?.[1] ?? '').toLowerCase()];
    if (word) {
      segments.push({ msg: message.id, label: 'DECISION', tokens, target: undefined });
      decisions.push({ kind: word.kind, evidence: tokens });
      status = word.status;
    }
  }
  const stances = new Map(rows.map((stance) => [`${stance.who} P1`, stance]));
  return {
    segments,
    targets: [subjectTarget(task)],
    head: 'P1',
    stances,
    headValues: headValuesOf(stances, 'P1'),
    decisions,
    questions,
    status,
    summary: [],
  };
}

function summaryOf(task: Task, rows: readonly Spoken[]): View {
  return {
    ...emptyView,
    summary: rows.map((row) => ({ text: row.text, tokens: task.mail.ordered(row.message.id, row.span) })),
  };
}

function lead(task: Task): View {
  const root = rootOf(task);
  return summaryOf(
    task,
    candidates(task)
      .filter((row) => row.message === root)
      .slice(0, task.view.summary.length),
  );
}

function firstSentences(task: Task): View {
  const first = new Map<string, Spoken>();
  for (const row of candidates(task)) if (!first.has(row.message.id)) first.set(row.message.id, row);
  const ids = task.mail.messages.slice(0, task.view.summary.length).map((m) => m.id);
  return summaryOf(
    task,
    ids.map((id) => first.get(id)).filter((row) => row !== undefined),
  );
}

function centroid(task: Task): View {
  const rows = candidates(task);
  const bags = rows.map((row) => contentWords(row.text));
  const frequency = new Map<string, number>();
  for (const bag of bags) for (const word of bag) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log(rows.length / (frequency.get(word) ?? 1));
  const center = new Map<string, number>();
  for (const bag of bags) for (const word of bag) center.set(word, (center.get(word) ?? 0) + weight(word));
  const closeness = bags.map((bag) => {
    let norm = 0;
    let dot = 0;
    for (const word of bag) {
      norm += weight(word) ** 2;
      dot += weight(word) * (center.get(word) ?? 0);
    }
    return norm > 0 ? dot / Math.sqrt(norm) : 0;
  });
  const best = rows
    .map((row, i) => ({ row, i }))
    .toSorted((a, b) => (closeness[b.i] ?? 0) - (closeness[a.i] ?? 0) || a.i - b.i)
    .slice(0, task.view.summary.length);
  return summaryOf(
    task,
    best.map(({ row }) => row),
  );
}

function mostCommon<T>(all: readonly T[], fallback: T): T {
  const counts = new Map<T, number>();
  for (const value of all) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = fallback;
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
}

export interface Baseline {
  readonly name: string;
  /** True when the view's stances carry gold target ids. */
  readonly goldTargets: boolean;
  readonly view: (task: Task) => View;
}

/** All baselines; class frequencies come from `train`. */
export function baselinesFrom(train: readonly Task[]): Baseline[] {
  const value = mostCommon<StanceValue>(
    train.flatMap((t) => [...t.view.stances.values()].map((s) => s.value)),
    'support',
  );
  const headValue = mostCommon<StanceValue>(
    train.flatMap((t) => sendersOf(t.gold, t.mail).map((who) => t.view.headValues.get(who) ?? 'neutral')),
    'neutral',
  );
  const status = mostCommon(
    train.map((t) => t.view.status ?? 'open'),
    'open',
  );
  return [
    { name: 'majority', goldTargets: true, view: (t) => constant(t, value, headValue, status) },
    { name: 'all support', goldTargets: true, view: (t) => constant(t, 'support', 'support', status) },
    { name: 'structural', goldTargets: false, view: structural },
    { name: 'regex', goldTargets: false, view: regex },
    { name: 'lead of the root', goldTargets: false, view: lead },
    { name: 'first sentences', goldTargets: false, view: firstSentences },
    { name: 'tf-idf centroid', goldTargets: false, view: centroid },
  ];
}
