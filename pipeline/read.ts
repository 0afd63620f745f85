// A stored debate ready to be shown: its form, its words and what they mean. Reads only.
import type { CollatedDocument } from '../model/collated.ts';
import type { Ledger, LedgerEntry } from '../model/ledger.ts';
import type { MessageId } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import type { Debate } from '../model/thread.ts';
import { collate } from '../nlp/collated.ts';
import { buildLedger, readMessage } from '../nlp/ledger/build.ts';
import type { Store } from '../store/store.ts';
import { reportOf, type AnalysisOptions } from './report.ts';

export interface OpenDebate {
  readonly list: string;
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly report: Report;
}

/**
 * The debate that a message of a list belongs to; undefined when the message is in none. A debate that was stored
 * without analysis is analyzed now, and not stored.
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
  const report = store.report(debate.id, list);
  return report === undefined
    ? { list, debate, ...reportOf(debate, options) }
    : { list, debate, ledger: buildLedger(debate), report };
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
