// Habits of lists as data: reads data/dialect/*.json. The only I/O for them; a bad file stops the program.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../model/fault.ts';
import type { Role } from '../../model/person.ts';
import type { ConcedeKind, DecisionKind, QuestionKind, SegmentLabel, Strength } from '../../model/report.ts';
import type { HabitRule, SubjectKind, SubjectRule, TrailerRule } from './habit.ts';

/** From dist/nlp/dialect/ to the package root. */
const root = new URL('../../../data/dialect/', import.meta.url);
const remedy = 'install Hum again, or mend the file';

export interface BotRule {
  readonly id: string;
  /** Over the lower-case address; over the lower-case display name. */
  readonly address?: RegExp;
  readonly name?: RegExp;
  /** Lower-case header names and what their value must match. */
  readonly headers: readonly (readonly [string, RegExp])[];
  /** A machine's address under which people speak with their own names. */
  readonly namedIsHuman: boolean;
}

export interface RoleCue {
  readonly id: string;
  readonly role: Role;
  /** The heaviest evidence decides a person's role. */
  readonly weight: number;
  readonly reason: string;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reader of one entry; every complaint names file, entry and field. */
class Entry {
  readonly #place: string;
  readonly #fields: Fields;

  constructor(file: string, number: number, fields: Fields) {
    this.#fields = fields;
    this.#place = `${file}: entry ${number}${typeof fields['id'] === 'string' ? ` (${fields['id']})` : ''}`;
  }

  fail(field: string, wanted: string): Fault {
    return new Fault('config', `${this.#place}: ${field} is not ${wanted}`, remedy);
  }

  text(field: string): string {
    const value = this.#fields[field];
    if (typeof value !== 'string' || value === '') throw this.fail(field, 'a text');
    return value;
  }

  optionalText(field: string): string | undefined {
    return this.#fields[field] === undefined ? undefined : this.text(field);
  }

  number(field: string): number {
    const value = this.#fields[field];
    if (typeof value !== 'number') throw this.fail(field, 'a number');
    return value;
  }

  texts(field: string): readonly string[] {
    const value = this.#fields[field];
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
      throw this.fail(field, 'a list of texts');
    return value;
  }

  flag(field: string): boolean {
    return this.#fields[field] === true;
  }

  pattern(field: string, text = this.text(field)): RegExp {
    try {
      return new RegExp(text, 'iu');
    } catch {
      throw this.fail(field, 'a regular expression');
    }
  }

  optionalPattern(field: string): RegExp | undefined {
    return this.#fields[field] === undefined ? undefined : this.pattern(field);
  }

  patterns(field: string): readonly (readonly [string, RegExp])[] {
    const value = this.#fields[field];
    if (value === undefined) return [];
    if (!isFields(value)) throw this.fail(field, 'a table');
    return Object.entries(value).map(([name, text]) => {
      if (typeof text !== 'string') throw this.fail(field, 'a table of texts');
      return [name, this.pattern(field, text)] as const;
    });
  }
}

function entriesOf(name: string): Entry[] {
  const path = fileURLToPath(new URL(name, root));
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Fault('config', `${path}: cannot be read as JSON`, remedy, { cause });
  }
  const entries = isFields(value) && value['format'] === 1 ? value['entries'] : undefined;
  if (!Array.isArray(entries)) throw new Fault('config', `${path}: not a dialect file of format 1`, remedy);
  return entries.map((entry: unknown, index) => {
    if (!isFields(entry)) throw new Fault('config', `${path}: entry ${index + 1} is not a table`, remedy);
    return new Entry(name, index + 1, entry);
  });
}

const ROLES: ReadonlySet<string> = new Set(['maintainer', 'developer', 'user', 'reviewer', 'bot', 'unknown']);

function isRole(text: string): text is Role {
  return ROLES.has(text);
}

let bots: readonly BotRule[] | undefined;
let cues: readonly RoleCue[] | undefined;

/** Senders that are machines, data/dialect/bot.json. Read once. */
export function loadBots(): readonly BotRule[] {
  bots ??= entriesOf('bot.json').map((entry) => {
    const address = entry.optionalPattern('address');
    const name = entry.optionalPattern('name');
    return {
      id: entry.text('id'),
      ...(address === undefined ? {} : { address }),
      ...(name === undefined ? {} : { name }),
      headers: entry.patterns('header'),
      namedIsHuman: entry.flag('namedIsHuman'),
    };
  });
  return bots;
}

