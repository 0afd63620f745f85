import { collate } from '../../nlp/collated.ts';
import { collatedExport } from '../../views/export/collated.ts';
import { jsonText } from '../../views/export/json.ts';
import type { Call } from '../call.ts';
import { forEachDebate } from '../operand.ts';

export function run(call: Call): Promise<'ok' | 'none' | 'rejected'> {
  const { options, terminal } = call;
  let first = true;
  return forEachDebate(call, ({ debate, ledger, report, list }) => {
    const document = collate(debate, ledger);
    if (options.flag('json')) terminal.out(`${jsonText(document)}\n`);
    else terminal.out((first ? '' : '\n') + collatedExport(document, report, list, terminal));
    first = false;
  });
}
