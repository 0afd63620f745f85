// Compares the two ways a mail can take, and names the known reasons for a difference (docs/decoding.md).
import assert from 'node:assert/strict';
import type { Message } from '../../../model/message.ts';
import { parseMessage, parseMessageSlow } from '../../../ingest/mime/parse.ts';

export interface Agreement {
  messages: number;
  /** Mails parseMessage itself gives to mailparser: there is nothing to compare. */
  odd: number;
  equal: number;
  /** Reason -> number of mails. */
  readonly differences: Map<string, number>;
}

export const noAgreement = (): Agreement => ({ messages: 0, odd: 0, equal: 0, differences: new Map() });

/** Decodes the mail both ways and counts the outcome; fails on a difference that has no known reason. */
export async function compareWays(raw: Buffer, counts: Agreement): Promise<void> {
  counts.messages += 1;
  const fast = parseMessage(raw);
  if (fast instanceof Promise) {
    await fast;
    counts.odd += 1;
    return;
  }
  const slow = await parseMessageSlow(raw);
  const reason = differenceOf(fast, slow);
  if (reason === '') counts.equal += 1;
  else counts.differences.set(reason, (counts.differences.get(reason) ?? 0) + 1);
}

function differenceOf(fast: Message, slow: Message): string {
  if (same(fast, slow)) return '';
  const codes = new Set(fast.defects.map(({ code }) => code));
  if (codes.has('mime-parts') || codes.has('mime-depth')) return 'beyond our caps mailparser gives up';
  if (codes.has('multipart-without-boundary')) return 'mailparser drops a multipart without boundary';
  if (same({ ...fast, body: trimmedLines(fast.body) }, { ...slow, body: trimmedLines(slow.body) })) {
    return 'mailparser drops blanks at the end of quoted-printable lines';
  }
  assert.deepEqual(slow, fast, `unexplained difference in ${fast.id}`);
  return 'unreachable';
}

/** All but the defects; an id made from the content differs with the content. */
function same(a: Message, b: Message): boolean {
  const plain = (message: Message): string =>
    JSON.stringify({ ...message, defects: [], id: message.syntheticId ? '' : message.id });
  return plain(a) === plain(b);
}

function trimmedLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