/** What speakers say of their own part, data/dialect/role.json. Read once. */
export function loadRoleCues(): readonly RoleCue[] {
  cues ??= entriesOf('role.json').map((entry) => {
    const role = entry.text('role');
    if (!isRole(role)) throw entry.fail('role', `one of ${[...ROLES].join(', ')}`);
    const unless = entry.optionalPattern('unless');
    return {
      id: entry.text('id'),
      role,
      weight: entry.number('weight'),
      reason: entry.text('reason'),
      pattern: entry.pattern('pattern'),
      ...(unless === undefined ? {} : { unless }),
      match: entry.texts('match'),
      noMatch: entry.texts('noMatch'),
    };
  });
  return cues;
}

const LABELS: ReadonlySet<string> = new Set([
  'PROPOSAL',
  'SUPPORT',
  'OPPOSE',
  'CONDITIONAL',
  'NEUTRAL',
  'CONCEDE',
  'QUESTION',
  'DECISION',
  'RATIONALE',
  'NONE',
]);
const STRENGTHS: ReadonlySet<string> = new Set(['strong', 'normal', 'weak']);
/** Kinds by label; a label that is absent takes none. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  CONCEDE: ['yield', 'persuaded', 'withdraw'],
  QUESTION: ['information', 'confirmation', 'decision-request'],
  DECISION: [
    'applied',
    'merged',
    'accepted',
    'nacked',
    'rejected',
    'consensus',
    'withdrawn',
    'superseded',
    'deferred',
    'partial',
  ],
};
const SUBJECT_KINDS: ReadonlySet<string> = new Set([
  'proposal',
  'vote',
  'result',
  'patch',
  'pull-request',
  'discussion',
  'announcement',
  'last-call',
  'request',
  'agenda',
]);

function isLabel(text: string): text is SegmentLabel | 'NONE' {
  return LABELS.has(text);
}

function isStrength(text: string): text is Strength {
  return STRENGTHS.has(text);
}

function isKind(text: string, label: string): text is ConcedeKind | DecisionKind | QuestionKind {
  return KINDS[label]?.includes(text) ?? false;
}

function isSubjectKind(text: string): text is SubjectKind {
  return SUBJECT_KINDS.has(text);
}

function labelOf(entry: Entry): SegmentLabel | 'NONE' {
  const label = entry.text('label');
  if (!isLabel(label)) throw entry.fail('label', `one of ${[...LABELS].join(', ')}`);
  return label;
}

function strengthOf(entry: Entry): { strength?: Strength } {
  const strength = entry.optionalText('strength');
  if (strength === undefined) return {};
  if (!isStrength(strength)) throw entry.fail('strength', 'strong, normal or weak');
  return { strength };
}

function kindOf(entry: Entry, label: string): { kind?: ConcedeKind | DecisionKind | QuestionKind } {
  const kind = entry.optionalText('kind');
  if (kind === undefined && KINDS[label] === undefined) return {};
  if (kind === undefined || !isKind(kind, label)) {
    throw entry.fail('kind', `one of ${KINDS[label]?.join(', ') ?? 'none'}`);
  }
  return { kind };
}

let habits: readonly HabitRule[] | undefined;
let trailers: ReadonlyMap<string, TrailerRule> | undefined;
let subjects: readonly SubjectRule[] | undefined;

/** Fixed forms of votes and decisions, data/dialect/habit.json, in order of precedence. Read once. */
export function loadHabits(): readonly HabitRule[] {
  habits ??= entriesOf('habit.json').map((entry) => {
    const label = labelOf(entry);
    const unless = entry.optionalPattern('unless');
    return {
      id: entry.text('id'),
      habit: entry.text('habit'),
      label,
      ...kindOf(entry, label),
      ...strengthOf(entry),
      pattern: entry.pattern('pattern'),
      ...(unless === undefined ? {} : { unless }),
      why: entry.text('why'),
      match: entry.texts('match'),
      noMatch: entry.texts('noMatch'),
    };
  });
  return habits;
}

/** Meaning of trailer keys by lower-case key, data/dialect/trailer.json. Read once. */
export function loadTrailers(): ReadonlyMap<string, TrailerRule> {
  trailers ??= new Map(
    entriesOf('trailer.json').flatMap((entry) => {
      const rule: TrailerRule = {
        id: entry.text('id'),
        keys: entry.texts('keys'),
        label: labelOf(entry),
        ...strengthOf(entry),
      };
      return rule.keys.map((key) => [key, rule] as const);
    }),
  );
  return trailers;
}

/** Subject tags, data/dialect/subject.json. Read once. */
export function loadSubjects(): readonly SubjectRule[] {
  subjects ??= entriesOf('subject.json').map((entry) => {
    const kind = entry.text('kind');
    if (!isSubjectKind(kind)) throw entry.fail('kind', `one of ${[...SUBJECT_KINDS].join(', ')}`);
    return {
      id: entry.text('id'),
      kind,
      pattern: entry.pattern('pattern'),
      match: entry.texts('match'),
      noMatch: entry.texts('noMatch'),
    };
  });
  return subjects;
}
