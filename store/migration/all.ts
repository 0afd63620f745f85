// Every migration in order. A landed one is never edited: add the next number.
import { start } from './0001-start.ts';
import { given } from './0002-given.ts';
import { lead } from './0003-lead.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  { version: 1, name: 'start', sql: start },
  { version: 2, name: 'given', sql: given },
  { version: 3, name: 'lead', sql: lead },
];
