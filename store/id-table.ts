// Message-IDs by number. An id is written once, however many References name it; ids nobody sent a mail for (ghosts) as well.
import type { Connection } from './connection.ts';
import type { MessageId } from '../model/message.ts';

export interface IdTable {
  /** Number of an id, made when new. */
  numberFor(id: MessageId): number;
  numberOf(id: MessageId): number | undefined;
  /** In-Reply-To and References as bytes. */
  packRefs(inReplyTo: readonly MessageId[], references: readonly MessageId[]): Buffer;
  unpackRefs(packed: Buffer): {
    readonly inReplyTo: readonly MessageId[];
    readonly references: readonly MessageId[];
  };
  /** Forgets what a rollback takes back. */
  discard(): void;
}

const mostCached = 50_000;

/** LEB128: seven bits a byte, low first, the high bit says that more follow. */
function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readNumbers(packed: Buffer): number[] {
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of packed) {
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte > 127) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return numbers;
}

export function idTable(db: Connection): IdTable {
  const find = db.prepare<[string], number>('SELECT id FROM message_id WHERE name = ?').pluck();
  const insert = db.prepare('INSERT INTO message_id (name) VALUES (?)');
  const nameOf = db.prepare<[number], string>('SELECT name FROM message_id WHERE id = ?').pluck();
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();

  function remember(name: string, number: number): void {
    if (numbers.size >= mostCached) numbers.clear();
    if (names.size >= mostCached) names.clear();
    numbers.set(name, number);
    names.set(number, name);
  }

  function numberOf(name: string): number | undefined {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const found = find.get(name);
    if (found !== undefined) remember(name, found);
    return found;
  }

  function numberFor(name: string): number {
    const found = numberOf(name);
    if (found !== undefined) return found;
    const number = Number(insert.run(name).lastInsertRowid);
    remember(name, number);
    return number;
  }

  function name(number: number): string {
    const known = names.get(number);
    if (known !== undefined) return known;
    const found = nameOf.get(number) ?? '';
    remember(found, number);
    return found;
  }

  return {
    numberFor,
    numberOf,
    packRefs(inReplyTo, references) {
      if (inReplyTo.length === 0 && references.length === 0) return Buffer.alloc(0);
      const bytes: number[] = [];
      pushNumber(bytes, inReplyTo.length);
      for (const id of inReplyTo) pushNumber(bytes, numberFor(id));
      for (const id of references) pushNumber(bytes, numberFor(id));
      return Buffer.from(bytes);
    },
    unpackRefs(packed) {
      const [count = 0, ...rest] = readNumbers(packed);
      const ids = rest.map(name);
      return { inReplyTo: ids.slice(0, count), references: ids.slice(count) };
    },
    discard() {
      numbers.clear();
      names.clear();
    },
  };
}
