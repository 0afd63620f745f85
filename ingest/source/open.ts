// Opens whatever holds mail: a path, `-` or a URL, recognized by content.
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { Fault } from '../../model/fault.ts';
import type { Source, SourceEvent, SourceKind } from '../../model/source.ts';
import { fileBytes, fileFault, streamBytes, type Bytes } from './bytes.ts';
import { readEml } from './eml.ts';
import { gunzipBytes } from './gunzip.ts';
import { readMbox } from './mbox.ts';
import type { MboxFormat } from './mbox-splitter.ts';
import { sniff, sniffLength, unpacker, type ContentKind } from './sniff.ts';

export interface OpenOptions {
  /** Read for `-`; the process's standard input when absent. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** How `>From ` lines of an mbox are undone; see mbox-splitter.ts. `auto` takes them for mboxrd. */
  readonly mboxFormat?: MboxFormat;
  /** Mails above this size are rejected; 256 MiB when absent. */
  readonly maxMessageBytes?: number;
}

const MAX_MESSAGE_BYTES = 1 << 28;
/** Gzip inside gzip is undone this often. */
const GZIP_DEPTH = 3;

/** Bytes with what they hold, decompressed. */
interface Content {
  readonly bytes: Bytes;
  readonly kind: ContentKind;
  readonly head: Buffer;
}

async function recognize(raw: Bytes): Promise<Content> {
  let bytes = raw;
  let head = await bytes.head(sniffLength);
  let kind = sniff(head);
  for (let depth = 0; kind === 'gzip' && depth < GZIP_DEPTH; depth++) {
    bytes = gunzipBytes(bytes);
    head = await bytes.head(sniffLength);
    kind = sniff(head);
  }
  return { bytes, kind, head };
}

/** Ends of file names that say nothing of the list. */
const SUFFIX = /\.(?:mbox|mbx|mboxrd|gz|txt|text|eml|html?|maildir|bundle|pipermail|git)$/i;
const UNSAFE = /[^A-Za-z0-9._+-]+/g;
/** Pipermail's monthly files: the list's name is that of the folder. */
const MONTH = /^\d{4}-?(?:[A-Z][a-z]+|\d{2}|q\d)?$/;
const LIST_ID = /^List-Id:[^\n]{0,200}<([A-Za-z0-9_+-]+)[.>]/im;

/** Name of a path without suffixes, as a list name. */
export function listNameOf(path: string): string {
  let name = basename(path);
  while (SUFFIX.test(name)) name = name.replace(SUFFIX, '');
  if (MONTH.test(name) && dirname(path) !== path) return listNameOf(dirname(path));
  return name.replace(UNSAFE, '-') || 'mail';
}

function listIdIn(head: Buffer): string {
  return LIST_ID.exec(head.toString('latin1'))?.[1] ?? '';
}

function fileSource(
  kind: SourceKind,
  name: string,
  content: Content,
  read: (cursors: ReadonlyMap<string, string>) => AsyncGenerator<SourceEvent>,
): Source {
  const { size } = content.bytes;
  const hint = name === '-' || kind === 'eml' ? listIdIn(content.head) : '';
  return {
    kind,
    name,
    listHint: hint || (name === '-' ? 'mail' : listNameOf(name)),
    ...(size === undefined ? {} : { totalBytes: size }),
    read,
    close: () => Promise.resolve(),
  };
}

async function* nothing(bytes: Bytes): AsyncGenerator<SourceEvent> {
  const defect = { code: 'empty-file', detail: 'there is nothing in it', file: bytes.name };
  yield { kind: 'notice', origin: { source: bytes.name, at: 0 }, defect };
}

async function* notMail(bytes: Bytes, detail: string): AsyncGenerator<SourceEvent> {
  const defect = { code: 'not-mail', detail, file: bytes.name };
  yield { kind: 'reject', origin: { source: bytes.name, at: 0 }, defect };
}

const PIPERMAIL = /^From \S+ (?:at|en|em|à|a|bei|på) \S+ /;

async function openBytes(
  raw: Bytes,
  name: string,
  path: string | undefined,
  options: OpenOptions,
): Promise<Source> {
  const content = await recognize(raw);
  const { bytes, kind, head } = content;
  const maxMessageBytes = options.maxMessageBytes ?? MAX_MESSAGE_BYTES;
  switch (kind) {
    case 'mbox': {
      const format = options.mboxFormat ?? 'auto';
      const file = { bytes, path, part: basename(name), format, maxMessageBytes };
      const pipermail = PIPERMAIL.test(head.toString('latin1', 0, 500).trimStart());
      return fileSource(pipermail ? 'pipermail' : 'mbox', name, content, (cursors) =>
        readMbox(file, cursors.get(file.part)),
      );
    }
    case 'eml':
      return fileSource('eml', name, content, () => readEml(bytes, maxMessageBytes));
    case 'empty':
      return fileSource('mbox', name, content, () => nothing(bytes));
    case 'packed':
    case 'gzip':
      throw new Fault(
        'badInput',
        `${name} is compressed in a way that is not read here`,
        `Unpack it first: ${unpacker(head) || 'gzip -d'} ${name}`,
      );
    default:
      return fileSource('eml', name, content, () => notMail(bytes, `the content is ${kind}, not a mail`));
  }
}

/**
 * Opens a source of mail: a path (mbox, gzip of one, Maildir, folder, one mail, archive page, git repository or bundle),
 * `-` for standard input, or a URL. Throws Fault `noInput`, `permission` or `badInput` when there is nothing to read;
 * what is odd inside comes as rejects, notices and defects of `read`.
 */
export async function openSource(spec: string, options: OpenOptions = {}): Promise<Source> {
  if (spec === '-') {
    return await openBytes(streamBytes('-', options.stdin ?? process.stdin), '-', undefined, options);
  }
  const path = resolve(spec);
  const found = await stat(path).catch((error: unknown) => {
    throw fileFault(spec, error);
  });
  if (found.isDirectory()) throw new Fault('badInput', `${spec} is a folder without mail`, 'Name a mailbox.');
  return await openBytes(fileBytes(path, found.size), path, path, options);
}
