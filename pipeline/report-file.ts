// Analyzes the mails of a source without any database, for `hum report FILE`.
import { contentHash } from '../ingest/mime/content-hash.ts';
import { parseMessage } from '../ingest/mime/parse.ts';
import { buildThreads } from '../ingest/thread/build.ts';
import { assembleDebate, debateOfMessages, formDebates } from '../ingest/thread/debate.ts';
import { Fault } from '../model/fault.ts';
import { reportOf } from './report.ts';
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
}

export interface FileDebate {
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly report: Report;
}

/** Mail held in memory at most; beyond that a database serves better. */
const mostBytes = 512 * 1024 * 1024;

/** Every Message-ID once: of several contents under one id the earliest, then the one with the smaller content hash. */
async function readMails(source: Source, options: FileOptions): Promise<Map<MessageId, Message>> {
  const kept = new Map<MessageId, { readonly message: Message; readonly hash: string }>();
  let bytes = 0;
  for await (const event of source.read(new Map())) {
    if (event.kind === 'reject' || event.kind === 'notice') {
      options.onDefect?.(event.kind, event.defect, event.origin);
    } else if (event.kind === 'delete') {
      const gone = await parseMessage(event.bytes);
      if (kept.get(gone.id)?.hash === contentHash(gone)) kept.delete(gone.id);
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
      const hash = contentHash(message);
      const before = kept.get(message.id);
      const earlier =
        before === undefined ||
        message.time < before.message.time ||
        (message.time === before.message.time && hash < before.hash);
      if (earlier) kept.set(message.id, { message, hash });
    }
  }
  return new Map([...kept].map(([id, { message }]) => [id, message]));
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
  if (options.one) {
    const debate = debateOfMessages(list, mails.values());
    yield { debate, ...reportOf(debate, options, options.threadId) };
    return;
  }
  const rows = new Map([...mails].map(([id, message]) => [id, rowOf(message)]));
  const threads = buildThreads(rows.values());
  const drafts = formDebates(list, threads, rows, (id) => mails.get(id)?.body ?? '');
  for (const draft of drafts) {
    const messages = draft.messageIds.flatMap((id) => mails.get(id) ?? []);
    const debate = assembleDebate(draft, messages);
    yield { debate, ...reportOf(debate, options) };
  }
}
