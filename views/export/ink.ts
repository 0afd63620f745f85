// Lines of styled text for terminals: folding by display width, then ANSI colors or none.
// The one place where text of mails reaches a terminal; everything passes `visible`.
import { visible } from '../visible.ts';
import type { Tone } from '../word.ts';

export type Style = Tone | 'strong' | 'dim' | 'heading';

export interface Run {
  readonly text: string;
  readonly style: Style;
}

export type Part = string | Run;
export type Line = readonly Part[];

/** Colors of the 16 that every terminal has; readable on light and dark grounds. */
const codes: Readonly<Record<Style, string>> = {
  support: '36',
  oppose: '31',
  conditional: '35',
  neutral: '2',
  question: '33',
  decision: '1',
  plain: '',
  strong: '1',
  dim: '2',
  heading: '1;4',
};

const zeroWidth = /^(?:\p{M}|[\u200b-\u200d]|\p{Variation_Selector})$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
const plainAscii = /^[\x20-\x7e]*$/;

/** Terminal columns of a text without control characters. */
export function columns(text: string): number {
  if (plainAscii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += zeroWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

export function ink(style: Style, text: string): Run {
  return { text, style };
}

function textOf(part: Part): string {
  return typeof part === 'string' ? part : part.text;
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, part) => sum + columns(visible(textOf(part))), 0);
}

/** Cuts to `width` columns, the last one an ellipsis when something was cut. */
export function clipped(text: string, width: number): string {
  const one = visible(text.replace(/\s+/g, ' ').trim());
  if (columns(one) <= width) return one;
  let kept = '';
  let used = 0;
  for (const character of one) {
    const next = columns(character);
    if (used + next > width - 1) break;
    kept += character;
    used += next;
  }
  return `${kept.trimEnd()}…`;
}

/** Clipped and filled with spaces to exactly `width` columns. */
export function padded(text: string, width: number): string {
  const cut = clipped(text, width);
  return cut + ' '.repeat(Math.max(0, width - columns(cut)));
}

/** A word longer than a line (an URL) in pieces that fit. */
function pieces(word: string, room: number): string[] {
  if (columns(word) <= room) return [word];
  const cut: string[] = [];
  let piece = '';
  let used = 0;
  for (const character of word) {
    const next = columns(character);
    if (used + next > room && piece !== '') {
      cut.push(piece);
      [piece, used] = ['', 0];
    }
    piece += character;
    used += next;
  }
  return [...cut, piece];
}

/** Adds words of `part` to a line; words of one style that follow each other become one run. */
function append(line: Part[], text: string, part: Part): void {
  const last = line.at(-1);
  const style = typeof part === 'string' ? undefined : part.style;
  if (style === undefined) line.push(text);
  else if (typeof last === 'object' && last.style === style)
    line[line.length - 1] = ink(style, last.text + text);
  else if (text.startsWith(' ')) line.push(' ', ink(style, text.slice(1)));
  else line.push(ink(style, text));
}

/**
 * Folds parts at white space into lines of at most `width` columns; white space runs become one space.
 * The first line starts with `first`, the others with as much `rest`.
 */
export function folded(parts: Line, width: number, first = '', rest = ' '.repeat(columns(first))): Line[] {
  const lines: Part[][] = [];
  let line: Part[] = [first];
  let used = columns(first);
  let empty = true;
  let space = false;
  const breakLine = (): void => {
    lines.push(line);
    line = [rest];
    used = columns(rest);
    empty = true;
  };
  for (const part of parts) {
    for (const token of visible(textOf(part)).split(/(\s+)/)) {
      if (token === '') continue;
      if (/^\s/.test(token)) {
        space = true;
        continue;
      }
      for (const piece of pieces(token, width - columns(rest))) {
        const gap = space && !empty ? ' ' : '';
        const fits = empty || used + gap.length + columns(piece) <= width;
        if (!fits) breakLine();
        const text = fits ? gap + piece : piece;
        used += columns(text) - columns(piece);
        append(line, text, part);
        used += columns(piece);
        empty = false;
        space = false;
      }
    }
  }
  return [...lines, line];
}

/** The lines as text, each ended by a line feed. */
export function printed(lines: readonly Line[], color: boolean): string {
  return lines
    .map((line) => {
      const text = line
        .map((part) => {
          if (typeof part === 'string') return visible(part);
          const code = codes[part.style];
          return color && code !== '' ? `\u001b[${code}m${visible(part.text)}\u001b[0m` : visible(part.text);
        })
        .join('');
      return `${color ? text : text.trimEnd()}\n`;
    })
    .join('');
}
