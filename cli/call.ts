// What a command is handed: its operands and options, the terminal, the environment and the signal that stops it.
import { Fault } from '../model/fault.ts';
import type { CommandSpec } from './command.ts';
import type { Terminal } from './terminal.ts';

export interface Call {
  readonly command: CommandSpec;
  readonly operands: readonly string[];
  readonly options: Options;
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C: stop at the next safe point. */
  readonly signal: AbortSignal;
}

export interface Options {
  /** Was the switch given? */
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** @throws Fault (usage) when it is not a whole number of at least `least`. */
  count(name: string, least?: number): number | undefined;
}

/** Options over values that the parser has already checked against the table. */
export function readOptions(values: Readonly<Record<string, string | boolean | undefined>>): Options {
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : undefined;
  };
  return {
    flag: (name) => values[name] === true,
    text,
    count(name, least = 0) {
      const value = text(name);
      if (value === undefined) return undefined;
      const count = /^\d{1,9}$/.test(value) ? Number(value) : -1;
      if (count < least) {
        throw new Fault(
          'usage',
          `--${name} takes a whole number of at least ${least}, not ${JSON.stringify(value)}`,
          `Example: --${name} ${Math.max(least, 100)}`,
        );
      }
      return count;
    },
  };
}
