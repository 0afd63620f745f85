// Hands tasks to worker threads and gives their answers as they come. A task on which a worker dies is tried alone once more,
// then answered by `lost`; the others are not affected. Knows nothing of debates.
import { Worker } from 'node:worker_threads';

/** What a worker posts: first that it is ready, then one list of answers for each portion of tasks it was given. */
export type FromWorker<Answer> = 'ready' | readonly Answer[];

export interface PoolOptions<Task, Answer> {
  readonly script: URL;
  /** `workerData` of every worker. */
  readonly data: unknown;
  readonly workers: number;
  /** Tasks handed over at a time. */
  readonly portion: number;
  /** Answer for a task that ended its worker twice. */
  readonly lost: (task: Task, error: Error) => Answer;
}

/** Threads of their own heap: a small nursery keeps the sum of them small, at little cost in time. */
const youngMegabytes = 16;

/** Lets the consumer wait for the next event of any worker. */
class Bell {
  #ring: (() => void) | undefined;
  #rung = false;

  ring(): void {
    this.#rung = true;
    this.#ring?.();
  }

  async wait(): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        this.#ring = resolve;
      });
    }
    this.#rung = false;
    this.#ring = undefined;
  }
}

/** Answers in any order. Throws what a worker died of before it was ready (it could not open the database, say). */
export async function* runOnWorkers<Task, Answer>(
  tasks: readonly Task[],
  options: PoolOptions<Task, Answer>,
): AsyncGenerator<readonly Answer[]> {
  const waiting: (readonly Task[])[] = [];
  for (let at = 0; at < tasks.length; at += options.portion)
    waiting.push(tasks.slice(at, at + options.portion));
  const answers: (readonly Answer[])[] = [];
  const running = new Set<Worker>();
  const bell = new Bell();
  const failed: Error[] = [];

  function start(): void {
    const worker = new Worker(options.script, {
      workerData: options.data,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    let inWork: readonly Task[] | undefined;
    let ready = false;
    let died: Error | undefined;
    running.add(worker);
    const next = (): void => {
      inWork = waiting.shift();
      if (inWork === undefined) void worker.terminate();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      else worker.postMessage(inWork);
    };
    worker.on('message', (message: FromWorker<Answer>) => {
      if (message === 'ready') {
        ready = true;
      } else {
        answers.push(message);
        inWork = undefined;
      }
      next();
      bell.ring();
    });
    worker.on('error', (error) => {
      died = error;
    });
    worker.on('exit', (code) => {
      running.delete(worker);
      const error = died ?? new Error(`a worker ended with status ${code}`);
      if (!ready) {
        failed.push(error);
      } else if (inWork !== undefined) {
        const [first, ...others] = inWork;
        if (first !== undefined && others.length === 0) answers.push([options.lost(first, error)]);
        else waiting.push(...inWork.map((task) => [task]));
        if (waiting.length > 0) start();
      }
      bell.ring();
    });
  }

  try {
    for (let count = Math.min(options.workers, waiting.length); count > 0; count -= 1) start();
    for (;;) {
      const [failure] = failed;
      if (failure !== undefined) throw failure;
      const some = answers.shift();
      if (some !== undefined) yield some;
      else if (running.size === 0) return;
      else await bell.wait();
    }
  } finally {
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
}
