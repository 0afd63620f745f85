// Message-ID, In-Reply-To and References: ids without brackets. Garbage text between ids is skipped. Linear.
// RFC 5322 3.6.4, and what mailers wrote before and beside it.
import type { Defect, MessageId } from '../../model/message.ts';
import type { Field } from './header-block.ts';
import { decodeWords, rawText } from './encoded-word.ts';

/** Longest usable id, RFC 5322's longest line. */
const MAX_ID = 998;
const FOLD = /\r?\n[ \t]*/g;
const CONTROL = /[\x00-\x1f\x7f\u0080-\u009f\u2028\u2029\ufffd]/g;
const BLANK = /\s/;
const SEPARATOR = /[\s,;]+/;
const BARE_ID = /^[^\s<>@"(),;]+@[^\s<>@"(),;]+$/;

/** The mail's own id, undefined when it has none that can be used (absent, empty, with blanks inside). */
export function ownMessageId(fields: readonly Field[], defects: Defect[]): MessageId | undefined {
  const field = fields.find((candidate) => candidate.name === 'message-id');
  if (!field) return undefined;
  const value = idText(field.raw);
  const ids = bracketedIds(value);
  const [first, ...more] = ids;
  if (first !== undefined) {
    if (more.some((id) => id !== first)) {
      defects.push({
        code: 'message-id-several',
        detail: `${ids.length} ids in Message-ID, the first is used`,
        offset: field.offset,
      });
    }
    return first;
  }
  const bare = clean(value.trim());
  if (BARE_ID.test(bare) && bare.length <= MAX_ID) {
    defects.push({
      code: 'message-id-bare',
      detail: 'Message-ID without angle brackets',
      offset: field.offset,
    });
    return bare;
  }
  return undefined;
}

/** Ids of every field of that name, in order, each once. Bare words with an `@` count only where no id is bracketed. */
export function referencedIds(fields: readonly Field[], name: string): readonly MessageId[] {
  const ids = new Set<MessageId>();
  for (const field of fields) {
    if (field.name !== name) continue;
    const value = idText(field.raw);
    const bracketed = bracketedIds(value);
    const found = bracketed.length > 0 ? bracketed : value.includes('@') ? bareIds(value) : [];
    for (const id of found) ids.add(id);
  }
  return [...ids];
}

function idText(raw: string): string {
  const text = rawText(raw.replace(FOLD, '\n'));
  return text.includes('=?') ? decodeWords(text) : text;
}

/** Text between `<` and `>`, rejoined where it was folded; text with other blanks inside is no id. */
function bracketedIds(value: string): MessageId[] {
  const ids: MessageId[] = [];
  let open = -1;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code === 0x3c) {
      open = at;
    } else if (code === 0x3e && open >= 0) {
      const inside = value
        .slice(open + 1, at)
        .trim()
        .replaceAll('\n', '');
      const id = clean(inside);
      if (id !== '' && id.length <= MAX_ID && !BLANK.test(id)) ids.push(id);
      open = -1;
    }
  }
  return ids;
}

function bareIds(value: string): MessageId[] {
  return value
    .split(SEPARATOR)
    .map(clean)
    .filter((word) => word.length <= MAX_ID && BARE_ID.test(word));
}

function clean(id: string): string {
  return id.replace(CONTROL, '');
}
