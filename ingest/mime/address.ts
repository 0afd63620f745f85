// Address lists: names and addr-specs from From, To, Cc, Reply-To. RFC 5322 3.4, lenient; reads `user at host (Name)`
// of obfuscating archives. Linear; a list that cannot be read yields names without addresses, never an error.
import type { Address, Defect } from '../../model/message.ts';
import type { Field } from './header-block.ts';
import { decodeWords, oneLine, rawText } from './encoded-word.ts';

/** An encoded word is one atom, whatever punctuation stands in it. */
const ENCODED_WORD = /=\?[^?\s]{1,80}\?[BbQq]\?[^?\s]*\?=/y;
const BRACKETED_AT = /\s[([<{]at[)\]>}]\s/gi;
const SPOKEN_AT = /^([^\s@]+) at ([^\s@]+\.[^\s@]+)$/i;
const BLANKS_AROUND = /[\s\0\ufffd]+/g;
const MAILTO = /^\[?mailto:/i;
const AFTER_QUOTE = /@[^\s,;<>"()]*/y;
const MARKS = `<>"'`;
const ESCAPED = /\\(.)/gs;

interface Entry {
  phrase: string[];
  comment: string[];
  angle: string | undefined;
}

/** Addresses of every field of that name, in order. */
export function addressList(fields: readonly Field[], name: string, defects?: Defect[]): readonly Address[] {
  const out: Address[] = [];
  for (const field of fields) {
    if (field.name !== name) continue;
    const list = parseAddresses(rawText(field.raw, field.offset, defects), () => {
      const detail = `a quote, comment or angle bracket in ${name} is not closed`;
      defects?.push({ code: 'address-unclosed', detail, offset: field.offset });
    });
    for (const address of list) out.push(address);
  }
  return out;
}

/** Parses one unfolded address list; calls `unclosed` when a quote, comment or angle bracket has no end. */
export function parseAddresses(list: string, unclosed?: () => void): readonly Address[] {
  const text = list.replace(BRACKETED_AT, ' at ');
  const out: Address[] = [];
  let entry: Entry = { phrase: [], comment: [], angle: undefined };
  let word = 0;
  /** Once a quote, comment or angle was not closed, no later one of its kind can be either. */
  let quotes = true;
  let comments = true;
  let angles = true;
  let colons = true;

  const endWord = (at: number): void => {
    if (at > word) {
      const piece = text.slice(word, at).trim();
      if (piece !== '') entry.phrase.push(piece);
    }
  };
  const endEntry = (): void => {
    const address = finish(entry);
    if (address) out.push(address);
    entry = { phrase: [], comment: [], angle: undefined };
  };

  for (let at = 0; at < text.length;) {
    const char = text[at];
    if (char === '"' && quotes) {
      const end = closingQuote(text, at + 1);
      if (end < 0) {
        quotes = false;
      } else {
        endWord(at);
        if (text[end + 1] === '@') {
          // "local part"@host
          AFTER_QUOTE.lastIndex = end + 1;
          const host = AFTER_QUOTE.exec(text)?.[0] ?? '';
          entry.angle ??= text.slice(at, end + 1) + host;
          at = end + 1 + host.length;
        } else {
          entry.phrase.push(text.slice(at + 1, end).replace(ESCAPED, '$1'));
          at = end + 1;
        }
        word = at;
        continue;
      }
    } else if (char === '(' && comments) {
      const end = closingParenthesis(text, at + 1);
      if (end < 0) {
        comments = false;
      } else {
        endWord(at);
        entry.comment.push(
          text
            .slice(at + 1, end)
            .replace(ESCAPED, '$1')
            .trim(),
        );
        at = end + 1;
        word = at;
        continue;
      }
    } else if (char === '<' && angles) {
      const end = text.indexOf('>', at + 1);
      if (end < 0) {
        angles = false;
      } else {
        endWord(at);
        const inside = text.slice(text.lastIndexOf('<', end) + 1, end).trim();
        if (entry.angle === undefined || (!entry.angle.includes('@') && inside.includes('@'))) {
          entry.angle = inside;
        }
        at = end + 1;
        while (text[at] === '>') at += 1;
        word = at;
        continue;
      }
    } else if (char === '=' && text[at + 1] === '?') {
      ENCODED_WORD.lastIndex = at;
      const match = ENCODED_WORD.exec(text);
      if (match) {
        at += match[0].length;
        continue;
      }
    } else if (char === ',' || char === ';') {
      endWord(at);
      endEntry();
      word = at + 1;
      colons = true;
    } else if (char === ':' && colons) {
      // `Group name: a@b, c@d;`
      colons = false;
      const label = text.slice(word, at + 1).trim();
      if (entry.angle === undefined && !label.includes('@') && !MAILTO.test(label)) {
        entry = { phrase: [], comment: [], angle: undefined };
        word = at + 1;
      }
    }
    at += 1;
  }
  endWord(text.length);
  endEntry();
  if (!quotes || !comments || !angles) unclosed?.();
  return out;
}

function finish(entry: Entry): Address | undefined {
  let phrase = entry.phrase.join(' ');
  let address = entry.angle;
  if (address === undefined) {
    const whole = SPOKEN_AT.exec(phrase.trim());
    if (whole) {
      address = `${whole[1]}@${whole[2]}`;
      phrase = '';
    } else {
      const words = phrase.split(/\s+/);
      const found = words.findIndex((piece) => piece.includes('@'));
      if (found >= 0) {
        address = withoutMarks(words[found] ?? '');
        phrase = words.toSpliced(found, 1).join(' ');
      }
    }
  }
  const spec = addrSpec(address ?? '');
  const name = displayName(phrase) || displayName(entry.comment.join(' '));
  if (spec === '' && name === '') return undefined;
  // `a@b <a@b>`: the address again is no name
  return { name: name.toLowerCase() === spec.toLowerCase() ? '' : name, address: spec };
}

function displayName(text: string): string {
  const decoded = oneLine(text.includes('=?') ? decodeWords(text) : text);
  if (!decoded.startsWith('"')) return decoded;
  return (decoded.length > 1 && decoded.endsWith('"') ? decoded.slice(1, -1) : decoded.slice(1)).trim();
}

function addrSpec(text: string): string {
  const spoken = text.includes(' ') ? SPOKEN_AT.exec(text) : null;
  const plain = (spoken ? `${spoken[1]}@${spoken[2]}` : text).replace(MAILTO, '').replace(BLANKS_AROUND, '');
  // RFC 5322 4.4 source route: <@relay,@relay:user@host>
  return plain.startsWith('@') ? plain.slice(plain.indexOf(':') + 1) : plain;
}

/** Without the quotes and angles left around an address whose partner is missing. */
function withoutMarks(word: string): string {
  let from = 0;
  let end = word.length;
  while (from < end && MARKS.includes(word[from] ?? '')) from += 1;
  while (end > from && MARKS.includes(word[end - 1] ?? '')) end -= 1;
  return word.slice(from, end);
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '"') return at;
  }
  return -1;
}

function closingParenthesis(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '(') depth += 1;
    else if (char === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
