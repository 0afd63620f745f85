// Finds for every quoted line the message it was written in: ancestors first, then the whole debate, earlier text only.
// Whole lines first, then runs of words (re-wrapped or edited quotes). What is found nowhere goes to a ghost when an
// attribution or the thread says whose it is, and else to nobody.
import type { Debate } from '../../model/thread.ts';
import type { Address, Message, MessageId } from '../../model/message.ts';
import type { GhostMessage, QuoteSource, Segment } from '../../model/ledger.ts';
import type { Attribution } from './author.ts';
import { parseAttribution, readDate, sameAuthor } from './author.ts';
import type { GhostDraft, GhostNode } from './ghost.ts';
import { buildGhost, ghostId, insertLine, layOut, nameAuthor } from './ghost.ts';
import { isElision } from './elision.ts';
import { quoteMarks } from './line.ts';
import type { Place, WordMatch } from './passage.ts';
import { foldLine, foldWord, PassageIndex } from './passage.ts';

/** One quoted line on its way to a source. */
interface QuotedLine {
  /** Offsets of the whole line in the body, line end included. */
  readonly start: number;
  readonly end: number;
  /** Offset of its words, and the words. */
  readonly at: number;
  readonly text: string;
  readonly folded: string;
  source: number;
  from: number;
  to: number;
  match: QuoteSource['match'];
  /** Too short to tell by itself: goes with its neighbor. */
  inherited: boolean;
}

/** Segments of one message; quotes of ghosts wait for the ghost's text to be complete. */
interface Pending {
  readonly number: number;
  readonly at: number;
  readonly draft: GhostDraft;
  readonly nodes: readonly GhostNode[];
}

/** A line of the sender's level, and where else it stands. */
interface OwnLine {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
  place: Place | undefined;
  depth: number;
  tail: boolean;
}

/** The last run of a quote and its depth. */
interface Answered {
  readonly depth: number;
  readonly source: number;
  readonly from: number;
  readonly to: number;
}

/** What is known about the quoted run a line stands in. */
interface Context {
  readonly depth: number;
  readonly attribution: Attribution | undefined;
  /** Its lines carry quote marks. */
  readonly marked: boolean;
  /** Source number -> steps up the thread. */
  readonly ancestors: ReadonlyMap<number, number>;
}

const NOBODY = -1;
/** Ancestors looked at, and lines compared by words in one go. */
const MOST_ANCESTORS = 100;
const MOST_LINES = 2000;
const MOST_SOURCES = 20;
const MOST_GHOSTS = 200;
const SUBSTANTIVE = 20;
/** Share of a line's words that have to be found in one source. */
const FUZZY_SHARE = 0.6;
/** An attribution without a zone may be half a day off. */
const ZONE_SECONDS = 15 * 3600;
const HALF_HOUR = 1800;
const DAY_SECONDS = 86_400;

/** True when a folded text has at least `count` words. */
function hasWords(folded: string, count: number): boolean {
  let at = -1;
  for (let i = 1; i < count; i++) {
    at = folded.indexOf(' ', at + 1);
    if (at < 0) return false;
  }
  return folded !== '';
}

/** Whether an attribution's date may be that of a message: zones are often lost, seconds as well. */
function isSameTime(time: number, when: number, written: string): boolean {
  const apart = Math.abs(time - when);
  if (!/\d[:.]\d\d/.test(written)) return apart < DAY_SECONDS * 1.5;
  const rest = apart % HALF_HOUR;
  return apart < ZONE_SECONDS && (rest <= 60 || rest >= HALF_HOUR - 60);
}

function isSubstantive(folded: string): boolean {
  return folded.length >= SUBSTANTIVE && hasWords(folded, 3);
}

/** Elided, or too little to tell whose it is. */
function isTrivial(folded: string): boolean {
  return isElision(folded) || !hasWords(folded, 3) || folded.length < 12;
}

function isMarked(body: string, line: QuotedLine): boolean {
  return body.slice(line.start, line.at).trim() !== '';
}

