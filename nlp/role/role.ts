// Who takes which part in a debate: maintainer, developer, reviewer, user, bot, with the evidence, as of the debate's time.
// From what people do and say in it, and from files the reader gives. Nothing is known about anybody beforehand.
import type { Ledger, LedgerEntry } from '../../model/ledger.ts';
import type { Address, Message, MessageId } from '../../model/message.ts';
import type { People, Person, RoleEvidence } from '../../model/person.ts';
import type { Debate } from '../../model/thread.ts';
import { loadBots, loadRoleCues, type BotRule } from '../dialect/load.ts';
import { readSubject } from '../subject.ts';
import { holdsCue } from './cue.ts';
import { type MaintainersFile, maintainersIndex } from './maintainers.ts';
import { mentionsOf } from './mention.ts';
import type { RoleEntry } from './roles-file.ts';

export interface RoleContext {
  readonly maintainers?: MaintainersFile;
  readonly roles?: readonly RoleEntry[];
  /** Lower-case addresses of those who have applied patches elsewhere in the archive; see `applierOf`. */
  readonly applied?: ReadonlySet<string>;
}

/** The heaviest evidence decides. Cues bring their own weights (data/dialect/role.json); these are for what is seen or given. */
const WEIGHT = {
  bot: 100,
  rolesFile: 95,
  maintainersFile: 90,
  rootAuthor: 85,
  listed: 76,
  listedReviewer: 52,
  author: 62,
  appliedElsewhere: 66,
  named: 64,
  asked: 56,
  reviewedBy: 58,
  ackedBy: 50,
  review: 40,
  carriedReview: 39,
  coDeveloper: 48,
  topicAuthor: 10,
} as const;

interface Weighed extends RoleEvidence {
  readonly weight: number;
}

/** `Name <address> (maintainer:SECTION)` as get_maintainer.pl prints it, or an `M:` / `R:` line of a MAINTAINERS file. */
const LISTED =
  /^[ \t>+]{0,12}(?:([MR]):[ \t]{1,8})?"?([^"<>\n]{0,80}?)"?[ \t]{0,4}<([^<>\s]{3,120})>(?:[ \t]{0,4}\((maintainer|supporter|reviewer|odd fixer)\b)?/iu;
const DIFF_FILE = /^(?:diff --git a\/(\S{1,300})|\+\+\+ b\/(\S{1,300}))/gmu;
const MAILBOX = /^"?([^"<>]{0,200}?)"?[ \t]{0,8}<([^<>\s]{3,320})>/u;
/** Trailers of a posted patch that give somebody else a part in it. */
const CARRIED: Readonly<Record<string, Pick<Weighed, 'role' | 'reason' | 'weight'>>> = {
  'co-developed-by': { role: 'developer', reason: 'co-author of the patch', weight: WEIGHT.coDeveloper },
  from: { role: 'developer', reason: 'author of the patch', weight: WEIGHT.coDeveloper },
  'reviewed-by': {
    role: 'reviewer',
    reason: 'Reviewed-by carried in the patch',
    weight: WEIGHT.carriedReview,
  },
};
/** Enough to tell a remark from a review. */
const FEWEST_WORDS = 30;
const SPACE = /\s+/gu;
const QUOTED_LENGTH = 200;

