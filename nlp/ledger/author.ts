// Who an attribution names, and whether a name or address is that of a known sender. Formats: Gmail, mutt, Thunderbird,
// Gnus, Outlook, Apple, old Usenet readers; English, German, French, Spanish, Portuguese, Italian, Dutch, Scandinavian.
import type { Address } from '../../model/message.ts';
import { quoteMarks } from './line.ts';
import { SAID } from './said.ts';

/** Who an attribution names. Empty strings for what it does not say. */
export interface Attribution {
  readonly name: string;
  readonly address: string;
  /** The words of the date, as written. */
  readonly date: string;
  /** Read from a header block (`From:`, `Sent:`, ...) rather than a sentence. */
  readonly header: boolean;
}

const NOBODY: Attribution = { name: '', address: '', date: '', header: false };
const VERB = new RegExp(SAID, 'iu');
const HEADER_FROM = /^[\s*]{0,4}(?:From|Von|De|Da|Van|Från)\s?:\**\s*(.{0,300})$/i;
const HEADER_DATE =
  /^[\s*]{0,4}(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado|Inviato|Verzonden|Skickat)\s?:\**\s*(.{0,120})$/i;
const HEADER_LINE = /^[\s*]{0,4}[A-Za-zÀ-ÿА-я-]{1,14}\s?:/;
const MAIL = /^(?:mailto:)?[^\s<>@,;()[\]]{1,100}@[^\s<>@,;()[\]]{1,120}$/;
const ANGLE = /<([^<>]{3,200})>/g;
const INNER_MAILTO = /\s?<mailto:[^<>]{1,200}>+/gi;
const BARE_AT = /(?:^|\s)([\w.+-]{1,64}) at ([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})(?=\s|$)/;
const MESSAGE_REF =
  /^\s*(?:In|on)\s+(?:message|article|mail|msg|your message)?\s*(?:of\s.{1,60}?)?<[^<>\s]{1,200}>[,:]?\s*/i;
const MONTH =
  /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december|januar|februar|märz|mrz|mai|juni|juli|oktober|okt|dezember|dez|janv|janvier|févr|février|mars|avr|avril|juin|juil|juillet|août|septembre|octobre|novembre|décembre|déc|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|maart|mei|augustus|maj|augusti)$/i;
const WEEKDAY =
  /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lun|mar|mer|jeu|ven|sam|dim|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)$/i;
const CLOCK = /^(?:am|pm|a\.m|p\.m|utc|gmt|[a-z]{1,4}[sd]t|cet|cest|bst|msk|uhr|hours?|hrs|pt|et)$/i;
const PARTICLE =
  /^(?:van|von|vom|de|del|della|der|den|ten|ter|la|le|da|di|dos|du|el|al|bin|ibn|zu|zur|y|e|and|&|st)$/i;
const NO_NAME =
  /^(?:the|a|an|this|that|these|those|my|your|our|his|her|its|their|it|he|she|they|you|i|we|one|some(?:one|body)|every(?:one|body)|nobody|people|which|who|what|also|so|and|but|as|if|when|there|here)(?=\s|$)/i;
