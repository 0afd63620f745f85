// Originals without quote marks: Outlook's header block, `-----Original Message-----`, forwarded mail (mutt, Gmail,
// Apple, Thunderbird). All below the header block is somebody else's; only its end mark gives the sender the word back.
import type { Lines } from './line.ts';
import { isEmpty, words } from './line.ts';
import { markUnmarkedQuote } from './attribution.ts';

const ORIGINAL =
  /^\s*(?:-{2,}|_{2,})\s*(?:Original[ -](?:Message|Mail|Nachricht)|Forwarded Message|Ursprüngliche Nachricht|Weitergeleitete Nachricht|Message d'origine|Message original|Message transféré|Mensaje original|Mensagem original|Messaggio originale|Oorspronkelijk bericht|Ursprungligt meddelande|Исходное сообщение|Пересланное сообщение)\s*(?:-{2,}|_{2,})\s*$/i;
const FORWARD =
  /^\s*(?:-{3,}\s*(?:Start of )?forwarded message(?: (?:from|by|follows) [^\n]{1,200}?| follows)?:?\s*-{2,}|Begin forwarded message:)\s*$/i;
const FORWARD_END = /^\s*-{3,}\s*End (?:of )?forwarded message\s*-{3,}\s*$/i;
const HEADER =
  /^[\s*]{0,4}(From|Sent|Date|To|Cc|Subject|Reply-To|Message-ID|Von|Gesendet|Datum|An|Betreff|De|Envoyé|À|Objet|Enviado|Para|Asunto|Da|Inviato|A|Oggetto|Van|Verzonden|Aan|Onderwerp|Från|Skickat|Till|Ämne)\s?:\**(?:\s|$)/i;
const FROM = /^[\s*]{0,4}(?:From|Von|De|Da|Van|Från)\s?:/i;
const SENT = /^(?:sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden|skickat)$/;
const TO = /^(?:to|an|à|para|a|aan|till)$/;
const SUBJECT = /^(?:subject|betreff|objet|asunto|oggetto|onderwerp|ämne)$/;
const LONG = 1000;

function headerName(lines: Lines, i: number): string | undefined {
  const line = lines.text[i] ?? '';
  return line.length > LONG * 20 ? undefined : HEADER.exec(line.slice(0, 40))?.[1]?.toLowerCase();
}

/** True when a block From:/Sent:/To:/Subject: (eight lines) starts here. */
function isOutlookBlock(lines: Lines, i: number): boolean {
  if (!FROM.test((lines.text[i] ?? '').slice(0, 40))) return false;
  const names: string[] = [];
  for (let j = i; j < i + 8 && j < lines.count; j++) {
    const name = headerName(lines, j);
    if (name) names.push(name);
  }
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  return has(TO) && has(SUBJECT) && has(SENT);
}

/** End of the header block that starts at `from`: header lines, their folds, and blank lines. */
function headerEnd(lines: Lines, from: number): number {
  let end = from;
  let header = false;
  while (end < lines.count && lines.kind[end] === 'text') {
    if (headerName(lines, end)) header = true;
    else if (isEmpty(lines, end)) header = false;
    else if (!(header && /^\s/.test(lines.text[end] ?? ''))) break;
    end++;
  }
  return end;
}

/** Marks header blocks that stand behind quote marks (an Outlook original quoted with `>`) as attributions. */
function markQuotedHeaders(lines: Lines): void {
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'quote' || !FROM.test(words(lines, i).slice(0, 40))) continue;
    const depth = lines.depth[i] ?? 0;
    const names: string[] = [];
    let end = i;
    while (end < lines.count && end < i + 10 && lines.kind[end] === 'quote' && lines.depth[end] === depth) {
      if (isEmpty(lines, end)) break;
      const name = HEADER.exec(words(lines, end).slice(0, 40))?.[1];
      if (name) names.push(name.toLowerCase());
      end++;
    }
    const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
    if (!has(SUBJECT) || !(has(TO) || has(SENT))) continue;
    const above = i - 1;
    const ruled =
      above >= 0 && lines.depth[above] === depth && ORIGINAL.test(words(lines, above).slice(0, LONG));
    const first = ruled ? above : i;
    for (let j = first; j < end; j++) lines.kind[j] = 'attribution';
    lines.breaks.add(first);
    lines.breaks.add(end);
    i = end - 1;
  }
}

function markAttribution(lines: Lines, from: number, end: number, depth: number): void {
  for (let i = from; i < end; i++) {
    lines.kind[i] = 'attribution';
    lines.depth[i] = depth;
  }
  lines.breaks.add(from);
}

/**
 * Marks unmarked originals. When the first words below the header block carry quote marks, the marks are trusted and only
 * the block is an attribution (Outlook Express with inline replies); else all below is a quote, one level deeper at
 * every further header block, until a forwarded mail's end mark.
 */
export function markOriginals(lines: Lines): void {
  markQuotedHeaders(lines);
  let depth = 0;
  let opener = -1;
  let start = -1;
  for (let i = 0; i < lines.count; i++) {
    if (lines.kind[i] !== 'text') {
      if (depth > 0 && lines.kind[i] !== 'patch') lines.depth[i] = (lines.depth[i] ?? 0) + depth;
      else if (depth > 0) {
        lines.kind[i] = 'quote';
        lines.depth[i] = depth;
      }
      continue;
    }
    const line = lines.text[i] ?? '';
    if (depth > 0 && FORWARD_END.test(line.slice(0, LONG))) {
      markAttribution(lines, i, i + 1, depth - 1);
      depth = 0;
      continue;
    }
    const short = line.length < LONG;
    const ruled = short && (ORIGINAL.test(line) || FORWARD.test(line));
    if (ruled || (short && isOutlookBlock(lines, i))) {
      const end = headerEnd(lines, ruled ? i + 1 : i);
      markAttribution(lines, i, end, depth);
      const marked = depth === 0 && lines.kind[end] === 'quote';
      if (!marked) {
        depth++;
        if (start < 0) start = end;
      }
      opener = end;
      i = end - 1;
      continue;
    }
    if (depth > 0) {
      lines.kind[i] = 'quote';
      lines.depth[i] = depth;
    }
  }
  if (start >= 0 || opener >= 0) return;
  const below = markUnmarkedQuote(lines, 0);
  if (below < 0) return;
  for (let i = below; i < lines.count; i++) if (lines.kind[i] === 'quote') return;
  for (let i = below; i < lines.count; i++) {
    if (lines.kind[i] === 'patch' || lines.kind[i] === 'text') {
      lines.kind[i] = 'quote';
      lines.depth[i] = 1;
    }
  }
}
