// Threads and debates of a list after mails came or went.
import { createHash } from 'node:crypto';
import { buildThreads } from '../ingest/thread/build.ts';
import { formDebates } from '../ingest/thread/debate.ts';
import type { MessageId } from '../model/message.ts';
import type { DebateDraft } from '../model/thread.ts';
import type { Store } from '../store/store.ts';

/** Digest of a debate's form and of what its messages say. */
function contentKey(draft: DebateDraft, hashes: ReadonlyMap<MessageId, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(draft));
  for (const id of draft.messageIds) hash.update(`\n${hashes.get(id) ?? ''}`);
  return hash.digest('hex').slice(0, 32);
}

/**
 * Rebuilds the threads and debates of a list when a message of it came or went since the last time, in one transaction.
 * Returns the number of debates that are new or changed.
 */
export function formList(store: Store, list: string): number {
  if (store.dirtyMessages(list).length === 0) return 0;
  const rows = new Map([...store.threadingRows(list)].map((row) => [row.id, row]));
  const threads = buildThreads(rows.values());
  const drafts = formDebates(list, threads, rows, (id) => store.message(id, list)?.body ?? '');
  const hashes = store.contentHashes(list);
  const before = new Map(store.debateStates(list).map(({ id, contentKey: key }) => [id, key]));
  const debates = drafts.map((draft) => ({ draft, contentKey: contentKey(draft, hashes) }));
  const ids = threads.flatMap((thread) =>
    thread.nodes.filter((node) => !node.ghost).map((node) => [node.id, thread.id] as const),
  );
  store.transaction(() => {
    store.setThreads(list, ids);
    store.putDebates(list, debates);
    store.clearDirty(list);
  });
  return debates.filter(({ draft, contentKey: key }) => before.get(draft.id) !== key).length;
}
