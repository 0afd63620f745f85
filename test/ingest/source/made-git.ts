// Makes public-inbox repositories for tests, through `git fast-import`. No network, no configuration of the user.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

export const gitMissing = ((): string | false => {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return false;
  } catch {
    return 'git is not installed';
  }
})();

/** One commit: the files it sets (null removes) beside those of its parent, or, for v2, the one file it holds. */
export interface MadeCommit {
  readonly files: Readonly<Record<string, string | Buffer | null>>;
  /** Removes everything the parent had, as v2 does with `m` and `d`. */
  readonly alone?: boolean;
  /** A second parent. */
  readonly merge?: string;
}

export function git(dir: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: dir,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  }).trim();
}

/** A folder that goes away with the test. */
export function scratch(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'hum-test-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

let clock = 1_600_000_000;

/** Adds commits to the branch master of a repository, which is made (bare) when absent. */
export function addCommits(dir: string, commits: readonly MadeCommit[]): void {
  mkdirSync(dir, { recursive: true });
  let parent = '';
  try {
    parent = git(dir, '--git-dir=.', 'rev-parse', '--verify', '-q', 'refs/heads/master');
  } catch {
    git(dir, 'init', '-q', '--bare', '.');
    git(dir, '--git-dir=.', 'symbolic-ref', 'HEAD', 'refs/heads/master');
  }
  const parts: Buffer[] = [];
  const text = (line: string): number => parts.push(Buffer.from(line));
  for (const { files, alone, merge } of commits) {
    clock += 60;
    text(`commit refs/heads/master\ncommitter Ann Example <ann@example.org> ${clock} +0000\ndata 2\nx\n`);
    if (parent !== '') text(`from ${parent}\n`);
    parent = '';
    if (merge !== undefined) text(`merge ${merge}\n`);
    if (alone === true) text('deleteall\n');
    for (const [path, content] of Object.entries(files)) {
      if (content === null) {
        text(`D ${path}\n`);
        continue;
      }
      const bytes = Buffer.from(content);
      text(`M 100644 inline ${path}\ndata ${bytes.length}\n`);
      parts.push(bytes);
      text('\n');
    }
  }
  execFileSync('git', ['--git-dir=.', 'fast-import', '--quiet', '--force'], {
    cwd: dir,
    input: Buffer.concat(parts),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

/** Adds v2 commits: `m` for a mail, `d` for the removal of one. */
export function addEntries(dir: string, entries: readonly (readonly ['m' | 'd', string | Buffer])[]): void {
  addCommits(
    dir,
    entries.map(([path, content]) => ({ files: { [path]: content }, alone: true })),
  );
}

/** A made mail under example.org. */
export function mail(name: string, more: { body?: string; reply?: string; headers?: string } = {}): string {
  const reply = more.reply === undefined ? '' : `In-Reply-To: <${more.reply}@example.org>\n`;
  return (
    `From: Ann Example <ann@example.org>\nTo: list@example.org\nSubject: About ${name}\n` +
    `Message-ID: <${name}@example.org>\nDate: Mon, 14 Sep 2020 10:00:00 +0000\n${reply}${more.headers ?? ''}\n` +
    `${more.body ?? `The body of ${name}.\n`}`
  );
}

/** all.git of a v2 inbox: no objects of its own, alternates to the epochs. */
export function makeAllGit(inbox: string, epochs: readonly string[]): void {
  const all = join(inbox, 'all.git');
  mkdirSync(all, { recursive: true });
  git(all, 'init', '-q', '--bare', '.');
  mkdirSync(join(all, 'objects', 'info'), { recursive: true });
  writeFileSync(
    join(all, 'objects', 'info', 'alternates'),
    epochs.map((name) => `../../git/${name}/objects\n`).join(''),
  );
}
