// The ledger of a debate: every word of every message accounted for. Deterministic; one odd message never stops it.
import type { Debate } from '../../model/thread.ts';
import type { Message } from '../../model/message.ts';
import type { Ledger, LedgerEntry } from '../../model/ledger.ts';
import { segmentBody } from './segment.ts';
import { splitSentences } from './sentence.ts';

/** Segments, trailers and sentences of one message, its quotes not yet resolved. */
export function readMessage(message: Message): LedgerEntry {
  const { segments, trailers } = segmentBody(message.body, message.id);
  return { message, segments, sentences: splitSentences(message.body, segments), trailers };
}

/** Entries in the order of the debate's messages. */
export function buildLedger(debate: Debate): Ledger {
  return { entries: debate.messages.map(readMessage), ghosts: [] };
}
