// Reports of the debates whose content, or whose analysis, changed since the last report. Debates are independent of each
// other: they go to worker threads where there are enough of them, and one that fails never stops the rest.
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { analyzeStored } from './analysis-worker.ts';
import { withAppliers } from './given.ts';
import { analysisKey, analysisOptions } from './report.ts';
import { runOnWorkers } from './worker-pool.ts';
import type { Outcome, Task, WorkerSetup } from './analysis-worker.ts';
import type { AnalysisOptions } from './report.ts';
import type { MessageId } from '../model/message.ts';
import type { Store } from '../store/store.ts';

export interface AnalyzeProgress {
  readonly done: number;
  readonly total: number;
}

export interface AnalyzeOptions extends AnalysisOptions {
  readonly onProgress?: (progress: AnalyzeProgress) => void;
  /** Called for a debate whose analysis failed; the failure is stored as well. */
  readonly onFailure?: (debate: MessageId, failure: string) => void;
  /** Stops after the debates in work. */
  readonly signal?: AbortSignal;
  /** Worker threads; 0 analyzes in this thread. Chosen by the number of debates when absent. */
  readonly workers?: number;
}

export interface AnalyzeResult {
  readonly analyzed: number;
  readonly failed: number;
  readonly interrupted: boolean;
}

/** Below this many debates starting a worker costs more than it gains. */
const fewDebates = 64;
/** Debates handed to a worker at a time. */
const portion = 8;
/** Each holds lexicon, models and the debate in work: 100 to 200 MB. */
const mostWorkers = 4;
const batchMilliseconds = 1_000;

function workersFor(debates: number, path: string): number {
  if (path === ':memory:' || debates < fewDebates) return 0;
  return Math.min(availableParallelism(), mostWorkers);
}

/** Reports in portions, by worker threads that read the database themselves. */
function byWorkers(
  setup: WorkerSetup,
  tasks: readonly Task[],
  workers: number,
): AsyncGenerator<readonly Outcome[]> {
  return runOnWorkers<Task, Outcome>(tasks, {
    script: new URL('analysis-worker.js', import.meta.url),
    data: setup,
    workers,
    portion,
    lost: ({ id }, error) => ({ id, failure: error.stack ?? error.message }),
  });
}

async function* inThisThread(
  store: Store,
  setup: WorkerSetup,
  tasks: readonly Task[],
): AsyncGenerator<readonly Outcome[]> {
  for (const { id, appliers } of tasks) {
    yield [analyzeStored(store, setup.list, id, withAppliers(setup.options, appliers))];
    // Lets signals and servers have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Analyzes the debates of a list that need it. Call while holding the writer's lock. */
export async function analyzeList(
  store: Store,
  list: string,
  options: AnalyzeOptions,
): Promise<AnalyzeResult> {
  const version = analysisKey(options);
  const appliers = store.appliers(list);
  const wanted = new Map<MessageId, string>();
  for (const { id, contentKey, reportKey } of store.debateStates(list)) {
    const hash = createHash('sha256').update(`${contentKey}\n${version}`);
    for (const address of appliers.get(id) ?? []) hash.update(`\n${address}`);
    const key = hash.digest('hex').slice(0, 32);
    if (key !== reportKey) wanted.set(id, key);
  }
  const tasks = [...wanted.keys()].map((id): Task => ({ id, appliers: appliers.get(id) ?? [] }));
  const setup: WorkerSetup = {
    path: store.path,
    list,
    options: analysisOptions(options),
  };
  const workers = options.workers ?? workersFor(tasks.length, store.path);
  let analyzed = 0;
  let failed = 0;
  let batch: Outcome[] = [];
  let started = performance.now();

  const flush = (): void => {
    const outcomes = batch;
    batch = [];
    store.transaction(() => {
      for (const { id, report, failure } of outcomes) {
        const key = wanted.get(id) ?? '';
        if (report !== undefined) store.putReport(list, id, key, report);
        if (failure !== undefined) store.putFailure(list, id, key, failure);
      }
    });
    for (const { id, failure } of outcomes) {
      analyzed += 1;
      if (failure === undefined) continue;
      failed += 1;
      options.onFailure?.(id, failure);
    }
    started = performance.now();
    options.onProgress?.({ done: analyzed, total: tasks.length });
  };

  const outcomes = workers > 0 ? byWorkers(setup, tasks, workers) : inThisThread(store, setup, tasks);
  for await (const some of outcomes) {
    batch.push(...some);
    if (performance.now() - started < batchMilliseconds) continue;
    flush();
    if (options.signal?.aborted === true) return { analyzed, failed, interrupted: true };
  }
  if (batch.length > 0) flush();
  return { analyzed, failed, interrupted: options.signal?.aborted === true };
}
