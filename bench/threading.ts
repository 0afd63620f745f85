// Compares our threads of a public-inbox archive with the References graph, public-inbox and notmuch, and prints what differs.
// Usage: node dist/bench/threading.js ARCHIVE.bundle...   Needs git; public-inbox and notmuch are left out when absent.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { parseMessage } from '../ingest/mime/parse.ts';
import { openGit } from '../ingest/source/git.ts';
import { buildThreads } from '../ingest/thread/build.ts';
import type { MessageId } from '../model/message.ts';
import type { ThreadingRow } from '../model/thread.ts';

const TREE_SCRIPT = fileURLToPath(new URL('../../bench/threading/public-inbox-tree.pl', import.meta.url));

/** Mails by thread, and the parent of each (the nearest present one where the tool shows no ghosts; '' for none). */
export interface Threading {
  readonly threadOf: ReadonlyMap<MessageId, string>;
  readonly parentOf: ReadonlyMap<MessageId, MessageId>;
}

/** Why two tools may differ on a parent: see docs/threading.md. */
export type Cause = 'absent parent' | 'headers disagree' | 'no brackets' | 'unexplained';

export interface OtherParent {
  readonly id: MessageId;
  readonly ours: string;
  readonly theirs: string;
  readonly cause: Cause;
}

export interface Difference {
  readonly tool: string;
  readonly mails: number;
  /** Mails that only one of the two knows. */
  readonly unshared: readonly MessageId[];
  readonly ourThreads: number;
  readonly theirThreads: number;
  /** Mails whose thread has not the same members in both. */
  readonly otherThread: readonly MessageId[];
  readonly otherParent: readonly OtherParent[];
}

export interface Comparison {
  readonly archive: string;
  readonly mails: number;
  readonly unique: number;
  readonly ghosts: number;
  readonly differences: readonly Difference[];
  readonly absent: readonly string[];
}

interface Mail {
  readonly row: ThreadingRow;
  readonly bytes: Buffer;
}

export function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** Threads one archive by every means there is. `folder` is scratch space and stays. */
export async function compareThreading(bundle: string, folder: string): Promise<Comparison> {
  const mails: Mail[] = [];
  const source = await openGit(bundle, { cacheDir: join(folder, 'cache') });
  try {
    for await (const event of source.read(new Map())) {
      if (event.kind !== 'mail') continue;
      const message = await parseMessage(event.bytes);
      const from = message.from[0];
      const { id, time, subject, inReplyTo, references } = message;
      const row = {
        id,
        time,
        subject,
        fromName: from?.name ?? '',
        fromAddress: from?.address ?? '',
        inReplyTo,
        references,
      };
      mails.push({ row, bytes: event.bytes });
    }
  } finally {
    await source.close();
  }
  const { ours, ghosts } = ourThreading(mails.map(({ row }) => row));
  const present = { ...ours, parentOf: skipGhosts(ours) };
  const rows = new Map(mails.map(({ row }) => [row.id, row]));
  const differences = [differ('References graph', ours, referencesGraph(mails), rows, false)];
  const absent: string[] = [];
  if (isInstalled('public-inbox-index')) {
    differences.push(differ('public-inbox', ours, publicInboxThreading(bundle, folder), rows, true));
  } else absent.push('public-inbox');
  if (isInstalled('notmuch')) {
    differences.push(differ('notmuch', present, notmuchThreading(mails, folder), rows, true));
  } else absent.push('notmuch');
  return {
    archive: basename(bundle),
    mails: mails.length,
    unique: ours.threadOf.size,
    ghosts,
    differences,
    absent,
  };
}

function ourThreading(rows: readonly ThreadingRow[]): { readonly ours: Threading; readonly ghosts: number } {
  const threadOf = new Map<MessageId, string>();
  const parentOf = new Map<MessageId, MessageId>();
  let ghosts = 0;
  for (const thread of buildThreads(rows)) {
    for (const node of thread.nodes) {
      if (node.ghost) ghosts += 1;
      else threadOf.set(node.id, thread.id);
      parentOf.set(node.id, node.parent ?? '');
    }
  }
  return { ours: { threadOf, parentOf }, ghosts };
}

