// The stored form of one mail: its decoded fields, its text and its raw bytes in one piece, to be compressed with others.
// The text is not kept twice where it is an exact slice of the raw bytes, and what is (a decoded base64 part) or repeats the
// headers (addresses, ids) costs little, since the compressor sees both side by side.
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Message } from '../model/message.ts';

/** Where the body's text is. Offsets count from the first byte of the raw mail; lengths are bytes. */
type BodyPlace =
  | readonly ['raw', number, number]
  | readonly ['utf8', number]
  // A body with lone surrogates (a broken UTF-16 mail) has no UTF-8 form.
  | readonly ['utf16', number];

type Detail = Omit<Message, 'body'>;

interface Header {
  readonly message: Detail;
  readonly body: BodyPlace;
}

export interface Packed {
  readonly piece: Buffer;
  /** The raw bytes, deflated, when they are kept apart. */
  readonly large: Buffer | null;
}

/** Raw mails from this size on are kept apart from the text (attachments, mostly). Bytes. */
const largeFrom = 128 * 1024;
const level = 3;
const lineFeed = 10;
const loneSurrogate = /\p{Cs}/u;
/** Blank lines after which the text is looked for: after the header, then after the headers of the first parts. */
const blankLines = 8;

/** Offset at which `raw` holds exactly `bytes` right after one of its first blank lines, else -1. */
function sliceAfterBlankLine(raw: Buffer, bytes: Buffer): number {
  let blank = raw.indexOf('\n\n');
  for (let tried = 0; blank >= 0 && tried < blankLines; tried += 1) {
    const at = blank + 2;
    const end = at + bytes.length;
    if (end <= raw.length && raw.compare(bytes, 0, bytes.length, at, end) === 0) return at;
    blank = raw.indexOf('\n\n', at);
  }
  return -1;
}

function placeBody(body: string, raw: Buffer): { readonly place: BodyPlace; readonly bytes: Buffer } {
  if (loneSurrogate.test(body)) {
    const bytes = Buffer.from(body, 'utf16le');
    return { place: ['utf16', bytes.length], bytes };
  }
  const bytes = Buffer.from(body, 'utf8');
  const at = raw.length >= largeFrom ? -1 : sliceAfterBlankLine(raw, bytes);
  if (at >= 0) return { place: ['raw', at, bytes.length], bytes: Buffer.alloc(0) };
  return { place: ['utf8', bytes.length], bytes };
}

export function packMail(message: Message, raw: Buffer): Packed {
  const { body, ...detail } = message;
  const { place, bytes } = placeBody(body, raw);
  const header = Buffer.from(`${JSON.stringify({ message: detail, body: place })}\n`, 'utf8');
  const large = raw.length >= largeFrom;
  const parts = large ? [header, bytes] : [header, bytes, raw];
  return {
    piece: Buffer.concat(parts),
    large: large ? deflateRawSync(raw, { level }) : null,
  };
}

interface Opened {
  readonly header: Header;
  /** Offset of what follows the header. */
  readonly at: number;
}

function open(piece: Buffer): Opened {
  const end = piece.indexOf(lineFeed);
  // Written by packMail in the same database: its shape is known.
  const header: Header = JSON.parse(piece.toString('utf8', 0, end));
  return { header, at: end + 1 };
}

function storedBodyLength(place: BodyPlace): number {
  return place[0] === 'raw' ? 0 : place[1];
}

export function unpackMessage(piece: Buffer): Message {
  const { header, at } = open(piece);
  const place = header.body;
  const body =
    place[0] === 'raw'
      ? piece.toString('utf8', at + place[1], at + place[1] + place[2])
      : piece.toString(place[0] === 'utf8' ? 'utf8' : 'utf16le', at, at + place[1]);
  return { ...header.message, body };
}

/** The raw bytes of a mail that is not large. */
export function unpackRaw(piece: Buffer): Buffer {
  const { header, at } = open(piece);
  return Buffer.from(piece.subarray(at + storedBodyLength(header.body)));
}

export function unpackLarge(packed: Buffer): Buffer {
  return inflateRawSync(packed);
}

/** JSON of ours (a report, a debate's form), deflated. */
export function packJson(value: unknown): Buffer {
  return deflateRawSync(Buffer.from(JSON.stringify(value), 'utf8'), { level: 6 });
}

export function unpackJson<T>(packed: Buffer): T {
  return JSON.parse(inflateRawSync(packed).toString('utf8'));
}
