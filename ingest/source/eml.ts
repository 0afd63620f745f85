// One mail that is a whole file or stream: an .eml file, a message of a Maildir, what a mail client pipes.
import type { Defect } from '../../model/message.ts';
import type { SourceEvent } from '../../model/source.ts';
import type { Bytes } from './bytes.ts';
import { envelopeForm, envelopeLimit } from './envelope.ts';
import { CorruptGzip } from './gunzip.ts';
import { gzipDefect } from './mbox.ts';
import { mendSender } from './sender.ts';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const LF = 0x0a;
const CR = 0x0d;

/** Empty lines and a byte order mark that stand before the header. */
function leadingLength(bytes: Buffer): number {
  let at = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (bytes[at] === LF || bytes[at] === CR) at++;
  return at;
}

/** Length of the envelope line that some delivery agents leave above a mail; 0 when there is none. */
function envelopeLength(bytes: Buffer): number {
  const end = bytes.subarray(0, envelopeLimit).indexOf(LF);
  const line = end === -1 ? '' : bytes.toString('latin1', 0, end).trimEnd();
  return envelopeForm(line) === 'none' ? 0 : end + 1;
}

/** All bytes as one mail; a reject when it is larger than `maxMessageBytes`, damaged or empty. */
export async function* readEml(bytes: Bytes, maxMessageBytes: number): AsyncGenerator<SourceEvent> {
  const origin = { source: bytes.name, at: 0 };
  const chunks: Buffer[] = [];
  let length = 0;
  let failure: CorruptGzip | undefined;
  try {
    for await (const chunk of bytes.read(0)) {
      length += chunk.length;
      if (length > maxMessageBytes) {
        const detail = `larger than ${maxMessageBytes} bytes`;
        yield { kind: 'reject', origin, defect: { code: 'oversized-message', detail, file: bytes.name } };
        return;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof CorruptGzip)) throw error;
    failure = error;
  }
  const [first] = chunks;
  const all = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length);
  const leading = leadingLength(all);
  const envelope = envelopeLength(all.subarray(leading));
  const { bytes: mail, defect } = mendSender(all.subarray(leading + envelope));
  const defects: Defect[] = defect === undefined ? [] : [defect];
  if (envelope > 0) {
    defects.push({
      code: 'extra-envelope-line',
      detail: 'an envelope line above a single mail was left out',
      offset: 0,
    });
  }
  if (failure !== undefined) {
    defects.push({
      code: 'truncated',
      detail: 'the compressed file ends inside this mail',
      offset: mail.length,
    });
  }
  if (mail.length > 0) {
    yield { kind: 'mail', bytes: mail, origin: { ...origin, at: leading }, provenance: 'mail', defects };
  }
  if (failure !== undefined) yield { kind: 'reject', origin, defect: gzipDefect(failure, bytes.name) };
}