/** Parents with absent mails left out, as notmuch shows them. */
function skipGhosts({ threadOf, parentOf }: Threading): Map<MessageId, MessageId> {
  const nearest = new Map<MessageId, MessageId>();
  for (const id of threadOf.keys()) {
    let parent = parentOf.get(id) ?? '';
    while (parent !== '' && !threadOf.has(parent)) parent = parentOf.get(parent) ?? '';
    nearest.set(id, parent);
  }
  return nearest;
}

const REFERENCE_FIELD = /^(?:references|in-reply-to):((?:[^\n]|\n[ \t])*)/gimu;
const OWN_ID = /^message-id:[^<\n]*\n?[ \t]*<\s*([^<>]+?)\s*>/imu;
const ANY_ID = /<([^<>\s]+)>/gu;

/** The connected components of the ids in the raw headers, read by plain patterns and joined by plain search: no code of ours. */
function referencesGraph(mails: readonly Mail[]): Threading {
  const neighbors = new Map<string, Set<string>>();
  const own = new Set<string>();
  const link = (a: string, b: string): void => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = neighbors.get(one);
      if (known === undefined) neighbors.set(one, new Set([other]));
      else known.add(other);
    }
  };
  for (const { row, bytes } of mails) {
    const text = bytes.toString('latin1').replace(/\r\n/gu, '\n');
    const header = text.slice(0, text.indexOf('\n\n') + 1);
    const id = OWN_ID.exec(header)?.[1] ?? row.id;
    own.add(id);
    link(id, id);
    for (const [, field = ''] of header.matchAll(REFERENCE_FIELD)) {
      for (const [, other = ''] of field.matchAll(ANY_ID)) link(id, other);
    }
  }
  const threadOf = new Map<string, string>();
  const seen = new Set<string>();
  for (const start of own) {
    if (seen.has(start)) continue;
    const queue = [start];
    seen.add(start);
    for (let at = 0; at < queue.length; at += 1) {
      const id = queue[at] ?? '';
      if (own.has(id)) threadOf.set(id, start);
      for (const other of neighbors.get(id) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        queue.push(other);
      }
    }
  }
  return { threadOf, parentOf: new Map() };
}

function publicInboxThreading(bundle: string, folder: string): Threading {
  const inbox = join(folder, 'inbox');
  const env = { ...process.env, HOME: folder, PI_CONFIG: join(folder, 'pi-config'), LC_ALL: 'C.UTF-8' };
  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  rmSync(inbox, { recursive: true, force: true });
  mkdirSync(join(inbox, 'git'), { recursive: true });
  run('git', ['clone', '-q', '--bare', bundle, join(inbox, 'git', '0.git')]);
  run('public-inbox-init', ['-V2', 'bench', inbox, 'http://localhost/bench', 'bench@example.org']);
  run('public-inbox-index', ['-L', 'basic', inbox]);
  const threadOf = new Map<MessageId, string>();
  const parentOf = new Map<MessageId, MessageId>();
  for (const line of run('perl', [TREE_SCRIPT, inbox]).split('\n')) {
    const [thread = '', id = '', parent = '', present = ''] = line.split('\t');
    if (id === '') continue;
    if (present === '1') threadOf.set(id, thread);
    if (!parentOf.has(id)) parentOf.set(id, parent);
  }
  return { threadOf, parentOf };
}

/** `[message, [reply, ...]]` as `notmuch show --format=json` nests it; message null for what does not match. */
type NotmuchNode = readonly [{ readonly id?: string } | null, readonly NotmuchNode[]];

function notmuchThreading(mails: readonly Mail[], folder: string): Threading {
  const database = join(folder, 'notmuch');
  rmSync(database, { recursive: true, force: true });
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(database, 'mail', name), { recursive: true });
  for (const [index, { bytes }] of mails.entries()) {
    writeFileSync(join(database, 'mail', 'cur', `${index}:2,`), bytes);
  }
  const config = join(folder, 'notmuch-config');
  writeFileSync(
    config,
    `[database]\npath=${database}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=\n`,
  );
  const env = { ...process.env, HOME: folder, NOTMUCH_CONFIG: config };
  const run = (args: readonly string[]): string =>
    execFileSync('notmuch', args, {
      env,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  run(['new', '--quiet']);
  const threads = JSON.parse(
    run(['show', '--format=json', '--body=false', '--entire-thread=true', '--exclude=false', '*']),
  ) as readonly (readonly NotmuchNode[])[];
  const threadOf = new Map<MessageId, string>();
  const parentOf = new Map<MessageId, MessageId>();
  for (const [index, roots] of threads.entries()) {
    const queue = roots.map((node): { node: NotmuchNode; parent: string } => ({ node, parent: '' }));
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
      const [message, replies] = item.node;
      const id = message?.id ?? '';
      if (id !== '') {
        threadOf.set(id, String(index));
        parentOf.set(id, item.parent);
      }
      for (const node of replies) queue.push({ node, parent: id === '' ? item.parent : id });
    }
  }
  return { threadOf, parentOf };
}

