import { Fault } from '../../model/fault.ts';
import type { Call } from '../call.ts';
import { commands, findCommand } from '../command.ts';
import { manualOf, markdownManual, overview } from '../manual.ts';
import { nearest } from '../parse.ts';

export async function run({ operands, options, terminal }: Call): Promise<'ok'> {
  const [name] = operands;
  if (options.flag('markdown')) {
    terminal.out(markdownManual());
  } else if (name === undefined) {
    terminal.out(overview(terminal.width));
  } else {
    const command = findCommand(name);
    if (command === undefined) {
      const near = nearest(
        name,
        commands.map((each) => each.name),
      );
      throw new Fault(
        'usage',
        `unknown command ${JSON.stringify(name)}`,
        near === undefined ? 'See `hum help`.' : `Did you mean \`hum help ${near}\`?`,
      );
    }
    terminal.out(manualOf(command, terminal.width));
  }
  return 'ok';
}
