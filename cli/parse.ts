// Command line -> command, operands, options, by the table. Unknown words get the nearest known one as remedy.
import { parseArgs } from 'node:util';
import { Fault } from '../model/fault.ts';
import { commands, findCommand, globalOptions, type CommandSpec, type OptionSpec } from './command.ts';

export interface ParsedLine {
  readonly command: CommandSpec;
  readonly operands: readonly string[];
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
}

/** Edit distance with transpositions (optimal string alignment); small words only. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (rows[i - 1]?.[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (rows[i - 1]?.[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (!same && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** The known word nearest to `word`, when it is near enough to be what was meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.max(1, Math.floor(word.length / 2))) + 1;
  for (const candidate of known) {
    const score = candidate.startsWith(word) ? 1 : distance(word.slice(0, 40), candidate);
    if (score < least) [best, least] = [candidate, score];
  }
  return best;
}

function parserOption(option: OptionSpec): { type: 'string' | 'boolean'; short?: string } {
  const type = option.value === undefined ? 'boolean' : 'string';
  return option.short === undefined ? { type } : { type, short: option.short };
}

function unknownOption(command: CommandSpec | undefined, name: string, known: readonly OptionSpec[]): Fault {
  const bare = name.replace(/^-+/, '');
  const near = nearest(
    bare,
    known.map((option) => option.name),
  );
  const help = command === undefined ? 'hum help' : `hum help ${command.name}`;
  return new Fault(
    'usage',
    `unknown option ${name}${command === undefined ? '' : ` for ${command.name}`}`,
    near === undefined ? `See \`${help}\`.` : `Did you mean --${near}? See \`${help}\`.`,
  );
}

/** The command's name: the first word that is neither an option nor an option's value. */
function commandWord(words: readonly string[]): number {
  const takesValue = new Set(
    globalOptions.flatMap((option) => (option.value === undefined ? [] : [`--${option.name}`])),
  );
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (takesValue.has(word)) i++;
    else if (!word.startsWith('-')) return i;
  }
  return -1;
}

/**
 * @param words process.argv without node and script
 * @throws Fault (usage) naming what is wrong and the nearest thing that is right
 */
export function parseLine(words: readonly string[]): ParsedLine {
  const at = commandWord(words);
  const name = at === -1 ? 'help' : (words[at] ?? '');
  let command = findCommand(name);
  if (command === undefined) {
    const near = nearest(
      name,
      commands.map((each) => each.name),
    );
    throw new Fault(
      'usage',
      `unknown command ${JSON.stringify(name)}`,
      near === undefined
        ? 'See `hum help` for the commands.'
        : `Did you mean \`hum ${near}\`? See \`hum help\`.`,
    );
  }
  const known = [
    ...command.options,
    ...globalOptions.filter((g) => !command?.options.some((o) => o.name === g.name)),
  ];
  const { tokens } = parseArgs({
    args: words.filter((_, i) => i !== at),
    options: Object.fromEntries(known.map((option) => [option.name, parserOption(option)])),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known.find((each) => each.name === token.name);
    if (option === undefined) throw unknownOption(at === -1 ? undefined : command, token.rawName, known);
    values[option.name] = optionValue(option, token.value);
  }
  if (values['version'] === true) command = findCommand('version') ?? command;
  if (values['help'] === true && command.name !== 'help') {
    return { command: findCommand('help') ?? command, operands: [command.name], values };
  }
  return { command, operands, values };
}

function optionValue(option: OptionSpec, value: string | undefined): string | boolean {
  if (option.value === undefined) {
    if (value === undefined) return true;
    throw new Fault('usage', `--${option.name} takes no value`, `Write --${option.name} alone.`);
  }
  if (value === undefined || value === '') {
    throw new Fault('usage', `--${option.name} needs a value`, `Write --${option.name} ${option.value}.`);
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    const near = nearest(value, option.choices);
    throw new Fault(
      'usage',
      `--${option.name} does not take ${JSON.stringify(value)}`,
      `${near === undefined ? '' : `Did you mean ${near}? `}It takes one of ${option.choices.join(', ')}.`,
    );
  }
  return value;
}
