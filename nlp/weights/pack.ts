// Packs plain data with typed arrays into bytes: one line of JSON in which each typed array is a reference, then their bytes.
// Little-endian, 8-byte aligned. The line is readable with `head -1`.

const KINDS = { Int8Array, Uint8Array, Int16Array, Int32Array, Float32Array, Float64Array } as const;
type Kind = keyof typeof KINDS;
type Packed = InstanceType<(typeof KINDS)[Kind]>;
const ALIGN = 8;

interface Reference {
  readonly $array: Kind;
  readonly at: number;
  readonly length: number;
}

function kindOf(value: unknown): Kind | undefined {
  for (const kind of Object.keys(KINDS) as Kind[]) if (value instanceof KINDS[kind]) return kind;
  return undefined;
}

/** Bytes of a value of plain objects, arrays, strings, finite numbers and typed arrays. */
export function pack(value: unknown): Uint8Array {
  const arrays: { readonly bytes: Uint8Array; readonly at: number }[] = [];
  let size = 0;
  const line = JSON.stringify(value, (_, part: unknown) => {
    const kind = kindOf(part);
    if (!kind) return part;
    const array = part as Packed;
    const reference: Reference = { $array: kind, at: size, length: array.length };
    arrays.push({ bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at: size });
    size += Math.ceil(array.byteLength / ALIGN) * ALIGN;
    return reference;
  });
  const text = new TextEncoder().encode(line);
  // the line is padded so that the arrays begin aligned
  const start = Math.ceil((text.length + 1) / ALIGN) * ALIGN;
  const bytes = new Uint8Array(start + size).fill(0x20, 0, start);
  bytes.set(text);
  bytes[start - 1] = 0x0a;
  bytes.fill(0, start);
  for (const { bytes: own, at } of arrays) bytes.set(own, start + at);
  return bytes;
}

/** The value that `pack` was given; typed arrays are copies. Throws when the bytes are not a pack. */
export function unpack(bytes: Uint8Array): unknown {
  const end = bytes.indexOf(0x0a);
  if (end < 0) throw new RangeError('no header line');
  const start = end + 1;
  return JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)), (_, part: unknown) => {
    if (!isReference(part)) return part;
    const make = KINDS[part.$array];
    const from = start + part.at;
    const length = part.length * make.BYTES_PER_ELEMENT;
    if (from + length > bytes.length) throw new RangeError(`array of ${part.length} beyond the end`);
    // a copy by hand: `slice` of a Buffer would share its pool
    const copy = new Uint8Array(length);
    copy.set(bytes.subarray(from, from + length));
    return new make(copy.buffer);
  });
}

function isReference(part: unknown): part is Reference {
  return (
    typeof part === 'object' &&
    part !== null &&
    '$array' in part &&
    typeof part.$array === 'string' &&
    part.$array in KINDS
  );
}
