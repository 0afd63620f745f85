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

/** How a body is cut and its own text split; tests give others. */
export interface Reader {
  readonly segment: typeof segmentBody;
  readonly split: typeof splitSentences;
}

const reader: Reader = { segment: segmentBody, split: splitSentences };

/** What is shown of a message that this program failed on: all of it the sender's own words, none of it understood. */
function unread(message: Message, error: unknown): LedgerEntry {
  const detail = error instanceof Error ? error.message : String(error);
  const { length } = message.body;
  return {
    message: { ...message, defects: [...message.defects, { code: 'ledger-failed', detail }] },
    segments: length === 0 ? [] : [{ kind: 'own', start: 0, end: length, quoteDepth: 0 }],
    sentences: [],
    trailers: [],
  };
}

/**
 * The ledger of a debate, entries in the order of its messages. Quotes point at the words they repeat; what is quoted
 * from absent messages makes ghosts, in order of first appearance. Time and memory are linear in the text. A message on
 * which this program fails is kept whole, as its sender's own words, with the defect `ledger-failed`.
 */
export function buildLedger(debate: Debate, { segment, split }: Reader = reader): Ledger {
  const failed = new Map<number, unknown>();
  const attempt = <T>(number: number, work: () => T): T | undefined => {
    if (failed.has(number)) return undefined;
    try {
      return work();
    } catch (error) {
      failed.set(number, error);
      return undefined;
    }
  };
  const read = debate.messages.map((message, number) =>
    attempt(number, () => segment(message.body, message.id)),
  );
  const linker = new QuoteLinker(debate);
  for (const number of linker.order()) {
    const segments = read[number]?.segments;
    if (segments !== undefined) attempt(number, () => linker.link(number, segments));
  }
  const { ghosts, segments } = linker.finish();
  const entries = debate.messages.map((message, number) => {
    const own = segments.get(number) ?? read[number]?.segments ?? [];
    const sentences = attempt(number, () => split(message.body, own));
    if (sentences === undefined) return unread(message, failed.get(number));
    return { message, segments: own, sentences, trailers: read[number]?.trailers ?? [] };
  });
  return { entries, ghosts };
}
