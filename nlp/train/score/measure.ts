// Counts per debate, which add up over debates, and the scores computed from counts (labeling guidelines, section 6).
import type { Report, SegmentLabel, StanceValue } from '../../../model/report.ts';
import type { GoldFile } from '../gold.ts';
import { type Tokens, bestPairs, dice, greedyPairs, iou, rougeCounts, shared, union } from './text.ts';
import {
  type ScoredMail,
  type View,
  type ViewQuestion,
  type ViewStance,
  type ViewTarget,
  flip,
} from './view.ts';

export type Counts = Map<string, number>;

export const labels: readonly SegmentLabel[] = [
  'PROPOSAL',
  'SUPPORT',
  'OPPOSE',
  'CONDITIONAL',
  'NEUTRAL',
  'CONCEDE',
  'QUESTION',
  'DECISION',
  'RATIONALE',
];
const anyStance: readonly SegmentLabel[] = ['SUPPORT', 'OPPOSE', 'CONDITIONAL'];
export const values: readonly StanceValue[] = ['support', 'oppose', 'conditional', 'neutral'];
export const statuses = ['decided-accepted', 'decided-rejected', 'withdrawn', 'superseded', 'open'] as const;

const coarseKind: Readonly<Record<string, string>> = {
  applied: 'positive',
  merged: 'positive',
  accepted: 'positive',
  nacked: 'negative',
  rejected: 'negative',
  withdrawn: 'negative',
  consensus: 'consensus',
  superseded: 'procedural',
  deferred: 'procedural',
  partial: 'procedural',
};

function status3(status: string | undefined): string {
  if (status === 'decided-accepted') return 'accepted';
  return status === 'open' ? 'open' : 'not accepted';
}

const lenient = 0.25;
const strict = 0.5;
const similar = 0.3;

