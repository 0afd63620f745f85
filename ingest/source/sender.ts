// Addresses that archives hide in the header: pipermail's `From: user at host (Name)`. Only the From field of the header
// is mended, so that it is an address again (RFC 5322); bodies are left as they are.
import type { Defect } from '../../model/message.ts';

/** Header bytes in which the From field is looked for. */
const HEADER_LIMIT = 1 << 15;
const FIELD_LIMIT = 1000;
const FROM_FIELD = Buffer.from('\nFrom:');
const FIRST_FIELD = Buffer.from('From:');
const LF = 0x0a;
/**
 * `user at host.tld`, at the start of the field or inside brackets; " at " is translated with the list's language
 * (Mailman 2.1 message catalogs).
 */
const HIDDEN =
  /^(\s*(?:[^<>()\n]{0,200}<)?)([^\s<>()@,]{1,200})( at | \(at\) | \[at\] | en | em | à | a | bei | på | kl )([^\s<>()@,]{1,200}\.[^\s<>()@,]{1,60})(?=[\s>]|$)/;

/** Makes a hidden sender address whole. Returns the same buffer and no defect when there is nothing to mend. */
export function mendSender(bytes: Buffer): { readonly bytes: Buffer; readonly defect?: Defect } {
  const region = bytes.subarray(0, HEADER_LIMIT);
  let at = 0;
  if (!region.subarray(0, FIRST_FIELD.length).equals(FIRST_FIELD)) {
    at = region.indexOf(FROM_FIELD) + 1;
    if (at === 0) return { bytes };
  }
  const from = at + FIRST_FIELD.length;
  const text = region.toString('utf8', from, Math.min(from + FIELD_LIMIT, endOfField(region, from)));
  const hidden = HIDDEN.exec(text);
  if (hidden === null || isInBody(region, at)) return { bytes };
  const [whole, before = '', user = '', , host = ''] = hidden;
  const mended = Buffer.from(`${before}${user}@${host}`);
  const after = from + Buffer.byteLength(whole);
  return {
    bytes: Buffer.concat([bytes.subarray(0, from), mended, bytes.subarray(after)]),
    defect: {
      code: 'obfuscated-address',
      detail: `the archive hides the sender's address as "${user} at ${host}"`,
      offset: from,
    },
  };
}

/** Offset of the line end of a field, its folded lines included. */
function endOfField(region: Buffer, from: number): number {
  let end = region.indexOf(LF, from);
  while (end !== -1 && (region[end + 1] === 0x20 || region[end + 1] === 0x09))
    end = region.indexOf(LF, end + 1);
  return end === -1 ? region.length : end;
}

/** The header ends before this line. */
function isInBody(region: Buffer, at: number): boolean {
  const header = region.subarray(0, at);
  return header.includes('\n\n') || header.includes('\n\r\n') || header[0] === LF || header[0] === 0x0d;
}
