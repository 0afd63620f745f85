// A folder of mail files (mboxes, single mails, archive pages, in subfolders too), and a Maildir (cr.yp.to/proto/maildir.html).
// Files are told by content. Links to folders are not followed, so a walk ends.
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Dirent } from 'node:fs';
import { Fault } from '../../model/fault.ts';
import type { Source, SourceEvent, SourceKind } from '../../model/source.ts';
import { errorCode, fileBytes, fileFault } from './bytes.ts';
import {
  messageLimit,
  readContent,
  recognize,
  rejectContent,
  sourceKindOf,
  type ReadOptions,
} from './content.ts';
import { readEml } from './eml.ts';
import { gitDirOf } from './git-layout.ts';
import { listNameOfPath } from './list-name.ts';

/** Folders below the named one. */
const DEPTH = 16;
const MAX_FILES = 2_000_000;
/** Names by which people mean mail; such a file that holds none is a reject, any other file only a notice. */
const MAIL_NAME = /(?:^\d+$)|\.(?:eml|msg|mbox|mbx|mboxrd|mboxcl2)(?:\.gz)?$/i;
const DIGITS = /^\d{1,15}$/;

interface MailFile {
  readonly path: string;
  /** Relative to the folder; names its cursor. */
  readonly part: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** A message of a Maildir: one mail, whatever its first line looks like. */
  readonly single: boolean;
}

interface Walk {
  readonly files: readonly MailFile[];
  /** What could not be entered or opened, and what was left out. */
  readonly events: readonly SourceEvent[];
}

function oddity(kind: 'reject' | 'notice', path: string, code: string, detail: string): SourceEvent {
  return { kind, origin: { source: path, at: 0 }, defect: { code, detail, file: path } };
}

/** Numbers by value (MH folders), other names by code units, so that every machine has the same order. */
function compareNames(a: string, b: string): number {
  if (DIGITS.test(a) && DIGITS.test(b)) return Number(a) - Number(b) || (a < b ? -1 : 1);
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True for a folder with `cur` and `new` in it. */
export async function isMaildir(path: string): Promise<boolean> {
  for (const name of ['cur', 'new']) {
    const found = await stat(join(path, name)).catch(() => undefined);
    if (found?.isDirectory() !== true) return false;
  }
  return true;
}

async function entriesOf(path: string): Promise<Dirent[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.toSorted((a, b) => compareNames(a.name, b.name));
}

async function mailFile(root: string, path: string, single: boolean): Promise<MailFile | undefined> {
  const found = await stat(path);
  if (!found.isFile()) return undefined;
  return { path, part: relative(root, path), size: found.size, mtime: found.mtimeMs, single };
}

/** Names of the Maildirs inside a Maildir (Maildir++ and Dovecot's other layout): mailboxes of their own. */
async function subfoldersOf(path: string): Promise<string[]> {
  const names: string[] = [];
  for (const entry of await entriesOf(path)) {
    if (entry.isDirectory() && (await isMaildir(join(path, entry.name)))) names.push(entry.name);
  }
  return names;
}

/** Messages of a Maildir: `cur` and `new`; `tmp` holds mails still being delivered. */
async function walkMaildir(root: string, path: string): Promise<Walk> {
  const files: MailFile[] = [];
  const events: SourceEvent[] = [];
  for (const name of ['cur', 'new']) {
    for (const entry of await entriesOf(join(path, name))) {
      if (entry.name.startsWith('.')) continue;
      const at = join(path, name, entry.name);
      try {
        const file = await mailFile(root, at, true);
        if (file !== undefined) files.push(file);
      } catch (error) {
        // A mail client may have moved it from new to cur since the folder was listed.
        if (errorCode(error) !== 'ENOENT')
          events.push(oddity('reject', at, 'unreadable-file', fileFault(at, error).message));
      }
    }
  }
  const below = await subfoldersOf(path);
  if (below.length > 0) {
    const detail = `the folders below this Maildir were not read: ${below.slice(0, 10).join(', ')}`;
    events.push(oddity('notice', path, 'maildir-subfolders', detail));
  }
  return { files: files.toSorted((a, b) => compareNames(basename(a.path), basename(b.path))), events };
}

function folderKind(path: string): 'git' | 'closed' | 'plain' {
  try {
    return gitDirOf(path) === undefined ? 'plain' : 'git';
  } catch {
    return 'closed';
  }
}

async function walkFolder(root: string): Promise<Walk> {
  const files: MailFile[] = [];
  const events: SourceEvent[] = [];
  const open: { readonly path: string; readonly depth: number }[] = [{ path: root, depth: 0 }];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    let entries: Dirent[];
    try {
      entries = await entriesOf(folder.path);
    } catch (error) {
      const fault = fileFault(folder.path, error);
      if (folder.path === root) throw fault;
      events.push(oddity('reject', folder.path, 'unreadable-file', fault.message));
      continue;
    }
    const below: string[] = [];
    for (const entry of entries) {
      const path = join(folder.path, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) {
        below.push(path);
        continue;
      }
      try {
        const file = entry.isFile() || entry.isSymbolicLink() ? await mailFile(root, path, false) : undefined;
        if (file !== undefined) files.push(file);
      } catch (error) {
        events.push(oddity('reject', path, 'unreadable-file', fileFault(path, error).message));
      }
      if (files.length > MAX_FILES) {
        throw new Fault(
          'badInput',
          `${root} holds more than ${MAX_FILES} files`,
          'Name the folders with mail one by one.',
        );
      }
    }
    for (const path of below.toReversed()) {
      const kind = folderKind(path);
      if (kind === 'closed') {
        events.push(oddity('reject', path, 'unreadable-file', `no permission to read ${path}`));
      } else if (kind === 'git') {
        const detail = 'a git repository inside a folder; add it by itself';
        events.push(oddity('notice', path, 'git-archive-skipped', detail));
      } else if (await isMaildir(path)) {
        const inside = await walkMaildir(root, path);
        for (const file of inside.files) files.push(file);
        for (const event of inside.events) events.push(event);
      } else if (folder.depth + 1 > DEPTH) {
        events.push(oddity('reject', path, 'unreadable-file', `more than ${DEPTH} folders deep`));
      } else {
        open.push({ path, depth: folder.depth + 1 });
      }
    }
  }
  return { files, events };
}

