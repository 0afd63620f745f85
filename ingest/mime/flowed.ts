// format=flowed text to one line per paragraph, RFC 3676: soft breaks joined within one quote depth, space-stuffing undone,
// `-- ` never joined. Linear.

const SIGNATURE = '-- ';
const NOT_BLANK = /\S/;

/** Unwraps flowed text with LF line ends. With `delSp` the blank before a soft break is dropped. */
export function unwrapFlowed(text: string, delSp: boolean): string {
  const out: string[] = [];
  /** Pieces of the paragraph being joined; empty between paragraphs. */
  let joined: string[] = [];
  let depth = 0;
  const flush = (): void => {
    if (joined.length > 0) out.push(joined.join(''));
    joined = [];
  };
  for (const line of text.split('\n')) {
    let level = 0;
    while (line.charCodeAt(level) === 0x3e) level += 1;
    // The stuffing before a `>` stays: without it the line would read as a quote.
    const stuffed = line.charCodeAt(level) === 0x20 && !(level === 0 && line.charCodeAt(1) === 0x3e);
    const from = stuffed ? level + 1 : level;
    const content = line.slice(from);
    // A line of blanks only is the empty context line of a quoted patch rather than a soft break.
    const fixed = content === SIGNATURE || !content.endsWith(' ') || !NOT_BLANK.test(content);
    if (joined.length > 0 && (level !== depth || content === SIGNATURE)) flush();
    if (joined.length === 0) joined.push(level === 0 ? '' : line.slice(0, from));
    depth = level;
    joined.push(delSp && !fixed ? content.slice(0, -1) : content);
    if (fixed) flush();
  }
  flush();
  return out.join('\n');
}
