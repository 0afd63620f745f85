// Brings every remembered source up to date. Sources are opened one after the other; one that fails does not stop the rest.
import { addSource } from './add.ts';
import { Fault } from '../model/fault.ts';
import type { Source } from '../model/source.ts';
import type { SourceRow, Store } from '../store/store.ts';
import type { AddOptions, AddResult } from './add.ts';

export interface SyncOptions extends Omit<AddOptions, 'list'> {
  /** Only the sources of this list. */
  readonly list?: string;
  /** Opens a remembered source by its name. */
  readonly open: (name: string) => Promise<Source>;
}

/** What became of one source: its counts, or the fault that stopped it. */
export interface Synced {
  readonly source: SourceRow;
  readonly result?: AddResult;
  readonly fault?: Fault;
}

/** Adds what is new in each remembered source, in the order they were first added. */
export async function* syncSources(store: Store, options: SyncOptions): AsyncGenerator<Synced> {
  const { open, list: only, ...rest } = options;
  for (const row of store.sources()) {
    if (only !== undefined && row.list !== only) continue;
    if (options.signal?.aborted === true) return;
    try {
      const source = await open(row.source);
      try {
        yield { source: row, result: await addSource(store, source, { ...rest, list: row.list }) };
      } finally {
        await source.close();
      }
    } catch (error) {
      // A second writer, a full disk or a damaged database would stop every other source as well.
      const own = error instanceof Fault && !['busy', 'io', 'config', 'permission'].includes(error.exit);
      if (!own) throw error;
      yield { source: row, fault: error };
    }
  }
}
