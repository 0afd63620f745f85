import { Fault } from '../../model/fault.ts';
import { mboxEntry } from '../../views/export/mbox.ts';
import { visible } from '../../views/visible.ts';
import type { Call } from '../call.ts';
import { openForReading } from '../database.ts';
import { listOf, messageIdOf } from '../operand.ts';
import { openOutput } from '../output.ts';

export async function run(call: Call): Promise<'ok'> {
  const { operands, options, terminal } = call;
  const [operand, ...more] = operands;
  if (operand === undefined || more.length > 0) {
    throw new Fault('usage', 'mbox takes one Message-ID', 'Example: hum mbox MSGID -o debate.mbox');
  }
  const store = openForReading(call);
  try {
    const id = messageIdOf(operand);
    const list = listOf(store, id, options.text('list'));
    const debate = store.debateOf(id, list);
    const ids = debate === undefined ? [id] : store.debateMessages(debate.id, list).map((each) => each.id);
    const path = options.text('output');
    const file = path === undefined ? undefined : openOutput(path);
    for (const each of ids) {
      const raw = store.raw(each, list);
      if (raw === undefined) continue;
      for (const chunk of mboxEntry(raw)) {
        if (file !== undefined) file.write(chunk);
        else
          terminal.out(
            terminal.outIsTerminal ? visible(chunk.toString('latin1').replaceAll('\r\n', '\n')) : chunk,
          );
      }
    }
    file?.close();
    return 'ok';
  } finally {
    store.close();
  }
}
