// Takes a source into the store: reads, decodes, stores in batches, then forms threads and debates and analyzes them.
// Each batch and the cursor behind it are one transaction, so an interruption at any instant loses nothing.
import { contentHash } from '../ingest/mime/content-hash.ts';
import { parseMessage } from '../ingest/mime/parse.ts';
import { heldKey } from '../store/store.ts';
import { analyzeList } from './analyze.ts';
import { applierIn } from './applier.ts';
import { splitQuotes } from './quote-split.ts';
import { analysisOptions } from './report.ts';
import { formList } from './thread.ts';
import type { Defect, MessageId } from '../model/message.ts';
import type { Origin, RawDeletion, RawMail, Source, SourceEvent } from '../model/source.ts';
import type { AnalyzeOptions } from './analyze.ts';
import type { AnalysisOptions } from './report.ts';
import type { AddedMessage, Store } from '../store/store.ts';

export interface AddProgress {
  readonly phase: 'read' | 'thread' | 'analyze';
  /** Mails read, or debates analyzed, so far in this phase. */
  readonly done: number;
  /** How many there are, when known. */
  readonly total?: number;
  /** Bytes of mail read so far. */
  readonly bytes: number;
}

export interface AddOptions extends AnalysisOptions {
  readonly list: string;
  /** False leaves debates without reports; a later run with true makes them. */
  readonly analyze: boolean;
  readonly onProgress?: (progress: AddProgress) => void;
  /** Rejects and notices of the source as they are met, for the user to see. */
  readonly onDefect?: (kind: 'reject' | 'notice', defect: Defect, origin: Origin) => void;
  /** What was odd in a mail that was added, as it is stored. */
  readonly onRepair?: (defect: Defect, origin: Origin, id: MessageId) => void;
  /** A debate whose analysis failed; also stored. */
  readonly onFailure?: (debate: MessageId, failure: string) => void;
  /** Stops after the current batch. */
  readonly signal?: AbortSignal;
}

export interface AddResult {
  /** Mails found in the source after its cursor. Equals added + duplicates + those of `rejected` that were mails. */
  readonly read: number;
  /** Mails new on this list, variants of a known Message-ID among them. */
  readonly added: number;
  /** Mails whose content this list already had. */
  readonly duplicates: number;
  /** Mails removed because the source says so. */
  readonly deleted: number;
  /** Places of the source that could not be read as mail. */
  readonly rejected: number;
  /** Odd things met in the mails that were added. */
  readonly defects: number;
  /** Mails among the added of which a part is missing in the source: it ends inside them. */
  readonly truncated: number;
  /** Mails that this source brought in earlier runs; what its cursor skips is among them. */
  readonly known: number;
  /** Debates formed anew or changed. */
  readonly debates: number;
  /** Debates whose analysis failed (faults of ours, isolated). */
  readonly failed: number;
  readonly seconds: number;
  /** True when `signal` ended the run early; the same call goes on from there. */
  readonly interrupted: boolean;
}

/** A source event made ready to be stored. */
type Prepared =
  | { readonly kind: 'mail'; readonly added: AddedMessage }
  | { readonly kind: 'delete'; readonly id: MessageId; readonly hash: string }
  | { readonly kind: 'reject' | 'notice'; readonly origin: Origin; readonly defect: Defect }
  | { readonly kind: 'restart'; readonly part: string; readonly origin: string }
  | { readonly kind: 'cursor'; readonly part: string; readonly cursor: string };

/** A batch is stored when it holds this many mails or bytes, or when it is this old. */
const batchMails = 1_000;
const batchBytes = 32 * 1024 * 1024;
const batchMilliseconds = 1_000;

/** From this share of new mails on, the index is rewritten as a whole. */
const bulkShare = 0.1;

async function prepareMail(event: RawMail): Promise<Prepared> {
  const parsed = parseMessage(event.bytes, { provenance: event.provenance, defects: event.defects });
  const message = parsed instanceof Promise ? await parsed : parsed;
  const { own, quoted } = splitQuotes(message.body);
  return {
    kind: 'mail',
    added: {
      message,
      raw: event.bytes,
      origin: event.origin,
      contentHash: contentHash(message),
      own,
      quoted,
      applier: applierIn(message, own),
    },
  };
}

async function prepareDeletion(event: RawDeletion): Promise<Prepared> {
  const message = await parseMessage(event.bytes);
  return { kind: 'delete', id: message.id, hash: contentHash(message) };
}

async function prepare(event: SourceEvent): Promise<Prepared> {
  if (event.kind === 'mail') return prepareMail(event);
  if (event.kind === 'delete') return prepareDeletion(event);
  return event;
}

interface Counts {
  read: number;
  added: number;
  duplicates: number;
  deleted: number;
  rejected: number;
  defects: number;
  truncated: number;
}

/** A part of the source whose history was rewritten, and what it still holds. */
interface Rereading {
  readonly part: string;
  readonly origin: string;
  readonly held: Set<string>;
}

/** Where mails go, and what they were counted as. */
interface Target {
  readonly store: Store;
  readonly source: Source;
  readonly options: AddOptions;
  rereading: Rereading | undefined;
}

