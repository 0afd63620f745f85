// Worker thread: reads debates from the database (read-only) and sends their reports back. Holds no state between debates.
import { parentPort, workerData } from 'node:worker_threads';
import { openStore } from '../store/open.ts';
import { withAppliers } from './given.ts';
import { reportOf } from './report.ts';
import type { Report } from '../model/report.ts';
import type { AnalysisOptions } from './report.ts';
import type { FromWorker } from './worker-pool.ts';
import type { Store } from '../store/store.ts';

export interface WorkerSetup {
  readonly path: string;
  readonly list: string;
  readonly options: AnalysisOptions;
}

/** A debate, and those of its senders who applied patches elsewhere on the list. */
export interface Task {
  readonly id: string;
  readonly appliers: readonly string[];
}

/** What becomes of one debate: a report, a failure, or neither when the debate is gone. */
export interface Outcome {
  readonly id: string;
  readonly report?: Report;
  readonly failure?: string;
}

/** Analyzes one stored debate; a fault of ours in it is told, never thrown. */
export function analyzeStored(store: Store, list: string, id: string, options: AnalysisOptions): Outcome {
  try {
    const debate = store.debate(id, list);
    return debate === undefined ? { id } : { id, report: reportOf(debate, options).report };
  } catch (error) {
    return { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  const setup: WorkerSetup = workerData;
  const store = openStore(setup.path, { readonly: true });
  port.on('message', (tasks: readonly Task[]) => {
    const outcomes: FromWorker<Outcome> = tasks.map(({ id, appliers }) =>
      analyzeStored(store, setup.list, id, withAppliers(setup.options, appliers)),
    );
    port.postMessage(outcomes);
  });
  const ready: FromWorker<Outcome> = 'ready';
  port.postMessage(ready);
}
