// HTML to plain text: words and line structure only, blockquotes as `> ` lines. No scripts, styles, attributes or markup
// survive. A tokenizer without element tree, so that depth costs nothing; linear.
import { Tokenizer } from 'htmlparser2';
import { wellFormed } from './charset.ts';

/** Elements that begin and end a line. */
const BREAKS = new Set([
  'p', 'div', 'br', 'tr', 'li', 'ul', 'ol', 'table', 'pre', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
  'hr', 'dl', 'dt', 'dd', 'section', 'article', 'header', 'footer', 'main', 'address', 'center', 'figure',
]); // prettier-ignore
/** Elements that separate words. */
const CELLS = new Set(['td', 'th']);
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template']);
const MAX_DEPTH = 20;
const BLANKS = /\s+/g;
const BLANK_LINES = /\n{3,}/g;
const QUOTE_MARKS = /^(?:> ?)*$/;

const ignore = (): void => {};

/** Text of an HTML document or fragment, LF line ends. */
export function htmlToText(html: string): string {
  const out: string[] = [];
  let text = '';
  let quote = 0;
  let pre = 0;
  let closing = false;
  const hidden = new Map<string, number>();
  let hiddenCount = 0;

  let lineStart = true;

  const put = (words: string): void => {
    const shown = lineStart ? words.trimStart() : words;
    if (shown === '') return;
    out.push(shown);
    lineStart = false;
  };
  const flushText = (): void => {
    if (text !== '' && hiddenCount === 0) {
      if (pre > 0) {
        out.push(text.replace(BLANK_LINES, '\n\n').replaceAll('\n', `\n${'> '.repeat(quote)}`));
        lineStart = false;
      } else {
        put(text.replace(BLANKS, ' '));
      }
    }
    text = '';
  };
  const newline = (): void => {
    out.push(`\n${'> '.repeat(quote)}`);
    lineStart = true;
  };
  const hide = (name: string, by: 1 | -1): void => {
    const depth = Math.max(0, (hidden.get(name) ?? 0) + by);
    hiddenCount += depth - (hidden.get(name) ?? 0);
    hidden.set(name, depth);
  };
  const open = (name: string): void => {
    flushText();
    if (name === 'body') {
      // an unclosed head ends here
      hidden.clear();
      hiddenCount = 0;
    }
    if (HIDDEN.has(name)) hide(name, 1);
    if (name === 'pre') pre += 1;
    if (name === 'blockquote') quote = Math.min(MAX_DEPTH, quote + 1);
    if (BREAKS.has(name)) newline();
    else if (CELLS.has(name)) put(' ');
  };
  const close = (name: string): void => {
    flushText();
    if (HIDDEN.has(name)) hide(name, -1);
    if (name === 'pre') pre = Math.max(0, pre - 1);
    if (name === 'blockquote') quote = Math.max(0, quote - 1);
    if (BREAKS.has(name) && name !== 'br') newline();
  };

  let name = '';
  const tokenizer = new Tokenizer(
    { xmlMode: false, decodeEntities: true },
    {
      ontext(start, end) {
        text += html.slice(start, end);
      },
      ontextentity(codepoint) {
        text += codePoint(codepoint);
      },
      onopentagname(start, end) {
        name = html.slice(start, end).toLowerCase();
        closing = false;
      },
      onopentagend() {
        if (!closing) open(name);
      },
      onselfclosingtag() {
        open(name);
      },
      onclosetag(start, end) {
        close(html.slice(start, end).toLowerCase());
      },
      onend: ignore,
      onattribdata: ignore,
      onattribentity: ignore,
      onattribend: ignore,
      onattribname: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  flushText();
  return wellFormed(tidy(out.join('')));
}

/** Without blanks at line ends, outer blank lines, and more than one blank line (of the same quote depth) in a row. */
function tidy(text: string): string {
  const out: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const previous = out.at(-1) ?? '';
    if (isBlank(line) && (line === previous || out.length === 0)) continue;
    out.push(line);
  }
  while (out.length > 0 && isBlank(out.at(-1) ?? '')) out.pop();
  return out.join('\n');
}

/** Nothing on the line but quote marks of ours. */
function isBlank(line: string): boolean {
  return line.length <= 2 * MAX_DEPTH && QUOTE_MARKS.test(line);
}

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
