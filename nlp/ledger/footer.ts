// What mailers and list servers put around the words: signatures, list footers, notes on scrubbed parts, PGP armor,
// leftovers of archive pages. Never anybody's statement. RFC 3676 4.3 (`-- `), RFC 4880 6.2 (armor).
import type { Lines } from './line.ts';
import { isEmpty } from './line.ts';

const RULER = /^\s{0,8}([_=*-])\1{15,}\s*$/;
const LIST_INFO = /mailing list|unsubscribe|listinfo|majordomo|list-?archive/i;
const SERVICE =
  /^(?:-{10,} next part -{10,}|To unsubscribe\b.*(?:list|send|mail)|-----BEGIN PGP SIGNED MESSAGE)/i;
const YAHOO =
  /^\s{0,4}(?:Yahoo! Groups (?:Links|Sponsor)|You received this message because you are subscribed to the Google Groups|This SF\.net email is sponsored by|This message (?:and any attachments )?(?:is|are|may contain) (?:confidential|intended only)|IMPORTANT NOTICE: The contents of this email|Powered by Linux\s*$|\[Index of Archives\])/i;
const ARCHIVE_LINKS = /^\s{0,8}(?:\[[A-Z][^[\]]{2,60}\]\s{0,12}){3,80}$/;
const SENT_FROM =
  /^\s{0,8}(?:Sent from (?:my|Mail for|Yahoo|Outlook|Samsung)\b.{0,60}|Get Outlook for .{0,60}|Von meinem \S{1,20} gesendet\.?|Envoyé de mon .{0,40})$/i;
const ARMOR =
  /^(?:- )?-----BEGIN PGP (?:SIGNATURE|MESSAGE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK)|^-----BEGIN (?:CERTIFICATE|PKCS7)/;
const ARMOR_END = /^(?:- )?-----END (?:PGP|CERTIFICATE|PKCS7)/;
const BLOCK = 8;
const LONG = 1000;

/** First blank line after `from`, at most eight lines on. */
function blockEnd(lines: Lines, from: number): number {
  let end = from + 1;
  while (end < lines.count && end - from < BLOCK && (lines.text[end] ?? '').trim() !== '') end++;
  return end;
}

function namesList(lines: Lines, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (LIST_INFO.test((lines.text[i] ?? '').slice(0, LONG))) return true;
  return false;
}

/** Marks list footers, scrubbed-part notes, armor and archive leftovers as `footer`. */
export function markFooters(lines: Lines): void {
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'text') continue;
    const line = lines.text[i] ?? '';
    const first = line.charCodeAt(0);
    if (line.length < 3) continue;
    let end = i;
    const head = line.slice(0, LONG);
    if ((first === 45 || first === 32) && ARMOR.test(head)) {
      end = i + 1;
      while (end < lines.count && !ARMOR_END.test(lines.text[end] ?? '')) end++;
      end = Math.min(end + 1, lines.count);
    } else if (SERVICE.test(head) || YAHOO.test(head)) {
      end = blockEnd(lines, i);
    } else if (line.length < LONG && RULER.test(line)) {
      const below = blockEnd(lines, i);
      if (namesList(lines, i, below)) end = below;
    } else if (line.length < LONG && line.includes('[') && ARCHIVE_LINKS.test(line)) {
      end = i + 1;
    }
    for (let j = i; j < end; j++) lines.kind[j] = 'footer';
    if (end > i) i = end - 1;
  }
}

/**
 * Marks the signature: everything from `-- `, or from `--` when at most ten lines of text follow. Quotes below it (a
 * top-poster's original) stay quotes; a `Sent from my ...` line in last place is a signature too.
 */
export function markSignature(lines: Lines): void {
  let following = 0;
  const after = new Int32Array(lines.count + 1);
  for (let i = lines.count - 1; i >= 0; i--) {
    after[i] = following;
    if (lines.kind[i] === 'text' && !isEmpty(lines, i)) following++;
  }
  let inside = false;
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'text') {
      if (inside && (lines.kind[i] === 'patch' || lines.kind[i] === 'trailer')) lines.kind[i] = 'signature';
      continue;
    }
    const line = lines.text[i] ?? '';
    if (!inside) {
      const full = line === '-- ' || line === '--\u00a0' || line === '- -- ';
      const short = line.startsWith('--') && line.trimEnd() === '--' && (after[i] ?? 0) <= 10;
      const device = after[i] === 0 && line.length < 120 && SENT_FROM.test(line);
      inside = full || short || device;
    }
    if (inside) lines.kind[i] = 'signature';
  }
}
