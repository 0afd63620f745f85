import { Fault } from '../../model/fault.ts';
import type { Call } from '../call.ts';
import { addAll, isWhole } from '../add.ts';
import { openForWriting } from '../database.ts';

export async function run(call: Call): Promise<'ok' | 'rejected' | 'interrupted'> {
  const { operands, options, terminal } = call;
  if (operands.length === 0) {
    throw new Fault('usage', 'add needs a source', 'Example: hum add thread.mbox --list my-list');
  }
  const store = openForWriting(call);
  try {
    const { counts, interrupted } = await addAll(call, store, operands);
    if (options.flag('json')) terminal.out(`${JSON.stringify(counts)}\n`);
    if (interrupted) return 'interrupted';
    return isWhole(counts) ? 'ok' : 'rejected';
  } finally {
    store.close();
  }
}
