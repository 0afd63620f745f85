// One message of the ledger as a JSON object with stable keys: the promise of `hum ledger --json`.
import type { LedgerEntry } from '../../model/ledger.ts';
import { jsonText } from './json.ts';

/** One line of JSON without a line feed. Offsets are UTF-16 code units of `body`. */
export function ledgerLine(entry: LedgerEntry): string {
  const { message, segments, sentences } = entry;
  return jsonText({
    messageId: message.id,
    body: message.body,
    segments: segments.map(({ kind, start, end, quoteDepth, source }) => ({
      kind,
      start,
      end,
      quoteDepth,
      ...(source !== undefined && { source }),
    })),
    sentences: sentences.map(({ start, end }) => ({ start, end })),
    defects: message.defects,
  });
}
