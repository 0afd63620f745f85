// Mails under one Message-ID with other content than the one a debate shows: kept, read by themselves, and spoken of.
import type { LedgerEntry } from '../model/ledger.ts';
import type { Message } from '../model/message.ts';
import type { Report } from '../model/report.ts';
import { readMessage } from '../nlp/ledger/build.ts';

/** Whose words are whose in a variant, its quotes not resolved. */
export function variantEntry(variant: Message): LedgerEntry {
  const detail = 'the debate shows another mail with this Message-ID and other content';
  const defects = [...variant.defects, { code: 'message-id-reused', detail }];
  return readMessage({ ...variant, defects });
}

/** The report with a note on the variants that it does not speak of. */
export function withVariantNote(report: Report, variants: readonly Message[]): Report {
  if (variants.length === 0) return report;
  const ids = [...new Set(variants.map(({ id }) => id))];
  const [first = ''] = ids;
  const others =
    ids.length === 1 ? '' : ` and ${ids.length - 1} more Message-${ids.length === 2 ? 'ID' : 'IDs'}`;
  const note = `several mails with different content under <${first}>${others}: the earliest of each is read here, all are kept`;
  return { ...report, notes: [...(report.notes ?? []), note] };
}
