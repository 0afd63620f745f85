// One person per human: joins the names and addresses under which the same people appear in a set of messages.
// Joined are: one mailbox, one full name, .mailmap entries, masked addresses that fit. Never joined: first names, role and
// list addresses. Roles are not looked at here (nlp/role).
import type { Address, Message } from '../../model/message.ts';
import type { People, Person } from '../../model/person.ts';
import { type AddressParts, fitsMask, isFullyMasked, readAddress } from './address.ts';
import { type Mailmap, parseMailmap } from './mailmap.ts';
import { cleanName, fullNameKey, isViaName, nameWords } from './name.ts';
import { isListAddress, patchAuthorOf, senderOf } from './sender.ts';

export interface PeopleOptions {
  /** Text of a .mailmap file. */
  readonly mailmap?: string;
  /** Authors known from attribution lines only; each becomes a person unless he is one already. */
  readonly quoted?: readonly Address[];
}

/** A mailbox under which more full names than this write is shared, like a tracker's: people are told apart by name there. */
const NAMES_PER_MAILBOX = 4;

interface Identity {
  readonly name: string;
  readonly address: AddressParts;
  /** Order of first appearance. */
  readonly order: number;
  count: number;
  group: number;
}

function pairKey(name: string, address: string): string {
  return `${address.trim().toLowerCase()}\n${name.trim()}`;
}

/**
 * People of the given messages in order of first appearance (time, then Message-ID), whatever order they come in.
 * Linear in the number of messages; bodies are read only for the in-body From of patches.
 */
