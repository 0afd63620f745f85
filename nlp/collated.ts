// Collates a debate: the original text with every reply placed under the words it answers, in time order, each word once.
// Top posts and answers to text that was not found stand after the whole message. No recursion: threads get deep.
import type { CollatedDocument, CollatedMessage, CollatedPassage } from '../model/collated.ts';
import type { Ledger, LedgerEntry, Segment } from '../model/ledger.ts';
import type { MessageId } from '../model/message.ts';
import type { Debate } from '../model/thread.ts';
import { isElision } from './ledger/elision.ts';

type PassageKind = CollatedPassage['kind'];

interface Unit {
  readonly kind: PassageKind;
  readonly start: number;
  readonly end: number;
}

/** A place under which a reply hangs: after `offset` of the source's body, or after all of it. */
interface Anchor {
  readonly source: number;
  readonly offset: number;
}

/** Consecutive words of one message that answer the same thing. */
interface Block {
  readonly message: number;
  readonly units: readonly Unit[];
  readonly anchor: Anchor | undefined;
}

interface Writing {
  readonly entry: LedgerEntry;
  readonly shown: CollatedMessage;
  /** Ghosts: where a line answers somebody, by line number. */
  readonly answers: ReadonlyMap<number, { readonly messageId: MessageId; readonly end?: number }>;
}

const KINDS: ReadonlyMap<string, PassageKind> = new Map([
  ['own', 'own'],
  ['trailer', 'trailer'],
  ['code', 'code'],
  ['patch', 'patch'],
]);
const END = Number.MAX_SAFE_INTEGER;

function shownMessage(entry: LedgerEntry, recovered: boolean): CollatedMessage {
  const { message } = entry;
  const from = message.from[0];
  return {
    messageId: message.id,
    author: from?.name || from?.address || '',
    address: from?.address ?? '',
    time: message.time,
    recovered,
  };
}

/** End of the sentence that holds the last words before `offset`; outside sentences, of the line. */
function restAfter(entry: LedgerEntry, offset: number): number {
  const { sentences, message } = entry;
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sentences[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const broken = sentences[low];
  if (broken && broken.start < offset) return broken.end;
  const stop = message.body.indexOf('\n', Math.max(0, offset - 1));
  return stop < 0 ? message.body.length : stop;
}

/** Places every passage of the ledger. `debate.nodes` say what a top post answers. */
export function collate(debate: Debate, ledger: Ledger): CollatedDocument {
  const writings: Writing[] = [
    ...ledger.entries.map((entry) => ({ entry, shown: shownMessage(entry, false), answers: new Map() })),
    ...ledger.ghosts.map((ghost) => ({
      entry: ghost.entry,
      shown: shownMessage(ghost.entry, true),
      answers: new Map(
        ghost.lines.flatMap((line) => (line.answers ? [[line.start, line.answers] as const] : [])),
      ),
    })),
  ];
  const number = new Map(writings.map(({ entry }, index) => [entry.message.id, index]));
  const parents = new Map(debate.nodes.map((node) => [node.id, node.parent]));
  const blocks = writings.flatMap((writing, index) => blocksOf(writing, index, number, parents));
  return {
    subject: debate.subject,
    messages: writings.map(({ shown }) => shown),
    passages: arrange(writings, blocks),
  };
}

/** Nearest ancestor with words of its own; ghosts of the thread nobody quoted are passed over. */
function parentOf(
  id: MessageId,
  number: ReadonlyMap<MessageId, number>,
  parents: ReadonlyMap<MessageId, MessageId | null>,
): number | undefined {
  const seen = new Set([id]);
  let at = parents.get(id) ?? null;
  while (at !== null && !seen.has(at)) {
    const found = number.get(at);
    if (found !== undefined) return found;
    seen.add(at);
    at = parents.get(at) ?? null;
  }
  return undefined;
}

function anchorOf(
  source: Segment['source'],
  index: number,
  number: ReadonlyMap<MessageId, number>,
): Anchor | undefined {
  const found = source ? number.get(source.messageId) : undefined;
  if (found === undefined || found === index) return undefined;
  return { source: found, offset: source?.end ?? END };
}

function blocksOf(
  writing: Writing,
  index: number,
  number: ReadonlyMap<MessageId, number>,
  parents: ReadonlyMap<MessageId, MessageId | null>,
): Block[] {
  const { entry, answers } = writing;
  const parent = parentOf(entry.message.id, number, parents);
  const whole = parent === undefined || parent === index ? undefined : { source: parent, offset: END };
  const blocks: Block[] = [];
  let anchor: Anchor | undefined = whole;
  let units: Unit[] = [];
  const close = (next: Anchor | undefined): void => {
    if (units.length > 0) blocks.push({ message: index, units, anchor });
    units = [];
    anchor = next;
  };
  for (const segment of entry.segments) {
    const kind = KINDS.get(segment.kind);
    if (segment.kind === 'quote') {
      const answered = anchorOf(segment.source, index, number);
      if (answered) close(answered);
      else {
        // words from nowhere are shown where they were quoted, once
        close(anchor ?? whole);
        units.push({ kind: 'quoted', start: segment.start, end: segment.end });
      }
    } else if (kind && answers.size === 0) units.push({ kind, start: segment.start, end: segment.end });
    else if (kind) {
      // a ghost's lines tell one by one what they answer
      let start = segment.start;
      for (const [at, source] of answers) {
        if (at < start || at >= segment.end) continue;
        if (at > start) units.push({ kind, start, end: at });
        close(anchorOf({ ...source, match: 'attribution' }, index, number) ?? whole);
        start = at;
      }
      units.push({ kind, start, end: segment.end });
    }
  }
  close(undefined);
  return blocks;
}

interface Reply {
  readonly offset: number;
  readonly block: Block;
}

function group(blocks: readonly Block[]): Map<number, Block[]> {
  const groups = new Map<number, Block[]>();
  for (const block of blocks) {
    const known = groups.get(block.message);
    if (known) known.push(block);
    else groups.set(block.message, [block]);
  }
  return groups;
}

interface Frame {
  readonly block: Block;
  readonly depth: number;
  unit: number;
  /** Offset reached in the unit, and number of the next reply to this block. */
  at: number;
  reply: number;
  opened: boolean;
  interrupted: boolean;
}

/** Depth-first order of all blocks, replies in time order; an explicit stack in place of recursion. */
function arrange(writings: readonly Writing[], blocks: readonly Block[]): CollatedPassage[] {
  const waiting = new Map<Block, Reply[]>();
  const roots: Block[] = [];
  const byMessage = group(blocks);
  for (const block of blocks) {
    const host = block.anchor ? hostOf(block.anchor, byMessage, writings) : undefined;
    if (!host) {
      roots.push(block);
      continue;
    }
    const replies = waiting.get(host.block);
    if (replies) replies.push({ offset: host.offset, block });
    else waiting.set(host.block, [{ offset: host.offset, block }]);
  }
  const timeOf = (block: Block): number => writings[block.message]?.shown.time || END;
  const byTime = (a: Block, b: Block): number => timeOf(a) - timeOf(b) || a.message - b.message;
  for (const list of waiting.values()) list.sort((a, b) => a.offset - b.offset || byTime(a.block, b.block));
  roots.sort((a, b) => byTime(a, b));

  const passages: CollatedPassage[] = [];
  const done = new Set<Block>();
  // blocks that only answer each other in a circle come last, as roots
  for (const root of [...roots, ...blocks]) {
    if (done.has(root)) continue;
    done.add(root);
    const stack: Frame[] = [newFrame(root, 0)];
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const reply = step(frame, writings, waiting, passages, done);
      if (reply) stack.push(newFrame(reply, frame.depth + 1));
      else if (frame.unit >= frame.block.units.length) stack.pop();
    }
  }
  return passages;
}

