// The one order of mails that threads and debates are built in, whatever order they arrived in.

/** Unknown times (0) sort last, so that an undated mail never becomes the start of a dated thread. */
export function timeKey(time: number): number {
  return time > 0 ? time : Number.MAX_SAFE_INTEGER;
}

export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By time, then Message-ID. */
export function compareMails(
  a: { readonly time: number; readonly id: string },
  b: { readonly time: number; readonly id: string },
): number {
  return timeKey(a.time) - timeKey(b.time) || compareIds(a.id, b.id);
}
