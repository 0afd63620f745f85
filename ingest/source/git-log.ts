// Streams the mails of one repository: `git log --raw` names the blobs, one `git cat-file --batch` reads them.
// v2 keeps one mail per commit in the file `m` and a removed one in `d`; v1 keeps each mail in a file ab/cdef....
import { once } from 'node:events';
import { Fault } from '../../model/fault.ts';
import { collectStderr, corrupt, exitOf, runGit, spawnGit } from './git-command.ts';

/** One step of the archive's history, oldest first. */
export type GitEntry =
  | { readonly kind: 'mail' | 'delete'; readonly blob: string; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly blob: string; readonly size: number }
  | { readonly kind: 'commit'; readonly commit: string };

type Planned =
  | { readonly kind: 'mail' | 'delete'; readonly blob: string; readonly commit: string }
  | { readonly kind: 'commit'; readonly commit: string };

const hash = '[0-9a-f]{40}(?:[0-9a-f]{24})?';
const commitLine = new RegExp(`^${hash}$`);
const rawLine = new RegExp(`^:(\\d{6}) (\\d{6}) (${hash}) (${hash}) ([AMDT])\\t(.+)$`);
const replyLine = new RegExp(`^(${hash}) (\\w+)(?: (\\d+))?$`);
const shardedPath = /^[0-9a-f]{2}\/(?:[0-9a-f]{38}|[0-9a-f]{62})$/;
const regularFile = /^100[0-7]{3}$/;

/** Blobs asked for and not yet taken; bounds memory when the consumer is slow. */
const readAhead = 4_096;
/** Mails beyond this many bytes are counted, not read: SQLite holds at most 1e9 bytes in a value. */
export const largestMail = 512 * 1024 * 1024;

/** What a `git log --raw` line means for the archive, in the order to be applied. */
function planned(line: string, commit: string): Planned[] {
  const match = rawLine.exec(line);
  if (!match) return [];
  const [, oldMode = '', newMode = '', oldBlob = '', newBlob = '', status = '', path = ''] = match;
  const isMail = regularFile.test(newMode);
  if (path === 'm' || path === 'd') {
    if (status === 'D' || !isMail) return [];
    return [{ kind: path === 'm' ? 'mail' : 'delete', blob: newBlob, commit }];
  }
  if (!shardedPath.test(path)) return [];
  const plan: Planned[] = [];
  if (status !== 'A' && regularFile.test(oldMode)) plan.push({ kind: 'delete', blob: oldBlob, commit });
  if (status !== 'D' && isMail) plan.push({ kind: 'mail', blob: newBlob, commit });
  return plan;
}

