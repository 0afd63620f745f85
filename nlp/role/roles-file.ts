// roles.toml: what the reader knows about people's roles, by address or name, for some lists and some time. See docs/roles.md.
import { parse, TomlDate, TomlError } from 'smol-toml';
import { Fault } from '../../model/fault.ts';
import type { Role } from '../../model/person.ts';

export interface RoleEntry {
  readonly role: Role;
  /** Lower-case addresses, and names as written. One of the two is not empty. */
  readonly addresses: readonly string[];
  readonly names: readonly string[];
  /** What the role is of, for the reader; '' when not given. */
  readonly of: string;
  /** Lists for which it holds; empty for all. */
  readonly lists: readonly string[];
  /** Epoch seconds: from (inclusive) and until (exclusive). */
  readonly since: number;
  readonly until: number;
}

const ROLES: ReadonlySet<string> = new Set(['maintainer', 'developer', 'user', 'reviewer', 'bot', 'unknown']);
const KEYS: ReadonlySet<string> = new Set([
  'role',
  'address',
  'addresses',
  'name',
  'names',
  'of',
  'list',
  'lists',
  'since',
  'until',
]);

function isRole(value: unknown): value is Role {
  return typeof value === 'string' && ROLES.has(value);
}

/**
 * Reads roles.toml.
 * @throws Fault (config) that names the file, the entry and what to write instead
 */
export function parseRoles(text: string, path = 'roles.toml'): RoleEntry[] {
  let document: Record<string, unknown>;
  try {
    document = parse(text);
  } catch (cause) {
    const place = cause instanceof TomlError ? `${path}:${cause.line}:${cause.column}` : path;
    throw new Fault('config', `${place}: not valid TOML`, 'mend the line; docs/roles.md shows the format', {
      cause,
    });
  }
  for (const key of Object.keys(document)) {
    if (key !== 'role') throw fault(path, `unknown table ${key}`, 'write [[role]] for each entry');
  }
  const entries = document['role'] ?? [];
  if (!Array.isArray(entries))
    throw fault(path, 'role is not a list of tables', 'write [[role]], with two brackets');
  return entries.map((entry: unknown, index) => readEntry(entry, `${path}: entry ${index + 1}`));
}

function fault(place: string, problem: string, remedy: string): Fault {
  return new Fault('config', `${place}: ${problem}`, remedy);
}

function readEntry(entry: unknown, place: string): RoleEntry {
  if (typeof entry !== 'object' || entry === null) throw fault(place, 'not a table', 'write [[role]]');
  const fields: Readonly<Record<string, unknown>> = { ...entry };
  for (const key of Object.keys(fields)) {
    if (!KEYS.has(key)) throw fault(place, `unknown key ${key}`, `use ${[...KEYS].join(', ')}`);
  }
  const { role } = fields;
  if (!isRole(role)) throw fault(place, 'role is missing or unknown', `use one of ${[...ROLES].join(', ')}`);
  const addresses = texts(fields, 'address', 'addresses', place).map((one) => one.toLowerCase());
  const names = texts(fields, 'name', 'names', place);
  if (addresses.length + names.length === 0)
    throw fault(place, 'names nobody', 'add address = "..." or name = "..."');
  return {
    role,
    addresses,
    names,
    of: texts(fields, 'of', 'of', place)[0] ?? '',
    lists: texts(fields, 'list', 'lists', place),
    since: time(fields['since'], place, Number.NEGATIVE_INFINITY),
    until: time(fields['until'], place, Number.POSITIVE_INFINITY),
  };
}

function texts(
  fields: Readonly<Record<string, unknown>>,
  one: string,
  many: string,
  place: string,
): string[] {
  const found: string[] = [];
  for (const key of new Set([one, many])) {
    const value = fields[key] ?? [];
    for (const text of Array.isArray(value) ? value : [value]) {
      if (typeof text !== 'string' || text.trim() === '')
        throw fault(place, `${key} is not a text`, `write ${key} = "..."`);
      found.push(text.trim());
    }
  }
  return found;
}

function time(value: unknown, place: string, absent: number): number {
  if (value === undefined) return absent;
  // A date without time or zone is that day in UTC, so that the same file means the same everywhere.
  const milliseconds =
    value instanceof TomlDate
      ? Date.parse(value.isDate() ? `${value.toISOString()}T00:00:00Z` : value.toISOString())
      : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw fault(place, 'since or until is not a date', 'write since = 2024-01-31');
  return milliseconds / 1000;
}
