// Lays a debate out as turns (one per message, in time order, parents first) and speakers.
import type { GhostLine, Ledger, LedgerEntry } from '../model/ledger.ts';
import type { Address, Message, MessageId } from '../model/message.ts';
import type { Debate } from '../model/thread.ts';
import type { AnalysisContext } from './context.ts';
import type { Speaker, Turn } from './finding.ts';
import { readSubject } from './subject.ts';

const ANSWER = /^(?:re|aw|antw|sv|vs)(?:\[\d{1,3}\])?\s?:/i;

interface Draft {
  readonly message: Message;
  readonly entry: LedgerEntry;
  readonly ghost: readonly GhostLine[] | null;
}

/**
 * Turns and speakers of a debate. A message the ledger does not know is left out; one that is known only from quotes is a
 * turn of its author, whose words are evidence as quoted text.
 */
export function layOut(
  debate: Debate,
  ledger: Ledger,
  context: AnalysisContext,
): { readonly turns: readonly Turn[]; readonly speakers: readonly Speaker[] } {
  const entries = new Map(ledger.entries.map((entry) => [entry.message.id, entry]));
  const drafts: Draft[] = [];
  for (const message of debate.messages) {
    const entry = entries.get(message.id);
    if (entry) drafts.push({ message, entry, ghost: null });
  }
  for (const { message, entry, lines } of ledger.ghosts) {
    if (!entries.has(message.id)) drafts.push({ message, entry, ghost: lines });
  }
  if (ledger.ghosts.length > 0) drafts.sort((a, b) => a.message.time - b.message.time);
  const parents = parentsOf(drafts, debate);
  const order = parentsFirst(drafts, parents);
  const place = new Map(order.map((draft, index) => [draft.message.id, index]));
  const speakers = new SpeakerTable(context);
  const children: number[][] = order.map(() => []);
  const turns: Turn[] = [];
  order.forEach((draft, index) => {
    const found = nearest(draft.message.id, parents, place);
    const parent = found < index ? found : -1;
    if (parent >= 0) children[parent]?.push(index);
    turns.push({
      index,
      message: draft.message,
      entry: draft.entry,
      author: speakers.of(draft.message.from[0], index, draft.ghost !== null),
      parent,
      children: children[index] ?? [],
      depth: parent < 0 ? 0 : (turns[parent]?.depth ?? 0) + 1,
      subject: readSubject(draft.message.subject),
      ghost: draft.ghost,
    });
  });
  return { turns, speakers: speakers.list() };
}

/**
 * Turn of the message that opened the debate; -1 when it is missing, as when the first message at hand is an answer that
 * quotes a message which is not: then nobody at hand opened it.
 */
export function openingTurn(turns: readonly Turn[], debate: Debate): number {
  const at = turns.findIndex((turn) => turn.message.id === debate.id);
  const turn = turns[at];
  if (!turn) return turns.length > 0 && turns[0]?.ghost === null ? 0 : -1;
  const answers = ANSWER.test(turn.message.subject);
  return answers && turn.entry.segments.some((segment) => segment.kind === 'quote') ? -1 : at;
}

/** What each message answers: as threading found it, else whom it quotes among the messages known from quotes. */
function parentsOf(drafts: readonly Draft[], debate: Debate): Map<MessageId, MessageId | null> {
  const parents = new Map<MessageId, MessageId | null>(debate.nodes.map((node) => [node.id, node.parent]));
  const known = new Set(drafts.map((draft) => draft.message.id));
  const ghosts = new Set(drafts.flatMap((draft) => (draft.ghost ? [draft.message.id] : [])));
  for (const { message, entry, ghost } of drafts) {
    const above = parents.get(message.id) ?? null;
    if (above !== null && known.has(above)) continue;
    const answered = ghost
      ? ghost.find((line) => line.answers)?.answers?.messageId
      : entry.segments.find(
          (segment) => segment.quoteDepth === 1 && segment.source && ghosts.has(segment.source.messageId),
        )?.source?.messageId;
    if (answered !== undefined && answered !== message.id && known.has(answered))
      parents.set(message.id, answered);
  }
  return parents;
}

/** Index of the nearest present ancestor, -1 for none; bounded, so that a cycle cannot hold it. */
function nearest(
  id: MessageId,
  parents: ReadonlyMap<MessageId, MessageId | null>,
  place: ReadonlyMap<MessageId, number>,
): number {
  let up = parents.get(id) ?? null;
  for (let steps = 0; up !== null && steps <= parents.size; steps++) {
    const found = place.get(up);
    if (found !== undefined) return found;
    up = parents.get(up) ?? null;
  }
  return -1;
}

/** Time order, but no message before the one it answers (clocks lie). */
function parentsFirst(drafts: readonly Draft[], parents: ReadonlyMap<MessageId, MessageId | null>): Draft[] {
  const byId = new Map(drafts.map((draft) => [draft.message.id, draft]));
  const placed = new Set<MessageId>();
  const order: Draft[] = [];
  for (const draft of drafts) {
    const chain: Draft[] = [];
    let at: MessageId | null = draft.message.id;
    for (let steps = 0; at !== null && !placed.has(at) && steps <= parents.size; steps++) {
      const here = byId.get(at);
      if (here) chain.push(here);
      placed.add(at);
      at = parents.get(at) ?? null;
    }
    for (const here of chain.toReversed()) order.push(here);
  }
  return order;
}

/** Hands out speakers by person id, in order of first appearance. */
class SpeakerTable {
  readonly #context: AnalysisContext;
  readonly #found = new Map<string, { speaker: Omit<Speaker, 'turns'>; readonly turns: number[] }>();

  constructor(context: AnalysisContext) {
    this.#context = context;
  }

  of(address: Address | undefined, turn: number, quoted: boolean): string {
    const sender = address ?? { name: '', address: '' };
    const person = this.#context.people.personOf(sender);
    const id = person?.id ?? `x:${(sender.address || sender.name).toLowerCase()}`;
    let row = this.#found.get(id);
    if (!row) {
      const role = this.#context.roles.get(id);
      row = {
        speaker: {
          id,
          name: person?.name || sender.name || sender.address || 'unknown sender',
          addresses: person?.addresses ?? (sender.address ? [sender.address] : []),
          role: role?.role ?? 'unknown',
          roleEvidence: role?.reason ?? '',
          quotedOnly: quoted,
        },
        turns: [],
      };
      this.#found.set(id, row);
    }
    if (!quoted && row.speaker.quotedOnly) row.speaker = { ...row.speaker, quotedOnly: false };
    row.turns.push(turn);
    return id;
  }

  list(): Speaker[] {
    return [...this.#found.values()].map(({ speaker, turns }) => Object.assign(speaker, { turns }));
  }
}
