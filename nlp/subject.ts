// Reads a Subject line: reply marks, list tags, patch version and part. No guess about threads is made here.
import type { Subject } from './finding.ts';

/** Reply and forward marks of common clients, also German, Dutch, Scandinavian and counted ones (`Re[2]:`). */
const REPLY_MARK = /^(?:re|aw|antw|sv|vs|fwd?|wg)(?:\[\d{1,3}\])?\s?:\s*/i;
const TAG = /^\[([^\][]{1,120})\]\s*/;
const VERSION = /^v(\d{1,3})(?:\.\d{1,3})?$/;
const PART = /^(\d{1,4})\/(\d{1,4})$/;
const PATCH = /^(?:patch|patches|rfc-?patch|patch-?rfc|git-?pull|pull)$/;

/** Subject line taken apart; `base` keeps its case. A subject of nothing but marks has base ''. */
export function readSubject(line: string): Subject {
  let rest = line.slice(0, 1000).trim();
  let reply = false;
  const tags: string[] = [];
  for (;;) {
    const mark = REPLY_MARK.exec(rest);
    const tag = mark ? null : TAG.exec(rest);
    if (mark) {
      reply = true;
      rest = rest.slice(mark[0].length);
    } else if (tag) {
      tags.push(
        ...(tag[1] ?? '')
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      );
      rest = rest.slice(tag[0].length);
    } else {
      break;
    }
  }
  let version = 1;
  let part = -1;
  let parts = 0;
  for (const tag of tags) {
    const v = VERSION.exec(tag);
    const p = PART.exec(tag);
    if (v) version = Number(v[1]);
    if (p) {
      part = Number(p[1]);
      parts = Number(p[2]);
    }
  }
  const patch = tags.some((tag) => PATCH.test(tag));
  return { base: rest.replace(/\s+/g, ' ').trim(), reply, tags, patch, version, part, parts };
}
