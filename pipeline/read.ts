// A stored debate ready to be shown: its form, its words and what they mean. Reads only.
import type { CollatedDocument } from '../model/collated.ts';
import type { Ledger, LedgerEntry } from '../model/ledger.ts';
import type { Message, MessageId } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import type { Debate } from '../model/thread.ts';
import { withVariantNote } from './variant.ts';
import { collate } from '../nlp/collated.ts';
import { buildLedger, readMessage } from '../nlp/ledger/build.ts';
import type { Store } from '../store/store.ts';
import { debateOptions, storedOptions } from './given.ts';
import { reportOf, type AnalysisOptions, type Analyzed } from './report.ts';

export interface OpenDebate {
  readonly list: string;
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly report: Report;
  /** Other mails under the ids of its messages, with different content. */
  readonly variants: readonly Message[];
}

/**
 * The debate that a message of a list belongs to; undefined when the message is in none. A debate that was stored
 * without analysis is analyzed now, and not stored; so is any debate when `options` bring files of the user.
 */
export function readDebate(
  store: Store,
  id: MessageId,
  list: string,
  options: AnalysisOptions,
): OpenDebate | undefined {
  const row = store.debateOf(id, list);
  const debate = row === undefined ? undefined : store.debate(row.id, list);
  if (debate === undefined) return undefined;
  const given = options.mailmap !== undefined || options.roles !== undefined;
  const report = given ? undefined : store.report(debate.id, list);
  const all = { ...storedOptions(store, options.version), ...options };
  const read: Analyzed =
    report === undefined
      ? reportOf(debate, debateOptions(store, list, debate.id, all))
      : { ledger: buildLedger(debate), report };
  const variants = debate.messages.flatMap((message) => store.otherVariants(message.id, list));
  return { list, debate, ledger: read.ledger, report: withVariantNote(read.report, variants), variants };
}

/** A message apart from any debate (debates are formed after messages are stored). */
export function readSingle(store: Store, id: MessageId, list: string): LedgerEntry | undefined {
  const message = store.message(id, list);
  return message === undefined ? undefined : readMessage(message);
}

/** The debate as one text, every reply under the words it answers. */
export function collatedOf({ debate, ledger }: OpenDebate): CollatedDocument {
  return collate(debate, ledger);
}
