// Content-Transfer-Encoding: base64 and quoted-printable, lenient (RFC 2045 6.7, 6.8). Sizes without decoding.

const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;

export type TransferEncoding = 'identity' | 'base64' | 'quoted-printable' | 'unknown';

/** The encoding a raw Content-Transfer-Encoding value names; comments and stray quotes ignored. */
export function transferEncoding(value: string): TransferEncoding {
  const word = /[a-z0-9-]+/.exec(value.toLowerCase())?.[0] ?? '';
  if (
    word === '' ||
    word === '7bit' ||
    word === '8bit' ||
    word === 'binary' ||
    word === '7-bit' ||
    word === '8-bit'
  ) {
    return 'identity';
  }
  if (word === 'base64' || word === 'quoted-printable') return word;
  return 'unknown';
}

export function decodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return bytes;
}

/** Foreign characters are skipped; data after the padding is ignored. */
export function decodeBase64(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1'), 'base64');
}

/** `=` that starts no escape stays as it is. */
export function decodeQuotedPrintable(bytes: Buffer): Buffer {
  let from = bytes.indexOf(EQUALS);
  if (from < 0) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let length = bytes.copy(out, 0, 0, from);
  while (from < bytes.length) {
    const byte = bytes[from] ?? 0;
    if (byte !== EQUALS) {
      out[length] = byte;
      length += 1;
      from += 1;
      continue;
    }
    const high = hex(bytes[from + 1]);
    const low = hex(bytes[from + 2]);
    if (high >= 0 && low >= 0) {
      out[length] = high * 16 + low;
      length += 1;
      from += 3;
      continue;
    }
    const after = softBreak(bytes, from + 1);
    if (after > 0) {
      from = after;
    } else {
      out[length] = EQUALS;
      length += 1;
      from += 1;
    }
  }
  return out.subarray(0, length);
}

/** Offset behind a soft line break whose blanks begin at `at`, 0 when there is none. */
function softBreak(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === 0x20 || bytes[end] === 0x09) end += 1;
  if (bytes[end] === CR) end += 1;
  if (bytes[end] === LF) return end + 1;
  return end >= bytes.length ? end : 0;
}

function hex(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Decoded size in bytes, without the memory for the decoded bytes of a base64 part. */
export function decodedSize(bytes: Buffer, encoding: TransferEncoding): number {
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes).length;
  if (encoding !== 'base64') return bytes.length;
  let size = 0;
  let digits = 0;
  for (const byte of bytes) {
    if (byte === EQUALS) {
      // the end of an encoded run; some mailers put several behind each other
      size += Math.floor((digits * 3) / 4);
      digits = 0;
    } else if (byte > 0x20) {
      digits += 1;
    }
  }
  return size + Math.floor((digits * 3) / 4);
}
