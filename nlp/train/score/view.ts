// Gold files and reports in one shape, every quote resolved to tokens of its message, so that they can be compared.
import type { Ledger } from '../../../model/ledger.ts';
import type { MessageId } from '../../../model/message.ts';
import type {
  DecisionKind,
  QuestionStatus,
  Report,
  SegmentLabel,
  StanceValue,
} from '../../../model/report.ts';
import { type GoldFile, type GoldPole, type GoldQuote, occurrences, quoteDigest } from '../gold.ts';
import { type Tokens, contentWords, noTokens, union } from './text.ts';

/** One message as the scorer reads it. */
export interface ScoredMessage {
  readonly index: number;
  readonly id: MessageId;
  readonly body: string;
  readonly subject: string;
  readonly name: string;
  /** Lower case. */
  readonly address: string;
  readonly parent: MessageId | undefined;
  /** Offsets of the `\S+` tokens. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** 1 per token on authored text. */
  readonly authored: Uint8Array;
  /** Authored sentences as [start, end). */
  readonly sentences: readonly (readonly [number, number])[];
}

const tokenPattern = /\S+/g;
const perMessage = 1_000_000;
/** A span counts as authored when this share of its tokens is. */
const authoredShare = 0.8;
const authoredKinds = new Set(['own', 'trailer', 'code', 'blank']);

/** The messages of one debate with cached token offsets and quote look-ups. */
export class ScoredMail {
  readonly messages: readonly ScoredMessage[];
  readonly byId: ReadonlyMap<MessageId, ScoredMessage>;
  private readonly spans = new Map<string, readonly [number, number] | undefined>();

  constructor(ledger: Ledger, parents: ReadonlyMap<MessageId, MessageId>) {
    this.messages = ledger.entries.map((entry, index): ScoredMessage => {
      const { message, segments, sentences } = entry;
      const mask = new Uint8Array(message.body.length);
      for (const segment of segments) {
        if (authoredKinds.has(segment.kind)) mask.fill(1, segment.start, segment.end);
      }
      const starts: number[] = [];
      const ends: number[] = [];
      const authored: number[] = [];
      for (const match of message.body.matchAll(tokenPattern)) {
        starts.push(match.index);
        ends.push(match.index + match[0].length);
        authored.push(mask[match.index] ?? 0);
      }
      const from = message.from[0];
      return {
        index,
        id: message.id,
        body: message.body,
        subject: message.subject,
        name: from?.name ?? '',
        address: (from?.address ?? '').toLowerCase(),
        parent: parents.get(message.id),
        starts,
        ends,
        authored: Uint8Array.from(authored),
        sentences: sentences.map((sentence) => [sentence.start, sentence.end] as const),
      };
    });
    this.byId = new Map(this.messages.map((message) => [message.id, message]));
  }

  /** Token numbers that overlap a span, in order. */
  ordered(id: MessageId, span: readonly [number, number] | undefined): number[] {
    const message = this.byId.get(id);
    if (!message || !span) return [];
    const found: number[] = [];
    for (let i = firstAfter(message.ends, span[0]); i < message.starts.length; i++) {
      if ((message.starts[i] ?? 0) >= span[1]) break;
      found.push(message.index * perMessage + i);
    }
    return found;
  }

  share(id: MessageId, span: readonly [number, number]): number {
    const tokens = this.ordered(id, span);
    const message = this.byId.get(id);
    if (!message || tokens.length === 0) return 0;
    let authored = 0;
    for (const token of tokens) authored += message.authored[token % perMessage] ?? 0;
    return authored / tokens.length;
  }

  isAuthored(id: MessageId, span: readonly [number, number]): boolean {
    return this.share(id, span) >= authoredShare;
  }

  /** Offsets of a quote: its `occ`-th authored occurrence, else any; undefined when it does not occur. */
  span(id: MessageId, quote: GoldQuote, occ = 1, quoted = false): readonly [number, number] | undefined {
    const message = this.byId.get(id);
    if (!message) return undefined;
    if (typeof quote !== 'string') {
      const same = quoteDigest(message.body.slice(quote.start, quote.end)) === quote.sha1;
      return same ? [quote.start, quote.end] : undefined;
    }
    const key = JSON.stringify([id, quote, occ, quoted]);
    if (!this.spans.has(key)) this.spans.set(key, this.locate(message, quote, occ, quoted));
    return this.spans.get(key);
  }

  private locate(
    message: ScoredMessage,
    quote: string,
    occ: number,
    quoted: boolean,
  ): readonly [number, number] | undefined {
    const places = occurrences(message.body, quote, quoted ? '>|:' : '');
    if (quoted)
      return (
        places.find((place) => this.share(message.id, place) < 0.5) ?? occurrences(message.body, quote)[0]
      );
    return places.filter((place) => this.isAuthored(message.id, place))[occ - 1] ?? places[0];
  }

  tokens(id: MessageId, quote: GoldQuote, occ = 1, quoted = false): Tokens {
    return new Set(this.ordered(id, this.span(id, quote, occ, quoted)));
  }