/** Evidence of roles by person id, heaviest first. A person without any evidence has no entry: role `unknown`. */
export function detectRoles(
  debate: Debate,
  ledger: Ledger,
  people: People,
  context: RoleContext = {},
): Map<string, RoleEvidence[]> {
  const found = new Map<string, Weighed[]>();
  const add = (person: Person | undefined, evidence: Weighed): void => {
    if (person === undefined) return;
    const list = found.get(person.id);
    if (list === undefined) found.set(person.id, [evidence]);
    else list.push(evidence);
  };
  const scene = new Scene(debate, ledger, people);
  for (const entry of ledger.entries) {
    const sender = scene.senderOf(entry.message);
    if (sender === undefined) continue;
    const bot = botRuleOf(entry.message);
    if (bot !== undefined) {
      add(sender, {
        role: 'bot',
        reason: 'bot address or name',
        messageId: entry.message.id,
        weight: WEIGHT.bot,
      });
    }
    for (const evidence of actsOf(entry, sender, scene)) add(sender, evidence);
    for (const evidence of wordsOf(entry)) add(sender, evidence);
    for (const { person, evidence } of listedIn(entry, people)) add(person, evidence);
  }
  for (const { person, evidence } of scene.helpers(ledger)) add(person, evidence);
  for (const { person, kind, messageId, quote } of mentionsOf(ledger, people)) {
    const reason = kind === 'named' ? 'called maintainer by another' : 'asked to take or ack the patch';
    add(person, { role: 'maintainer', reason, messageId, quote, weight: WEIGHT[kind] });
  }
  for (const { person, evidence } of givenFor(debate, scene, people, context)) add(person, evidence);
  return new Map(
    [...found].map(([id, list]) => [id, list.toSorted((a, b) => b.weight - a.weight).map(plain)] as const),
  );
}

/** Each person's heaviest evidence, as analysis wants it. */
export function leadingRoles(
  debate: Debate,
  ledger: Ledger,
  people: People,
  context: RoleContext = {},
): Map<string, RoleEvidence> {
  const leading = new Map<string, RoleEvidence>();
  for (const [id, [first]] of detectRoles(debate, ledger, people, context)) {
    if (first !== undefined) leading.set(id, first);
  }
  return leading;
}

function plain({ role, reason, messageId, quote }: Weighed): RoleEvidence {
  return {
    role,
    reason,
    ...(messageId === undefined ? {} : { messageId }),
    ...(quote === undefined ? {} : { quote }),
  };
}

/** The address of the sender when this mail says that its sender has applied a patch; for the archive-wide `applied` set. */
export function applierOf(entry: LedgerEntry): string {
  const cues = loadRoleCues().filter((cue) => cue.id === 'applied' || cue.id === 'i-applied');
  for (const { text } of sentencesOf(entry)) {
    if (cues.some((cue) => holdsCue(cue, text))) return entry.message.from[0]?.address.toLowerCase() ?? '';
  }
  return '';
}

/** The rule that takes a mail's sender for a machine. */
export function botRuleOf(message: Message): BotRule | undefined {
  const from = message.from[0] ?? { name: '', address: '' };
  const address = from.address.toLowerCase().slice(0, 320);
  const name = from.name.toLowerCase().slice(0, 200).trim();
  return loadBots().find((rule) => {
    if (rule.headers.some(([header, pattern]) => pattern.test(message.headers[header] ?? ''))) return true;
    if (rule.name !== undefined && rule.name.test(name)) return true;
    if (rule.address === undefined || !rule.address.test(address)) return false;
    return !rule.namedIsHuman || !name.includes(' ');
  });
}

/** What is where in the debate: postings of patches, parents, senders. */
class Scene {
  readonly debate: Debate;
  readonly paths: readonly string[];
  readonly #people: People;
  readonly #parents: ReadonlyMap<MessageId, MessageId | null>;
  readonly #messages: ReadonlyMap<MessageId, Message>;
  readonly #postings: ReadonlySet<MessageId>;

  constructor(debate: Debate, ledger: Ledger, people: People) {
    this.debate = debate;
    this.#people = people;
    this.#parents = new Map(debate.nodes.map((node) => [node.id, node.parent]));
    this.#messages = new Map(debate.messages.map((message) => [message.id, message]));
    const postings = new Set<MessageId>();
    const paths = new Set<string>();
    for (const { message, segments } of ledger.entries) {
      const subject = readSubject(message.subject);
      const patches = segments.filter((segment) => segment.kind === 'patch' && segment.quoteDepth === 0);
      if (subject.reply || !(subject.patch || patches.length > 0)) continue;
      postings.add(message.id);
      for (const { start, end } of patches) {
        for (const match of message.body.slice(start, end).matchAll(DIFF_FILE))
          paths.add(match[1] ?? match[2] ?? '');
      }
    }
    this.#postings = postings;
    this.paths = [...paths];
  }

