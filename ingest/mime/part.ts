// The leaves of a MIME message as slices of its bytes: our fast path. Iterative, one pass, linear in size and depth.
// It answers `odd` when the structure leaves room for doubt; such mails go through mailparser. RFC 2046 5.1.
import type { Defect } from '../../model/message.ts';
import { parseHeaderBlock, firstField } from './header-block.ts';
import type { Field } from './header-block.ts';
import { parseParameterized } from './parameter.ts';
import { transferEncoding } from './transfer.ts';
import type { TransferEncoding } from './transfer.ts';

export interface Leaf {
  /** Media type, lower case. */
  readonly type: string;
  /** Content-Type parameters. */
  readonly params: ReadonlyMap<string, string>;
  /** `inline`, `attachment`, another word, or '' when absent; lower case. */
  readonly disposition: string;
  /** File name as the mail gives it, '' when unnamed. Not safe to use as a path. */
  readonly name: string;
  /** Content, still in its transfer encoding; empty when `size` is given. */
  readonly content: Buffer;
  readonly encoding: TransferEncoding;
  /** Decoded size when the content was not kept. */
  readonly size?: number;
}

export interface Parts {
  readonly leaves: readonly Leaf[];
  /** Media types of the multiparts met. */
  readonly multiparts: readonly string[];
  readonly defects: readonly Defect[];
  /** Why mailparser should look at this mail instead; '' when the structure is plain. */
  readonly odd: string;
}

/** Parts read one by one; what follows is kept as one plain text part. */
export const MAX_PARTS = 1000;
/** Multiparts entered; what lies deeper is kept as plain text. */
export const MAX_DEPTH = 100;
const MAX_BOUNDARY = 200;
const LF = 0x0a;
const CR = 0x0d;
const DASH = 0x2d;
const MEDIA_TYPE = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/;

interface Open {
  readonly boundary: string;
  readonly digest: boolean;
}

interface PartHead {
  readonly type: string;
  readonly params: ReadonlyMap<string, string>;
  readonly disposition: string;
  readonly name: string;
  readonly encoding: TransferEncoding;
  readonly odd: string;
}

/** What the fields of a message or part say about its content. */
export function partHead(fields: readonly Field[], defaultType = 'text/plain'): PartHead {
  const typeField = firstField(fields, 'content-type');
  const dispositionField = firstField(fields, 'content-disposition');
  const encodingField = firstField(fields, 'content-transfer-encoding');
  const content = typeField
    ? parseParameterized(typeField.raw)
    : { value: '', params: new Map<string, string>() };
  const disposition = dispositionField ? parseParameterized(dispositionField.raw) : undefined;
  const encoding = encodingField ? transferEncoding(encodingField.raw) : 'identity';
  const valid = MEDIA_TYPE.test(content.value);
  let odd = '';
  if (encoding === 'unknown') odd = 'content-transfer-encoding';
  else if (content.value !== '' && !valid) odd = 'content-type';
  else if (fields.filter((field) => field.name === 'content-type').length > 1) odd = 'content-type repeated';
  return {
    type: valid ? content.value : content.value === '' ? defaultType : 'text/plain',
    params: content.params,
    disposition: disposition?.value ?? '',
    name: disposition?.params.get('filename') ?? content.params.get('name') ?? '',
    encoding,
    odd,
  };
}

/** Splits the body of a message whose header has `fields` and whose body begins at `bodyStart`. */
export function splitParts(raw: Buffer, fields: readonly Field[], bodyStart: number): Parts {
  const head = partHead(fields);
  if (!head.type.startsWith('multipart/')) {
    const content = raw.subarray(bodyStart);
    return { leaves: [leafOf(head, content)], multiparts: [], defects: [], odd: head.odd };
  }
  const boundary = head.params.get('boundary') ?? '';
  if (boundary === '' || boundary.length > MAX_BOUNDARY) {
    const defect = { code: 'multipart-without-boundary', detail: head.type, offset: bodyStart };
    const text = { ...leafOf(head, raw.subarray(bodyStart)), type: 'text/plain' };
    return { leaves: [text], multiparts: [head.type], defects: [defect], odd: '' };
  }
  return splitMultipart(raw, head, boundary, bodyStart);
}