/** Part name of the cursor of the folder as a whole; no file has this name. */
const WHOLE = '/';

/** Changes when a file comes, goes or changes; flags of Maildir messages (in their names) do not matter. */
function digestOf(files: readonly MailFile[]): string {
  const hash = createHash('sha256');
  for (const { single, path, part, size, mtime } of files) {
    const [unique = ''] = basename(path).split(':', 1);
    hash.update(single ? `${unique}\0${size}\0` : `${part}\0${size}\0${mtime}\0`);
  }
  return hash.digest('hex');
}

async function* readFile(
  file: MailFile,
  options: ReadOptions,
  cursor: string | undefined,
): AsyncGenerator<SourceEvent> {
  const bytes = fileBytes(file.path, file.size);
  const content = await recognize(bytes, file.path);
  if (file.single && content.kind !== 'empty' && content.kind !== 'binary') {
    yield* readEml(content.bytes, messageLimit(options));
  } else if (sourceKindOf(content) !== undefined || file.single || MAIL_NAME.test(basename(file.path))) {
    yield* readContent(content, options, file.part, cursor);
  } else {
    for await (const event of rejectContent(content)) {
      if (event.kind === 'reject') yield { ...event, kind: 'notice' };
    }
  }
}

async function* readFiles(
  walk: Walk,
  options: ReadOptions,
  cursors: ReadonlyMap<string, string>,
): AsyncGenerator<SourceEvent> {
  const digest = digestOf(walk.files);
  if (cursors.get(WHOLE) === digest) return;
  yield* walk.events;
  for (const file of walk.files) {
    try {
      yield* readFile(file, options, cursors.get(file.part));
    } catch (error) {
      // One file that cannot be read does not stop the others.
      if (!(error instanceof Fault)) throw error;
      yield oddity('reject', file.path, 'unreadable-file', error.message);
    }
  }
  yield { kind: 'cursor', part: WHOLE, cursor: digest };
}

/** Kind of the first file that holds mail; undefined when there is none. Empty files count when there is no other. */
async function kindOfFirst(files: readonly MailFile[]): Promise<SourceKind | undefined> {
  let empty: SourceKind | undefined;
  for (const file of files) {
    if (file.single) return 'maildir';
    try {
      const content = await recognize(fileBytes(file.path, file.size), file.path);
      const kind = sourceKindOf(content);
      if (kind !== undefined && content.kind !== 'empty') return kind;
      empty ??= kind;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return empty;
}

/**
 * Opens a Maildir, or a folder of mail files. Faults: `badInput` when no file in it holds mail, `permission` when it may
 * not be listed.
 */
export async function openFolder(path: string, options: ReadOptions): Promise<Source> {
  const maildir = await isMaildir(path);
  let walk: Walk;
  try {
    walk = maildir ? await walkMaildir(path, path) : await walkFolder(path);
  } catch (error) {
    throw fileFault(path, error);
  }
  const kind = maildir ? 'maildir' : await kindOfFirst(walk.files);
  if (kind === undefined) {
    const found = walk.files.length === 0 ? 'without files' : 'in which no file holds mail';
    throw new Fault(
      'badInput',
      `${path} is a folder ${found}`,
      'Name a mailbox file, a Maildir, a folder with such files, or a public-inbox archive.',
    );
  }
  return {
    kind,
    name: path,
    listHint: listNameOfPath(path),
    ...(maildir ? { total: walk.files.length } : {}),
    totalBytes: walk.files.reduce((sum, { size }) => sum + size, 0),
    read: (cursors) => readFiles(walk, options, cursors),
    close: () => Promise.resolve(),
  };
}