function membersByThread(threading: Threading, shared: ReadonlySet<string>): Map<string, string> {
  const members = new Map<string, string[]>();
  for (const [id, thread] of threading.threadOf) {
    if (!shared.has(id)) continue;
    const others = members.get(thread);
    if (others === undefined) members.set(thread, [id]);
    else others.push(id);
  }
  const result = new Map<string, string>();
  for (const ids of members.values()) {
    const key = ids.toSorted().join(' ');
    for (const id of ids) result.set(id, key);
  }
  return result;
}

function causeOf(row: ThreadingRow | undefined, rows: ReadonlyMap<MessageId, ThreadingRow>): Cause {
  if (row === undefined) return 'unexplained';
  const [reply, ...further] = row.inReplyTo;
  const last = row.references.at(-1);
  if (reply !== undefined && last === undefined) return rows.has(reply) ? 'no brackets' : 'absent parent';
  if (reply !== undefined && (further.length > 0 || reply !== last)) return 'headers disagree';
  return last !== undefined && !rows.has(last) ? 'absent parent' : 'unexplained';
}

function differ(
  tool: string,
  ours: Threading,
  theirs: Threading,
  rows: ReadonlyMap<MessageId, ThreadingRow>,
  withParents: boolean,
): Difference {
  const all = new Set([...ours.threadOf.keys(), ...theirs.threadOf.keys()]);
  const shared = new Set([...all].filter((id) => ours.threadOf.has(id) && theirs.threadOf.has(id)));
  const ourMembers = membersByThread(ours, shared);
  const theirMembers = membersByThread(theirs, shared);
  const otherParent: OtherParent[] = [];
  for (const id of withParents ? shared : []) {
    const our = ours.parentOf.get(id) ?? '';
    const their = theirs.parentOf.get(id) ?? '';
    if (our !== their) otherParent.push({ id, ours: our, theirs: their, cause: causeOf(rows.get(id), rows) });
  }
  return {
    tool,
    mails: shared.size,
    unshared: [...all].filter((id) => !shared.has(id)),
    ourThreads: new Set(ours.threadOf.values()).size,
    theirThreads: new Set(theirs.threadOf.values()).size,
    otherThread: [...shared].filter((id) => ourMembers.get(id) !== theirMembers.get(id)),
    otherParent,
  };
}

/** One line per tool, then each difference. */
export function printComparison(comparison: Comparison): string {
  const lines = [
    `${comparison.archive}: ${comparison.mails} mails, ${comparison.unique} ids, ${comparison.ghosts} ghosts`,
  ];
  for (const one of comparison.differences) {
    lines.push(
      `  ${one.tool}: ${one.mails} mails shared, ${one.unshared.length} not; ${one.ourThreads} threads of ours, ${one.theirThreads} of theirs; ` +
        `${one.otherThread.length} mails in another thread, ${one.otherParent.length} under another parent`,
    );
    for (const id of one.unshared) lines.push(`    only one has ${id}`);
    for (const id of one.otherThread) lines.push(`    other thread: ${id}`);
    for (const { id, ours, theirs, cause } of one.otherParent) {
      lines.push(
        `    other parent (${cause}): ${id}\n      ours   ${ours || '(root)'}\n      theirs ${theirs || '(root)'}`,
      );
    }
  }
  for (const tool of comparison.absent) lines.push(`  ${tool}: not installed, left out`);
  return lines.join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const bundle of process.argv.slice(2)) {
    const folder = mkdtempSync(join(tmpdir(), 'hum-threading-'));
    try {
      console.log(printComparison(await compareThreading(bundle, folder)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