  senderOf(message: Message): Person | undefined {
    const from = message.from[0];
    return from === undefined ? undefined : this.#people.personOf(from);
  }

  isPosting(id: MessageId): boolean {
    return this.#postings.has(id);
  }

  /** Those whom a posted patch names as its makers or reviewers. */
  *helpers(ledger: Ledger): Generator<{ readonly person: Person | undefined; readonly evidence: Weighed }> {
    for (const entry of ledger.entries) {
      const { message } = entry;
      const sender = this.senderOf(message);
      if (!this.isPosting(message.id)) continue;
      for (const { key, value, span } of entry.trailers) {
        const known = CARRIED[key.toLowerCase()];
        const mailbox = known === undefined ? null : MAILBOX.exec(value);
        if (known === undefined || mailbox === null) continue;
        const person = this.#people.personOf({ name: (mailbox[1] ?? '').trim(), address: mailbox[2] ?? '' });
        if (person === sender) continue;
        const quote = message.body.slice(span.start, span.end).trim();
        yield { person, evidence: { ...known, messageId: message.id, quote } };
      }
    }
  }

  /** The present mail answered; undefined for a root or an absent parent. */
  parentOf(id: MessageId): Message | undefined {
    return this.#messages.get(this.#parents.get(id) ?? '');
  }
}

/** What a mail does: posts a patch, reviews one. */
function* actsOf(entry: LedgerEntry, sender: Person, scene: Scene): Generator<Weighed> {
  const { message } = entry;
  const at = { messageId: message.id };
  if (scene.isPosting(message.id)) {
    const isRoot = message.id === scene.debate.id;
    yield {
      ...at,
      role: 'developer',
      reason: isRoot ? 'author of the proposed patch' : 'sends patches',
      weight: isRoot ? WEIGHT.rootAuthor : WEIGHT.author,
    };
  } else if (message.id === scene.debate.id) {
    yield { ...at, role: 'developer', reason: 'opened the debate', weight: WEIGHT.topicAuthor };
  }
  for (const trailer of entry.trailers) {
    if (trailer.carried) continue;
    const key = trailer.key.toLowerCase();
    const quote = message.body.slice(trailer.span.start, trailer.span.end).trim();
    if (key === 'reviewed-by')
      yield { ...at, role: 'reviewer', reason: 'gives Reviewed-by', quote, weight: WEIGHT.reviewedBy };
    if (key === 'acked-by')
      yield { ...at, role: 'reviewer', reason: 'gives Acked-by', quote, weight: WEIGHT.ackedBy };
  }
  const parent = scene.parentOf(message.id);
  if (parent === undefined || !scene.isPosting(parent.id) || scene.senderOf(parent) === sender) return;
  if (ownWords(entry) >= FEWEST_WORDS) {
    yield { ...at, role: 'reviewer', reason: 'comments on the patch', weight: WEIGHT.review };
  }
}

function ownWords(entry: LedgerEntry): number {
  let words = 0;
  for (const { text } of sentencesOf(entry)) words += text.split(' ').length;
  return words;
}

function* sentencesOf(entry: LedgerEntry): Generator<{ readonly text: string; readonly quote: string }> {
  for (const { start, end } of entry.sentences) {
    const quote = entry.message.body.slice(start, end);
    yield { text: quote.replace(SPACE, ' ').trim(), quote };
  }
}

/** What a mail's sender says of their own part. */
function* wordsOf(entry: LedgerEntry): Generator<Weighed> {
  for (const { text, quote } of sentencesOf(entry)) {
    for (const cue of loadRoleCues()) {
      if (!holdsCue(cue, text)) continue;
      yield {
        role: cue.role,
        reason: cue.reason,
        messageId: entry.message.id,
        quote: quote.slice(0, QUOTED_LENGTH),
        weight: cue.weight,
      };
    }
  }
}

