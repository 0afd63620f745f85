// Reads a source to its end, for tests.
import { openSource, type OpenOptions } from '../../../ingest/source/open.ts';
import type { Source, SourceEvent } from '../../../model/source.ts';

export interface Reading {
  readonly source: Source;
  readonly events: readonly SourceEvent[];
  /** Subjects of the mails, in order. */
  readonly subjects: readonly string[];
  /** `kind code` of every reject and notice, in order. */
  readonly oddities: readonly string[];
  /** Codes of the mails' defects, in order. */
  readonly defects: readonly string[];
  /** Cursors as the store would have them afterwards. */
  readonly cursors: ReadonlyMap<string, string>;
}

const SUBJECT = /^Subject: *(.*?)\r?$/m;

export function subjectOf(bytes: Buffer): string {
  return SUBJECT.exec(bytes.toString('latin1'))?.[1] ?? '';
}

/** Opens and reads `spec`; `stop` ends the reading after that many events, as an interrupted run would. */
export async function readAll(
  spec: string,
  options: OpenOptions = {},
  before: ReadonlyMap<string, string> = new Map(),
  stop = Infinity,
): Promise<Reading> {
  const source = await openSource(spec, options);
  const events: SourceEvent[] = [];
  const cursors = new Map(before);
  for await (const event of source.read(before)) {
    events.push(event);
    if (event.kind === 'cursor') cursors.set(event.part, event.cursor);
    if (events.length >= stop) break;
  }
  await source.close();
  return {
    source,
    events,
    subjects: events.flatMap((event) => (event.kind === 'mail' ? [subjectOf(event.bytes)] : [])),
    oddities: events.flatMap((event) =>
      event.kind === 'reject' || event.kind === 'notice' ? [`${event.kind} ${event.defect.code}`] : [],
    ),
    defects: events.flatMap((event) => (event.kind === 'mail' ? event.defects.map(({ code }) => code) : [])),
    cursors,
  };
}