/** Takes lines and byte counts off a stream of chunks. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done) return false;
    this.#chunk =
      this.#at < this.#chunk.length
        ? Buffer.concat([this.#chunk.subarray(this.#at), next.value])
        : next.value;
    this.#at = 0;
    return true;
  }

  /** Text up to the next line feed, undefined at the end of the stream. Lines are short here. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#chunk.indexOf(10, this.#at);
      if (end >= 0) {
        const text = this.#chunk.toString('latin1', this.#at, end);
        this.#at = end + 1;
        return text;
      }
      if (!(await this.#more())) return undefined;
    }
  }

  /** Exactly `size` bytes, or undefined when the stream ends first. */
  async bytes(size: number): Promise<Buffer | undefined> {
    if (this.#chunk.length - this.#at >= size) {
      const slice = this.#chunk.subarray(this.#at, this.#at + size);
      this.#at += size;
      return slice;
    }
    const whole = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      if (this.#at >= this.#chunk.length && !(await this.#more())) return undefined;
      const copied = this.#chunk.copy(whole, filled, this.#at, this.#at + size - filled);
      filled += copied;
      this.#at += copied;
    }
    return whole;
  }

  async skip(size: number): Promise<boolean> {
    let left = size;
    while (left > 0) {
      if (this.#at >= this.#chunk.length && !(await this.#more())) return false;
      const step = Math.min(left, this.#chunk.length - this.#at);
      this.#at += step;
      left -= step;
    }
    return true;
  }
}

/** A queue between the reader of `git log` and the reader of `git cat-file`, with room for `readAhead` blobs. */
class PlanQueue {
  #items: Planned[] = [];
  #head = 0;
  #ended = false;
  #wake: (() => void) | undefined;

  #notify(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => {
      const before = this.#wake;
      this.#wake = () => {
        before?.();
        resolve();
      };
    });
  }

  push(items: readonly Planned[]): void {
    this.#items = [...this.#items.slice(this.#head), ...items];
    this.#head = 0;
    this.#notify();
  }

  end(): void {
    this.#ended = true;
    this.#notify();
  }

  async room(): Promise<void> {
    while (!this.#ended && this.#items.length - this.#head >= readAhead) await this.#changed();
  }

  async take(): Promise<Planned | undefined> {
    for (;;) {
      const item = this.#items[this.#head];
      if (item) {
        this.#head += 1;
        if (this.#items.length - this.#head < readAhead) this.#notify();
        return item;
      }
      if (this.#ended) return undefined;
      await this.#changed();
    }
  }
}

/**
 * The commit to read from: HEAD, else the only branch (or master, or main); undefined for a repository without commits.
 * Throws a Fault when git cannot read the repository.
 */
export async function headOf(gitDir: string): Promise<string | undefined> {
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { gitDir });
  if (head.status === 0) return head.stdout.trim();
  const branches = await runGit(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads'], {
    gitDir,
  });
  if (branches.status !== 0) throw corrupt(gitDir, branches.stderr || head.stderr);
  const found = new Map<string, string>();
  for (const line of branches.stdout.split('\n')) {
    const [commit = '', name = ''] = line.split(' ');
    if (commit !== '') found.set(name, commit);
  }
  // A branch that HEAD points at and that does not resolve is damage, not emptiness.
  const current = await runGit(['symbolic-ref', '--quiet', 'HEAD'], { gitDir });
  if (found.has(current.stdout.trim()) || head.status > 1) {
    throw corrupt(gitDir, head.stderr || 'HEAD names a commit that is missing');
  }
  const first = found.size === 1 ? [...found.values()][0] : undefined;
  return found.get('refs/heads/master') ?? found.get('refs/heads/main') ?? first;
}

/** True when `commit` is in the history of `head`; false when the history was rewritten. */
export async function isAncestor(gitDir: string, commit: string, head: string): Promise<boolean> {
  if (!commitLine.test(commit)) return false;
  return (await runGit(['merge-base', '--is-ancestor', commit, head], { gitDir })).status === 0;
}

/** Number of commits after `after` (all when undefined). */
export async function countCommits(gitDir: string, head: string, after?: string): Promise<number> {
  const range = after === undefined ? head : `${after}..${head}`;
  const run = await runGit(['rev-list', '--count', range, '--'], { gitDir });
  if (run.status !== 0) throw corrupt(gitDir, run.stderr);
  return Number(run.stdout.trim());
}

/** Top-level names of the tree at `head`, at most `limit`. */
export async function treeNames(gitDir: string, head: string): Promise<readonly string[]> {
  const run = await runGit(['ls-tree', '--name-only', head], { gitDir });
  if (run.status !== 0) throw corrupt(gitDir, run.stderr);
  return run.stdout.split('\n').filter((name) => name !== '');
}

/**
 * Mails and removals of one repository after the commit `after`, oldest first, each commit's `commit` entry after its mails.
 * Parents come before children also where the history forks (`--topo-order`), so any `commit` is a place to go on from.
 * Throws a Fault when git reports damage; all entries given before that are sound.
 */
