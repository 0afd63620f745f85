import { variantEntry } from '../../pipeline/variant.ts';
import { ledgerLine } from '../../views/export/ledger.ts';
import type { Call } from '../call.ts';
import { forEachDebate } from '../operand.ts';

export function run(call: Call): Promise<'ok' | 'none' | 'rejected'> {
  return forEachDebate(call, ({ ledger, variants }) => {
    const entries = [...ledger.entries, ...variants.map(variantEntry)];
    for (const entry of entries) call.terminal.out(`${ledgerLine(entry)}\n`);
  });
}
