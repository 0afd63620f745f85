// People behind addresses, and the roles they have in a debate, each with its evidence.
import type { Address, MessageId } from './message.ts';

export type Role = 'maintainer' | 'developer' | 'user' | 'reviewer' | 'bot' | 'unknown';

export interface Person {
  /** Stable within one report or store: `p1`, `p2`, ... in order of first appearance. */
  readonly id: string;
  /** Best display name; the local part of the address when no name was ever given. */
  readonly name: string;
  /** Every name variant seen. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** True when joined by name and domain hint only (obfuscated or absent addresses). */
  readonly uncertain: boolean;
}

export interface RoleEvidence {
  readonly role: Role;
  /** e.g. `MAINTAINERS: BPF`, `applies patches`, `bot address`, `roles.toml`. */
  readonly reason: string;
  readonly messageId?: MessageId;
  readonly quote?: string;
}

/** Maps any address of a message to its person. */
export interface People {
  readonly all: readonly Person[];
  personOf(address: Address): Person | undefined;
}
