// Own and quoted lines of a body for the search index: fast, by line starts alone. The ledger does the exact work.

const QUOTE_MARK = 62;
const SPACE = 32;

export interface SplitText {
  readonly own: string;
  readonly quoted: string;
}

/** Lines whose first character (after up to three blanks) is `>` are quoted, all others the sender's own. */
export function splitQuotes(body: string): SplitText {
  if (!body.includes('>')) return { own: body, quoted: '' };
  const own: string[] = [];
  const quoted: string[] = [];
  let runStart = 0;
  let runQuoted = false;
  let line = 0;
  const flush = (end: number): void => {
    if (end > runStart) (runQuoted ? quoted : own).push(body.slice(runStart, end));
  };
  while (line < body.length) {
    let at = line;
    while (at < line + 3 && body.charCodeAt(at) === SPACE) at += 1;
    const isQuoted = body.charCodeAt(at) === QUOTE_MARK;
    if (isQuoted !== runQuoted) {
      flush(line);
      runStart = line;
      runQuoted = isQuoted;
    }
    const end = body.indexOf('\n', line);
    line = end < 0 ? body.length : end + 1;
  }
  flush(body.length);
  return { own: own.join(''), quoted: quoted.join('') };
}