function splitQuoted(body: string, start: number, end: number): QuotedLine[] {
  const lines: QuotedLine[] = [];
  for (let at = start; at < end;) {
    const stop = body.indexOf('\n', at);
    const next = stop < 0 || stop >= end ? end : stop + 1;
    const raw = body.slice(at, next).trimEnd();
    const { content } = quoteMarks(raw);
    const text = raw.slice(content);
    lines.push({
      start: at,
      end: next,
      at: at + content,
      text,
      folded: foldLine(text),
      source: NOBODY,
      from: 0,
      to: 0,
      match: 'exact',
      inherited: false,
    });
    at = next;
  }
  return lines;
}

/** Resolves the quotes of a debate, message by message. Ends after one pass over all text. */
export class QuoteLinker {
  readonly #debate: Debate;
  readonly #index = new PassageIndex();
  readonly #number = new Map<MessageId, number>();
  readonly #parent = new Map<MessageId, MessageId | null>();
  readonly #ghosts: GhostDraft[] = [];
  readonly #ghostById = new Map<MessageId, GhostDraft>();
  readonly #agreement = new Map<string, boolean | undefined>();
  readonly #linked = new Map<number, Segment[]>();
  readonly #pending: Pending[] = [];

  constructor(debate: Debate) {
    this.#debate = debate;
    debate.messages.forEach((message, number) => this.#number.set(message.id, number));
    for (const node of debate.nodes) this.#parent.set(node.id, node.parent);
  }

  /** Message numbers such that every parent comes before its replies, else by the debate's own order. */
  order(): number[] {
    const done = new Set<number>();
    const order: number[] = [];
    for (let number = 0; number < this.#debate.messages.length; number++) {
      const path: number[] = [];
      for (const id of [this.#idOf(number), ...this.#chain(this.#idOf(number))]) {
        const at = this.#number.get(id);
        if (at === undefined) continue;
        if (done.has(at)) break;
        path.push(at);
      }
      for (const at of path.toReversed()) {
        done.add(at);
        order.push(at);
      }
    }
    return order;
  }

  #idOf(number: number): MessageId {
    return this.#debate.messages[number]?.id ?? '';
  }

  /** Ids of the ancestors of a message, ghosts of the thread included, nearest first. */
  #chain(id: MessageId): MessageId[] {
    const chain: MessageId[] = [];
    const seen = new Set([id]);
    let at = this.#parent.get(id) ?? null;
    while (at !== null && !seen.has(at) && chain.length < MOST_ANCESTORS) {
      chain.push(at);
      seen.add(at);
      at = this.#parent.get(at) ?? null;
    }
    return chain;
  }

