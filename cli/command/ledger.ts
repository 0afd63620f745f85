import { ledgerLine } from '../../views/export/ledger.ts';
import type { Call } from '../call.ts';
import { forEachDebate } from '../operand.ts';

export function run(call: Call): Promise<'ok' | 'none' | 'rejected'> {
  return forEachDebate(call, ({ ledger }) => {
    for (const entry of ledger.entries) call.terminal.out(`${ledgerLine(entry)}\n`);
  });
}
