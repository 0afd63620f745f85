import { join } from 'node:path';
import { jsonText } from '../../views/export/json.ts';
import { reportText } from '../../views/export/text.ts';
import type { Call } from '../call.ts';
import { forEachDebate, type NamedDebate } from '../operand.ts';
import { makeFolder, writeWhole } from '../output.ts';

function fileName({ stem, place }: NamedDebate, extension: string): string {
  return `${stem}${place === 0 ? '' : `.${place}`}.${extension}`;
}

export async function run(call: Call): Promise<'ok' | 'none' | 'rejected'> {
  const { options, terminal } = call;
  const json = options.flag('json');
  const out = options.text('out');
  if (out !== undefined) makeFolder(out);
  // one document for one debate, one line each for several: known only when the second one comes
  let held: NamedDebate | undefined;
  let printedOne = false;
  const print = (found: NamedDebate, alone: boolean): void => {
    if (json) {
      terminal.out(`${jsonText(found.report, alone ? 2 : 0)}\n`);
    } else {
      const rule = printedOne ? `\n${'─'.repeat(terminal.width)}\n\n` : '';
      terminal.out(rule + reportText(found.report, found.list, terminal));
    }
    printedOne = true;
  };
  const exit = await forEachDebate(call, (found) => {
    if (out !== undefined) {
      const text = json
        ? `${jsonText(found.report, 2)}\n`
        : reportText(found.report, found.list, { width: terminal.width, color: false });
      writeWhole(join(out, fileName(found, json ? 'json' : 'txt')), text);
      return;
    }
    if (held !== undefined) print(held, false);
    held = found;
  });
  if (held !== undefined) print(held, !printedOne);
  return exit;
}