export async function* readLog(gitDir: string, head: string, after?: string): AsyncGenerator<GitEntry> {
  const range = after === undefined ? head : `${after}..${head}`;
  const log = spawnGit(
    [
      'log',
      '--topo-order',
      '--reverse',
      '--raw',
      '--no-abbrev',
      '--no-renames',
      '--no-color',
      '--no-notes',
      '--format=%H',
      range,
      '--',
    ],
    { gitDir },
  );
  const blobs = spawnGit(['cat-file', '--batch', '--buffer'], { gitDir });
  const logStderr = collectStderr(log);
  const blobStderr = collectStderr(blobs);
  const logExit = exitOf(log);
  const blobExit = exitOf(blobs);
  // Failures surface where they are awaited below; without this a second one would be unhandled.
  logExit.catch(() => undefined);
  blobExit.catch(() => undefined);
  log.stdin.end();
  blobs.stdin.on('error', () => undefined);

  const queue = new PlanQueue();
  const feed = async (): Promise<void> => {
    try {
      let rest = '';
      let commit = '';
      const take = (text: string): void => {
        const lines = text.split('\n');
        rest = lines.pop() ?? '';
        const plan: Planned[] = [];
        for (const line of lines) {
          if (line.startsWith(':')) {
            plan.push(...planned(line, commit));
          } else if (commitLine.test(line)) {
            if (commit !== '') plan.push({ kind: 'commit', commit });
            commit = line;
          }
        }
        let wanted = '';
        for (const item of plan) if (item.kind !== 'commit') wanted += `${item.blob}\n`;
        queue.push(plan);
        if (wanted !== '') blobs.stdin.write(wanted);
      };
      log.stdout.setEncoding('latin1');
      for await (const chunk of log.stdout) {
        take(rest + String(chunk));
        if (blobs.stdin.writableNeedDrain) {
          await Promise.race([once(blobs.stdin, 'drain'), once(blobs.stdin, 'close')]);
        }
        await queue.room();
      }
      const status = await logExit;
      if (status !== 0) throw corrupt(gitDir, logStderr());
      if (commit !== '') queue.push([{ kind: 'commit', commit }]);
    } finally {
      blobs.stdin.end();
      queue.end();
    }
  };
  const fed = feed();
  fed.catch(() => undefined);

  try {
    const replies = new ByteReader(blobs.stdout);
    for (let item = await queue.take(); item; item = await queue.take()) {
      if (item.kind === 'commit') {
        yield item;
        continue;
      }
      const line = await replies.line();
      const reply = line === undefined ? null : replyLine.exec(line);
      if (!reply) {
        if (line === undefined) await blobExit;
        throw corrupt(
          gitDir,
          blobStderr() || `commit ${item.commit}: ${line ?? 'the reader of objects stopped'}`,
        );
      }
      const [, , type = '', digits = ''] = reply;
      if (type !== 'blob') {
        throw corrupt(gitDir, `object ${item.blob} of commit ${item.commit} is ${type}`);
      }
      const size = Number(digits);
      if (size > largestMail) {
        if (!(await replies.skip(size + 1))) throw corrupt(gitDir, blobStderr());
        yield { kind: 'too-large', blob: item.blob, size };
        continue;
      }
      const bytes = await replies.bytes(size);
      if (bytes === undefined || !(await replies.skip(1))) {
        // git says why as it ends
        await blobExit.catch(() => undefined);
        throw corrupt(gitDir, blobStderr());
      }
      yield { kind: item.kind, blob: item.blob, bytes };
    }
    await fed;
    if ((await blobExit) !== 0) throw corrupt(gitDir, blobStderr());
  } catch (error) {
    throw error instanceof Fault
      ? error
      : new Fault(
          'badInput',
          `reading ${gitDir} failed: ${String(error)}`,
          `check it with: git -C ${gitDir} fsck`,
          { cause: error },
        );
  } finally {
    queue.end();
    log.kill();
    blobs.kill();
  }
}
