// Mails as an mbox that every reader takes: mboxrd, with public-inbox's separator line. Bytes stay as they came.

const separator = Buffer.from('From mboxrd@z Thu Jan  1 00:00:00 1970\n');
const lineFeed = 0x0a;
const quoted = Buffer.from('>');

/** Is there `>`s and then `From ` at `at`? */
function isFromLine(raw: Buffer, at: number): boolean {
  let i = at;
  while (raw[i] === 0x3e) i++;
  return raw.subarray(i, i + 5).equals(fromWord);
}

const fromWord = Buffer.from('From ');

/** One mail between its separator and an empty line. */
export function* mboxEntry(raw: Buffer): Generator<Buffer> {
  yield separator;
  let start = 0;
  for (let line = 0; line < raw.length;) {
    if (isFromLine(raw, line)) {
      yield raw.subarray(start, line);
      yield quoted;
      start = line;
    }
    const next = raw.indexOf(lineFeed, line);
    line = next === -1 ? raw.length : next + 1;
  }
  yield raw.subarray(start);
  yield Buffer.from(raw.at(-1) === lineFeed ? '\n' : '\n\n');
}
