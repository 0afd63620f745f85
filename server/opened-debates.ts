// Debates that were opened lately, kept ready: their words need not be divided again for every page and part.
import { readDebate, type OpenDebate } from '../pipeline/read.ts';
import type { AnalysisOptions } from '../pipeline/report.ts';
import type { MessageId } from '../model/message.ts';
import type { Store } from '../store/store.ts';

/** Debates kept, and messages in all of them together: memory is bounded by the latter. */
const mostDebates = 24;
const mostMessages = 6000;

export interface OpenedDebates {
  /** The debate a message of a list belongs to, as the store has it now; undefined when it is in none. */
  open(id: MessageId, list: string): OpenDebate | undefined;
}

export function openedDebates(store: Store, options: AnalysisOptions): OpenedDebates {
  // a Map keeps the order of insertion: the first is the one not asked for longest
  const kept = new Map<string, { readonly key: string; readonly found: OpenDebate }>();

  function drop(): void {
    let messages = 0;
    const newestFirst = [...kept].toReversed();
    newestFirst.forEach(([place, { found }], i) => {
      messages += found.debate.messages.length;
      if (i > 0 && (i >= mostDebates || messages > mostMessages)) kept.delete(place);
    });
  }

  return {
    open(id, list) {
      const row = store.debateOf(id, list);
      const key = row === undefined ? undefined : store.debateKey(row.id, list);
      if (row === undefined || key === undefined) return undefined;
      const place = `${list}\n${row.id}`;
      const known = kept.get(place);
      kept.delete(place);
      const found = known?.key === key ? known.found : readDebate(store, row.id, list, options);
      if (found === undefined) return undefined;
      kept.set(place, { key, found });
      drop();
      return found;
    },
  };
}
