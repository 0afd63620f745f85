// Git's .mailmap, all four forms (gitmailmap(5)): proper name and address for a commit name and address.
// Unreadable lines are returned as defects; nothing else in the mail is touched.
import type { Address, Defect } from '../../model/message.ts';

interface Entry {
  readonly name: string;
  readonly address: string;
}

export interface Mailmap {
  readonly defects: readonly Defect[];
  /** The proper name and address; the argument itself when no line fits. */
  map(address: Address): Address;
}

/** `Proper Name <proper@email> Commit Name <commit@email>`, each part but one address optional. */
const LINE = /^([^<>#]*)<([^<>]*)>(?:([^<>]*)<([^<>]*)>)?[ \t]*(?:#.*)?$/u;

/** Reads .mailmap text. As in git, a later line for the same commit name and address replaces what it names. */
export function parseMailmap(text: string): Mailmap {
  const byAddress = new Map<string, Entry>();
  const byBoth = new Map<string, Entry>();
  const defects: Defect[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const at = offset;
    offset += Buffer.byteLength(line) + 1;
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const parts = LINE.exec(trimmed);
    const [, name = '', first = '', commitName = '', second] = parts ?? [];
    if (
      parts === null ||
      first.trim() === '' ||
      second?.trim() === '' ||
      (second === undefined && name.trim() === '')
    ) {
      defects.push({
        code: 'mailmap-line',
        detail: `not a .mailmap line: ${trimmed.slice(0, 80)}`,
        offset: at,
      });
      continue;
    }
    const commitAddress = (second ?? first).trim().toLowerCase();
    const entry = { name: name.trim(), address: second === undefined ? '' : first.trim() };
    const target = commitName.trim() === '' ? byAddress : byBoth;
    const key = target === byAddress ? commitAddress : `${commitAddress} ${commitName.trim().toLowerCase()}`;
    const before = target.get(key);
    target.set(key, {
      name: entry.name === '' ? (before?.name ?? '') : entry.name,
      address: entry.address === '' ? (before?.address ?? '') : entry.address,
    });
  }
  return {
    defects,
    map(address: Address): Address {
      const key = address.address.trim().toLowerCase();
      const entry = byBoth.get(`${key} ${address.name.trim().toLowerCase()}`) ?? byAddress.get(key);
      if (entry === undefined) return address;
      return {
        name: entry.name === '' ? address.name : entry.name,
        address: entry.address === '' ? address.address : entry.address,
      };
    },
  };
}
