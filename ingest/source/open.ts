// Opens whatever holds mail: a path, `-` or a URL, recognized by content.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../model/fault.ts';
import type { Source } from '../../model/source.ts';
import { fileBytes, fileFault, streamBytes } from './bytes.ts';
import {
  readContent,
  recognize,
  refusePacked,
  sourceKindOf,
  type Content,
  type ReadOptions,
} from './content.ts';
import { openFolder } from './folder.ts';
import { protocolOf } from './git-clone.ts';
import { looksLikeGit, openGit } from './git.ts';
import { listNameOfHeader, listNameOfPath, listNameOfUrl } from './list-name.ts';
import { fetchBytes, mailUrl } from './url.ts';

export interface OpenOptions extends ReadOptions {
  /** Read for `-`; the process's standard input when absent. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Folder for clones of git archives; a temporary one when absent. */
  readonly cacheDir?: string;
}

/** Part name of the cursor of a source that is one file. */
const PART = 'file';

function contentSource(content: Content, name: string, listHint: string, options: OpenOptions): Source {
  refusePacked(content);
  const { size } = content.bytes;
  return {
    kind: sourceKindOf(content) ?? 'eml',
    name,
    listHint,
    ...(size === undefined ? {} : { totalBytes: size }),
    read: (cursors) => readContent(content, options, PART, cursors.get(PART)),
    close: () => Promise.resolve(),
  };
}

/** The name of a list is in a single mail or a pipe rather than in the file's name. */
function hintOf(content: Content, otherwise: string): string {
  return content.kind === 'mbox' ? otherwise : listNameOfHeader(content.head) || otherwise;
}

async function openPipe(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  options: OpenOptions,
): Promise<Source> {
  const content = await recognize(streamBytes(name, stream));
  return contentSource(content, name, listNameOfHeader(content.head) || 'mail', options);
}

async function openUrl(spec: string, options: OpenOptions): Promise<Source> {
  const url = mailUrl(spec);
  const content = await recognize(await fetchBytes(url));
  return contentSource(content, url.href, hintOf(content, listNameOfUrl(url)), options);
}

function gitOptions({ cacheDir }: OpenOptions): { readonly cacheDir?: string } {
  return cacheDir === undefined ? {} : { cacheDir };
}

async function openPath(spec: string, options: OpenOptions): Promise<Source> {
  const path = resolve(spec);
  const found = await stat(path).catch((error: unknown) => {
    throw fileFault(spec, error);
  });
  if (found.isDirectory()) {
    const isGit = await looksLikeGit(path).catch((error: unknown) => {
      throw fileFault(spec, error);
    });
    return isGit ? await openGit(path, gitOptions(options)) : await openFolder(path, options);
  }
  if (found.isFIFO() || found.isCharacterDevice())
    return await openPipe(createReadStream(path), path, options);
  if (!found.isFile())
    throw new Fault('badInput', `${spec} is neither a file nor a folder`, 'Name a mailbox.');
  const content = await recognize(fileBytes(path, found.size), path);
  if (content.kind === 'bundle' && content.bytes.size !== undefined)
    return await openGit(path, gitOptions(options));
  return contentSource(content, path, hintOf(content, listNameOfPath(path)), options);
}

const FILE_URL = /^file:\/\//i;

/**
 * Opens a source of mail: a path (mbox, gzip of one, Maildir, folder, one mail, archive page, git repository or bundle),
 * `-` for standard input, or a URL. Throws Fault `noInput`, `permission` or `badInput` when there is nothing to read;
 * what is odd inside comes as rejects, notices and defects of `read`.
 */
export async function openSource(spec: string, options: OpenOptions = {}): Promise<Source> {
  if (spec === '-') return await openPipe(options.stdin ?? process.stdin, '-', options);
  if (FILE_URL.test(spec)) return await openPath(fileURLToPath(spec), options);
  if (protocolOf(spec) === undefined) return await openPath(spec, options);
  return (await looksLikeGit(spec)) ? await openGit(spec, gitOptions(options)) : await openUrl(spec, options);
}
