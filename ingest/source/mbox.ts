// Mails of one mbox file or stream (also compressed, also pipermail's monthly text), with cursors to resume from.
// Splitting is in mbox-splitter.ts.
import type { Defect } from '../../model/message.ts';
import type { Origin, SourceEvent } from '../../model/source.ts';
import type { Bytes } from './bytes.ts';
import { compareWithCursor, parseCursor, takeFingerprint, type Fingerprint } from './cursor.ts';
import { CorruptGzip } from './gunzip.ts';
import { MboxSplitter, type MboxFormat, type SplitItem } from './mbox-splitter.ts';
import { mendSender } from './sender.ts';

/** Bytes between two cursors: what an interrupted run reads again at most. */
const CURSOR_EVERY = 1 << 23;

export interface MboxFile {
  readonly bytes: Bytes;
  /** Path of the file as it lies on disk, for cursors; undefined for streams, which cannot be resumed. */
  readonly path: string | undefined;
  /** Part name of its cursors. */
  readonly part: string;
  readonly format: MboxFormat;
  readonly maxMessageBytes: number;
}

function toEvent(item: SplitItem, source: string): SourceEvent {
  const origin: Origin = { source, at: item.at };
  if (item.kind === 'reject') return { kind: 'reject', origin, defect: { ...item.defect, file: source } };
  const { bytes, defect } = mendSender(item.bytes);
  const defects: readonly Defect[] = defect === undefined ? item.defects : [...item.defects, defect];
  return { kind: 'mail', bytes, origin, provenance: 'mail', defects };
}

/** Where reading starts: an offset, or undefined when the file is as it was after a full read. */
async function startOf(file: MboxFile, cursorText: string | undefined): Promise<number | undefined> {
  const cursor = parseCursor(cursorText);
  if (file.path === undefined || cursor === undefined) return 0;
  const found = await compareWithCursor(file.path, cursor);
  if (found === 'changed') return 0;
  if (found === 'unchanged' && cursor.done) return undefined;
  if (!cursor.done) return cursor.next;
  // The last mail may have been cut when it was read, and be whole now.
  return (await beginsMail(file, cursor.next)) ? cursor.next : cursor.last;
}

/** Is there, after empty lines, an envelope at this offset? */
async function beginsMail(file: MboxFile, at: number): Promise<boolean> {
  const splitter = new MboxSplitter({ format: 'mboxrd', from: at, maxMessageBytes: file.maxMessageBytes });
  for await (const chunk of file.bytes.read(at)) {
    const [first] = [...splitter.push(chunk.subarray(0, 1 << 16)), ...splitter.finish()];
    return first === undefined || first.kind === 'mail';
  }
  return true;
}

/** Mails, rejects and cursors of one file, in file order. Throws only for faults of the file system. */
export async function* readMbox(file: MboxFile, cursorText: string | undefined): AsyncGenerator<SourceEvent> {
  const from = await startOf(file, cursorText);
  if (from === undefined) return;
  const seen = file.path === undefined ? undefined : await takeFingerprint(file.path);
  const { format, maxMessageBytes } = file;
  const splitter = new MboxSplitter({ format, from, maxMessageBytes });
  const source = file.bytes.name;
  let last = from;
  let saved = from;
  let failure: CorruptGzip | undefined;
  try {
    for await (const chunk of file.bytes.read(from)) {
      for (const item of splitter.push(chunk)) {
        if (item.kind === 'mail') last = item.at;
        yield toEvent(item, source);
      }
      if (seen !== undefined && splitter.settled - saved >= CURSOR_EVERY) {
        saved = splitter.settled;
        yield cursorEvent(file.part, seen, saved, last, false);
      }
    }
  } catch (error) {
    if (!(error instanceof CorruptGzip)) throw error;
    failure = error;
  }
  const items = splitter.finish();
  const lastMail = items.findLast((item) => item.kind === 'mail');
  for (const item of items) {
    if (item.kind === 'mail') last = item.at;
    const cut =
      failure !== undefined && item === lastMail && item.defects.every(({ code }) => code !== 'truncated');
    const defects = [{ code: 'truncated', detail: 'the compressed file ends inside this mail' }];
    yield toEvent(cut ? { ...item, defects: [...item.defects, ...defects] } : item, source);
  }
  if (failure !== undefined) {
    yield { kind: 'reject', origin: { source, at: splitter.end }, defect: gzipDefect(failure, source) };
  } else if (seen !== undefined) {
    yield cursorEvent(file.part, seen, splitter.end, last, true);
  }
}

/** The defect that tells of a damaged gzip file. */
export function gzipDefect(error: CorruptGzip, file: string): Defect {
  const rest = error.truncated ? 'the rest is missing' : 'what follows cannot be read';
  return { code: 'corrupt-gzip', detail: `${error.message}; ${rest}`, offset: error.offset, file };
}

function cursorEvent(
  part: string,
  seen: Fingerprint,
  next: number,
  last: number,
  done: boolean,
): SourceEvent {
  return { kind: 'cursor', part, cursor: JSON.stringify({ ...seen, next, last, done }) };
}