  text(id: MessageId, quote: GoldQuote): string {
    if (typeof quote === 'string') return quote;
    const span = this.span(id, quote);
    return span ? (this.byId.get(id)?.body.slice(...span) ?? '') : '';
  }
}

function firstAfter(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface ViewSegment {
  readonly msg: MessageId;
  readonly label: SegmentLabel;
  readonly tokens: Tokens;
  readonly target: string | undefined;
}

/** A proposal (one word set) or an axis (one word set per pole). */
export interface ViewTarget {
  readonly id: string;
  readonly words: readonly ReadonlySet<string>[];
  readonly evidence: Tokens;
  readonly by: string | undefined;
  readonly msgs: ReadonlySet<MessageId>;
}

export interface ViewStance {
  readonly who: string;
  readonly target: string;
  readonly value: StanceValue;
  readonly yielded: boolean;
  readonly evidence: Tokens;
}

export interface ViewQuestion {
  readonly tokens: Tokens;
  readonly status: QuestionStatus;
  readonly answers: ReadonlySet<MessageId>;
}

/** One reading of a debate. People carry gold ids, or `?<id>` when the gold does not know them. */
export interface View {
  readonly segments: readonly ViewSegment[];
  readonly targets: readonly ViewTarget[];
  readonly head: string | undefined;
  /** `who target` -> stance; axis stances on pole a. */
  readonly stances: ReadonlyMap<string, ViewStance>;
  readonly headValues: ReadonlyMap<string, StanceValue>;
  readonly decisions: readonly { readonly kind: DecisionKind; readonly evidence: Tokens }[];
  readonly questions: readonly ViewQuestion[];
  readonly status: string | undefined;
  readonly summary: readonly { readonly text: string; readonly tokens: readonly number[] }[];
}

export const emptyView: View = {
  segments: [],
  targets: [],
  head: undefined,
  stances: new Map(),
  headValues: new Map(),
  decisions: [],
  questions: [],
  status: undefined,
  summary: [],
};

export function flip(value: StanceValue): StanceValue {
  if (value === 'support') return 'oppose';
  return value === 'oppose' ? 'support' : value;
}

export function stanceMap(rows: Iterable<ViewStance>): Map<string, ViewStance> {
  const map = new Map<string, ViewStance>();
  for (const row of rows) {
    const onB = row.target.endsWith('.b');
    const stance = onB ? { ...row, target: `${row.target.slice(0, -1)}a`, value: flip(row.value) } : row;
    const key = `${stance.who} ${stance.target}`;
    if (!map.has(key) || stance.value !== 'neutral') map.set(key, stance);
  }
  return map;
}

export function headValuesOf(
  stances: ReadonlyMap<string, ViewStance>,
  head: string | undefined,
): Map<string, StanceValue> {
  const values = new Map<string, StanceValue>();
  for (const stance of stances.values()) if (stance.target === head) values.set(stance.who, stance.value);
  return values;
}

function headOf(proposals: readonly { readonly id: string; readonly head?: boolean }[]): string | undefined {
  return (proposals.find((proposal) => proposal.head) ?? proposals.find((proposal) => proposal.id === 'P1'))
    ?.id;
}

function poleWords(pole: GoldPole): ReadonlySet<string> {
  return contentWords(pole.label, ...(pole.keywords ?? []));
}

function axisTokens(segments: readonly ViewSegment[], axis: string): Tokens {
  return union(
    segments.filter((s) => s.target === `${axis}.a` || s.target === `${axis}.b`).map((s) => s.tokens),
  );
}

/** View of a gold file; throws when a segment's quote cannot be found, since its score would be wrong. */
export function viewOfGold(gold: GoldFile, mail: ScoredMail): View {
  const bySid = new Map<string, ViewSegment>();
  for (const s of gold.segments) {
    const span = mail.span(s.msg, s.quote, s.occ ?? 1);
    if (!span) throw new Error(`${gold.threadId}: ${s.sid}: quote not found in ${s.msg}`);
    bySid.set(s.sid, {
      msg: s.msg,
      label: s.label,
      tokens: new Set(mail.ordered(s.msg, span)),
      target: s.target,
    });
  }
  const segments = [...bySid.values()];
  const cited = (sids: readonly string[]): Tokens =>
    union(sids.map((sid) => bySid.get(sid)?.tokens ?? noTokens));
  const targets: ViewTarget[] = gold.proposals.map((p) => {
    const named = p.sid === undefined ? undefined : bySid.get(p.sid);
    const intro = named ?? segments.find((s) => s.label === 'PROPOSAL' && s.target === p.id);
    const msgs = [p.msg, named?.msg].filter((id) => id !== undefined);
    return {
      id: p.id,
      words: [contentWords(p.title, ...(p.keywords ?? []))],
      evidence: intro?.tokens ?? noTokens,
      by: p.by,
      msgs: new Set(msgs.length > 0 ? msgs : [gold.rootMessageId]),
    };
  });
  for (const a of gold.axes) {
    targets.push({
      id: a.id,
      words: [poleWords(a.a), poleWords(a.b)],
      evidence: axisTokens(segments, a.id),
      by: undefined,
      msgs: new Set(),
    });
  }
  const head = headOf(gold.proposals);
  const stances = stanceMap(
    gold.stances.map((st) => ({
      who: st.participant,
      target: st.target,
      value: st.value,
      yielded: st.yielded ?? false,
      evidence: union([
        cited(st.evidence),
        ...(st.via ?? []).map((v) => mail.tokens(v.msg, v.quote, 1, true)),
      ]),
    })),
  );
  return {
    segments,
    targets,
    head,
    stances,
    headValues: headValuesOf(stances, head),
    decisions: gold.decisions.map((d) => ({ kind: d.kind, evidence: cited(d.evidence) })),
    questions: gold.segments
      .filter((s) => s.label === 'QUESTION')
      .map((s) => ({
        tokens: bySid.get(s.sid)?.tokens ?? noTokens,
        status: s.status ?? 'open',
        answers: new Set((s.answeredBy ?? []).map((a) => a.msg)),
      })),
    status: gold.thread.status,
    summary: gold.keySentences
      .toSorted((a, b) => a.rank - b.rank)
      .map((k) => ({
        text: mail.text(k.msg, k.quote),
        tokens: mail.ordered(k.msg, mail.span(k.msg, k.quote)),
      })),
  };
}

const combining = /\p{M}+/gu;
const nameWord = /[\p{L}\p{N}_]+/gu;

/** Case, accents, punctuation and `Last, First` order removed. */
export function normalName(name: string): string {
  const comma = name.indexOf(',');
  const turned =
    comma >= 0 && name.slice(comma + 1).trim() ? `${name.slice(comma + 1)} ${name.slice(0, comma)}` : name;
  const plain = turned.normalize('NFKD').replace(combining, '').toLowerCase();
  return (plain.match(nameWord) ?? []).join(' ');
}

/** Report participant id -> gold id, by a shared address, else by name, else `?<id>`. */
export function matchPeople(gold: GoldFile, report: Report, mail: ScoredMail): Map<string, string> {
  const byAddress = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const p of gold.participants) {
    const name = normalName(p.name);
    if (!byName.has(name)) byName.set(name, p.id);
    for (const address of p.addresses ?? []) byAddress.set(address.toLowerCase(), p.id);
  }
  for (const m of gold.messages) {
    const address = mail.byId.get(m.id)?.address;
    if (address !== undefined && !byAddress.has(address)) byAddress.set(address, m.by);
  }
  return new Map(
    report.participants.map((p) => {
      const known = p.addresses.map((a) => byAddress.get(a.toLowerCase())).find((id) => id !== undefined);
      return [p.id, known ?? byName.get(normalName(p.name)) ?? `?${p.id}`];
    }),
  );
}

