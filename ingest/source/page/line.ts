// A page as lines of text, the same for a page saved as HTML and one saved as text: what a reader sees, with the links.
import type { Mark, OpenMark } from './html.ts';

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface Line {
  readonly text: string;
  readonly links: readonly Link[];
  /** A horizontal rule (its text is empty). */
  readonly rule: boolean;
}

/** A comment of the page; `line` is the number of lines before it. */
export interface Comment {
  readonly text: string;
  readonly line: number;
}

export interface Lines {
  readonly lines: readonly Line[];
  readonly comments: readonly Comment[];
  /** Text of the title tag; '' in text pages. */
  readonly title: string;
}

const HIDDEN = new Set([
  'script',
  'style',
  'textarea',
  'select',
  'button',
  'template',
  'iframe',
  'object',
  'svg',
]);
const BLOCK = new Set(
  'address article aside body dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header html li main nav ol section table tr ul'.split(
    ' ',
  ),
);
/** Blocks with an empty line before and after. */
const PARAGRAPH = new Set(['p', 'pre', 'blockquote']);
const SPACES = /[ \t\r\n\f]+/g;
/** A line of a text page that stands for a horizontal rule, as text browsers write it. */
const TEXT_RULE = /^\s*(?:_{20,}|-{60,})\s*$/;
/** Nothing but quote marks. */
const EMPTY = /^>*\s*$/;
const QUOTED_EMPTY = /^>+\s*$/;
const LINE_END = /\r\n|\r|\n/;

/** Builds lines from marks; one object per page so that no state is shared. */
class LineBuilder {
  readonly lines: Line[] = [];
  readonly comments: Comment[] = [];
  #text = '';
  #links: Link[] = [];
  #quote = 0;
  #pre = 0;
  /** Text of the link that is open, '' at its start; undefined outside links. */
  #linkText: string | undefined;
  #linkHref = '';
  /** The line has been begun by a quote or a tag but holds no text yet. */
  #fresh = true;

  open(mark: OpenMark): void {
    const { name, attributes } = mark;
    if (PARAGRAPH.has(name)) this.paragraph();
    else if (BLOCK.has(name)) this.block();
    if (name === 'blockquote') this.#quote++;
    if (name === 'pre') this.#pre++;
    if (name === 'br') this.newLine();
    if (name === 'td' || name === 'th') this.#space();
    if (name === 'hr') {
      this.block();
      this.lines.push({ text: '', links: [], rule: true });
    }
    if (name === 'a' && attributes['href'] !== undefined) {
      this.#linkText = '';
      this.#linkHref = attributes['href'];
    }
  }

  close(name: string): void {
    if (name === 'a' && this.#linkText !== undefined) {
      this.#links.push({ href: this.#linkHref, text: this.#linkText.replace(SPACES, ' ').trim() });
      this.#linkText = undefined;
    }
    if (name === 'blockquote') this.#endQuote();
    if (PARAGRAPH.has(name)) this.paragraph();
    else if (BLOCK.has(name)) this.block();
    if (name === 'pre') this.#pre = Math.max(0, this.#pre - 1);
  }

  text(text: string): void {
    if (this.#linkText !== undefined) this.#linkText += text;
    if (this.#pre === 0) {
      const shown = text.replace(SPACES, ' ');
      const atStart = this.#fresh || this.#text.endsWith(' ');
      this.#add(atStart && shown.startsWith(' ') ? shown.slice(1) : shown);
      return;
    }
    let first = true;
    for (const part of text.split(LINE_END)) {
      if (!first) this.newLine();
      first = false;
      this.#add(part);
    }
  }

  comment(text: string): void {
    this.comments.push({ text, line: this.lines.length + (this.#fresh ? 0 : 1) });
  }

  /** Ends the line, also an empty one. */
  newLine(): void {
    const marks = this.#quote > 0 ? `${'>'.repeat(this.#quote)} ` : '';
    // A signature's `-- ` keeps its space where spaces count.
    const text = this.#pre > 0 ? marks + this.#text : (marks + this.#text).trimEnd();
    this.lines.push({ text, links: this.#links, rule: false });
    this.#text = '';
    this.#links = [];
    this.#fresh = true;
  }

  /** Ends the line if something is on it. */
  block(): void {
    if (!this.#fresh) this.newLine();
  }

  /** Ends the line and makes sure of an empty line. */
  paragraph(): void {
    this.block();
    const last = this.lines.at(-1);
    if (last !== undefined && !EMPTY.test(last.text)) this.newLine();
  }

  /** Ends a quote, without the empty lines at its end. */
  #endQuote(): void {
    this.block();
    while (this.#quote > 0 && QUOTED_EMPTY.test(this.lines.at(-1)?.text ?? '')) this.lines.pop();
    this.#quote = Math.max(0, this.#quote - 1);
  }

  #space(): void {
    if (!this.#fresh && !this.#text.endsWith(' ')) this.#text += ' ';
  }

  #add(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#fresh = false;
  }
}

/** Lines of the marks between two places of a page. `skip` leaves out tags with their content. */
export function linesOfHtml(
  marks: readonly Mark[],
  from = 0,
  to = marks.length,
  skip: (mark: OpenMark) => boolean = () => false,
): Lines {
  const builder = new LineBuilder();
  let title = '';
  for (let i = from; i < to; i++) {
    const mark = marks[i];
    if (mark === undefined) break;
    if (mark.kind === 'text') {
      builder.text(mark.text);
    } else if (mark.kind === 'comment') {
      builder.comment(mark.text);
    } else if (mark.kind === 'close') {
      builder.close(mark.name);
    } else if (mark.name === 'title') {
      for (; i < mark.end && i < to; i++) {
        const inside = marks[i];
        if (inside?.kind === 'text') title += inside.text;
      }
    } else if (HIDDEN.has(mark.name) || skip(mark)) {
      i = mark.end;
    } else {
      builder.open(mark);
    }
  }
  builder.block();
  return { lines: builder.lines, comments: builder.comments, title: title.replace(SPACES, ' ').trim() };
}

/** Lines of a page that was saved as text. */
export function linesOfText(text: string): Lines {
  const lines = text.split(LINE_END).map((line) => {
    const rule = TEXT_RULE.test(line);
    return { text: rule ? '' : line, links: [], rule };
  });
  return { lines, comments: [], title: '' };
}
