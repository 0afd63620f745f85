// Finds the repositories of a public-inbox archive on disk: v2 epochs (git/0.git ...), all.git with alternates, v1, bare or not.
// public-inbox-v2-format(5), public-inbox-v1-format(5).
import { closeSync, existsSync, openSync, readFileSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

export interface Epoch {
  /** Cursor part: the epoch's number as text. */
  readonly part: string;
  readonly gitDir: string;
}

export interface GitLayout {
  /** The folder the archive as a whole lives in; cursors are kept under it. */
  readonly root: string;
  readonly epochs: readonly Epoch[];
}

const epochName = /^(\d{1,6})(?:\.git)?$/;
const bundleHeader = /^# v[23] git bundle\n/;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The git directory of a repository (itself when bare, its `.git` otherwise), undefined for any other folder. */
export function gitDirOf(path: string): string | undefined {
  if (existsSync(join(path, 'HEAD')) && isFolder(join(path, 'objects')) && isFolder(join(path, 'refs'))) {
    return path;
  }
  const inner = join(path, '.git');
  if (isFolder(inner)) return gitDirOf(inner);
  // A linked worktree or submodule: `.git` is a file that names the directory.
  if (statSync(inner, { throwIfNoEntry: false })?.isFile()) {
    const target = /^gitdir: (.+)$/m.exec(readFileSync(inner, 'utf8'))?.[1];
    if (target !== undefined && isFolder(resolve(path, target))) return resolve(path, target);
  }
  return undefined;
}

/** True for a file that begins like `git bundle create` makes it. */
export function isBundle(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) return false;
  const head = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  return bundleHeader.test(head.toString('latin1'));
}

/** Epoch repositories directly inside `folder`, in order. */
function epochsIn(folder: string): Epoch[] {
  if (!isFolder(folder)) return [];
  const epochs: Epoch[] = [];
  for (const name of readdirSync(folder)) {
    const part = epochName.exec(name)?.[1];
    const gitDir = part === undefined ? undefined : gitDirOf(join(folder, name));
    if (part !== undefined && gitDir !== undefined) epochs.push({ part: String(Number(part)), gitDir });
  }
  return epochs.toSorted((a, b) => Number(a.part) - Number(b.part));
}

/** Repositories whose objects `all.git` borrows (objects/info/alternates, one path per line). */
function alternatesOf(gitDir: string): Epoch[] {
  const file = join(gitDir, 'objects', 'info', 'alternates');
  if (!existsSync(file)) return [];
  const epochs: Epoch[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const repository = dirname(resolve(join(gitDir, 'objects'), line));
    const found = gitDirOf(repository);
    if (found === undefined) continue;
    const part = epochName.exec(basename(repository))?.[1];
    epochs.push({ part: String(Number(part ?? epochs.length)), gitDir: found });
  }
  return epochs.toSorted((a, b) => Number(a.part) - Number(b.part));
}

/** The archive at a folder the user named, undefined when there is no git in it. */
export function findLayout(path: string): GitLayout | undefined {
  const folder = resolve(path);
  if (!isFolder(folder)) return undefined;
  const inbox = epochsIn(join(folder, 'git'));
  if (inbox.length > 0) return { root: folder, epochs: inbox };
  const gitDir = gitDirOf(folder);
  if (gitDir !== undefined) {
    if (basename(folder) === 'all.git') {
      const beside = epochsIn(join(dirname(folder), 'git'));
      const epochs = beside.length > 0 ? beside : alternatesOf(gitDir);
      if (epochs.length > 0) return { root: dirname(folder), epochs };
    }
    const part = epochName.exec(basename(folder))?.[1];
    return { root: folder, epochs: [{ part: String(Number(part ?? 0)), gitDir }] };
  }
  const direct = epochsIn(folder);
  if (direct.length > 0) {
    return { root: basename(folder) === 'git' ? dirname(folder) : folder, epochs: direct };
  }
  const all = gitDirOf(join(folder, 'all.git'));
  const borrowed = all === undefined ? [] : alternatesOf(all);
  return borrowed.length > 0 ? { root: folder, epochs: borrowed } : undefined;
}

/** List name an archive's path or URL suggests: `ksummit` for `.../ksummit/git/0.git`, `ksummit.bundle`, `.../ksummit/`. */
export function listHintOf(place: string): string {
  const parts = place.split(/[/:]/).filter((part) => part !== '');
  while (parts.length > 1 && /^(?:\d+(?:\.git)?|git|all\.git|\.git)$/.test(parts.at(-1) ?? '')) parts.pop();
  return (parts.at(-1) ?? '').replace(/\.(?:git|bundle)$/, '');
}
