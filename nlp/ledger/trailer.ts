// Trailer lines of the sender's own text (`Acked-by: Ann <ann@example.org> # for the docs`) and in-body headers.
// Votes (+1, NACK) are prose and not read here. Rules of git-interpret-trailers(1), read as kernel lists write them.
import type { MessageId } from '../../model/message.ts';
import type { Trailer } from '../../model/ledger.ts';
import type { Lines } from './line.ts';
import { isEmpty } from './line.ts';

/** `Anything-by:` and the keys that are trailers without `-by`. */
const KEY =
  /^([ \t]{0,8})([A-Za-z](?:[A-Za-z-]{0,40}-by)|Fixes|Links?|Closes|CC|BugLink|Bug|Bugzilla|Bug-Id|Issue|Resolves|References|Message-ID|Msgid|Supersedes|Based-on|Depends-on|Change-Id|Obsoletes|Discussion|Discussions-To|Resolution|Post-History|Backpatch-through|Stable-dep-of|Requires|See-also|Nack|Ack):[ \t]{0,8}(\S.*)$/i;
const IDENTITY =
  /<[^<>]*>|@|\bat\b|^[\p{Lu}"'][^\s]*(?:\s+[^\s]+){0,5}\s*(?:[#(].*)?$|^(?:me|myself|all|everyone|nobody)\b/u;
const FIXES = /^(?:[0-9a-f]{7,40}\b|commit\s|https?:|#\d|[A-Z]{2,10}-\d)/i;
const LINK = /^(?:https?:|lore\.|www\.|\[|<|#\d|\S+@\S+$|[0-9a-f]{7,40}\b)/i;
const MAILBOX = /^[^\s@]+@[^\s@]+|<[^<>\s]+>|["\p{Lu}].*<|^(?:stable|lkml|[a-z-]+@)/iu;
const VALUE_KEYS = /^(?:bug|bugzilla|bug-id|issue|resolves|references|see-also|discussion|requires)$/i;
const IDENTIFIER = /^(?:https?:\/\/|#?\d+\b|[A-Z][A-Z0-9]{1,12}-\d+|<[^<>\s]+>|[0-9a-f]{7,40}\b)/;
const IN_BODY = /^(From|Subject|Date|Author): ?(\S.*)$/;
const ADDRESS = /<[^<>\s]+(?:@| at )[^<>]+>/;
const LONG = 1000;

function plausible(key: string, value: string): boolean {
  const name = key.toLowerCase();
  if (name.endsWith('-by')) return value.length < 300 && IDENTITY.test(value);
  if (name === 'fixes' || name === 'stable-dep-of') return FIXES.test(value);
  if (name === 'link' || name === 'links' || name === 'closes' || name === 'buglink') return LINK.test(value);
  if (name === 'cc') return MAILBOX.test(value);
  if (name === 'ack' || name === 'nack') return ADDRESS.test(value);
  if (VALUE_KEYS.test(key)) return IDENTIFIER.test(value);
  if (name === 'change-id' || name === 'message-id' || name === 'msgid') return !value.includes(' ');
  return value.length < 200;
}

function keyOf(line: string): { key: string; value: string; indent: number } | undefined {
  if (line.length > LONG || !line.includes(':')) return undefined;
  const found = KEY.exec(line);
  if (!found) return undefined;
  const [, indent = '', key = '', rest = ''] = found;
  const value = rest.trimEnd();
  return plausible(key, value) ? { key, value, indent: indent.length } : undefined;
}

interface Ahead {
  /** 1 when the next words from this line on are a patch. */
  readonly next: Uint8Array;
  /** 1 when a patch comes before any quote. */
  readonly some: Uint8Array;
}

/** Looks ahead from every line in one pass from the end. */
function lookAhead(lines: Lines): Ahead {
  const next = new Uint8Array(lines.count + 1);
  const some = new Uint8Array(lines.count + 1);
  for (let i = lines.count - 1; i >= 0; i--) {
    const kind = lines.kind[i];
    const passed = isEmpty(lines, i) || kind === 'trailer';
    next[i] = passed ? (next[i + 1] ?? 0) : kind === 'patch' ? 1 : 0;
    some[i] = kind === 'patch' ? 1 : kind === 'quote' ? 0 : (some[i + 1] ?? 0);
  }
  return { next, some };
}

function onlyBlank(lines: Lines, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (!isEmpty(lines, i)) return false;
  return true;
}

/**
 * Marks trailer lines of text kind and returns them in order. `carried`: the group of trailers stands in a commit
 * message, that is right above a patch, or above one with a Signed-off-by among them.
 */
export function markTrailers(lines: Lines, messageId: MessageId): Trailer[] {
  const found: { line: number; end: number; key: string; value: string; start: number; stop: number }[] = [];
  const headers = markInBodyHeaders(lines, messageId);
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'text') continue;
    const line = lines.text[i] ?? '';
    const read = keyOf(line);
    if (!read) continue;
    lines.kind[i] = 'trailer';
    let end = i + 1;
    let value = read.value;
    // a folded line goes on indented; Fixes: with its subject, `Link:` with its comment
    while (
      end < lines.count &&
      lines.kind[end] === 'text' &&
      /^[ \t]{1,8}\S/.test(lines.text[end] ?? '') &&
      read.indent === 0 &&
      (lines.text[end] ?? '').length < 200 &&
      !keyOf(lines.text[end] ?? '') &&
      end - i < 3
    ) {
      lines.kind[end] = 'trailer';
      value += ` ${(lines.text[end] ?? '').trim()}`;
      end++;
    }
    const last = end - 1;
    const stop = (lines.start[last] ?? 0) + (lines.text[last] ?? '').trimEnd().length;
    found.push({ line: i, end, key: read.key, value, start: (lines.start[i] ?? 0) + read.indent, stop });
    i = last;
  }
  const ahead = lookAhead(lines);
  const carried = new Set<number>();
  for (let first = 0; first < found.length;) {
    let next = first + 1;
    while (next < found.length && onlyBlank(lines, found[next - 1]?.end ?? 0, found[next]?.line ?? 0)) next++;
    const group = found.slice(first, next);
    const end = group.at(-1)?.end ?? 0;
    const signed = group.some((trailer) => trailer.key.toLowerCase() === 'signed-off-by');
    if (ahead.next[end] === 1 || (signed && ahead.some[end] === 1))
      for (const trailer of group) carried.add(trailer.line);
    first = next;
  }
  return [
    ...headers,
    ...found.map((t) => ({
      key: t.key,
      value: t.value,
      span: { messageId, start: t.start, end: t.stop },
      carried: carried.has(t.line),
    })),
  ];
}

/** `From:` (with `Subject:`, `Date:`) as the first words of the body: git-am's in-body headers. */
function markInBodyHeaders(lines: Lines, messageId: MessageId): Trailer[] {
  let i = 0;
  while (i < lines.count && lines.kind[i] === 'text' && isEmpty(lines, i)) i++;
  const found: Trailer[] = [];
  const first = i;
  let named = false;
  for (; i < lines.count && lines.kind[i] === 'text' && i - first < 4; i++) {
    const line = lines.text[i] ?? '';
    const header = line.length < LONG ? IN_BODY.exec(line) : null;
    if (!header) break;
    const [, key = '', value = ''] = header;
    if (key === 'From' || key === 'Author') named ||= ADDRESS.test(value);
    const start = lines.start[i] ?? 0;
    found.push({
      key,
      value: value.trimEnd(),
      span: { messageId, start, end: start + line.trimEnd().length },
      carried: true,
    });
  }
  if (!named || !(i < lines.count && isEmpty(lines, i))) return [];
  for (let j = first; j < i; j++) lines.kind[j] = 'trailer';
  return found;
}
