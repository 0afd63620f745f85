import { Fault } from '../../model/fault.ts';
import type { Call } from '../call.ts';
import { completionScript, shells } from '../completion.ts';

export async function run({ operands, terminal }: Call): Promise<'ok'> {
  const [name, ...more] = operands;
  const shell = shells.find((each) => each === name);
  if (shell === undefined || more.length > 0) {
    throw new Fault(
      'usage',
      name === undefined ? 'which shell?' : `no completion for ${operands.join(' ')}`,
      `Write hum completion ${shells.join('|')}.`,
    );
  }
  terminal.out(completionScript(shell));
  return 'ok';
}