function newFrame(block: Block, depth: number): Frame {
  return {
    block,
    depth,
    unit: 0,
    at: block.units[0]?.start ?? 0,
    reply: 0,
    opened: false,
    interrupted: false,
  };
}

/** The block of the source in which the anchor's offset lies, else its last one. */
function hostOf(
  anchor: Anchor,
  byMessage: ReadonlyMap<number, readonly Block[]>,
  writings: readonly Writing[],
): { block: Block; offset: number } | undefined {
  const hosts = byMessage.get(anchor.source);
  const last = hosts?.at(-1);
  if (!hosts || !last) return undefined;
  if (anchor.offset === END) return { block: last, offset: END };
  const entry = writings[anchor.source]?.entry;
  const offset = entry ? restAfter(entry, anchor.offset) : anchor.offset;
  for (const block of hosts)
    for (const unit of block.units) if (offset > unit.start && offset <= unit.end) return { block, offset };
  // the quoted line is no words of the sender (a signature, a footer): after the words above it
  const above = hosts.findLast((block) => (block.units[0]?.start ?? END) < offset);
  return above ? { block: above, offset } : { block: last, offset: END };
}

/** Writes words up to the next reply and returns that reply; undefined after a whole unit. */
function step(
  frame: Frame,
  writings: readonly Writing[],
  waiting: ReadonlyMap<Block, readonly Reply[]>,
  passages: CollatedPassage[],
  done: Set<Block>,
): Block | undefined {
  const { block } = frame;
  const unit = block.units[frame.unit];
  if (!unit) return undefined;
  const isLast = frame.unit === block.units.length - 1;
  const following = isLast ? Number.POSITIVE_INFINITY : (block.units[frame.unit + 1]?.start ?? unit.end);
  const replies = waiting.get(block) ?? [];
  while (done.has(replies[frame.reply]?.block ?? block) && frame.reply < replies.length) frame.reply++;
  const next = replies[frame.reply];
  const reply = next && next.offset <= following ? next : undefined;
  const upto = reply ? Math.min(Math.max(reply.offset, frame.at), unit.end) : unit.end;
  write(frame, unit, upto, writings, passages);
  if (reply) {
    done.add(reply.block);
    frame.interrupted = true;
    return reply.block;
  }
  frame.unit++;
  frame.at = block.units[frame.unit]?.start ?? unit.end;
  return undefined;
}

function write(
  frame: Frame,
  unit: Unit,
  upto: number,
  writings: readonly Writing[],
  passages: CollatedPassage[],
): void {
  const body = writings[frame.block.message]?.entry.message.body ?? '';
  const start = frame.at;
  frame.at = upto;
  const raw = body.slice(start, upto);
  const end = start + raw.trimEnd().length;
  // blank lines go, the indentation of the first words stays; within a line there is none
  const inside = start > 0 && body.charAt(start - 1) !== '\n';
  const lead = inside
    ? raw.length - raw.trimStart().length
    : raw.lastIndexOf('\n', raw.length - raw.trimStart().length - 1) + 1;
  if (start + lead >= end || (unit.kind !== 'code' && isElision(raw))) return;
  passages.push({
    message: frame.block.message,
    depth: frame.depth,
    kind: unit.kind,
    opens: !frame.opened,
    resumes: frame.interrupted,
    start: start + lead,
    end,
    text: body.slice(start + lead, end),
  });
  frame.opened = true;
  frame.interrupted = false;
}