export function buildPeople(messages: Iterable<Message>, options: PeopleOptions = {}): People {
  const mailmap = parseMailmap(options.mailmap ?? '');
  const sorted = [...messages].toSorted(
    (a, b) =>
      (a.time || Number.MAX_VALUE) - (b.time || Number.MAX_VALUE) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const builder = new Builder(mailmap);
  for (const message of sorted) {
    for (const address of [...message.to, ...message.cc, ...message.from]) {
      if (isListAddress(address.address, message)) builder.addList(address.address);
    }
  }
  for (const message of sorted) {
    const sender = senderOf(message);
    const from = message.from[0];
    builder.add(sender, from);
    for (const further of message.from.slice(1)) builder.add(further, further);
    const author = patchAuthorOf(message);
    if (author !== undefined) builder.add(author, author);
  }
  for (const address of options.quoted ?? []) builder.addQuoted(address);
  return builder.finish();
}

class Builder {
  readonly #mailmap: Mailmap;
  readonly #lists = new Set<string>();
  readonly #identities: Identity[] = [];
  readonly #byPair = new Map<string, Identity>();
  readonly #quoted: Address[] = [];

  constructor(mailmap: Mailmap) {
    this.#mailmap = mailmap;
  }

  addList(address: string): void {
    this.#lists.add(readAddress(address).key);
  }

  /** Counts one appearance; `written` is the address as the mail has it, under which it will be looked up. */
  add(address: Address, written: Address | undefined): void {
    const mapped = this.#mailmap.map(address);
    const name = cleanName(mapped.name);
    const parts = readAddress(this.#lists.has(readAddress(mapped.address).key) ? '' : mapped.address);
    if (name === '' && (parts.key === '' || isFullyMasked(parts))) return;
    const key = pairKey(name, parts.address === '' ? '' : parts.key);
    let identity = this.#byPair.get(key);
    if (identity === undefined) {
      identity = {
        name,
        address: parts,
        order: this.#identities.length,
        count: 0,
        group: this.#identities.length,
      };
      this.#identities.push(identity);
      this.#byPair.set(key, identity);
    }
    identity.count += 1;
    if (written !== undefined) this.#byPair.set(pairKey(written.name, written.address), identity);
    this.#byPair.set(pairKey(address.name, address.address), identity);
  }

  addQuoted(address: Address): void {
    this.#quoted.push(address);
  }

  finish(): People {
    const people = this.#resolve();
    const unknown = this.#quoted.filter((address) => people.personOf(address) === undefined);
    if (unknown.length === 0) return people;
    for (const address of unknown) this.add(address, address);
    return this.#resolve();
  }

  #resolve(): People {
    const identities = this.#identities;
    for (const identity of identities) identity.group = identity.order;
    const groupOf = (index: number): number => {
      let at = index;
      for (let up = identities[at]?.group ?? at; up !== at; up = identities[at]?.group ?? at) at = up;
      return at;
    };
    const join = (a: Identity, b: Identity): void => {
      const first = groupOf(a.order);
      const second = groupOf(b.order);
      const root = identities[Math.max(first, second)];
      if (root !== undefined) root.group = Math.min(first, second);
    };

    // One mailbox, unless it is shared: there the full name decides.
    const names = new Map<string, Set<string>>();
    for (const { name, address } of identities) {
      if (address.key === '' || address.masked) continue;
      const known = names.get(address.key);
      if (known === undefined) names.set(address.key, new Set([fullNameKey(name)]));
      else known.add(fullNameKey(name));
    }
    const isShared = (address: AddressParts): boolean =>
      address.role || (names.get(address.key)?.size ?? 0) > NAMES_PER_MAILBOX;
    const first = new Map<string, Identity>();
    const joinByKey = (key: string, identity: Identity): void => {
      const other = first.get(key);
      if (other === undefined) first.set(key, identity);
      else join(other, identity);
    };
    for (const identity of identities) {
      const { address, name } = identity;
      if (address.key !== '' && !address.masked) {
        joinByKey(
          isShared(address) ? `shared ${address.key} ${nameWords(name).join(' ')}` : address.key,
          identity,
        );
      }
      if (address.masked) joinByKey(`masked ${address.key} ${nameWords(name).join(' ')}`, identity);
      const full = fullNameKey(name);
      if (full !== '') joinByKey(`name ${full}`, identity);
    }

    // A masked address with a short name, or none, fits when exactly one group has such a mailbox and no other name.
    const uncertain = new Set<Identity>();
    const sizes = new Map<number, number>();
    for (const { order } of identities) sizes.set(groupOf(order), (sizes.get(groupOf(order)) ?? 0) + 1);
    for (const identity of identities) {
      if (!identity.address.masked && identity.address.key !== '') continue;
      if ((sizes.get(groupOf(identity.order)) ?? 0) > 1) uncertain.add(identity);
      if (!identity.address.masked || fullNameKey(identity.name) !== '') continue;
      const fitting = identities.filter((other) => fitsMask(identity.address, other.address));
      const groups = new Set(fitting.map((other) => groupOf(other.order)));
      const other = fitting[0];
      if (groups.size !== 1 || other === undefined || !namesAgree(identity.name, other.name)) continue;
      join(identity, other);
      uncertain.add(identity);
    }
    return makePeople(identities, groupOf, uncertain, this.#byPair, this.#mailmap, this.#lists);
  }
}

/** False when two single names differ; an absent name agrees with any. */
function namesAgree(a: string, b: string): boolean {
  const wordsA = nameWords(a);
  const wordsB = nameWords(b);
  return (
    wordsA.length === 0 || wordsB.length === 0 || wordsA[0] === wordsB[0] || wordsA.at(-1) === wordsB.at(-1)
  );
}

function makePeople(
  identities: readonly Identity[],
  groupOf: (index: number) => number,
  uncertain: ReadonlySet<Identity>,
  byPair: ReadonlyMap<string, Identity>,
  mailmap: Mailmap,
  lists: ReadonlySet<string>,
): People {
  const groups = new Map<number, Identity[]>();
  for (const identity of identities) {
    const group = groupOf(identity.order);
    const list = groups.get(group);
    if (list === undefined) groups.set(group, [identity]);
    else list.push(identity);
  }
  const all: Person[] = [];
  const byGroup = new Map<number, Person>();
  const byAddress = new Map<string, Person | null>();
  const byName = new Map<string, Person | null>();
  const byWord = new Map<string, Person | null>();
  /** null marks what more than one person goes by. */
  const remember = (map: Map<string, Person | null>, key: string, person: Person): void => {
    const known = map.get(key);
    if (known === undefined) map.set(key, person);
    else if (known !== person) map.set(key, null);
  };
  for (const [group, members] of groups) {
    const person: Person = {
      id: `p${all.length + 1}`,
      name: bestName(members),
      names: [...new Set(members.map((one) => one.name).filter((name) => name !== ''))],
      addresses: [
        ...new Set(
          members
            .filter((one) => !one.address.masked)
            .map((one) => one.address.address)
            .filter((one) => one !== ''),
        ),
      ],
      uncertain: members.some((one) => uncertain.has(one)),
    };
    all.push(person);
    byGroup.set(group, person);
    for (const { name, address } of members) {
      if (address.key !== '' && !address.masked) remember(byAddress, address.key, person);
      if (!address.masked && address.local !== '' && !address.role) remember(byName, address.local, person);
      const words = nameWords(name).join(' ');
      if (words !== '') remember(byName, words, person);
    }
  }
  return {
    all,
    personOf(written: Address): Person | undefined {
      const known = byPair.get(pairKey(written.name, written.address));
      if (known !== undefined) return byGroup.get(groupOf(known.order));
      const address = mailmap.map(written);
      const parts = readAddress(address.address);
      const name = cleanName(address.name);
      const pair = byPair.get(pairKey(name, parts.key));
      if (pair !== undefined) return byGroup.get(groupOf(pair.order));
      const usable = parts.key !== '' && !parts.masked && !lists.has(parts.key) && !isViaName(address.name);
      if (usable) {
        const person = byAddress.get(parts.key);
        if (person !== undefined && person !== null) return person;
      }
      const words = nameWords(name);
      // A single name is believed only where no mailbox stands beside it, as in an attribution line.
      if (words.length === 0 || (words.length === 1 && usable)) return undefined;
      const person = byName.get(words.join(' ')) ?? undefined;
      const alone =
        words.length > 1 || byWord.get(words[0] ?? '') === undefined || byWord.get(words[0] ?? '') === person;
      return alone ? person : undefined;
    },
  };
}

/** The name used most, full names first, then the one met first; else the local part of the address. */
function bestName(members: readonly Identity[]): string {
  const counts = new Map<string, number>();
  for (const { name, count } of members) if (name !== '') counts.set(name, (counts.get(name) ?? 0) + count);
  let best = '';
  for (const [name, count] of counts) {
    const full = fullNameKey(name) !== '';
    const bestFull = fullNameKey(best) !== '';
    if (best === '' || (full && !bestFull) || (full === bestFull && count > (counts.get(best) ?? 0)))
      best = name;
  }
  if (best !== '') return best;
  const address = members[0]?.address.address ?? '';
  return address.slice(0, address.lastIndexOf('@'));
}
