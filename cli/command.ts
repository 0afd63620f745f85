// The one table of commands. Help, completion, docs/cli.md and the parser are made from it; nothing here loads a command.
import type { ExitName } from '../model/fault.ts';
import type { Call } from './call.ts';

export interface OptionSpec {
  /** Long name without dashes. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of its value; a switch when absent. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly text: string;
}

/** What shell completion offers for operands. */
export type Completes = 'files' | 'commands' | 'shells' | 'none';

export interface CommandSpec {
  readonly name: string;
  readonly operands: string;
  readonly completes: Completes;
  /** One line, no full stop. */
  readonly summary: string;
  /** Paragraphs of `hum help NAME`. */
  readonly text: readonly string[];
  readonly options: readonly OptionSpec[];
  /** Command line and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  readonly load: () => Promise<{ run(call: Call): Promise<ExitName> }>;
}

const json: OptionSpec = { name: 'json', text: 'print JSON on stdout, nothing else' };

/** Accepted by every command. */
export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'db',
    value: 'FILE',
    text: 'database file; else $HUM_DB, else hum/hum.sqlite in $XDG_DATA_HOME (~/.local/share)',
  },
  { name: 'quiet', short: 'q', text: 'no progress and no notes on stderr' },
  {
    name: 'color',
    value: 'WHEN',
    choices: ['auto', 'always', 'never'],
    text: 'color: auto (default; a terminal and no NO_COLOR), always or never',
  },
  {
    name: 'width',
    value: 'COLUMNS',
    text: 'width of text output; else the terminal’s, else $COLUMNS, else 80',
  },
  { name: 'help', short: 'h', text: 'help on the command' },
  { name: 'version', text: 'the version of hum' },
];

export const commands: readonly CommandSpec[] = [
  {
    name: 'completion',
    operands: 'bash|zsh|fish',
    completes: 'shells',
    summary: 'completion script for a shell',
    text: ['Prints the script; how to install it stands in its first lines.'],
    options: [],
    examples: [['hum completion fish > ~/.config/fish/completions/hum.fish', 'install for fish']],
    load: () => import('./command/completion.ts'),
  },
  {
    name: 'help',
    operands: '[COMMAND]',
    completes: 'commands',
    summary: 'help on a command',
    text: ['Without COMMAND: the commands and the options that all of them take.'],
    options: [{ name: 'markdown', text: 'the whole manual as Markdown (docs/cli.md)' }],
    examples: [['hum help report', 'one command']],
    load: () => import('./command/help.ts'),
  },
  {
    name: 'version',
    operands: '',
    completes: 'none',
    summary: 'the version of hum',
    text: ['With --json also the versions of Node and of the report contract.'],
    options: [json],
    examples: [['hum version', '']],
    load: () => import('./command/version.ts'),
  },
];

export function findCommand(name: string): CommandSpec | undefined {
  return commands.find((command) => command.name === name);
}