const VIA = /\s+via\s+.{1,80}$/i;
const EDGES = /^[\s,;:*"'“”‘’[\]()<>-]+|[\s,;:*"'“”‘’[\]()<>-]+$/g;

function bare(token: string): string {
  return token.replace(/^[\s,;:("'[<]+|[\s,;:)"'\].>]+$/g, '');
}

function isDateWord(token: string): boolean {
  const word = bare(token);
  if (word === '' || word.includes('@')) return false;
  return (
    /^(?:\d{1,2}[./-]){1,2}\d{1,4}$|^\d{4}[./-]\d{1,2}[./-]\d{1,2}$|^\d{1,4}(?:st|nd|rd|th|h\d\d)?$|^\d{1,2}[:.]\d\d(?:[:.]\d\d)?\W?(?:[ap]m)?$|^\d{4}-\d\d-\d\dT?|^[+-]\d{4}$|^(?:UTC|GMT)?[+-]\d{1,4}(?::\d\d)?$/i.test(
      word,
    ) ||
    MONTH.test(word) ||
    WEEKDAY.test(word) ||
    CLOCK.test(word)
  );
}

/** A name as people write theirs: few words, each capitalized or a particle; else ''. */
function cleanName(text: string, mailbox = false): string {
  const edged = text.replace(VIA, '').replace(EDGES, '').replace(/\s+/g, ' ');
  // `Ann Other (Company)` loses its last bracket to EDGES
  const name = edged.includes('(') && !edged.includes(')') ? `${edged})` : edged;
  if (name === '' || name.length > 80 || name.includes('@') || NO_NAME.test(name)) return '';
  const words = name.split(' ');
  if (words.length > 6) return '';
  if (words.length === 1) return /^\p{L}[\p{L}\p{N}._'-]*$/u.test(name) ? name : '';
  const fits = words.every(
    (word) =>
      /^["'(“]?\p{Lu}|^["'(“]|^\p{Lo}/u.test(word) || PARTICLE.test(word) || /^\p{Ll}{1,12}$/u.test(word),
  );
  // prose, not a name: `the author of this patch`
  const lower = words.filter((word) => /^\p{Ll}/u.test(word) && !PARTICLE.test(word)).length;
  return fits && (lower <= 1 || (mailbox && words.length <= 3)) ? name : '';
}

function cleanAddress(text: string): string {
  const plain = text
    .trim()
    .replace(/^mailto:/i, '')
    .replace(/\s+(?:at|\(at\)|\[at\])\s+/i, '@');
  return MAIL.test(plain) ? plain : '';
}

/** Address in angle brackets (or bare) and the text without it. */
function takeAddress(text: string): { address: string; rest: string } {
  let address = '';
  let rest = text.replace(INNER_MAILTO, '>');
  for (const found of rest.matchAll(ANGLE)) {
    const clean = cleanAddress(found[1] ?? '');
    if (clean === '') continue;
    if (address === '') address = clean;
    rest = rest.replace(found[0], ' ');
  }
  rest = rest.replace(/\[mailto:([^\][\s]{3,200})\]/i, (_, inner: string) => {
    if (address === '') address = cleanAddress(inner);
    return ' ';
  });
  if (address === '') {
    const token = rest.split(/\s+/).find((word) => cleanAddress(bare(word)) !== '');
    if (token !== undefined) {
      address = cleanAddress(bare(token));
      rest = rest.replace(token, ' ');
    }
  }
  const spelled = address === '' ? BARE_AT.exec(rest) : null;
  if (spelled) {
    address = `${spelled[1] ?? ''}@${spelled[2] ?? ''}`;
    rest = rest.replace(spelled[0], ' ');
  }
  return { address, rest };
}

function readHeaders(lines: readonly string[]): Attribution {
  let from = '';
  let date = '';
  for (const line of lines) {
    if (from === '') from = HEADER_FROM.exec(line)?.[1] ?? '';
    if (date === '') date = HEADER_DATE.exec(line)?.[1] ?? '';
  }
  const { address, rest } = takeAddress(from);
  return {
    name: cleanName(rest.replace(/\bOn Behalf Of\b.*/i, '')),
    address,
    date: date.trim(),
    header: true,
  };
}

/** Words before the date, the date, words after it. */
function splitDate(text: string): { before: string; date: string; after: string } {
  const tokens = text.split(/\s+/).filter((token) => token !== '');
  let first = -1;
  let last = -1;
  let clock = false;
  let month = false;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    if (!isDateWord(token)) continue;
    if (first >= 0 && i - last > 4) break;
    // `19:09, Sam Other`, `2 May, April Other`: days and months are names of people, too
    const isMonth = MONTH.test(bare(token));
    if ((clock && (isMonth || WEEKDAY.test(bare(token)))) || (month && isMonth)) break;
    month ||= isMonth;
    clock ||= /\d[:.]\d\d/.test(token);
    if (first < 0) first = i;
    last = i;
  }
  const dated = first >= 0 && tokens.slice(first, last + 1).some((token) => /\d/.test(token));
  if (!dated) return { before: text, date: '', after: '' };
  return {
    before: tokens.slice(0, first).join(' '),
    date: tokens.slice(first, last + 1).join(' '),
    after: tokens.slice(last + 1).join(' '),
  };
}

const INTRODUCTION =
  /^(?:[\s*>-]|(?:On|Am|Le|El|Em|Il|Op|Den|Dne|At|In|Dnia|W dniu|Vào|Quoting|giorno|um|at|kl|à|às|alle)(?=\s|$))*/i;

/** Name, address and date of an attribution (its lines as in the body, quote marks allowed). */
export function parseAttribution(raw: string): Attribution {
  const lines = raw
    .slice(0, 4000)
    .split('\n')
    .map((line) => line.slice(quoteMarks(line).content).trim())
    .filter((line) => line !== '');
  const headers = lines.filter((line) => HEADER_LINE.test(line)).length;
  if (headers >= 2 && lines.some((line) => HEADER_FROM.test(line))) return readHeaders(lines);
  const supercite = /^>{2,}\s*/;
  const text = lines.join(' ').replace(supercite, '').replace(MESSAGE_REF, '').replace(/\s+/g, ' ');
  const forwarded = /-{3,}\s*forwarded message (?:from|by) (.{1,120}?)\s*-{2,}/i.exec(text)?.[1];
  if (forwarded !== undefined) {
    const { address, rest } = takeAddress(forwarded);
    return { ...NOBODY, name: cleanName(rest), address };
  }
  const taken = takeAddress(text);
  const rest = taken.rest;
  const address = /\svia\s/i.test(rest) ? '' : taken.address;
  const verb = VERB.exec(rest);
  const said = verb ? rest.slice(0, verb.index) : rest.replace(/:\s*$/, '');
  const tail = verb ? rest.slice(verb.index + verb[0].length).replace(/:\s*>?.*$/, '') : '';
  const left = splitDate(said.replace(INTRODUCTION, ''));
  const right = splitDate(tail);
  const candidates =
    left.date === ''
      ? [said.replace(INTRODUCTION, ''), right.after, right.before]
      : [left.after, verb && tail.trim() !== '' ? tail : '', left.before];
  const supercited = /==\s*(.{1,80}?)\s*$/.exec(said.replace(/\bwrites\b.*/, ''))?.[1];
  if (supercited !== undefined) candidates.unshift(supercited);
  let name = '';
  for (const candidate of candidates) {
    const plain = candidate.replace(/^[\s,.-]*(?:um|at|Uhr|kl|o|hours?|by|from|de|the following)\b/i, '');
    name = cleanName(plain, address !== '' || left.date !== '');
    if (name === '' && plain.includes(',')) name = cleanName(plain.slice(plain.lastIndexOf(',') + 1));
    if (name !== '') break;
  }
  if (name === '' && address === '') return { ...NOBODY, date: left.date || right.date };
  return { name, address, date: left.date || right.date, header: false };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_OF = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b/i;

/** Epoch seconds of an attribution's date, UTC when it has no zone; 0 when it cannot be told (`3/4/2020`). */
export function readDate(text: string): number {
  const iso = /\b((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})\b/.exec(text);
  const month = MONTH_OF.exec(text)?.[1]?.toLowerCase();
  const year = Number(iso?.[1] ?? /\b((?:19|20)\d\d)\b/.exec(text)?.[1] ?? 0);
  const monthIndex = iso ? Number(iso[2]) - 1 : MONTHS.indexOf(month ?? '');
  const day = Number(
    iso?.[3] ??
      /\b(\d{1,2})(?:st|nd|rd|th)?\b(?![:.]\d)/.exec(
        text.replace(/\d{1,2}[:.]\d\d(?:[:.]\d\d)?/g, ' '),
      )?.[1] ??
      0,
  );
  if (year === 0 || monthIndex < 0 || monthIndex > 11 || day < 1 || day > 31) return 0;
  const clock = /(?<!\d)(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s{0,3}([ap])?\.?m?/i.exec(
    text.replace(/\d{4}-\d\d-\d\d/, ' '),
  );
  let hour = Number(clock?.[1] ?? 0);
  const half = clock?.[4]?.toLowerCase();
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  const zone = /(?:^|\s|GMT|UTC)([+-])(\d\d):?(\d\d)\b/.exec(text);
  const offset = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) : 0;
  const at = Date.UTC(year, monthIndex, day, hour, Number(clock?.[2] ?? 0), Number(clock?.[3] ?? 0));
  return Math.floor(at / 1000) - offset * 60;
}

function nameKey(name: string): string {
  const flipped = /^([^,]{1,60}),\s*([^,]{1,60})$/.exec(name.replace(VIA, ''));
  const plain = flipped ? `${flipped[2] ?? ''} ${flipped[1] ?? ''}` : name.replace(VIA, '');
  return plain
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\(.{0,80}\)/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Archives mask addresses: `ann@xxxxxxx`, `ann@e...`, `ann at ...`. */
function addressesAgree(a: string, b: string): boolean {
  const [localA = '', hostA = ''] = a.toLowerCase().split('@');
  const [localB = '', hostB = ''] = b.toLowerCase().split('@');
  if (localA === '' || localA !== localB) return false;
  return hostA === hostB || /^x{3,}$|\.\.\.|^x+\./.test(hostA) || /^x{3,}$|\.\.\.|^x+\./.test(hostB);
}

/**
 * Whether two mailboxes are one person's, as far as they say: same address, or same full name. `undefined` when neither
 * gives enough to tell (one has a name only, the other an address only).
 */
export function sameAuthor(a: Address, b: Address): boolean | undefined {
  const nameA = nameKey(a.name);
  const nameB = nameKey(b.name);
  // `Ann via list <list@example.org>`: the address is everybody's
  const shared = VIA.test(a.name) || VIA.test(b.name);
  if (!shared && a.address !== '' && b.address !== '' && addressesAgree(a.address, b.address)) {
    const known = nameB.split(' ');
    const strangers = nameA !== '' && nameB !== '' && !nameA.split(' ').some((word) => known.includes(word));
    return strangers ? undefined : true;
  }
  if (nameA !== '' && nameB !== '') {
    if (nameA === nameB) return true;
    // `Ann M. Other` and `Ann Other`; a lone first name tells nothing against a full one
    const wordsA = nameA.split(' ');
    const wordsB = nameB.split(' ');
    const [short, long] = wordsA.length <= wordsB.length ? [wordsA, wordsB] : [wordsB, wordsA];
    if (short.every((word) => long.includes(word))) return short.length > 1 ? true : undefined;
    return false;
  }
  if (!shared && a.address !== '' && b.address !== '') {
    const local = (address: string): string => (address.split('@')[0] ?? '').toLowerCase();
    return local(a.address) === local(b.address) ? undefined : false;
  }
  const [name, address] = nameA === '' ? [nameB, a.address] : [nameA, b.address];
  if (name === '' || address === '') return undefined;
  const local = (address.split('@')[0] ?? '').toLowerCase().replace(/[^a-z0-9]+/g, ' ');
  return name.split(' ').every((word) => local.includes(word)) ? true : undefined;
}