  #authorOf(source: number): Address {
    const message = this.#debate.messages[source];
    if (message) return message.from[0] ?? { name: '', address: '' };
    return this.#ghosts[source - this.#debate.messages.length] ?? { name: '', address: '' };
  }

  #agrees(attribution: Attribution, source: number): boolean | undefined {
    if (source >= this.#debate.messages.length) return sameAuthor(attribution, this.#authorOf(source));
    const key = `${attribution.name}|${attribution.address}|${source}`;
    if (!this.#agreement.has(key)) this.#agreement.set(key, sameAuthor(attribution, this.#authorOf(source)));
    return this.#agreement.get(key);
  }

  /** Resolves the quotes of message `number`, splits them where their source changes, then indexes its words. */
  link(number: number, segments: readonly Segment[]): void {
    const message = this.#debate.messages[number];
    if (!message) return;
    const chain = this.#chain(message.id);
    const ancestors = new Map<number, number>();
    chain.forEach((id, step) => {
      const source = this.#number.get(id) ?? this.#ghostById.get(id)?.source;
      if (source !== undefined && source !== number) ancestors.set(source, step + 1);
    });
    const governing = new Map<number, Attribution>();
    const cursors = new Map<GhostDraft, GhostNode>();
    const linked: Segment[] = [];
    let tail: QuotedLine | undefined;
    /** The quote right above, for what a ghost's words below it answer. */
    let above: Answered | undefined;
    for (const segment of segments) {
      if (segment.kind === 'attribution') {
        const below = segment.quoteDepth + 1;
        for (const depth of governing.keys()) if (depth > below) governing.delete(depth);
        const attribution = parseAttribution(message.body.slice(segment.start, segment.end));
        governing.set(below, attribution);
        // `> From: Ann`, `> Sent: ...`: the words below carry the same number of marks
        if (attribution.header && segment.quoteDepth > 0) governing.set(segment.quoteDepth, attribution);
      }
      if (segment.kind === 'quote') {
        const lines = splitQuoted(message.body, segment.start, segment.end);
        const context = {
          depth: segment.quoteDepth,
          attribution: governing.get(segment.quoteDepth),
          marked: lines.some(
            (line) => line.at > line.start && line.folded !== '' && isMarked(message.body, line),
          ),
          ancestors,
        };
        this.#resolve(lines, context);
        if (!context.marked && this.#isAnswer(lines, context)) {
          linked.push({ kind: 'own', start: segment.start, end: segment.end, quoteDepth: 0 });
          continue;
        }
        this.#adopt(
          lines,
          context,
          message,
          chain,
          cursors,
          above && above.depth > context.depth ? above : undefined,
        );
        above = answeredBy(lines, context.depth) ?? above;
        this.#pushRuns(number, lines, segment, linked);
        tail = lines.findLast((line) => line.folded !== '');
        continue;
      }
      if (segment.kind === 'own')
        for (const piece of this.#reclaim(message, segment, ancestors, tail, linked.at(-1)))
          linked.push(piece);
      else linked.push(segment);
      tail = undefined;
    }
    this.#linked.set(number, linked);
    this.#addMessage(number, message, linked);
  }

  /** Ghosts, and the segments of each message, after all messages were linked. */
  finish(): {
    readonly ghosts: readonly GhostMessage[];
    readonly segments: ReadonlyMap<number, readonly Segment[]>;
  } {
    const laid = new Map(this.#ghosts.map((draft) => [draft, layOut(draft)]));
    const place = (draft: GhostDraft, nodes: readonly GhostNode[]): QuoteSource => {
      const places = nodes.flatMap((node) => laid.get(draft)?.get(node) ?? []);
      let [start = 0, end = 0] = [places[0]?.start, places[0]?.end];
      for (const one of places) {
        start = Math.min(start, one.start);
        end = Math.max(end, one.end);
      }
      return { messageId: draft.id, ...(places.length > 0 ? { start, end } : {}), match: 'attribution' };
    };
    const answers = (node: GhostNode): QuoteSource | undefined => {
      if (!node.answers) return undefined;
      const { source, from, to } = node.answers;
      const draft = this.#ghostOf(source);
      if (draft)
        return place(
          draft,
          [draft.nodes[from], draft.nodes[to]].filter((one) => one !== undefined),
        );
      return { messageId: this.#idOf(source), start: from, end: to, match: 'exact' };
    };
    const built = new Map<GhostDraft, GhostMessage>();
    for (const [draft, spans] of laid) {
      const ghost = buildGhost(draft, spans, answers);
      // a list footer or a table that was quoted from nowhere makes nobody
      if (ghost.entry.sentences.length > 0) built.set(draft, ghost);
    }
    for (const { number, at, draft, nodes } of this.#pending) {
      const segments = this.#linked.get(number);
      const segment = segments?.[at];
      if (segments && segment && built.has(draft)) segments[at] = { ...segment, source: place(draft, nodes) };
    }
    return { ghosts: [...built.values()], segments: this.#linked };
  }

  /** One segment per run of lines of one source. */
  #pushRuns(number: number, lines: readonly QuotedLine[], segment: Segment, into: Segment[]): void {
    for (let first = 0; first < lines.length;) {
      const source = lines[first]?.source ?? NOBODY;
      let last = first;
      while (last + 1 < lines.length && lines[last + 1]?.source === source) last++;
      const run = lines.slice(first, last + 1);
      const draft = this.#ghostOf(source);
      if (draft) {
        const nodes = run.flatMap((line) => (line.folded === '' ? [] : (draft.nodes[line.from] ?? [])));
        this.#pending.push({ number, at: into.length, draft, nodes });
      }
      into.push({
        kind: 'quote',
        start: lines[first]?.start ?? segment.start,
        end: lines[last]?.end ?? segment.end,
        quoteDepth: segment.quoteDepth,
        ...(draft || source === NOBODY ? {} : { source: this.#sourceOf(source, run) }),
      });
      first = last + 1;
    }
  }

  #sourceOf(source: number, run: readonly QuotedLine[]): QuoteSource {
    const found = run.filter((line) => !line.inherited && line.folded !== '');
    const messageId = this.#idOf(source);
    if (found.length === 0) return { messageId, match: 'fuzzy' };
    let start = found[0]?.from ?? 0;
    let end = found[0]?.to ?? 0;
    for (const line of found) {
      start = Math.min(start, line.from);
      end = Math.max(end, line.to);
    }
    const match = found.some((line) => line.match === 'fuzzy') ? 'fuzzy' : 'exact';
    return { messageId, start, end, match };
  }

  /**
   * True for words without marks below `On ... wrote:` of a parent that is there and has none of them: the sender cut
   * the quote and kept its first line.
   */
  #isAnswer(lines: readonly QuotedLine[], context: Context): boolean {
    const { attribution, ancestors } = context;
    if (!attribution || attribution.header || context.depth !== 1) return false;
    if (lines.some((line) => line.source !== NOBODY) || !lines.some((line) => isSubstantive(line.folded)))
      return false;
    for (const [source, steps] of ancestors) {
      const body = this.#debate.messages[source]?.body ?? '';
      if (
        steps === 1 &&
        this.#agrees(attribution, source) === true &&
        hasWords(foldLine(body.slice(0, 400)), 5)
      )
        return true;
    }
    return false;
  }

  #addMessage(number: number, message: Message, segments: readonly Segment[]): void {
    for (const segment of segments) {
      if (segment.kind === 'blank' || segment.kind === 'attribution') continue;
      // a table or `: ` block that came from nowhere is quoted from here by others
      if (segment.kind === 'quote' && segment.source) continue;
      for (const line of rawLines(message.body, segment.start, segment.end)) {
        if (segment.kind === 'quote' && line.text.trimStart().startsWith('>')) continue;
        this.#index.addLine(number, line.text, line.start);
      }
      if (segment.kind === 'own' || segment.kind === 'trailer' || segment.kind === 'code')
        this.#index.addWords(number, message.body.slice(segment.start, segment.end), segment.start);
    }
  }

  #prior(source: number, context: Context): number {
    const steps = context.ancestors.get(source);
    const near = steps === undefined ? 1 : steps === context.depth ? 4 : 3;
    if (!context.attribution) return near;
    const agrees = this.#agrees(context.attribution, source);
    return agrees === undefined ? near : agrees ? near * 3 : near / 4;
  }

  /** A short line counts only where the thread or the attribution points. */
  #accepts(source: number, folded: string, context: Context): boolean {
    if (isSubstantive(folded)) return true;
    const agrees = context.attribution ? this.#agrees(context.attribution, source) : undefined;
    if (agrees === false) return false;
    return agrees === true || context.ancestors.has(source);
  }

  #resolve(lines: readonly QuotedLine[], context: Context): void {
    this.#resolveLines(lines, context);
    for (let first = 0; first < lines.length; first += MOST_LINES)
      this.#resolveWords(lines.slice(first, first + MOST_LINES), context);
    // what is elided or too short goes with its neighbor
    let last: QuotedLine | undefined;
    for (const line of lines) {
      if (line.source !== NOBODY) last = line;
      else if (line.folded === '' || (last && isTrivial(line.folded))) inherit(line, last);
    }
    let next: QuotedLine | undefined;
    for (const line of lines.toReversed()) {
      if (line.source !== NOBODY) next = line;
      else if (next && (line.folded === '' || isTrivial(line.folded))) inherit(line, next);
    }
  }

  /** Whole lines: the source that explains most of the run takes its lines, then the next one. */
  #resolveLines(lines: readonly QuotedLine[], context: Context): void {
    let open = lines.filter((line) => line.folded !== '');
    const places = new Map<QuotedLine, readonly Place[]>();
    for (const line of open) {
      const found = this.#index
        .findLine(line.folded)
        .filter((p) => this.#accepts(p.source, line.folded, context));
      if (found.length > 0) places.set(line, found);
    }
    for (let round = 0; round < MOST_SOURCES && places.size > 0; round++) {
      const votes = new Map<number, number>();
      for (const [line, found] of places) {
        const weight = Math.min(line.folded.length, 100) / (1 + Math.log(found.length));
        const sources = new Set(found.map((place) => place.source));
        for (const source of sources) votes.set(source, (votes.get(source) ?? 0) + weight);
      }
      let best = NOBODY;
      let most = 0;
      for (const [source, vote] of votes) {
        const score = vote * this.#prior(source, context);
        if (score > most || (score === most && source > best)) {
          most = score;
          best = source;
        }
      }
      let after = -1;
      open = open.filter((line) => {
        const found = places.get(line)?.filter((place) => place.source === best) ?? [];
        const place = found.find((one) => one.line > after) ?? found[0];
        if (!place) return true;
        after = place.line;
        line.source = best;
        line.from = place.start;
        line.to = place.end;
        places.delete(line);
        return false;
      });
    }
  }

  /** Re-wrapped and edited lines: words that stand in a source in runs of five or more. */
  #resolveWords(lines: readonly QuotedLine[], context: Context): void {
    if (!lines.some((line) => line.source === NOBODY && !isElision(line.folded))) return;
    const words: string[] = [];
    const ranges = lines.map((line) => {
      const first = words.length;
      for (const word of line.folded.split(' ')) if (word !== '') words.push(foldWord(word));
      return { first, end: words.length };
    });
    const matches = this.#index.findWords(words);
    let after: { source: number; at: number } | undefined;
    lines.forEach((line, i) => {
      const { first, end } = ranges[i] ?? { first: 0, end: 0 };
      if (line.source !== NOBODY || end === first) {
        if (line.source !== NOBODY) after = { source: line.source, at: line.to };
        return;
      }
      const best = this.#bestByWords(matches.slice(first, end), context);
      if (!best) return;
      if (end - first < 4 && after?.source !== best.source && !context.ancestors.has(best.source)) return;
      const floor = after?.source === best.source ? after.at : 0;
      const range = wordRange(matches.slice(first, end), best.source, floor);
      line.source = best.source;
      line.from = range.start;
      line.to = range.end;
      line.match = best.count === end - first ? 'exact' : 'fuzzy';
      after = { source: line.source, at: line.to };
    });
  }

  #bestByWords(
    matches: readonly WordMatch[][],
    context: Context,
  ): { source: number; count: number } | undefined {
    const counts = new Map<number, number>();
    for (const found of matches)
      for (const source of new Set(found.map((match) => match.source)))
        counts.set(source, (counts.get(source) ?? 0) + 1);
    let best: { source: number; count: number } | undefined;
    let most = 0;
    for (const [source, count] of counts) {
      if (count < matches.length * FUZZY_SHARE) continue;
      const score = count * this.#prior(source, context);
      if (score > most) {
        most = score;
        best = { source, count };
      }
    }
    return best;
  }

  /** Gives the lines that were found nowhere to a ghost, if it is certain enough that one wrote them. */
  #adopt(
    lines: readonly QuotedLine[],
    context: Context,
    message: Message,
    chain: readonly MessageId[],
    cursors: Map<GhostDraft, GhostNode>,
    above: Answered | undefined,
  ): void {
    const lost = lines.some((line) => line.source === NOBODY && isSubstantive(line.folded));
    const own = lost ? this.#ghostFor(context, message, chain) : undefined;
    if (own && context.attribution) nameAuthor(own, context.attribution);
    let gap = true;
    const added: QuotedLine[] = [];
    for (const line of lines) {
      if (line.folded === '' || isElision(line.folded)) {
        if (line.source === NOBODY && own && line.folded !== '') inherit(line, added.at(-1));
        gap = true;
        continue;
      }
      const draft = line.source === NOBODY ? own : this.#ghostOf(line.source);
      if (!draft) continue;
      const cursor = cursors.get(draft);
      const known = line.source === NOBODY || line.inherited ? undefined : draft.nodes[line.from];
      const repeated = cursor?.next && foldLine(cursor.next.text) === line.folded ? cursor.next : undefined;
      const node = known ?? repeated;
      if (node) cursors.set(draft, node);
      else {
        const from = { messageId: message.id, start: line.at, end: line.at + line.text.length };
        const inserted = insertLine(draft, cursor, line.text, from, gap);
        if (added.length === 0 && above && above.source !== draft.source) inserted.answers = above;
        cursors.set(draft, inserted);
        line.from = line.to = draft.nodes.length - 1;
        this.#index.addLine(draft.source, line.text, line.from, line.from);
        added.push(line);
      }
      gap = false;
      line.source = draft.source;
      line.match = 'attribution';
    }
    for (const line of added) this.#index.addWords(line.source, line.text, line.from, true);
    for (const [i, line] of lines.entries())
      if (own && line.folded === '' && line.source === NOBODY) inherit(line, lines[i - 1]);
  }

  #ghostOf(source: number): GhostDraft | undefined {
    return source === NOBODY ? undefined : this.#ghosts[source - this.#debate.messages.length];
  }

  /** The ghost a run that was found nowhere belongs to; undefined when nobody can be sure. */
  #ghostFor(context: Context, message: Message, chain: readonly MessageId[]): GhostDraft | undefined {
    const { attribution, depth } = context;
    const place = chain[depth - 1];
    const present = place !== undefined && this.#number.has(place);
    const named = attribution !== undefined && (attribution.name !== '' || attribution.address !== '');
    if (!named) {
      // without an attribution only the parent's place tells, and only one level deep
      if (depth !== 1 || present) return undefined;
      return this.#draft(place ?? ghostId(`unknown|${message.id}`), message.subject);
    }
    if (this.#isPresent(attribution, context)) return undefined;
    // without marks nobody can tell an absent original from an answer below its header
    if (!context.marked && present) return undefined;
    if (place !== undefined && !present) {
      const known = this.#ghostById.get(place);
      if (!known || this.#agrees(attribution, known.source) !== false)
        return this.#draft(place, message.subject);
    }
    const when = readDate(attribution.date);
    const same = this.#ghosts
      .slice(-MOST_GHOSTS)
      .find(
        (ghost) =>
          ghost.date !== '' &&
          (ghost.date === attribution.date ||
            (when > 0 && isSameTime(readDate(ghost.date), when, attribution.date))) &&
          this.#agrees(attribution, ghost.source) === true,
      );
    if (same) return same;
    const dated = attribution.date === '' ? `${message.id}|${depth}` : attribution.date;
    return this.#draft(ghostId(`${attribution.name}|${attribution.address}|${dated}`), message.subject);
  }

  /** True when the attributed message is there: its words were changed, or are not its words. */
  #isPresent(attribution: Attribution, context: Context): boolean {
    const when = readDate(attribution.date);
    for (const [source] of context.ancestors) {
      const message = this.#debate.messages[source];
      if (!message || this.#agrees(attribution, source) !== true) continue;
      if (when === 0 || Math.abs(message.time - when) < DAY_SECONDS) return true;
    }
    if (when === 0) return false;
    return this.#debate.messages.some(
      (message, source) =>
        isSameTime(message.time, when, attribution.date) && this.#agrees(attribution, source) === true,
    );
  }

  #draft(id: MessageId, subject: string): GhostDraft {
    const known = this.#ghostById.get(id);
    if (known) return known;
    const draft: GhostDraft = {
      id,
      source: this.#debate.messages.length + this.#ghosts.length,
      subject,
      name: '',
      address: '',
      date: '',
      head: undefined,
      tail: undefined,
      nodes: [],
    };
    this.#ghosts.push(draft);
    this.#ghostById.set(id, draft);
    return draft;
  }

  /**
   * Words of the sender's level that are somebody else's: a quoted line's tail that his mailer wrapped, and passages of
   * an ancestor by another author that carry no marks. They become quotes.
   */
  #reclaim(
    message: Message,
    segment: Segment,
    ancestors: ReadonlyMap<number, number>,
    tail: QuotedLine | undefined,
    before: Segment | undefined,
  ): Segment[] {
    if (ancestors.size === 0) return [segment];
    const lines: OwnLine[] = rawLines(message.body, segment.start, segment.end).map((line) => ({
      ...line,
      folded: foldLine(line.text),
      place: undefined,
      depth: 1,
      tail: false,
    }));
    if (
      tail &&
      before?.kind === 'quote' &&
      before.end === segment.start &&
      this.#debate.messages[tail.source]
    )
      this.#takeTail(lines, tail, before.quoteDepth);
    for (const line of lines) {
      if (line.place || line.folded.length < 25 || !hasWords(line.folded, 4)) continue;
      line.place = this.#index
        .findLine(line.folded)
        .find((place) => ancestors.has(place.source) && this.#isForeign(message, place.source));
    }
    return this.#splitOwn(segment, lines);
  }

  /** Marks the first lines when they go on with the very words that follow the quoted line in its source. */
  #takeTail(lines: OwnLine[], tail: QuotedLine, depth: number): void {
    const places: Place[] = [];
    let count = 0;
    for (const line of lines) {
      const words = line.folded.split(' ').filter((word) => word !== '');
      const next = this.#index.wordsAfter(tail.source, places.at(-1)?.end ?? tail.to, words.length);
      const [first, last] = [next[0], next.at(-1)];
      if (!first || !last || words.some((word, i) => foldWord(word) !== next[i]?.word)) break;
      places.push({ source: tail.source, line: 0, start: first.start, end: last.end });
      count += words.length;
    }
    // one or two equal words below a quote may be chance, unless they are all there is
    if (places.length < lines.length && count < 4) return;
    for (const [i, place] of places.entries()) {
      const line = lines[i];
      if (line) Object.assign(line, { place, depth, tail: true });
    }
  }

  #isForeign(message: Message, source: number): boolean {
    const other = this.#debate.messages[source];
    const author = message.from[0];
    return (
      other !== undefined && author !== undefined && sameAuthor(author, this.#authorOf(source)) === false
    );
  }

  #splitOwn(segment: Segment, lines: readonly OwnLine[]): Segment[] {
    const pieces: Segment[] = [];
    let start = segment.start;
    let i = 0;
    while (i < lines.length) {
      const first = lines[i];
      if (!first?.place) {
        i++;
        continue;
      }
      const source = first.place.source;
      let last = i;
      let length = 0;
      for (let j = i; j < lines.length; j++) {
        const line = lines[j];
        if (line?.folded === '') continue;
        if (line?.place?.source !== source || line.depth !== first.depth) break;
        last = j;
        length += line.folded.length;
      }
      if (length >= 60 || last > i || first.tail) {
        const end = lines[last]?.end ?? segment.end;
        if (first.start > start) pieces.push({ ...segment, start, end: first.start });
        pieces.push({
          kind: 'quote',
          start: first.start,
          end,
          quoteDepth: first.depth,
          source: {
            messageId: this.#idOf(source),
            start: first.place.start,
            end: lines[last]?.place?.end ?? first.place.end,
            match: 'exact',
          },
        });
        start = end;
      }
      i = last + 1;
    }
    if (start < segment.end) pieces.push({ ...segment, start });
    return pieces;
  }
}