function bump(counts: Counts, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function add(counts: Counts, key: string, tp: number, pred: number, gold: number): void {
  bump(counts, `${key}.tp`, tp);
  bump(counts, `${key}.pred`, pred);
  bump(counts, `${key}.gold`, gold);
}

function addClass(counts: Counts, key: string, pred: string, gold: string): void {
  const right = pred === gold ? 1 : 0;
  add(counts, `${key}.${gold}`, right, 0, 1);
  add(counts, `${key}.${pred}`, 0, 1, 0);
  bump(counts, `${key}.ok`, right);
  bump(counts, `${key}.of`, 1);
}

function countSpans(counts: Counts, gold: View, pred: View): void {
  const tokensOf = (view: View, wanted: readonly SegmentLabel[]): Tokens =>
    union(view.segments.filter((s) => wanted.includes(s.label)).map((s) => s.tokens));
  const rows: [string, readonly SegmentLabel[]][] = [
    ...labels.map((label): [string, readonly SegmentLabel[]] => [label, [label]]),
    ['any-stance', anyStance],
  ];
  for (const [name, wanted] of rows) {
    const g = tokensOf(gold, wanted);
    const p = tokensOf(pred, wanted);
    add(counts, `span.${name}`, shared(g, p), p.size, g.size);
  }
  for (const [name, least] of [
    ['lenient', lenient],
    ['strict', strict],
  ] as const) {
    const pairs = greedyPairs(
      pred.segments.map((s) => s.tokens),
      gold.segments.map((s) => s.tokens),
      least,
      (i, j) => pred.segments[i]?.label === gold.segments[j]?.label,
    );
    add(counts, `segment.${name}`, pairs.length, pred.segments.length, gold.segments.length);
  }
}

function similarity(pred: ViewTarget, gold: ViewTarget): { value: number; swapped: boolean } {
  if (pred.words.length !== gold.words.length) return { value: 0, swapped: false };
  const mean = (other: readonly ReadonlySet<string>[]): number =>
    pred.words.reduce((sum, set, i) => sum + dice(set, other[i] ?? new Set()), 0) / gold.words.length;
  const straight = mean(gold.words);
  const crossed = mean(gold.words.toReversed());
  const words = Math.max(straight, crossed);
  const value = gold.evidence.size > 0 ? 0.5 * words + 0.5 * iou(pred.evidence, gold.evidence) : words;
  return { value, swapped: crossed > straight };
}

export type Alignment = ReadonlyMap<string, { readonly gold: string; readonly swapped: boolean }>;

/** Predicted target id -> gold target id, one to one, similarity at least .3. */
export function align(pred: View, gold: View): Alignment {
  const found = pred.targets.map((p) => gold.targets.map((g) => similarity(p, g)));
  const weights = found.map((row) => row.map(({ value }) => (value >= similar ? value : 0)));
  const aligned = new Map<string, { gold: string; swapped: boolean }>();
  for (const [i, j] of bestPairs(weights)) {
    const p = pred.targets[i];
    const g = gold.targets[j];
    if (p && g) aligned.set(p.id, { gold: g.id, swapped: found[i]?.[j]?.swapped ?? false });
  }
  return aligned;
}

/** Alignment of a view whose targets carry gold ids. */
export function identityAlignment(view: View): Alignment {
  const aligned = new Map<string, { gold: string; swapped: boolean }>();
  for (const stance of view.stances.values()) {
    const [base = ''] = stance.target.split('.');
    aligned.set(base, { gold: base, swapped: false });
  }
  return aligned;
}

function countTargets(counts: Counts, gold: View, pred: View, aligned: Alignment): void {
  const of = (ids: Iterable<string>, kind: string): number =>
    [...ids].filter((id) => id.startsWith(kind)).length;
  const predIds = pred.targets.map((t) => t.id);
  const goldIds = gold.targets.map((t) => t.id);
  for (const kind of ['P', 'A']) {
    add(counts, `target.${kind}`, of(aligned.keys(), kind), of(predIds, kind), of(goldIds, kind));
  }
  add(counts, 'target', aligned.size, predIds.length, goldIds.length);
  const wanted = gold.targets.find((t) => t.id === gold.head);
  if (!wanted) return;
  const own = pred.targets.find((t) => t.id === pred.head);
  const right =
    own !== undefined &&
    aligned.get(own.id)?.gold === wanted.id &&
    own.by === wanted.by &&
    shared(own.msgs, wanted.msgs) > 0;
  bump(counts, 'head.ok', right ? 1 : 0);
  bump(counts, 'head.of', 1);
}

function onGoldTargets(view: View, aligned: Alignment): Map<string, ViewStance> {
  const mapped = new Map<string, ViewStance>();
  for (const stance of view.stances.values()) {
    const [base = '', pole] = stance.target.split('.');
    const found = aligned.get(base);
    const target = (found?.gold ?? `?${base}`) + (pole === undefined ? '' : `.${pole}`);
    const value = found?.swapped ? flip(stance.value) : stance.value;
    const key = `${stance.who} ${target}`;
    if (!mapped.has(key) || value !== 'neutral') mapped.set(key, { ...stance, target, value });
  }
  return mapped;
}

function countStances(
  counts: Counts,
  key: string,
  gold: View,
  pred: View,
  aligned: Alignment,
  quotedOnly: ReadonlySet<string>,
): void {
  const mapped = onGoldTargets(pred, aligned);
  const pairs = new Set(gold.stances.keys());
  for (const [pair, stance] of mapped) if (stance.value !== 'neutral') pairs.add(pair);
  for (const pair of pairs) {
    const stance = mapped.get(pair);
    const wanted = gold.stances.get(pair);
    const row = quotedOnly.has((wanted ?? stance)?.who ?? '') ? `${key}_quoted` : key;
    const value = stance?.value ?? 'neutral';
    addClass(counts, row, value, wanted?.value ?? 'neutral');
    const p = stance?.yielded ? 1 : 0;
    const g = wanted?.yielded ? 1 : 0;
    add(counts, `${row}.yielded`, p * g, p, g);
    if (stance && wanted && value === wanted.value) {
      bump(counts, `${row}.evidence.ok`, shared(stance.evidence, wanted.evidence) > 0 ? 1 : 0);
      bump(counts, `${row}.evidence.of`, 1);
    }
  }
}

function countDecisions(counts: Counts, gold: View, pred: View): void {
  const kinds: [string, (kind: string) => string][] = [
    ['coarse', (kind) => coarseKind[kind] ?? kind],
    ['exact', (kind) => kind],
  ];
  for (const [name, kindOf] of kinds) {
    const weights = pred.decisions.map((p) =>
      gold.decisions.map((g) =>
        kindOf(p.kind) === kindOf(g.kind) && shared(p.evidence, g.evidence) > 0
          ? 1 + iou(p.evidence, g.evidence)
          : 0,
      ),
    );
    add(counts, `decision.${name}`, bestPairs(weights).length, pred.decisions.length, gold.decisions.length);
  }
}

function countQuestions(counts: Counts, gold: View, pred: View): void {
  const pairsOf = (p: readonly ViewQuestion[], g: readonly ViewQuestion[]): [number, number][] =>
    greedyPairs(
      p.map((q) => q.tokens),
      g.map((q) => q.tokens),
      lenient,
    );
  const found = pairsOf(pred.questions, gold.questions);
  add(counts, 'question', found.length, pred.questions.length, gold.questions.length);
  const stillOpen = (view: View): ViewQuestion[] =>
    view.questions.filter((q) => q.status === 'open' || q.status === 'partial');
  const p = stillOpen(pred);
  const g = stillOpen(gold);
  add(counts, 'open_question', pairsOf(p, g).length, p.length, g.length);
  let links = 0;
  for (const [i, j] of found)
    links += shared(pred.questions[i]?.answers ?? new Set(), gold.questions[j]?.answers ?? new Set());
  const all = (view: View): number => view.questions.reduce((sum, q) => sum + q.answers.size, 0);
  add(counts, 'answer', links, all(pred), all(gold));
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

function countSummary(counts: Counts, gold: View, pred: View): void {
  let left = gold.summary.reduce((sum, k) => sum + wordsOf(k.text).length, 0);
  const texts: string[] = [];
  const spans: Tokens[] = [];
  for (const sentence of pred.summary) {
    const cut = wordsOf(sentence.text).slice(0, Math.max(0, left));
    if (cut.length > 0) {
      texts.push(cut.join(' '));
      spans.push(new Set(sentence.tokens.slice(0, left)));
    }
    left -= cut.length;
  }
  const rouge = rougeCounts(texts.join(' '), gold.summary.map((k) => k.text).join(' '));
  for (const [name, [tp, p, g]] of Object.entries(rouge)) add(counts, name, tp, p, g);
  const wanted = gold.summary.map((k) => new Set(k.tokens));
  add(counts, 'sentence', greedyPairs(spans, wanted, lenient).length, spans.length, wanted.length);
}

interface CitedQuote {
  readonly messageId: string;
  readonly quote: string;
  readonly occ?: number;
  readonly quoted?: boolean;
}

/** Every object of a report that names a message and quotes it. */
export function reportQuotes(root: unknown): CitedQuote[] {
  const found: CitedQuote[] = [];
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const node = stack.pop();
    if (Array.isArray(node)) stack.push(...node.toReversed());
    else if (typeof node === 'object' && node !== null) {
      if (
        'messageId' in node &&
        'quote' in node &&
        typeof node.messageId === 'string' &&
        typeof node.quote === 'string' &&
        node.quote
      ) {
        const occ = 'occ' in node && typeof node.occ === 'number' ? { occ: node.occ } : {};
        const quoted = 'quoted' in node && node.quoted === true ? { quoted: true } : {};
        found.push({ messageId: node.messageId, quote: node.quote, ...occ, ...quoted });
      }
      stack.push(...Object.values(node).toReversed());
    }
  }
  return found;
}

/** Quotes that occur, and quotes that stand in authored text of the person they are credited to. */
function countHonesty(
  counts: Counts,
  gold: GoldFile,
  report: Report,
  mail: ScoredMail,
  people: ReadonlyMap<string, string>,
): void {
  const senders = new Map(gold.messages.map((m) => [m.id, m.by]));
  const count = (item: CitedQuote, credited: string | undefined): void => {
    const span = mail.span(item.messageId, item.quote, item.occ ?? 1, item.quoted ?? false);
    const authored = span !== undefined && (item.quoted === true || mail.isAuthored(item.messageId, span));
    const mine = item.quoted === true || credited === undefined || credited === senders.get(item.messageId);
    bump(counts, 'honesty.ok', span ? 1 : 0);
    bump(counts, 'honesty.of', 1);
    bump(counts, 'honesty_credit.ok', authored && mine ? 1 : 0);
    bump(counts, 'honesty_credit.of', 1);
  };
  const { stances, ...rest } = report;
  for (const item of reportQuotes(rest)) count(item, undefined);
  for (const stance of stances)
    for (const item of reportQuotes(stance)) count(item, people.get(stance.participant));
}

/** All counts of one debate but honesty. */
export function countView(
  gold: GoldFile,
  mail: ScoredMail,
  goldView: View,
  pred: View,
  aligned: Alignment,
): Counts {
  const counts: Counts = new Map();
  const quotedOnly = new Set(gold.participants.filter((p) => p.quotedOnly).map((p) => p.id));
  countSpans(counts, goldView, pred);
  const targets = align(pred, goldView);
  countTargets(counts, goldView, pred, targets);
  for (const who of goldView.head === undefined ? [] : sendersOf(gold, mail)) {
    addClass(
      counts,
      'head_stance',
      pred.headValues.get(who) ?? 'neutral',
      goldView.headValues.get(who) ?? 'neutral',
    );
  }
  countStances(counts, 'stance', goldView, pred, aligned, quotedOnly);
  addClass(counts, 'status', pred.status ?? 'none', goldView.status ?? 'open');
  addClass(counts, 'status3', status3(pred.status), status3(goldView.status));
  countDecisions(counts, goldView, pred);
  countQuestions(counts, goldView, pred);
  countSummary(counts, goldView, pred);
  return counts;
}

export function countReport(
  gold: GoldFile,
  mail: ScoredMail,
  goldView: View,
  pred: View,
  report: Report,
  people: ReadonlyMap<string, string>,
): Counts {
  const counts = countView(gold, mail, goldView, pred, align(pred, goldView));
  countHonesty(counts, gold, report, mail, people);
  countSpoken(counts, goldView, report, people);
  return counts;
}

/** Printed positions on the head at confidence .5 or more: right, flatly contradicted, and the gold's positions found. */
function countSpoken(
  counts: Counts,
  goldView: View,
  report: Report,
  people: ReadonlyMap<string, string>,
): void {
  const head = (report.proposals.find((p) => p.head) ?? report.proposals[0])?.id;
  const wanted = [...goldView.headValues.values()].filter((value) => value !== 'neutral').length;
  bump(counts, 'spoken.wanted', wanted);
  for (const stance of report.stances) {
    if (stance.target !== head || stance.value === 'neutral' || (stance.confidence ?? 1) < 0.5) continue;
    const truth = goldView.headValues.get(people.get(stance.participant) ?? '') ?? 'neutral';
    bump(counts, 'spoken.said', 1);
    if (truth === stance.value) bump(counts, 'spoken.right', 1);
    else if (truth !== 'neutral' && flip(truth) === stance.value) bump(counts, 'spoken.contradicted', 1);
  }
}

/** Gold participants with a message in the debate. */
export function sendersOf(gold: GoldFile, mail: ScoredMail): string[] {
  const present = new Set(gold.messages.filter((m) => mail.byId.has(m.id)).map((m) => m.by));
  return gold.participants.filter((p) => present.has(p.id) && !p.quotedOnly).map((p) => p.id);
}

/* ---- scores ---- */

function get(counts: Counts, key: string): number {
  return counts.get(key) ?? 0;
}

function f1(counts: Counts, key: string): number {
  const total = get(counts, `${key}.pred`) + get(counts, `${key}.gold`);
  return total === 0 ? 1 : (2 * get(counts, `${key}.tp`)) / total;
}

function share(counts: Counts, ok: string, of: string): number | undefined {
  return get(counts, of) > 0 ? get(counts, ok) / get(counts, of) : undefined;
}

function macro(counts: Counts, key: string, classes: readonly string[]): number {
  const seen = classes.filter((c) => get(counts, `${key}.${c}.pred`) + get(counts, `${key}.${c}.gold`) > 0);
  return seen.length === 0 ? 1 : seen.reduce((sum, c) => sum + f1(counts, `${key}.${c}`), 0) / seen.length;
}

export interface Measure {
  readonly key: string;
  readonly title: string;
  /** undefined where nothing was there to score. */
  readonly value: (counts: Counts) => number | undefined;
  /** The bar set for the engine and the agreement of two annotators, where known. */
  readonly bar?: number;
  readonly agreement?: number;
  readonly headline?: boolean;
}

function plain(key: string, title: string, extra: Partial<Measure> = {}, source = key): Measure {
  return { key, title, value: (c) => f1(c, source), ...extra };
}

export const measures: readonly Measure[] = [
  plain('span.any-stance', 'token F1, any stance', { bar: 0.45, agreement: 0.82, headline: true }),
  {
    key: 'span.macro',
    title: 'token F1, macro of nine labels',
    value: (c) => macro(c, 'span', labels),
    bar: 0.34,
    agreement: 0.79,
    headline: true,
  },
  ...labels.map((label) => plain(`span.${label}`, `token F1, ${label}`)),
  plain('segment.lenient', 'segment F1, lenient'),
  plain('segment.strict', 'segment F1, strict'),
  plain('target', 'target F1 (proposals and axes)', { bar: 0.38, agreement: 0.89, headline: true }),
  plain('target.P', 'target F1, proposals'),
  plain('target.A', 'target F1, axes'),
  {
    key: 'head',
    title: 'head-proposal accuracy',
    value: (c) => share(c, 'head.ok', 'head.of'),
    bar: 0.78,
    agreement: 1,
    headline: true,
  },
  {
    key: 'head_stance.macro_f1',
    title: 'head stance, macro-F1',
    value: (c) => (get(c, 'head_stance.of') > 0 ? macro(c, 'head_stance', values) : undefined),
    bar: 0.54,
    agreement: 0.91,
    headline: true,
  },
  {
    key: 'head_stance.accuracy',
    title: 'head stance, accuracy',
    value: (c) => share(c, 'head_stance.ok', 'head_stance.of'),
  },
  ...values.map((value) => plain(`head_stance.${value}`, `head stance, ${value} F1`)),
  {
    key: 'stance.f_avg',
    title: 'all stances end to end, F_avg',
    value: (c) => (get(c, 'stance.of') > 0 ? macro(c, 'stance', values.slice(0, 2)) : undefined),
    bar: 0.32,
    agreement: 0.82,
    headline: true,
  },
  {
    key: 'stance.macro_f1',
    title: 'all stances end to end, macro-F1',
    value: (c) => (get(c, 'stance.of') > 0 ? macro(c, 'stance', values) : undefined),
  },
  plain('stance.yielded', 'all stances end to end, yielded F1'),
  {
    key: 'stance.evidence',
    title: 'evidence precision',
    value: (c) => share(c, 'stance.evidence.ok', 'stance.evidence.of'),
  },
  {
    key: 'status.accuracy',
    title: 'status accuracy (5 classes)',
    value: (c) => share(c, 'status.ok', 'status.of'),
    bar: 0.76,
    agreement: 1,
    headline: true,
  },
  {
    key: 'status.macro_f1',
    title: 'status macro-F1 (5 classes)',
    value: (c) => macro(c, 'status', statuses),
  },
  {
    key: 'status3.accuracy',
    title: 'status accuracy (3 classes)',
    value: (c) => share(c, 'status3.ok', 'status3.of'),
  },
  plain('decision.coarse', 'decision F1', { bar: 0.6, agreement: 0.86, headline: true }),
  plain('decision.exact', 'decision F1, exact kind'),
  plain('question', 'question F1', { bar: 0.82, agreement: 0.98, headline: true }),
  plain('open_question', 'open-question F1', { bar: 0.5, agreement: 0.96, headline: true }),
  plain('answer', 'answer-link F1'),
  plain('rouge1', 'summary ROUGE-1', { bar: 0.62, agreement: 0.8, headline: true }),
  plain('rouge2', 'summary ROUGE-2'),
  plain('rougeL', 'summary ROUGE-L'),
  plain('sentence', 'summary sentence F1'),
  {
    key: 'spoken.right',
    title: 'head positions printed: right',
    value: (c) => share(c, 'spoken.right', 'spoken.said'),
    bar: 0.8,
    agreement: 0.96,
    headline: true,
  },
  {
    key: 'spoken.contradicted',
    title: 'head positions printed: contradicted',
    value: (c) => share(c, 'spoken.contradicted', 'spoken.said'),
    bar: 0.03,
    agreement: 0,
    headline: true,
  },
  {
    key: 'spoken.coverage',
    title: 'head positions printed: coverage',
    value: (c) => share(c, 'spoken.right', 'spoken.wanted'),
    bar: 0.4,
    agreement: 0.86,
    headline: true,
  },
  {
    key: 'honesty',
    title: 'quotes that occur',
    value: (c) => share(c, 'honesty.ok', 'honesty.of'),
    bar: 1,
    headline: true,
  },
  {
    key: 'honesty_credit',
    title: 'quotes in authored text of the person credited',
    value: (c) => share(c, 'honesty_credit.ok', 'honesty_credit.of'),
    bar: 1,
    headline: true,
  },
];

export function total(rows: Iterable<Counts>): Counts {
  const sum: Counts = new Map();
  for (const row of rows) for (const [key, value] of row) bump(sum, key, value);
  return sum;
}

export function scoresOf(counts: Counts): Map<string, number | undefined> {
  return new Map(measures.map((m) => [m.key, m.value(counts)]));
}
