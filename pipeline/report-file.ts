// Analyzes the mails of a source without any database, for `hum report FILE`.
import { contentHash } from '../ingest/mime/content-hash.ts';
import { parseMessage } from '../ingest/mime/parse.ts';
import { buildThreads } from '../ingest/thread/build.ts';
import { assembleDebate, debateOfMessages, formDebates } from '../ingest/thread/debate.ts';
import { Fault } from '../model/fault.ts';
import { applierIn } from './applier.ts';
import { withAppliers } from './given.ts';
import { splitQuotes } from './quote-split.ts';
import { reportOf } from './report.ts';
import { withVariantNote } from './variant.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Defect, Message, MessageId } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import type { Origin, Source } from '../model/source.ts';
import type { Debate, ThreadingRow } from '../model/thread.ts';
import type { AnalysisOptions } from './report.ts';

export interface FileOptions extends AnalysisOptions {
  /** Takes all mails as one debate, whatever their threads. */
  readonly one: boolean;
  /** Name printed as the report's list; the source's hint when absent. */
  readonly list?: string;
  /** Printed as the report's `threadId` (with `one`); the debate's id when absent. */
  readonly threadId?: string;
  readonly onDefect?: (kind: 'reject' | 'notice', defect: Defect, origin: Origin) => void;
  /** What was odd in a mail that was read. */
  readonly onRepair?: (defect: Defect, origin: Origin) => void;
}

export interface FileDebate {
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly report: Report;
  /** Other mails under the ids of its messages, with different content. */
  readonly variants: readonly Message[];
}

/** Mail held in memory at most; beyond that a database serves better. */
const mostBytes = 512 * 1024 * 1024;

interface Kept {
  readonly message: Message;
  readonly hash: string;
  /** Lower-case address of the sender when the mail says that its sender applied a patch, else ''. */
  readonly applier: string;
}

/** Mails under each Message-ID, each content once: by time, then content hash. The first is the one debates show. */
type Mails = ReadonlyMap<MessageId, readonly Kept[]>;

function byTime(a: Kept, b: Kept): number {
  return a.message.time - b.message.time || (a.hash < b.hash ? -1 : 1);
}

async function readMails(source: Source, options: FileOptions): Promise<Mails> {
  const kept = new Map<MessageId, Kept[]>();
  let bytes = 0;
  for await (const event of source.read(new Map())) {
    if (event.kind === 'reject' || event.kind === 'notice') {
      options.onDefect?.(event.kind, event.defect, event.origin);
    } else if (event.kind === 'delete') {
      const gone = await parseMessage(event.bytes);
      const goneHash = contentHash(gone);
      const left = kept.get(gone.id)?.filter(({ hash }) => hash !== goneHash) ?? [];
      if (left.length > 0) kept.set(gone.id, left);
      else kept.delete(gone.id);
    } else if (event.kind === 'mail') {
      bytes += event.bytes.length;
      if (bytes > mostBytes) {
        throw new Fault(
          'usage',
          `${source.name} holds more than ${mostBytes / 1024 / 1024} MB of mail`,
          'add it to a database first (hum add SOURCE), then report its debates by Message-ID',
        );
      }
      const parsed = parseMessage(event.bytes, { provenance: event.provenance, defects: event.defects });
      const message = parsed instanceof Promise ? await parsed : parsed;
      for (const defect of message.defects) options.onRepair?.(defect, event.origin);
      const hash = contentHash(message);
      const known = kept.get(message.id) ?? [];
      if (known.some((one) => one.hash === hash)) continue;
      const applier = applierIn(message, splitQuotes(message.body).own);
      known.push({ message, hash, applier });
      kept.set(message.id, known);
    }
  }
  for (const variants of kept.values()) variants.sort(byTime);
  return kept;
}

/** Those who say in at least two mails that they applied patches, as a store of these mails would have it. */
function appliersOf(mails: Mails): ReadonlySet<string> {
  const times = new Map<string, number>();
  for (const [{ applier } = { applier: '' }] of mails.values())
    if (applier !== '') times.set(applier, (times.get(applier) ?? 0) + 1);
  return new Set([...times].filter(([, count]) => count > 1).map(([address]) => address));
}

function rowOf(message: Message): ThreadingRow {
  const { id, time, subject, inReplyTo, references } = message;
  const [sender] = message.from;
  return {
    id,
    time,
    subject,
    fromName: sender?.name ?? '',
    fromAddress: sender?.address ?? '',
    inReplyTo,
    references,
  };
}

/**
 * The debates of a source with their ledgers and reports, in order of their first message; with `one` a single debate
 * of all its mails. Nothing is stored. Yields nothing for a source without mail.
 */
export async function* debatesOfFile(source: Source, options: FileOptions): AsyncGenerator<FileDebate> {
  const mails = await readMails(source, options);
  if (mails.size === 0) return;
  const list = options.list ?? source.listHint;
  const appliers = appliersOf(mails);
  const shown = new Map([...mails].flatMap(([id, [first]]) => (first ? [[id, first.message] as const] : [])));
  const read = (debate: Debate, threadId?: string): FileDebate => {
    const senders = new Set(debate.messages.map((message) => message.from[0]?.address.toLowerCase() ?? ''));
    const here = [...appliers].filter((address) => senders.has(address)).toSorted();
    const { ledger, report } = reportOf(debate, withAppliers(options, here), threadId);
    const variants = debate.messages.flatMap(({ id }) =>
      (mails.get(id) ?? []).slice(1).map(({ message }) => message),
    );
    return { debate, ledger, report: withVariantNote(report, variants), variants };
  };
  if (options.one) {
    yield read(debateOfMessages(list, shown.values()), options.threadId);
    return;
  }
  const rows = new Map([...shown].map(([id, message]) => [id, rowOf(message)]));
  const threads = buildThreads(rows.values());
  const drafts = formDebates(list, threads, rows, (id) => shown.get(id)?.body ?? '');
  for (const draft of drafts) {
    yield read(
      assembleDebate(
        draft,
        draft.messageIds.flatMap((id) => shown.get(id) ?? []),
      ),
    );
  }
}
