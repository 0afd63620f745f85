import { Fault } from '../../model/fault.ts';
import { jsonText } from '../../views/export/json.ts';
import { messageText } from '../../views/export/message.ts';
import { visible } from '../../views/visible.ts';
import type { Call } from '../call.ts';
import { openForReading } from '../database.ts';
import { listOf, messageIdOf } from '../operand.ts';

export async function run(call: Call): Promise<'ok'> {
  const { operands, options, terminal } = call;
  if (operands.length === 0) {
    throw new Fault('usage', 'show needs a Message-ID', '`hum q WORDS` finds messages.');
  }
  const store = openForReading(call);
  try {
    for (const [i, operand] of operands.entries()) {
      const id = messageIdOf(operand);
      const list = listOf(store, id, options.text('list'));
      const message = store.message(id, list);
      const raw = store.raw(id, list);
      if (message === undefined || raw === undefined) {
        throw new Fault('config', `the database has lost the text of ${id}`, '`hum doctor` checks it.');
      }
      if (options.flag('raw')) {
        terminal.out(terminal.outIsTerminal ? visible(raw.toString('latin1').replaceAll('\r\n', '\n')) : raw);
      } else if (options.flag('json')) {
        terminal.out(`${jsonText({ ...message, lists: store.listsOf(id) })}\n`);
      } else {
        terminal.out((i > 0 ? '\n' : '') + messageText(message, terminal.color));
        const others = store.variants(id).length - 1;
        if (others > 0) terminal.note(`hum: ${others} more under the same Message-ID, with other content`);
      }
    }
    return 'ok';
  } finally {
    store.close();
  }
}