function splitMultipart(raw: Buffer, root: PartHead, rootBoundary: string, bodyStart: number): Parts {
  const leaves: Leaf[] = [];
  const multiparts = [root.type];
  const defects: Defect[] = [];
  let odd = root.odd;
  const stack: Open[] = [{ boundary: rootBoundary, digest: root.type === 'multipart/digest' }];
  /** Boundary -> depths at which it is open, innermost last. */
  const depths = new Map<string, number[]>([[rootBoundary, [0]]]);
  let part: { readonly head: PartHead; readonly start: number } | undefined;
  let closed = false;

  const endLeaf = (end: number): void => {
    if (!part) return;
    leaves.push(leafOf(part.head, raw.subarray(part.start, Math.max(part.start, end))));
    part = undefined;
  };
  const popTo = (depth: number): void => {
    while (stack.length > depth) {
      const open = stack.pop();
      if (!open) break;
      const list = depths.get(open.boundary);
      list?.pop();
      if (list?.length === 0) depths.delete(open.boundary);
    }
  };

  let at = bodyStart;
  // A delimiter may be the very first line of the body; later ones follow a line feed.
  let line = startsWithDashes(raw, at) ? at : nextDashes(raw, at);
  while (line >= 0) {
    const { text, next } = delimiterText(raw, line);
    const exact = depths.get(text)?.at(-1);
    const ending = text.endsWith('--') ? depths.get(text.slice(0, -2))?.at(-1) : undefined;
    const depth = exact ?? ending;
    if (depth === undefined) {
      line = nextDashes(raw, line + 2);
      continue;
    }
    endLeaf(lineEndBefore(raw, line));
    if (depth < stack.length - 1) odd ||= 'multipart not closed';
    if (exact === undefined) {
      popTo(depth);
      if (depth === 0) {
        closed = true;
        break;
      }
      at = next;
      line = startsWithDashes(raw, at) ? at : nextDashes(raw, at);
      continue;
    }
    popTo(depth + 1);
    if (leaves.length >= MAX_PARTS) {
      const head = partHead([]);
      leaves.push(leafOf(head, raw.subarray(next)));
      defects.push({
        code: 'mime-parts',
        detail: `more than ${MAX_PARTS} parts; the rest is kept as plain text`,
        offset: next,
      });
      return { leaves, multiparts, defects, odd: '' };
    }
    const limit = headerLimit(raw, next, depths);
    const block = parseHeaderBlock(raw, next, limit);
    if (block.defects.length > 0) odd ||= 'part header';
    const head = partHead(block.fields, stack.at(-1)?.digest ? 'message/rfc822' : 'text/plain');
    odd ||= head.odd;
    const inner = head.params.get('boundary') ?? '';
    part = undefined;
    if (!head.type.startsWith('multipart/')) {
      part = { head, start: block.bodyStart };
    } else if (stack.length >= MAX_DEPTH) {
      defects.push({
        code: 'mime-depth',
        detail: `multiparts nested deeper than ${MAX_DEPTH}; the rest is kept as plain text`,
        offset: next,
      });
      part = { head: partHead([]), start: block.bodyStart };
    } else if (inner === '' || inner.length > MAX_BOUNDARY) {
      part = { head: { ...head, type: 'text/plain' }, start: block.bodyStart };
      defects.push({ code: 'multipart-without-boundary', detail: head.type, offset: next });
    } else {
      if (depths.has(inner)) odd ||= 'boundary reused';
      multiparts.push(head.type);
      const list = depths.get(inner) ?? [];
      list.push(stack.length);
      depths.set(inner, list);
      stack.push({ boundary: inner, digest: head.type === 'multipart/digest' });
    }
    at = block.bodyStart;
    line = startsWithDashes(raw, at) ? at : nextDashes(raw, Math.max(0, at - 1));
  }
  if (!closed) {
    // Encoded content stands before the boundary that closes it, whatever made the mail.
    const inData = part?.head.encoding === 'base64';
    endLeaf(raw.length);
    defects.push(
      inData
        ? { code: 'truncated', detail: 'the mail ends inside a base64 part', offset: raw.length }
        : {
            code: 'multipart-unclosed',
            detail: 'the last boundary is missing: cut off, or badly made',
            offset: raw.length,
          },
    );
  }
  if (defects.some((defect) => defect.code === 'mime-depth')) odd = '';
  return { leaves, multiparts, defects, odd };
}

function leafOf(head: PartHead, content: Buffer): Leaf {
  return {
    type: head.type,
    params: head.params,
    disposition: head.disposition,
    name: head.name,
    content,
    encoding: head.encoding,
  };
}

function startsWithDashes(raw: Buffer, at: number): boolean {
  return raw[at] === DASH && raw[at + 1] === DASH;
}

/** Offset of the next `--` at the beginning of a line, from the line feed at or after `from`; -1 when there is none. */
function nextDashes(raw: Buffer, from: number): number {
  const found = raw.indexOf('\n--', from, 'latin1');
  return found < 0 ? -1 : found + 1;
}

/** The delimiter line's text without dashes and trailing blanks, and the offset of the next line. */
function delimiterText(raw: Buffer, line: number): { readonly text: string; readonly next: number } {
  const from = line + 2;
  const reach = Math.min(raw.length, from + MAX_BOUNDARY + 1000);
  const window = raw.subarray(from, reach);
  const lf = window.indexOf(LF);
  if (lf < 0 && reach < raw.length) return { text: '', next: reach };
  const end = lf < 0 ? raw.length : from + lf;
  const text = raw.toString('latin1', from, end).trimEnd();
  return { text, next: Math.min(raw.length, end + 1) };
}

/** End of the content before a delimiter line: without the line end that belongs to the delimiter. */
function lineEndBefore(raw: Buffer, line: number): number {
  if (raw[line - 1] !== LF) return line;
  return raw[line - 2] === CR ? line - 2 : line - 1;
}

/** Offset behind the part's header: past its empty line, or where the next open delimiter begins. */
function headerLimit(raw: Buffer, start: number, depths: ReadonlyMap<string, readonly number[]>): number {
  for (let at = start; at < raw.length;) {
    if (raw[at] === LF) return at + 1;
    if (raw[at] === CR && raw[at + 1] === LF) return at + 2;
    if (startsWithDashes(raw, at)) {
      const { text } = delimiterText(raw, at);
      if (depths.has(text) || (text.endsWith('--') && depths.has(text.slice(0, -2)))) return at;
    }
    const lf = raw.indexOf(LF, at);
    if (lf < 0) break;
    at = lf + 1;
  }
  return raw.length;
}
