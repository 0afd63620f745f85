// Dates as pages and reports print them: absolute, UTC, the same for every reader.

/** `2023-01-18 20:32 UTC`; '' for 0, which stands for unknown. */
export function utcMinute(seconds: number): string {
  const iso = isoTime(seconds);
  return iso === '' ? '' : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** `2023-01-18` */
export function utcDay(seconds: number): string {
  return isoTime(seconds).slice(0, 10);
}

/** ISO 8601 for `<time datetime>`; '' when unknown or out of range. */
export function isoTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return seconds === 0 || Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 19)}Z`;
}

/** Epoch seconds of an ISO date of a report; 0 when it has none. */
export function secondsOf(iso: string): number {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? 0 : Math.floor(time / 1000);
}

/** `2023-01-17 to 2023-01-27`, or one day. */
export function daySpan(first: number, last: number): string {
  const [from, to] = [utcDay(first), utcDay(last)];
  return from === to || to === '' ? from : from === '' ? to : `${from} to ${to}`;
}