function storeMail(target: Target, added: AddedMessage, counts: Counts): void {
  const { store, options, rereading } = target;
  const { message, origin, contentHash: hash } = added;
  const outcome = store.addMessage(options.list, added);
  if (rereading?.origin === origin.source) rereading.held.add(heldKey(message.id, hash));
  counts.read += 1;
  if (outcome === 'duplicate') {
    counts.duplicates += 1;
    return;
  }
  counts.added += 1;
  counts.defects += message.defects.length;
  if (message.defects.some(({ code }) => code === 'truncated')) counts.truncated += 1;
  for (const defect of message.defects) options.onRepair?.(defect, origin, message.id);
}

function storeOne(target: Target, item: Prepared, counts: Counts): void {
  const { store, source, rereading } = target;
  const { list } = target.options;
  if (item.kind === 'mail') {
    storeMail(target, item.added, counts);
  } else if (item.kind === 'delete') {
    rereading?.held.delete(heldKey(item.id, item.hash));
    counts.deleted += store.deleteMessage(list, item.id, item.hash);
  } else if (item.kind === 'restart') {
    target.rereading = { part: item.part, origin: item.origin, held: new Set() };
  } else if (item.kind === 'reject') {
    counts.rejected += 1;
    store.addReject(list, item.origin, item.defect);
  } else if (item.kind === 'cursor') {
    if (rereading?.part === item.part) {
      counts.deleted += store.removeUnheld(list, rereading.origin, rereading.held);
      target.rereading = undefined;
    }
    store.setCursor(source.name, list, item.part, item.cursor);
  }
}

/** Reads and stores everything behind the cursors. A fault of the source comes out after what was read is stored. */
async function readAll(
  store: Store,
  source: Source,
  options: AddOptions,
): Promise<Counts & { readonly interrupted: boolean }> {
  const { list, signal, onProgress, onDefect } = options;
  // What comes through standard input is another thing each time.
  const resumable = source.name !== '-';
  const cursors = resumable ? store.cursors(source.name, list) : new Map<string, string>();
  const total = source.total ?? (await source.remaining?.(cursors));
  const counts: Counts = {
    read: 0,
    added: 0,
    duplicates: 0,
    deleted: 0,
    rejected: 0,
    defects: 0,
    truncated: 0,
  };
  const target: Target = { store, source, options, rereading: undefined };
  let batch: Prepared[] = [];
  let batchSize = 0;
  let mails = 0;
  let bytes = 0;
  let started = performance.now();

  const flush = (): void => {
    const items = batch;
    batch = [];
    // Counted only when the transaction holds.
    const next = { ...counts };
    store.transaction(() => {
      for (const item of items) storeOne(target, item, next);
    });
    Object.assign(counts, next);
    mails = 0;
    batchSize = 0;
    started = performance.now();
    onProgress?.({ phase: 'read', done: counts.read, bytes, ...(total === undefined ? {} : { total }) });
  };

  try {
    for await (const event of source.read(cursors)) {
      if (event.kind === 'cursor' && !resumable) continue;
      if (event.kind === 'reject' || event.kind === 'notice')
        onDefect?.(event.kind, event.defect, event.origin);
      batch.push(await prepare(event));
      if (event.kind === 'mail') {
        mails += 1;
        bytes += event.bytes.length;
        batchSize += event.bytes.length;
      }
      if (mails < batchMails && batchSize < batchBytes && performance.now() - started < batchMilliseconds)
        continue;
      flush();
      if (signal?.aborted === true) return { ...counts, interrupted: true };
    }
  } finally {
    // Also after a fault of the source: what came before it is sound, and the cursor stands behind it.
    if (batch.length > 0) flush();
  }
  return { ...counts, interrupted: signal?.aborted === true };
}

function analyzeOptions(options: AddOptions): AnalyzeOptions {
  const { onProgress, onFailure, signal } = options;
  return {
    ...analysisOptions(options),
    ...(onFailure === undefined ? {} : { onFailure }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: ({ done, total }) => onProgress({ phase: 'analyze', done, total, bytes: 0 }) }),
  };
}

/**
 * Adds everything new in `source` to `list`: mails, deletions, cursors, then threads and debates, then (with `analyze`) reports
 * of debates that changed. Running it again adds nothing; after an interruption at any instant the next run goes on.
 * Throws Fault: busy (another writer), badInput and others from the source (after storing what was read), io, permission.
 */
export async function addSource(store: Store, source: Source, options: AddOptions): Promise<AddResult> {
  const start = performance.now();
  const unlock = store.lockWriter();
  try {
    const before = store.counts().messages;
    const known = source.name === '-' ? 0 : store.broughtBy(options.list, source.name);
    const { interrupted, ...counts } = await readAll(store, source, options);
    let debates = 0;
    let failed = 0;
    let stopped = interrupted;
    if (!interrupted) {
      if (source.name !== '-') {
        store.rememberSource(source.name, options.list, source.kind, Math.floor(Date.now() / 1000));
      }
      options.onProgress?.({ phase: 'thread', done: 0, bytes: 0 });
      // A copy from this source may have replaced the one that another list shows.
      const lists = new Set([...store.dirtyLists(), options.list]);
      for (const list of lists) debates += formList(store, list);
      if (options.analyze) {
        for (const list of lists) {
          if (stopped) break;
          const analysis = await analyzeList(store, list, analyzeOptions(options));
          failed += analysis.failed;
          stopped = analysis.interrupted;
        }
      }
    }
    if (counts.added + counts.deleted + debates > 0) store.optimize(counts.added > before * bulkShare);
    const seconds = (performance.now() - start) / 1000;
    return { ...counts, known, debates, failed, seconds, interrupted: stopped };
  } finally {
    unlock();
  }
}
