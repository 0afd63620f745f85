// The ledger of a debate: every word of every message accounted for. Deterministic; one odd message never stops it.
import type { Debate } from '../../model/thread.ts';
import type { Ledger, LedgerEntry } from '../../model/ledger.ts';
import type { Message } from '../../model/message.ts';
import { QuoteLinker } from './link.ts';
import { segmentBody } from './segment.ts';
import { splitSentences } from './sentence.ts';

/** Segments, trailers and sentences of one message by itself: its quotes are not resolved. */
export function readMessage(message: Message): LedgerEntry {
  const { segments, trailers } = segmentBody(message.body, message.id);
  return { message, segments, sentences: splitSentences(message.body, segments), trailers };
}

/**
 * The ledger of a debate, entries in the order of its messages. Quotes point at the words they repeat; what is quoted
 * from absent messages makes ghosts, in order of first appearance. Time and memory are linear in the text.
 */
export function buildLedger(debate: Debate): Ledger {
  const read = debate.messages.map((message) => segmentBody(message.body, message.id));
  const linker = new QuoteLinker(debate);
  for (const number of linker.order()) linker.link(number, read[number]?.segments ?? []);
  const { ghosts, segments } = linker.finish();
  const entries = debate.messages.map((message, number) => {
    const own = segments.get(number) ?? [];
    return {
      message,
      segments: own,
      sentences: splitSentences(message.body, own),
      trailers: read[number]?.trailers ?? [],
    };
  });
  return { entries, ghosts };
}
