import { join } from 'node:path';
import { openSource } from '../../ingest/source/open.ts';
import { Fault, type ExitName } from '../../model/fault.ts';
import { rememberGiven } from '../../pipeline/given.ts';
import { syncSources } from '../../pipeline/sync.ts';
import { visibleLine } from '../../views/visible.ts';
import { addOptions, closingLine, isWhole } from '../add.ts';
import type { Call } from '../call.ts';
import { openForReading, openForWriting } from '../database.ts';
import { givenBy } from '../given.ts';
import { cacheFolder } from '../folder.ts';

export async function run(call: Call): Promise<ExitName> {
  const { operands, options, terminal, env } = call;
  openForReading(call).close();
  const store = openForWriting(call);
  let exit: ExitName = 'ok';
  try {
    const known = new Set(store.sources().map((source) => source.list));
    for (const list of operands) {
      if (!known.has(list)) {
        throw new Fault(
          'none',
          `no source was added for ${list}`,
          `There are: ${[...known].join(', ') || 'none'}.`,
        );
      }
    }
    rememberGiven(store, givenBy(call));
    const drawn = addOptions(call, store);
    const open = (name: string): ReturnType<typeof openSource> =>
      openSource(name, { cacheDir: join(cacheFolder(env), 'clone') });
    const rows: unknown[] = [];
    for (const list of operands.length === 0 ? [undefined] : operands) {
      const synced = syncSources(store, { ...drawn.options, open, ...(list !== undefined && { list }) });
      for await (const { source, result, fault } of synced) {
        drawn.end();
        if (result !== undefined) {
          terminal.note(closingLine(source.source, source.list, result));
          if (!isWhole(result) && exit === 'ok') exit = 'rejected';
          if (result.interrupted) exit = 'interrupted';
        }
        if (fault !== undefined) {
          process.stderr.write(`hum: ${visibleLine(source.source)}: ${fault.message}\n${fault.remedy}\n`);
          exit = fault.exit;
        }
        rows.push({
          source: source.source,
          list: source.list,
          ...(result !== undefined && { result }),
          ...(fault !== undefined && { fault: { message: fault.message, remedy: fault.remedy } }),
        });
      }
    }
    if (known.size === 0) terminal.note('hum: no source was added yet; see `hum help add`');
    if (options.flag('json')) terminal.out(`${JSON.stringify({ sources: rows })}\n`);
    return exit;
  } finally {
    store.close();
  }
}
