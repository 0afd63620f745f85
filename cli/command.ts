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
const list: OptionSpec = { name: 'list', value: 'NAME', text: 'only this list' };
const from: OptionSpec = {
  name: 'list',
  value: 'NAME',
  text: 'take a message that is on several lists from this one; name of the list for files',
};
const one: OptionSpec = {
  name: 'one',
  text: 'take each file as one debate, whatever its threads',
};

const given: readonly OptionSpec[] = [
  { name: 'mailmap', value: 'FILE', text: 'names and addresses of one person, as git’s .mailmap' },
  { name: 'maintainers', value: 'FILE', text: 'a MAINTAINERS file: who maintains and reviews what' },
  { name: 'roles', value: 'FILE', text: 'a roles.toml: who has which role, on which lists, when' },
];

const subject =
  'An operand is a file in any format that `hum add` reads (no database is needed), or the Message-ID of a stored message; any message of a debate stands for the debate. Message-IDs are taken bare, as `<id>`, `id:...`, `mid:...` or as a lore, msgid.link or public-inbox URL. `-` reads stdin.';

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
    name: 'add',
    operands: 'SOURCE...',
    completes: 'files',
    summary: 'read an archive into the database',
    text: [
      'SOURCE is an mbox (also .gz), a Maildir, .eml files, a folder of these, pipermail text, a saved archive page, a public-inbox git repository (v1, v2, all.git, a git bundle, or a URL to clone from), the URL of a t.mbox.gz, or `-` for stdin. It is recognized by its content, not by its name.',
      'Adding again adds only what is new; an interrupted run goes on where it stopped. Debates that changed are analyzed at the end unless --no-analysis is given; `hum sync` makes up for it.',
      'With --json one object is printed: read (messages found in the source behind the place where the last run stopped), added, duplicates, deleted, rejected, defects, debates, seconds, truncated (added messages inside which the source ends), known (messages that this source brought in earlier runs: they are not read again unless it changed). read is added + duplicates.',
      'The exit status is 4 when something in the source could not be read as mail, or ends inside a message; all the rest is stored. What was odd in a message is named with its place; `hum doctor --defects` lists it for all messages.',
      '--mailmap, --maintainers and --roles are remembered in the database for every later analysis of all its lists, until another file is given, or `none`. Debates are analyzed again with them.',
    ],
    options: [
      { name: 'list', value: 'NAME', text: 'name of the list; else taken from the source' },
      { name: 'no-analysis', text: 'store and thread only' },
      ...given,
      json,
    ],
    examples: [
      ['hum add bpf.mbox.gz --list bpf', 'a file'],
      ['hum add ~/Mail/python-dev ~/Mail/python-dev.old --list python-dev', 'two sources, one list'],
      ['hum add https://lore.kernel.org/bpf/0 --list bpf', 'clone and follow a public-inbox epoch'],
    ],
    load: () => import('./command/add.ts'),
  },
  {
    name: 'sync',
    operands: '[LIST...]',
    completes: 'none',
    summary: 'read what is new in the sources added before',
    text: [
      'Goes through every source that `hum add` remembers, or those of the lists named, then analyzes the debates that changed.',
      'A purge of a public-inbox archive (its history was rewritten) is followed: messages that only this archive brought, and that it does not hold any more, are deleted.',
      '--mailmap, --maintainers and --roles are remembered, as by `hum add`.',
    ],
    options: [{ name: 'no-analysis', text: 'store and thread only' }, ...given, json],
    examples: [
      ['hum sync', 'all'],
      ['hum sync bpf', 'one list'],
    ],
    load: () => import('./command/sync.ts'),
  },
  {
    name: 'ls',
    operands: '',
    completes: 'none',
    summary: 'lists, debates or threads in the database',
    text: [
      'Without --list: the lists. With --list NAME: its debates, the one that moved last first.',
      '--threads prints every message of the list with the thread it is in; with --tsv as `message-id TAB thread-id`.',
    ],
    options: [
      list,
      { name: 'threads', text: 'messages and their threads instead of debates' },
      {
        name: 'status',
        value: 'STATUS',
        choices: ['open', 'decided-accepted', 'decided-rejected', 'withdrawn', 'superseded'],
        text: 'only debates with this status',
      },
      { name: 'open-questions', text: 'only debates with open questions' },
      { name: 'limit', value: 'N', text: 'at most N debates (default 50; 0 for all)' },
      { name: 'tsv', text: 'tab-separated values' },
      json,
    ],
    examples: [
      ['hum ls', 'the lists'],
      ['hum ls --list bpf --open-questions', 'debates somebody waits in'],
      ['hum ls --threads --list bpf --tsv', 'threading, for scripts'],
    ],
    load: () => import('./command/ls.ts'),
  },
  {
    name: 'show',
    operands: 'MSGID...',
    completes: 'none',
    summary: 'one message, decoded',
    text: [
      'Headers, text, attachments and the defects met while reading. Characters that could act on a terminal are shown, not sent.',
    ],
    options: [{ name: 'raw', text: 'the bytes as they came' }, from, json],
    examples: [['hum show 20230117212731.442859-1-toke@example.org', 'by its Message-ID']],
    load: () => import('./command/show.ts'),
  },
  {
    name: 'mbox',
    operands: 'MSGID',
    completes: 'none',
    summary: 'the messages of a debate as an mbox',
    text: ['mboxrd, as they came, in order of time. Without -o to stdout.'],
    options: [{ name: 'output', short: 'o', value: 'FILE', text: 'write to FILE' }, from],
    examples: [['hum mbox MSGID -o debate.mbox', 'into a file, for mutt -f']],
    load: () => import('./command/mbox.ts'),
  },
  {
    name: 'report',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'where the room stands: the report of a debate',
    text: [
      subject,
      'The report says what is proposed, who holds which position in which words, what was decided and what is open; every line is a quote with its message. With --json it is the report contract 1.0, one document; several debates are printed one per line.',
      '--mailmap, --maintainers and --roles hold for this report only; `hum add` and `hum sync` remember them.',
      '--out DIR writes a file per debate: `<file name without .mbox>.json` (or .txt) when the operand holds one debate or --one is given; when it holds several, `<name>.1.json`, `<name>.2.json`, ... in order of their first message. A debate of the database is named after its root Message-ID, with characters unfit for file names replaced by `_`.',
    ],
    options: [
      one,
      from,
      ...given,
      { name: 'out', value: 'DIR', text: 'write one file per debate into DIR' },
      { name: 'json', text: 'the report as JSON' },
    ],
    examples: [
      ['hum report thread.mbox', 'read it in the terminal'],
      ['hum report --one --json --out reports thread.mbox', 'for scripts'],
      ['hum report https://lore.kernel.org/bpf/MSGID/', 'a debate in the database'],
    ],
    load: () => import('./command/report.ts'),
  },
  {
    name: 'positions',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'who stands where',
    text: [subject, 'With --json: the participants, proposals, axes and stances of the report.'],
    options: [one, from, ...given, json],
    examples: [['hum positions thread.mbox', 'people by proposals, with their words']],
    load: () => import('./command/positions.ts'),
  },
  {
    name: 'questions',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'questions asked, open ones first',
    text: [subject, 'With --json: the questions of the report.'],
    options: [one, from, ...given, { name: 'open', text: 'only those without a full answer' }, json],
    examples: [['hum questions --open thread.mbox', 'what still waits for an answer']],
    load: () => import('./command/questions.ts'),
  },
  {
    name: 'decisions',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'what was decided, stated or inferred',
    text: [subject, 'With --json: the decisions of the report and its status.'],
    options: [one, from, ...given, json],
    examples: [['hum decisions thread.mbox', 'with the words and who said them']],
    load: () => import('./command/decisions.ts'),
  },
  {
    name: 'collated',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'the debate as one document, replies under the words they answer',
    text: [subject],
    options: [one, from, json],
    examples: [['hum collated thread.mbox | less', 'read a debate top to bottom']],
    load: () => import('./command/collated.ts'),
  },
  {
    name: 'ledger',
    operands: 'FILE|MSGID...',
    completes: 'files',
    summary: 'whose words are whose, message by message',
    text: [
      subject,
      'One JSON object per message and line: messageId, body, segments (kind, start, end, quoteDepth and, for a resolved quote, source with messageId, start, end, match), sentences (start, end), defects. Offsets count UTF-16 code units of body; segments tile it. Mails with different content under one Message-ID have a line each: those that the debate does not show stand at its end, with the defect message-id-reused.',
    ],
    options: [one, from, { name: 'json', text: 'JSON lines (the only format; may be left out)' }],
    examples: [['hum ledger thread.mbox --json', 'for scripts']],
    load: () => import('./command/ledger.ts'),
  },
  {
    name: 'q',
    operands: 'QUERY...',
    completes: 'none',
    summary: 'search messages',
    text: [
      'All words must occur, in subject, text, quotes or names; "two words" in quotation marks are a phrase; reg* finds words that begin so. Best matches first. Exit status 1 when nothing matches.',
    ],
    options: [
      list,
      { name: 'since', value: 'DATE', text: 'from this UTC date on, YYYY-MM-DD' },
      { name: 'until', value: 'DATE', text: 'before this UTC date, YYYY-MM-DD' },
      { name: 'limit', value: 'N', text: 'at most N hits (default 20)' },
      { name: 'tsv', text: 'tab-separated: Message-ID, list, time, from, subject' },
      json,
    ],
    examples: [['hum q \'"stable kfuncs" borkmann\' --list bpf', 'a phrase and a name']],
    load: () => import('./command/q.ts'),
  },
  {
    name: 'serve',
    operands: '',
    completes: 'none',
    summary: 'read the database in a browser',
    text: [
      'Listens on 127.0.0.1 only, unless --host says otherwise. There are no accounts: whoever reaches it can read it.',
    ],
    options: [
      { name: 'port', value: 'PORT', text: 'port (default 8125; 0 for any free one)' },
      { name: 'host', value: 'ADDRESS', text: 'address to listen on (default 127.0.0.1)' },
      {
        name: 'allow-host',
        value: 'NAME',
        text: 'also answer requests for this host name (behind a reverse proxy)',
      },
    ],
    examples: [['hum serve', 'http://127.0.0.1:8125/']],
    load: () => import('./command/serve.ts'),
  },
  {
    name: 'start',
    operands: '[SOURCE...]',
    completes: 'files',
    summary: 'add the sources, or else the sample, then serve',
    text: [
      'Without SOURCE the made-up sample debate is read into a database of its own in $XDG_CACHE_HOME (~/.cache), apart from yours. With SOURCE it is `hum add` followed by `hum serve`. When the port is taken the next free one is used.',
    ],
    options: [
      { name: 'list', value: 'NAME', text: 'name of the list; else taken from the source' },
      { name: 'port', value: 'PORT', text: 'first port to try (default 8125)' },
    ],
    examples: [
      ['hum start', 'look at the sample'],
      ['hum start thread.mbox', 'look at a debate of yours'],
    ],
    load: () => import('./command/start.ts'),
  },
  {
    name: 'doctor',
    operands: '',
    completes: 'none',
    summary: 'check the installation and the database',
    text: [
      'Says what was found: versions, database and its integrity, sources, git. Exit status 78 when the database has a problem.',
      '--defects lists instead what was rejected and what was odd in stored messages, one per line, tab-separated: the file or archive, the place in it (byte offset of the message, or git object), the byte offset inside the message, the code, the reason, the Message-ID. docs/defects.md explains the codes.',
    ],
    options: [
      { name: 'defects', text: 'what was rejected or repaired, and where' },
      { ...list, text: 'with --defects: only this list' },
      json,
    ],
    examples: [
      ['hum doctor', 'what is where, and is it sound'],
      ['hum doctor --defects', 'every repair with file, offset and reason'],
    ],
    load: () => import('./command/doctor.ts'),
  },
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
