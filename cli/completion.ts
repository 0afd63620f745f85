// Completion scripts for bash, zsh and fish, made from the table of commands. They call no program while completing.
import { commands, globalOptions, type CommandSpec, type OptionSpec } from './command.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** In single quotes for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function optionsOf(command: CommandSpec): readonly OptionSpec[] {
  const own = new Set(command.options.map((option) => option.name));
  return [...command.options, ...globalOptions.filter((option) => !own.has(option.name))];
}

function switches(options: readonly OptionSpec[]): string[] {
  return options.flatMap((option) => [
    ...(option.short === undefined ? [] : [`-${option.short}`]),
    `--${option.name}`,
  ]);
}

/** Words offered as operands of a command, besides files. */
function operandWords(command: CommandSpec): readonly string[] {
  if (command.completes === 'commands') return commands.map((each) => each.name);
  return command.completes === 'shells' ? shells : [];
}

function bash(): string {
  const cases = commands.map((command) => {
    const words = [...switches(optionsOf(command)), ...operandWords(command)].join(' ');
    const files = command.completes === 'files' ? '; files=1' : '';
    return `    ${command.name}) words=${quoted(words)}${files} ;;`;
  });
  const choices = choiceOptions().map(
    (option) =>
      `    --${option.name}) COMPREPLY=($(compgen -W ${quoted(option.choices.join(' '))} -- "$cur")); return ;;`,
  );
  return [
    '# bash completion for hum. Install: hum completion bash > ~/.local/share/bash-completion/completions/hum',
    '_hum() {',
    '  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} words= files= i command=',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    '    case ${COMP_WORDS[i]} in',
    '      -*) ;;',
    '      *) command=${COMP_WORDS[i]}; break ;;',
    '    esac',
    '  done',
    '  case $prev in',
    ...choices,
    '    --db|--out|--output|-o) COMPREPLY=($(compgen -f -- "$cur")); return ;;',
    '  esac',
    '  case $command in',
    `    '') words=${quoted([...commands.map((each) => each.name), ...switches(globalOptions)].join(' '))} ;;`,
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$cur"))',
    '  [[ $files && $cur != -* ]] && COMPREPLY+=($(compgen -f -- "$cur"))',
    '}',
    'complete -o filenames -F _hum hum',
    '',
  ].join('\n');
}

function choiceOptions(): readonly { readonly name: string; readonly choices: readonly string[] }[] {
  const all = [...globalOptions, ...commands.flatMap((command) => command.options)];
  const seen = new Map<string, readonly string[]>();
  for (const option of all) if (option.choices !== undefined) seen.set(option.name, option.choices);
  return [...seen].map(([name, choices]) => ({ name, choices }));
}

function zshOption(option: OptionSpec): string {
  const text = option.text.replace(/[[\]:\\]/g, '\\$&');
  const action = option.choices === undefined ? '_files' : `(${option.choices.join(' ')})`;
  const value = option.value === undefined ? '' : `:${option.value}:${action}`;
  const long = quoted(`--${option.name}${option.value === undefined ? '' : '='}[${text}]${value}`);
  return option.short === undefined ? long : `${long} ${quoted(`-${option.short}[${text}]${value}`)}`;
}

function zsh(): string {
  const described = commands.map((command) => `    ${quoted(`${command.name}:${command.summary}`)}`);
  const cases = commands.map((command) => {
    const words = operandWords(command);
    const operands =
      command.completes === 'files'
        ? `'*:file:_files'`
        : words.length > 0
          ? `'*: :(${words.join(' ')})'`
          : '';
    return `    ${command.name}) _arguments ${optionsOf(command).map(zshOption).join(' ')} ${operands} ;;`;
  });
  return [
    '#compdef hum',
    '# zsh completion for hum. Install: hum completion zsh > "${fpath[1]}/_hum", then start a new shell',
    '_hum() {',
    '  local -a commands',
    '  commands=(',
    ...described,
    '  )',
    '  if (( CURRENT == 2 )); then',
    "    _describe 'command' commands",
    '    return',
    '  fi',
    '  local command=${words[2]}',
    '  shift words; (( CURRENT-- ))',
    '  case $command in',
    ...cases,
    '  esac',
    '}',
    '_hum "$@"',
    '',
  ].join('\n');
}

function fishOption(condition: string, option: OptionSpec): string {
  const short = option.short === undefined ? '' : ` -s ${option.short}`;
  const choices = option.choices === undefined ? '' : ` -x -a ${quoted(option.choices.join(' '))}`;
  const value = option.value === undefined ? '' : choices === '' ? ' -r' : choices;
  return `complete -c hum${condition}${short} -l ${option.name}${value} -d ${quoted(option.text)}`;
}

function fish(): string {
  const own = commands.flatMap((command) => {
    const condition = ` -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
    const words = operandWords(command);
    return [
      `complete -c hum -n __fish_use_subcommand -f -a ${command.name} -d ${quoted(command.summary)}`,
      ...(command.completes === 'files' ? [] : [`complete -c hum${condition} -f`]),
      ...(words.length === 0 ? [] : [`complete -c hum${condition} -a ${quoted(words.join(' '))}`]),
      ...command.options.map((option) => fishOption(condition, option)),
    ];
  });
  return [
    '# fish completion for hum. Install: hum completion fish > ~/.config/fish/completions/hum.fish',
    ...globalOptions.map((option) => fishOption('', option)),
    ...own,
    '',
  ].join('\n');
}

export function completionScript(shell: Shell): string {
  return { bash, zsh, fish }[shell]();
}
