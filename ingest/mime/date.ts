// Date headers to epoch seconds, and the effective time of a mail. RFC 5322 3.3 and 4.3, asctime, ISO 8601, common slips.
import type { Field } from './header-block.ts';
import { oneLine } from './encoded-word.ts';

/** First plausible second: 1970-01-02. Earlier values are unset clocks. */
const FIRST = 86_400;
/** Bound for a mail without a plausible Received: 2100-01-01. No clock is read, so that results do not change with time. */
const LAST = 4_102_444_800;
/** How far Date may lie ahead of the newest Received: wrong zones and slightly wrong clocks. */
const AHEAD = 86_400 + 3_600;
const LONGEST = 200;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 4.3 names, and frequent others; minutes east of UTC. Unknown names mean UTC, as that section asks. */
const ZONES: Readonly<Record<string, number>> = {
  ut: 0, utc: 0, gmt: 0, z: 0, wet: 0,
  ast: -240, adt: -180, est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420,
  bst: 60, cet: 60, met: 60, mez: 60, west: 60, cest: 120, mest: 120, mesz: 120, eet: 120, eest: 180, msk: 180,
  jst: 540, kst: 540, hkt: 480, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
}; // prettier-ignore
const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const TIME = /^(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d{1,9})?)?$/;
const OFFSET = /^(?:gmt|utc?)?([+-])(\d{2}):?(\d{2})$/i;
const NUMBER = /^\d{1,9}$/;
const WORD = /^[a-z]+\.?$/i;
const SPLIT = /[\s,]+/;
const DASHED = /^\d{1,2}-[a-z]{3,9}-\d{2,4}$/i;

export interface EffectiveTime {
  /** Epoch seconds, 0 when neither Date nor Received is plausible. */
  readonly time: number;
  readonly from: 'date' | 'received' | 'none';
}

/** Date when it parses and is plausible, else the topmost plausible Received, else 0. */
export function effectiveTime(date: string, received: readonly Field[]): EffectiveTime {
  let newest: number | undefined;
  for (const field of received) {
    const stamp = parseDate(oneLine(field.raw.slice(field.raw.lastIndexOf(';') + 1)));
    if (stamp !== undefined && stamp >= FIRST && stamp < LAST) {
      newest = stamp;
      break;
    }
  }
  const sent = parseDate(date);
  const bound = newest === undefined ? LAST : newest + AHEAD;
  if (sent !== undefined && sent >= FIRST && sent <= bound) return { time: sent, from: 'date' };
  return newest === undefined ? { time: 0, from: 'none' } : { time: newest, from: 'received' };
}

/** Epoch seconds of a date text; undefined when it names no moment. */
export function parseDate(text: string): number | undefined {
  if (text.length > LONGEST) return undefined;
  const bare = withoutComments(text).trim();
  const iso = ISO.exec(bare);
  if (iso) {
    const [, year, month, day, hour, minute, second, zone] = iso;
    return moment(
      Number(year), Number(month) - 1, Number(day), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0),
      zone === undefined ? 0 : zoneMinutes(zone),
    ); // prettier-ignore
  }
  let month: number | undefined;
  let time: RegExpExecArray | undefined;
  let zone: number | undefined;
  let afternoon: number | undefined;
  const numbers: string[] = [];
  const words = bare.split(SPLIT).flatMap((word) => (DASHED.test(word) ? word.split('-') : [word]));
  for (const word of words) {
    const clock = time === undefined ? TIME.exec(word) : null;
    if (clock) {
      time = clock;
    } else if (NUMBER.test(word)) {
      numbers.push(word);
    } else if (OFFSET.test(word)) {
      const minutes = zoneMinutes(word);
      if (minutes === undefined) return undefined;
      zone ??= minutes;
    } else if (WORD.test(word)) {
      const lower = word.toLowerCase();
      const named = MONTHS.indexOf(lower.slice(0, 3));
      if (lower === 'am' || lower === 'pm') afternoon = lower === 'pm' ? 12 : 0;
      else if (named >= 0 && month === undefined) month = named;
      else if (time !== undefined) zone ??= ZONES[lower];
    }
  }
  if (month === undefined || time === undefined) return undefined;
  const [first, second] = numbers;
  if (first === undefined || second === undefined || numbers.length !== 2) return undefined;
  const [day, year] = first.length > 2 ? [second, first] : [first, second];
  let hour = Number(time[1]);
  if (afternoon !== undefined && hour <= 12) hour = (hour % 12) + afternoon;
  return moment(
    fullYear(year), month, Number(day), hour, Number(time[2]), Number(time[3] ?? 0), zone ?? 0,
  ); // prettier-ignore
}

/** RFC 5322 4.3: two digits 00-49 are 20xx, 50-99 19xx; three digits count from 1900. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.length === 3 ? 1900 + year : year;
}

function zoneMinutes(zone: string): number | undefined {
  const match = OFFSET.exec(zone);
  if (!match) return ZONES[zone.toLowerCase()];
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  if (minutes > 15 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

function moment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  zone: number | undefined,
): number | undefined {
  if (zone === undefined || hour > 23 || minute > 59 || second > 60 || year < 1900 || year > 9999)
    return undefined;
  const stamp = Date.UTC(year, month, day, hour, minute, Math.min(second, 59));
  const check = new Date(stamp);
  if (Number.isNaN(stamp) || check.getUTCDate() !== day || check.getUTCMonth() !== month) return undefined;
  return stamp / 1000 - zone * 60;
}

function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let out = '';
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth += 1;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) out += char;
  }
  return out;
}