/** People in MAINTAINERS lines or get_maintainer.pl output that stand in a mail. */
function* listedIn(
  entry: LedgerEntry,
  people: People,
): Generator<{ readonly person: Person | undefined; readonly evidence: Weighed }> {
  const { body, id } = entry.message;
  if (
    !body.includes('M:\t') &&
    !body.includes('(maintainer') &&
    !body.includes('(supporter') &&
    !/^[ >+]*[MR]: /mu.test(body)
  ) {
    return;
  }
  for (const line of body.split('\n')) {
    const match = line.length > 400 ? null : LISTED.exec(line);
    if (match === null) continue;
    const [, tag = '', name = '', address = '', word = ''] = match;
    if (tag === '' && word === '') continue;
    const isReviewer = tag.toUpperCase() === 'R' || word.toLowerCase() === 'reviewer';
    yield {
      person: people.personOf({ name: name.trim(), address }),
      evidence: {
        role: isReviewer ? 'reviewer' : 'maintainer',
        reason: 'listed in a MAINTAINERS entry shown in the debate',
        messageId: id,
        quote: line.trim(),
        weight: isReviewer ? WEIGHT.listedReviewer : WEIGHT.listed,
      },
    };
  }
}

/** What the reader's files and the rest of the archive say of the people here. */
function* givenFor(
  debate: Debate,
  scene: Scene,
  people: People,
  context: RoleContext,
): Generator<{ readonly person: Person | undefined; readonly evidence: Weighed }> {
  const lastTimes = new Map<string, number>();
  for (const message of debate.messages) {
    const id = scene.senderOf(message)?.id;
    if (id !== undefined) lastTimes.set(id, Math.max(message.time, lastTimes.get(id) ?? 0));
  }
  const debateTime = debate.messages.at(-1)?.time ?? 0;
  for (const entry of context.roles ?? []) {
    if (entry.lists.length > 0 && !entry.lists.includes(debate.list)) continue;
    const given: Address[] = [
      ...entry.addresses.map((address) => ({ name: '', address })),
      ...entry.names.map((name) => ({ name, address: '' })),
    ];
    for (const address of given) {
      const person = people.personOf(address);
      const time = lastTimes.get(person?.id ?? '') ?? debateTime;
      if (time < entry.since || time >= entry.until) continue;
      const reason = entry.of === '' ? 'roles.toml' : `roles.toml: ${entry.of}`;
      yield { person, evidence: { role: entry.role, reason, weight: WEIGHT.rolesFile } };
    }
  }
  if (context.maintainers !== undefined) {
    const index = maintainersIndex(context.maintainers);
    const addressed = new Set(
      debate.messages.flatMap((message) =>
        [...message.to, ...message.cc].map((one) => one.address.toLowerCase()),
      ),
    );
    // A patch belongs to the sections of its files; a topic without patch to those of the lists it went to.
    const sections =
      scene.paths.length > 0
        ? index.ofFiles(scene.paths)
        : [...addressed].flatMap((address) => index.ofList(address));
    for (const section of new Set(sections)) {
      const reason = `MAINTAINERS: ${section.name}`;
      for (const one of section.maintainers) {
        yield {
          person: people.personOf(one),
          evidence: { role: 'maintainer', reason, weight: WEIGHT.maintainersFile },
        };
      }
      for (const one of section.reviewers) {
        yield {
          person: people.personOf(one),
          evidence: { role: 'reviewer', reason, weight: WEIGHT.listedReviewer },
        };
      }
    }
  }
  for (const person of people.all) {
    if (!person.addresses.some((address) => context.applied?.has(address.toLowerCase()))) continue;
    const reason = 'has applied patches elsewhere in the archive';
    yield { person, evidence: { role: 'maintainer', reason, weight: WEIGHT.appliedElsewhere } };
  }
}
