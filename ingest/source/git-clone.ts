// Brings a git archive that is not a local repository to disk: a typed URL (mirror clone, later fetch) or a bundle file.
// The only network access of ingest, and only for a URL the user typed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Fault } from '../../model/fault.ts';
import { complaint, runGit } from './git-command.ts';
import { listHintOf } from './git-layout.ts';
import type { GitProtocol } from './git-command.ts';
import type { Epoch } from './git-layout.ts';

const scheme = /^(https|http|git|ssh|git\+ssh|ssh\+git):\/\//i;
const scpLike = /^[A-Za-z0-9][\w.-]*@[A-Za-z0-9][\w.-]*:(?!\/\/)\S+$/;
const scratchName = /^scratch-(\d+)-/;

/** The protocol of a typed remote, undefined when the text is no git remote. */
export function protocolOf(spec: string): GitProtocol | undefined {
  const typed = scheme.exec(spec)?.[1]?.toLowerCase();
  if (typed === 'https' || typed === 'http' || typed === 'git') return typed;
  if (typed !== undefined || scpLike.test(spec)) return 'ssh';
  return undefined;
}

/** A URL as cursors know it: no trailing slash. Refuses one that carries a password, since names are stored and printed. */
export function remoteName(spec: string): string {
  const name = spec.replace(/\/+$/, '');
  if (scheme.test(name) && URL.canParse(name) && new URL(name).password !== '') {
    throw new Fault(
      'usage',
      'the URL contains a password, which would be stored in the database',
      'leave it out of the URL and configure a git credential helper (git help credentials)',
    );
  }
  return name;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A folder that is removed on close; those of processes that died are removed here. */
export function scratchFolder(cacheDir: string | undefined): string {
  if (cacheDir === undefined) return mkdtempSync(join(tmpdir(), 'hum-git-'));
  mkdirSync(cacheDir, { recursive: true });
  for (const name of readdirSync(cacheDir)) {
    const pid = scratchName.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(cacheDir, name), { recursive: true, force: true });
  }
  return mkdtempSync(join(cacheDir, `scratch-${process.pid}-`));
}

async function answers(
  url: string,
  protocol: GitProtocol,
): Promise<{ readonly ok: boolean; readonly stderr: string }> {
  const run = await runGit(['ls-remote', '--quiet', '--', url], { protocol });
  return { ok: run.status === 0, stderr: run.stderr };
}

/** The repositories behind a typed URL: itself, else public-inbox's epochs `URL/0`, `URL/1`, ... */
async function remoteEpochs(url: string, protocol: GitProtocol): Promise<{ part: string; url: string }[]> {
  const direct = await answers(url, protocol);
  if (direct.ok) {
    const part = /\/(\d{1,6})(?:\.git)?$/.exec(url)?.[1] ?? '0';
    return [{ part: String(Number(part)), url }];
  }
  const epochs: { part: string; url: string }[] = [];
  for (let number = 0; ; number += 1) {
    const epoch = `${url}/${number}`;
    if (!(await answers(epoch, protocol)).ok) break;
    epochs.push({ part: String(number), url: epoch });
  }
  if (epochs.length > 0) return epochs;
  throw new Fault(
    'noInput',
    `no git archive answers at ${url}: ${complaint(direct.stderr)}`,
    'check the address and the network; a public-inbox archive is cloned from its list URL or from URL/0',
  );
}

async function mirror(url: string, protocol: GitProtocol, target: string): Promise<void> {
  if (existsSync(target)) {
    const fetched = await runGit(
      ['fetch', '--quiet', '--force', '--prune', '--no-tags', '--', url, '+refs/heads/*:refs/heads/*'],
      { protocol, gitDir: target },
    );
    if (fetched.status === 0) return;
    throw new Fault(
      'noInput',
      `fetching ${url} failed: ${complaint(fetched.stderr)}`,
      `check the network and repeat; if the copy itself is damaged, remove ${target}`,
    );
  }
  // Cloned beside and moved into place, so that an interrupted clone is never taken for a whole one.
  const partial = `${target}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  const cloned = await runGit(['clone', '--quiet', '--mirror', '--template=', '--', url, partial], {
    protocol,
  });
  if (cloned.status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new Fault(
      'noInput',
      `cloning ${url} failed: ${complaint(cloned.stderr)}`,
      'check the address, the network and the free disk space, then repeat the command',
    );
  }
  renameSync(partial, target);
}

/** Clones or updates the archive behind a typed URL under `folder`. */
export async function cloneRemote(url: string, folder: string): Promise<readonly Epoch[]> {
  const protocol = protocolOf(url) ?? 'none';
  const key = createHash('sha256').update(url).digest('hex').slice(0, 12);
  const home = join(folder, `${listHintOf(url).replaceAll(/[^\w.-]/g, '_')}-${key}`);
  mkdirSync(home, { recursive: true });
  const epochs: Epoch[] = [];
  for (const { part, url: epochUrl } of await remoteEpochs(url, protocol)) {
    const gitDir = join(home, `${part}.git`);
    await mirror(epochUrl, protocol, gitDir);
    epochs.push({ part, gitDir });
  }
  return epochs;
}

/** The commit a bundle's HEAD (or only branch) names, undefined when it names none. */
export async function bundleHead(path: string): Promise<string | undefined> {
  const heads = await runGit(['bundle', 'list-heads', path]);
  if (heads.status !== 0) throw badBundle(path, heads.stderr);
  const found = new Map<string, string>();
  for (const line of heads.stdout.split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) found.set(line.slice(space + 1), line.slice(0, space));
  }
  return found.get('HEAD') ?? found.get('refs/heads/master') ?? found.get('refs/heads/main');
}

/** Unpacks a bundle file into a bare repository under `folder`. */
export async function unpackBundle(path: string, folder: string): Promise<string> {
  const target = join(folder, 'bundle.git');
  const run = await runGit(['clone', '--quiet', '--mirror', '--template=', '--', path, target], {
    protocol: 'file',
  });
  if (run.status !== 0) throw badBundle(path, run.stderr);
  return target;
}

function badBundle(path: string, stderr: string): Fault {
  return new Fault(
    'badInput',
    `${path} is not a whole git bundle: ${complaint(stderr)}`,
    'fetch or create the bundle again (git bundle create FILE --all) and repeat the command',
  );
}
