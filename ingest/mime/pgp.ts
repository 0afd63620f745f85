// Inline OpenPGP: armor taken out of the text, dash escapes undone. RFC 9580 7 (cleartext signatures). Quoted armor stays.

export interface Unarmored {
  readonly text: string;
  readonly signed: boolean;
  readonly encrypted: boolean;
}

const BEGIN_SIGNED = /^-----BEGIN PGP SIGNED MESSAGE-----\s*$/;
const BEGIN_SIGNATURE = /^-----BEGIN PGP SIGNATURE-----\s*$/;
const END_SIGNATURE = /^-----END PGP SIGNATURE-----\s*$/;
const BEGIN_MESSAGE = /^-----BEGIN PGP MESSAGE-----\s*$/;
const END_MESSAGE = /^-----END PGP MESSAGE-----\s*$/;
const ARMOR_HEADER = /^(?:Hash|Version|Comment|Charset|NotDashEscaped|MessageID):/i;
const MARK = '-----BEGIN PGP ';

/** Text with LF line ends, without cleartext-signature framing and without encrypted blocks. Incomplete framing stays. */
export function unarmor(text: string): Unarmored {
  if (!text.includes(MARK)) return { text, signed: false, encrypted: false };
  const lines = text.split('\n');
  const signatureEnd = lastLine(lines, END_SIGNATURE);
  const messageEnd = lastLine(lines, END_MESSAGE);
  const out: string[] = [];
  let signed = false;
  let encrypted = false;
  let escaped = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (!line.startsWith('-')) {
      out.push(line);
    } else if (BEGIN_SIGNED.test(line) && at < signatureEnd) {
      signed = true;
      escaped = true;
      at = skipArmorHeaders(lines, at);
    } else if (BEGIN_SIGNATURE.test(line) && at < signatureEnd) {
      escaped = false;
      at = skipTo(lines, at, END_SIGNATURE);
    } else if (BEGIN_MESSAGE.test(line) && at < messageEnd) {
      encrypted = true;
      at = skipTo(lines, at, END_MESSAGE);
    } else {
      out.push(escaped && line.startsWith('- ') ? line.slice(2) : line);
    }
  }
  return { text: out.join('\n'), signed, encrypted };
}

/** Index of the blank line behind the armor headers (the line before the text). */
function skipArmorHeaders(lines: readonly string[], at: number): number {
  let next = at + 1;
  while (next < lines.length && ARMOR_HEADER.test(lines[next] ?? '')) next += 1;
  return next < lines.length && (lines[next] ?? '').trim() === '' ? next : next - 1;
}

function skipTo(lines: readonly string[], at: number, end: RegExp): number {
  let next = at;
  while (next < lines.length && !end.test(lines[next] ?? '')) next += 1;
  return next;
}

function lastLine(lines: readonly string[], pattern: RegExp): number {
  return lines.findLastIndex((line) => line.startsWith('-----END') && pattern.test(line));
}
