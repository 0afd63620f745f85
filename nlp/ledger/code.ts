// Code, logs, shell transcripts, tables and ASCII art among the sender's own lines: his, but no sentences.
// A guess by look alone; a line in doubt stays text, for a lost sentence is worse than an odd one.
import type { Lines } from './line.ts';
import { isEmpty } from './line.ts';

const FENCE = /^\s{0,3}(?:```|~~~)/;
const ENDS_LIKE_CODE = /[;{}]\s*(?:\/[/*].*)?$|\)\s*\{$|\\$|^\s*[{}]\s*$|\*\/\s*$/;
const STARTS_LIKE_CODE =
  /^\s*(?:#\s*(?:include|define|ifdef|ifndef|if|endif|else|undef|pragma)\b|\/\*|\*\/|\/\/|(?:static|struct|union|typedef|extern|inline|const|unsigned|void|int|char|long|bool|u8|u16|u32|u64|s32|s64|enum)\s+[*\w]|(?:if|for|while|switch)\s*\(.*\)\s*\{?$|else\s*\{?$|return\b.*;|goto \w+;|break;|case .{1,60}:$|def \w+\(|class \w+.*:$|import \w+$|from [\w.]+ import |(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP)\s.*;)/;
const CONTROL = /^\s*(?:\}\s*)?(?:else )?(?:if|for|while|switch)\s*\([^\n]*\)\s*\{?\s*$/;
const SHELL =
  /^\s*(?:\$ \S|# [a-z./][\w./-]*(?:\s|$)|\[?\w+@[\w.-]+[ :][^\]]{0,60}[$#%]|% [a-z]|\+ [a-z/]\S* -)/;
const LOG =
  /^\s*(?:\[\s*\d+\.\d{3,}\]|\d\d:\d\d:\d\d\b|\d{4}-\d\d-\d\d[ T]\d\d:\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d |Call Trace:|RIP: |Code: (?:[0-9a-f]{2} ){4}|R(?:AX|BP|SP|13|10|DX): |CPU: \d+ PID|BUG: |WARNING: CPU|Oops: |Traceback \(|\s{2}File "|#\d+\s+0x[0-9a-f]+|\s*at [\w$.<>]+\(.*\)$|\s*\?? ?[\w.]+\+0x[0-9a-f]+\/0x[0-9a-f]+|[\w./-]+\.(?:c|h|cc|cpp|py|rs|S|go|ts|js):\d+(?::\d+)?:|make(?:\[\d+\])?: |\s+(?:CC|LD|AR|GEN|AS|HOSTCC|MODPOST|LTO)\s+(?:\[M\]\s+)?\S+$|[0-9a-f]{4,16}:?(?:\s[0-9a-f]{2}){4})/;
const TABLE = /^\s*(?:\+[-=+]{6,}\+?|[-=]{3,}(?:\s+[-=]{3,})+|\|.*\|)\s*$/;
const COLUMNS = /\S\s{2,}\S.*\S\s{2,}\S/;
const CALL = /^\s*[\w.>*&[\]-]{2,60}\s?\(.*\)\s*;?$/;
const ASSIGN = /^\s*[\w.>*&[\]()-]{1,60}\s*(?:[|&+*/<-]?=|:=|=>|<<|>>)\s*\S/;
const PROSE =
  /(?:^|\s)(?:the|a|an|is|are|was|that|this|it|to|of|and|or|we|you|I|not|have|be|with|for|in|on|as|but|so|if|can|do|don't|would|should)(?=[\s,.?!;:]|$)/gi;
const LONG = 500;

/** Underline of a heading, or a ruler: no words, but no code around it either. */
const RULER = /^\s*([=~^*_#-])\1{2,}\s*$/;
const URL_LINE = /^(?:\[?\(?\d{0,3}[\])]?[:.]?\s{0,4})?<?(?:https?|ftp|git):\/\/\S+$/;

/** How much a line looks like code: 2 certainly, 1 perhaps, 0 unknown, -1 prose. */
function look(line: string): number {
  const head = line.length > LONG ? line.slice(0, LONG) : line;
  const trimmed = head.trim();
  if (RULER.test(head)) return 0;
  if (LOG.test(head) || TABLE.test(head)) return 2;
  if (CONTROL.test(head)) return isIndented(head) || /[=!<>&|*{]/.test(trimmed) ? 2 : 0;
  const prose = (trimmed.match(PROSE) ?? []).length;
  const tokens = trimmed.split(/\s+/, 80).length;
  if (prose >= 3 || (prose >= 2 && tokens <= 12)) {
    return /^(?:\/\*|\*|\/\/)/.test(trimmed) && /\*\/$|;$/.test(trimmed) ? 1 : -1;
  }
  if (SHELL.test(head)) return 2;
  if (STARTS_LIKE_CODE.test(head) && (ENDS_LIKE_CODE.test(head) || prose === 0)) return 2;
  if (ENDS_LIKE_CODE.test(head) && prose === 0 && /[()=[\]<>*&{}\\]|->/.test(trimmed)) return 2;
  if (/^[{}]\s*$/.test(trimmed)) return 2;
  if (URL_LINE.test(trimmed)) return 0;
  let letters = 0;
  let signs = 0;
  let digits = 0;
  for (let i = 0; i < trimmed.length; i++) {
    const code = trimmed.charCodeAt(i);
    if (code > 127 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)) letters++;
    else if (code >= 48 && code <= 57) digits++;
    else if (code !== 32 && code !== 9 && code !== 46 && code !== 44 && code !== 39) signs++;
  }
  if (signs >= 6 && signs > letters) return 2;
  if (prose === 0 && tokens >= 3 && signs + digits >= 6 && signs + digits > 2 * letters) return 2;
  if (CALL.test(head) && prose === 0) return 1;
  if (ASSIGN.test(head) && prose === 0) return 1;
  if (prose === 0 && tokens >= 3 && COLUMNS.test(trimmed) && !/[.?!]$/.test(trimmed)) return 1;
  if (signs >= 4 && signs * 2 > letters && prose === 0) return 1;
  return prose > 0 ? -1 : 0;
}

function isIndented(line: string): boolean {
  return (
    line.startsWith('    ') || line.startsWith('\t') || line.startsWith('  \t') || line.startsWith(' \t')
  );
}

/** Marks code among text lines, block by block (a block is a run of non-blank text lines). */
export function markCode(lines: Lines): void {
  let fenced = false;
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'text') continue;
    const line = lines.text[i] ?? '';
    if (FENCE.test(line)) {
      // an opening fence needs its closing one
      if (!fenced && !closes(lines, i + 1)) continue;
      fenced = !fenced;
      lines.kind[i] = 'code';
    } else if (fenced) lines.kind[i] = 'code';
  }
  let i = 0;
  let lastCode = -2;
  while (i < lines.count) {
    if (lines.kind[i] !== 'text' || isEmpty(lines, i)) {
      i++;
      continue;
    }
    let end = i;
    while (end < lines.count && lines.kind[end] === 'text' && !isEmpty(lines, end)) end++;
    markBlock(lines, i, end, onlyBlankSince(lines, lastCode, i));
    for (let j = i; j < end; j++) if (lines.kind[j] === 'code') lastCode = j;
    i = end;
  }
}

function closes(lines: Lines, from: number): boolean {
  for (let i = from; i < lines.count && i < from + 400; i++) {
    if (lines.kind[i] === 'quote') return false;
    if (FENCE.test(lines.text[i] ?? '')) return true;
  }
  return false;
}

function onlyBlankSince(lines: Lines, from: number, to: number): boolean {
  if (from < 0) return false;
  for (let i = from + 1; i < to; i++) if (!isEmpty(lines, i)) return false;
  return true;
}

function markBlock(lines: Lines, first: number, end: number, afterCode: boolean): void {
  const looks = new Int8Array(end - first);
  let sure = 0;
  let prose = 0;
  let indented = 0;
  for (let i = first; i < end; i++) {
    const line = lines.text[i] ?? '';
    const value = look(line);
    looks[i - first] = value;
    if (value >= 2) sure++;
    if (value < 0) prose++;
    if (isIndented(line)) indented++;
  }
  const count = end - first;
  // a whole indented block without a prose line, or with code in it
  const whole =
    (indented === count && prose === 0 && (sure > 0 || afterCode || someLook(looks, 1))) ||
    (sure * 2 >= count && prose * 4 <= count);
  for (let i = first; i < end; i++) {
    const at = i - first;
    const value = looks[at] ?? 0;
    const near = (looks[at - 1] ?? 0) >= 2 || (looks[at + 1] ?? 0) >= 2;
    const line = lines.text[i] ?? '';
    const deep = isIndented(line);
    if (RULER.test(line.slice(0, LONG))) {
      lines.kind[i] = 'code';
      continue;
    }
    if (
      whole
        ? value >= 0 || deep
        : value >= 2 || (value === 1 && (near || deep)) || (value === 0 && near && deep)
    )
      lines.kind[i] = 'code';
  }
}

function someLook(looks: Int8Array, least: number): boolean {
  return looks.some((value) => value >= least);
}