export function viewOfReport(report: Report, mail: ScoredMail, people: ReadonlyMap<string, string>): View {
  const cited = (item: { messageId: string; quote: string; occ?: number; quoted?: boolean }): Tokens =>
    mail.tokens(item.messageId, item.quote, item.occ ?? 1, item.quoted ?? false);
  const who = (id: string): string => people.get(id) ?? `?${id}`;
  const segments: ViewSegment[] = report.segments.map((s) => ({
    msg: s.messageId,
    label: s.label,
    tokens: cited(s),
    target: s.target,
  }));
  const targets: ViewTarget[] = report.proposals.map((p) => {
    const [first] = p.evidence;
    return {
      id: p.id,
      words: [contentWords(p.title, ...(p.keywords ?? []))],
      evidence: first ? cited(first) : noTokens,
      by: who(p.by),
      msgs: new Set([first?.messageId ?? report.rootMessageId]),
    };
  });
  for (const a of report.axes) {
    targets.push({
      id: a.id,
      words: [poleWords(a.a), poleWords(a.b)],
      evidence: union([...(a.evidence ?? []).map(cited), axisTokens(segments, a.id)]),
      by: undefined,
      msgs: new Set(),
    });
  }
  const head = headOf(report.proposals);
  const stances = stanceMap(
    report.stances.map((st) => ({
      who: who(st.participant),
      target: st.target,
      value: st.value,
      yielded: st.yielded ?? false,
      evidence: union(st.evidence.map(cited)),
    })),
  );
  return {
    segments,
    targets,
    head,
    stances,
    headValues: headValuesOf(stances, head),
    decisions: report.decisions.map((d) => ({ kind: d.kind, evidence: union(d.evidence.map(cited)) })),
    questions: report.questions.map((q) => ({
      tokens: cited(q),
      status: q.status,
      answers: new Set(q.answeredBy.map((a) => a.messageId)),
    })),
    status: report.status.value,
    summary: report.summary
      .toSorted((a, b) => a.rank - b.rank)
      .map((k) => ({
        text: k.quote,
        tokens: mail.ordered(k.messageId, mail.span(k.messageId, k.quote, k.occ ?? 1)),
      })),
  };
}
