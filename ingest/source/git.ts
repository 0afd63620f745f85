// public-inbox archives in git as a mail source: v2 epochs, v1, bare or not, a URL the user typed, or a git bundle.
// Never reads rendered pages; the list's git is the archive.
import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../model/fault.ts';
import { bundleHead, cloneRemote, protocolOf, remoteName, scratchFolder, unpackBundle } from './git-clone.ts';
import { findLayout, isBundle, listHintOf } from './git-layout.ts';
import { countCommits, headOf, isAncestor, readLog, treeNames } from './git-log.ts';
import type { Source, SourceEvent, SourceKind } from '../../model/source.ts';
import type { Epoch } from './git-layout.ts';

interface Archive {
  readonly name: string;
  readonly kind: SourceKind;
  readonly epochs: readonly Epoch[];
}

const urlOfPage = /@|\.(?:gz|mbox|txt|html?|eml)(?:[?#]|$)/;

/**
 * True when `spec` is for `openGit`: a folder with a git archive, a bundle file, or a URL that git clones
 * (`git:`, `ssh:`, `user@host:path`, and https unless it names a message, a page or a file).
 */
export async function looksLikeGit(spec: string): Promise<boolean> {
  const protocol = protocolOf(spec);
  if (protocol !== undefined)
    return !protocol.startsWith('http') || !urlOfPage.test(spec.replace(/^\w+:\/\//, ''));
  const path = pathOf(spec);
  return isBundle(path) || findLayout(path) !== undefined;
}

function pathOf(spec: string): string {
  return spec.startsWith('file://') ? fileURLToPath(spec) : resolve(spec);
}

/** The commit of a stored cursor, undefined when there is none or it is not ours. */
function cursorCommit(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(cursor);
    if (typeof parsed !== 'object' || parsed === null || !('commit' in parsed)) return undefined;
    return typeof parsed.commit === 'string' ? parsed.commit : undefined;
  } catch {
    return undefined;
  }
}

const v1Folder = /^[0-9a-f]{2}$/;

/** v2 when the newest tree holds `m` or `d`, v1 when it holds sharded folders; a Fault for any other repository. */
async function kindOf(epochs: readonly Epoch[]): Promise<SourceKind> {
  const names = new Set<string>();
  for (const epoch of epochs) {
    const head = await headOf(epoch.gitDir);
    if (head === undefined) continue;
    for (const name of await treeNames(epoch.gitDir, head)) names.add(name);
  }
  const list = [...names];
  if (names.has('m') || names.has('d') || list.length === 0) return 'public-inbox-v2';
  if (list.some((name) => v1Folder.test(name))) return 'public-inbox-v1';
  const shown = list.slice(0, 5).join(', ') + (list.length > 5 ? ', ...' : '');
  throw new Fault(
    'badInput',
    `${epochs[0]?.gitDir ?? ''} is a git repository, but not a mail archive (it holds ${shown})`,
    'give the folder or URL of a public-inbox archive (its files are named m and d, or ab/cdef...)',
  );
}

/** Where reading goes on in one epoch: undefined head for nothing to read. */
async function resume(
  epoch: Epoch,
  cursors: ReadonlyMap<string, string>,
): Promise<{
  readonly head: string | undefined;
  readonly after: string | undefined;
  readonly rewritten: boolean;
}> {
  const head = await headOf(epoch.gitDir);
  const last = cursorCommit(cursors.get(epoch.part));
  if (head === undefined || last === undefined) return { head, after: undefined, rewritten: false };
  if (last === head) return { head: undefined, after: undefined, rewritten: false };
  return (await isAncestor(epoch.gitDir, last, head))
    ? { head, after: last, rewritten: false }
    : { head, after: undefined, rewritten: true };
}

async function remainingIn(archive: Archive, cursors: ReadonlyMap<string, string>): Promise<number> {
  let sum = 0;
  for (const epoch of archive.epochs) {
    const { head, after } = await resume(epoch, cursors);
    if (head !== undefined) sum += await countCommits(epoch.gitDir, head, after);
  }
  return sum;
}

async function* readArchive(
  archive: Archive,
  cursors: ReadonlyMap<string, string>,
): AsyncGenerator<SourceEvent> {
  for (const epoch of archive.epochs) {
    const { head, after, rewritten } = await resume(epoch, cursors);
    if (head === undefined) continue;
    const source = `${archive.name}#${epoch.part}`;
    if (rewritten) yield { kind: 'restart', part: epoch.part, origin: source };
    for await (const entry of readLog(epoch.gitDir, head, after)) {
      if (entry.kind === 'commit') {
        if (!rewritten || entry.commit === head)
          yield { kind: 'cursor', part: epoch.part, cursor: JSON.stringify({ commit: entry.commit }) };
        continue;
      }
      const origin = { source, at: entry.blob };
      if (entry.kind === 'too-large') {
        const detail = `${entry.size} bytes in git object ${entry.blob}`;
        yield { kind: 'reject', origin, defect: { code: 'mail-too-large', detail } };
      } else if (entry.kind === 'delete') {
        yield { kind: 'delete', bytes: entry.bytes, origin };
      } else {
        yield { kind: 'mail', bytes: entry.bytes, origin, provenance: 'mail', defects: [] };
      }
    }
  }
}

/**
 * Opens a public-inbox archive: a folder (v1, v2 inbox, one epoch, all.git, with or without a work tree), a typed URL,
 * or a bundle file. URLs are mirrored under `cacheDir` and updated on the next open (a temporary folder without it);
 * a bundle is unpacked for the time of reading, and only when it holds something new.
 * Cursor per epoch: the last commit read; when that is no longer part of the history (a purge rewrote it) the epoch is read again, and a `restart` says so.
 * Throws Fault: noInput (no such path, nobody answers), badInput (damaged, or no mail archive), config (no git program).
 */
export async function openGit(spec: string, options: { readonly cacheDir?: string } = {}): Promise<Source> {
  if (protocolOf(spec) !== undefined) return openRemote(remoteName(spec), options.cacheDir);
  const path = pathOf(spec);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    throw new Fault('noInput', `${path} does not exist`, 'check the path');
  }
  if (isBundle(path)) return openBundle(path, options.cacheDir);
  const layout = findLayout(path);
  if (layout === undefined) {
    throw new Fault(
      'badInput',
      `${path} is not a git archive`,
      'give the folder of a public-inbox archive, a git bundle file, or a URL that git clones',
    );
  }
  const kind = await kindOf(layout.epochs);
  const archive: Archive = { name: layout.root, kind, epochs: layout.epochs };
  return {
    kind,
    name: layout.root,
    listHint: listHintOf(layout.root),
    remaining: (cursors) => remainingIn(archive, cursors),
    read: (cursors) => readArchive(archive, cursors),
    close: async () => undefined,
  };
}

async function openRemote(name: string, cacheDir: string | undefined): Promise<Source> {
  const scratch = cacheDir === undefined ? scratchFolder(undefined) : undefined;
  const close = async (): Promise<void> => {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const epochs = await cloneRemote(name, scratch ?? cacheDir ?? '');
    const kind = await kindOf(epochs);
    const archive: Archive = { name, kind, epochs };
    return {
      kind,
      name,
      listHint: listHintOf(name),
      remaining: (cursors) => remainingIn(archive, cursors),
      read: (cursors) => readArchive(archive, cursors),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openBundle(name: string, cacheDir: string | undefined): Promise<Source> {
  const head = await bundleHead(name);
  let scratch: string | undefined;
  let unpacked: Promise<Archive> | undefined;
  const unpack = async (): Promise<Archive> => {
    scratch = scratchFolder(cacheDir);
    const epochs: Epoch[] = [{ part: '0', gitDir: await unpackBundle(name, scratch) }];
    return { name, kind: await kindOf(epochs), epochs };
  };
  /** Nothing is unpacked for a bundle whose newest commit was read before. */
  const archiveFor = (cursors: ReadonlyMap<string, string>): Promise<Archive> => {
    if (head !== undefined && cursorCommit(cursors.get('0')) === head) {
      return Promise.resolve({ name, kind: 'public-inbox-v2', epochs: [] });
    }
    unpacked ??= unpack();
    return unpacked;
  };
  return {
    kind: 'public-inbox-v2',
    name,
    listHint: listHintOf(name),
    remaining: async (cursors) => remainingIn(await archiveFor(cursors), cursors),
    read: async function* (cursors) {
      yield* readArchive(await archiveFor(cursors), cursors);
    },
    close: async () => {
      await unpacked?.catch(() => undefined);
      if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
    },
  };
}
