// Lays a debate out as turns (one per message, in time order, parents first) and speakers.
import type { Ledger, LedgerEntry } from '../model/ledger.ts';
import type { Address, Message, MessageId, Span } from '../model/message.ts';
import type { Debate } from '../model/thread.ts';
import type { AnalysisContext } from './context.ts';
import type { Speaker, Turn } from './finding.ts';
import { readSubject } from './subject.ts';

interface Draft {
  readonly message: Message;
  readonly entry: LedgerEntry;
  readonly ghost: readonly Span[] | null;
}

/** Turns and speakers of a debate. A message the ledger does not know is left out. */
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
  const order = parentsFirst(drafts, debate);
  const place = new Map(order.map((draft, index) => [draft.message.id, index]));
  const parents = new Map(debate.nodes.map((node) => [node.id, node.parent]));
  const speakers = new SpeakerTable(context);
  const children: number[][] = order.map(() => []);
  const turns: Turn[] = [];
  order.forEach((draft, index) => {
    const parent = nearest(draft.message.id, parents, place);
    if (parent >= 0) children[parent]?.push(index);
    turns.push({
      index,
      message: draft.message,
      entry: draft.entry,
      author: speakers.of(draft.message.from[0], index),
      parent,
      children: children[index] ?? [],
      depth: parent < 0 ? 0 : (turns[parent]?.depth ?? 0) + 1,
      subject: readSubject(draft.message.subject),
      ghost: draft.ghost,
    });
  });
  return { turns, speakers: speakers.list() };
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
function parentsFirst(drafts: readonly Draft[], debate: Debate): Draft[] {
  const parents = new Map(debate.nodes.map((node) => [node.id, node.parent]));
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
    order.push(...chain.toReversed());
  }
  return order;
}

/** Hands out speakers by person id, in order of first appearance. */
class SpeakerTable {
  readonly #context: AnalysisContext;
  readonly #found = new Map<string, { speaker: Omit<Speaker, 'turns'>; turns: number[] }>();

  constructor(context: AnalysisContext) {
    this.#context = context;
  }

  of(address: Address | undefined, turn: number): string {
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
          quotedOnly: false,
        },
        turns: [],
      };
      this.#found.set(id, row);
    }
    row.turns.push(turn);
    return id;
  }

  list(): Speaker[] {
    return [...this.#found.values()].map(({ speaker, turns }) => Object.assign(speaker, { turns }));
  }
}
