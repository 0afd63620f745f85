// Worker of worker-pool.test.ts: answers tasks, dies on those called `throw` and `exit`.
import { parentPort, workerData } from 'node:worker_threads';

if (workerData === 'broken') throw new Error('cannot start');

parentPort?.on('message', (tasks: readonly string[]) => {
  const answers = tasks.map((task) => {
    if (task === 'throw') throw new Error('on purpose');
    if (task === 'exit') process.exit(3);
    return `did ${task}`;
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(answers);
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage('ready');
