// Help texts from the table of commands: for the terminal, and the whole of them as Markdown (docs/cli.md).
import { exitStatus } from '../model/fault.ts';
import { commands, globalOptions, type CommandSpec, type OptionSpec } from './command.ts';

/** Folds a paragraph at spaces. Text of ours only: every character is one column wide. */
function fold(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}

function optionHead(option: OptionSpec): string {
  const long = option.value === undefined ? `--${option.name}` : `--${option.name} ${option.value}`;
  return option.short === undefined ? `    ${long}` : `-${option.short}, ${long}`;
}

function optionText(option: OptionSpec): string {
  return option.choices === undefined || option.text.includes(option.choices[0] ?? '')
    ? option.text
    : `${option.text}: ${option.choices.join(', ')}`;
}

function optionLines(options: readonly OptionSpec[], width: number): string[] {
  const column = 24;
  return options.flatMap((option) => {
    const head = `  ${optionHead(option)}`;
    const [first = '', ...rest] = fold(optionText(option), width, ' '.repeat(column));
    return head.length < column - 1
      ? [head.padEnd(column) + first.trimStart(), ...rest]
      : [head, first, ...rest];
  });
}

export function usageLine(command: CommandSpec): string {
  const options = command.options.length === 0 ? '' : ' [OPTION...]';
  return `hum ${command.name}${options}${command.operands === '' ? '' : ` ${command.operands}`}`;
}

/** `hum help` */
export function overview(width: number): string {
  const names = commands.map((command) => `  ${command.name.padEnd(12)}${command.summary}`);
  return [
    'Hum reads a mailing-list debate and shows where the room stands.',
    '',
    'usage: hum COMMAND [OPTION...] [OPERAND...]',
    '',
    'commands',
    ...names,
    '',
    'options of every command',
    ...optionLines(globalOptions, width),
    '',
    '`hum help COMMAND` says more. `hum start` shows a sample debate in the browser.',
    '',
  ].join('\n');
}

/** `hum help NAME` */
export function manualOf(command: CommandSpec, width: number): string {
  const options = command.options.length === 0 ? [] : ['options', ...optionLines(command.options, width), ''];
  return [
    `usage: ${usageLine(command)}`,
    '',
    ...fold(`${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.`, width, ''),
    '',
    ...command.text.flatMap((paragraph) => [...fold(paragraph, width, ''), '']),
    ...options,
    'examples',
    ...command.examples.flatMap(([line, what]) => [`  ${line}`, ...(what === '' ? [] : [`      ${what}`])]),
    '',
    '`hum help` has the options of every command.',
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function optionTable(options: readonly OptionSpec[]): string[] {
  const rows = options.map(
    (option) => `| \`${cell(optionHead(option).trim())}\` | ${cell(optionText(option))} |`,
  );
  return ['| option | |', '| --- | --- |', ...rows, ''];
}

const exitMeanings: Readonly<Record<keyof typeof exitStatus, string>> = {
  ok: 'done',
  none: 'nothing found',
  usage: 'wrong command line',
  verify: '`hum verify` found a statement that does not hold',
  rejected: 'done, but some of the input could not be read as mail',
  badInput: 'input that is not what it should be',
  noInput: 'input that is not there',
  internal: 'an error in hum',
  io: 'disk full, or another error while writing',
  busy: 'another process is writing to the database',
  permission: 'permission denied',
  config: 'database corrupt or from a newer version',
  interrupted: 'stopped by Ctrl-C',
};

/** docs/cli.md, made by `hum help --markdown`. */
export function markdownManual(): string {
  const sections = commands.flatMap((command) => [
    `## hum ${command.name}`,
    '',
    `    ${usageLine(command)}`,
    '',
    `${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.`,
    '',
    ...command.text.flatMap((paragraph) => [paragraph, '']),
    ...(command.options.length === 0 ? [] : optionTable(command.options)),
    ...command.examples.map(([line, what]) => `    ${what === '' ? line : `${line}    # ${what}`}`),
    '',
  ]);
  const statuses = Object.entries(exitMeanings).map(
    ([name, text]) => `| ${exitStatus[name as keyof typeof exitStatus]} | ${text} |`,
  );
  return [
    '# The command line',
    '',
    'Made by `hum help --markdown` from the table in `cli/command.ts`; a test compares the two.',
    '',
    'In a checkout: `npm run -s hum -- COMMAND ...` after `npm ci`. Installed: `hum COMMAND ...`.',
    '',
    ...sections,
    '## Options of every command',
    '',
    ...optionTable(globalOptions),
    'Color follows NO_COLOR. Progress (rate and time left) is drawn on stderr when that is a terminal, and neither with --quiet nor --json.',
    'Text output shows control, escape and bidi characters of mails as marks such as `⟨U+202E⟩`; JSON escapes them.',
    '',
    '## Exit statuses',
    '',
    '| status | meaning |',
    '| --- | --- |',
    ...statuses,
    '',
  ].join('\n');
}