function rawLines(body: string, start: number, end: number): { start: number; end: number; text: string }[] {
  const lines: { start: number; end: number; text: string }[] = [];
  for (let at = start; at < end;) {
    const stop = body.indexOf('\n', at);
    const next = stop < 0 || stop >= end ? end : stop + 1;
    lines.push({ start: at, end: next, text: body.slice(at, stop < 0 || stop >= end ? end : stop) });
    at = next;
  }
  return lines;
}

/** Where the last run of a quoted segment was found. */
function answeredBy(lines: readonly QuotedLine[], depth: number): Answered | undefined {
  const last = lines.findLast((line) => line.source !== NOBODY && !line.inherited && line.folded !== '');
  if (!last) return undefined;
  let from = last.from;
  for (const line of lines)
    if (line.source === last.source && line.folded !== '') from = Math.min(from, line.from);
  return { depth, source: last.source, from, to: last.to };
}

function inherit(line: QuotedLine, from: QuotedLine | undefined): void {
  if (!from || from.source === NOBODY) return;
  line.inherited = true;
  line.source = from.source;
  line.match = from.match;
  line.from = from.to;
  line.to = from.to;
}

function wordRange(
  matches: readonly WordMatch[][],
  source: number,
  floor: number,
): { start: number; end: number } {
  let start = -1;
  let end = 0;
  for (const found of matches) {
    const here = found.filter((match) => match.source === source);
    const from = start < 0 ? floor : end;
    const match = here.find((one) => one.start >= from) ?? here[0];
    if (!match) continue;
    if (start < 0) start = match.start;
    end = Math.max(end, match.end);
  }
  return { start: Math.max(0, start), end };
}
