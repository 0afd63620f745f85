// A stretch of a body as markup: marked words with their anchors and signs, plain http links, nothing else.
import { isClear } from '../../model/side.ts';
import { type MarkedWords } from '../debate.ts';
import { html, type Value } from '../html.ts';
import { labelWord } from '../word.ts';

/** Linear: one character class. White space, quotes and angle brackets end a link. */
const link = /https?:\/\/[^\s<>"'`{}|\\^]+/gi;
/** Longer ones are no address that anybody wrote; they stay text. */
const longestLink = 2000;
/** Punctuation that belongs to the sentence around a link. */
const trailing = new Set('.,;:!?*_)]');
const opened: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

function occurrences(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** Where the link ends: a closing bracket stays when it was opened inside, as in `https://x.example/a_(b)`. */
function linkEnd(url: string): number {
  let end = url.length;
  while (end > 0 && trailing.has(url[end - 1] ?? '')) {
    const last = url[end - 1] ?? '';
    const open = opened[last];
    const inside = url.slice(0, end);
    if (open !== undefined && occurrences(inside, open) >= occurrences(inside, last)) break;
    end -= 1;
  }
  return end;
}

/** Text with its http links; links leave no trace of who follows them. */
export function linked(text: string): Value {
  const parts: Value[] = [];
  let at = 0;
  for (const found of text.matchAll(link)) {
    if (found[0].length > longestLink) continue;
    const url = found[0].slice(0, linkEnd(found[0]));
    if (url.length <= 'https://'.length) continue;
    parts.push(
      text.slice(at, found.index),
      html`<a href="${url}" rel="nofollow noopener noreferrer">${url}</a>`,
    );
    at = found.index + url.length;
  }
  return [...parts, text.slice(at)];
}

/** `▼ opposes P2` in the margin, the permalink of the words; none for what was only guessed at. */
function marginNote(mark: MarkedWords): Value {
  const { segment } = mark;
  if (segment === undefined || !isClear(segment)) return false;
  const { sign, word, tone } = labelWord[segment.label];
  const said = segment.kind === 'against' ? 'reason against' : word;
  return html`<a class="taken ${tone}" href="#${mark.anchor}"
    ><span class="sign" aria-hidden="true">${sign}</span> ${said}${segment.target !== undefined && ` ${segment.target}`}</a
  >`;
}

/** Spaces that begin a line of marked words: they are no words, so nothing is drawn under them. */
const indentation = /\n([ \t]+)/g;

function markedWords(text: string): Value {
  const parts: Value[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: spaces } of text.matchAll(indentation)) {
    parts.push(linked(text.slice(at, index)), '\n', html`<span class="indent">${spaces}</span>`);
    at = index + whole.length;
  }
  return [...parts, linked(text.slice(at))];
}

function marked(mark: MarkedWords, opens: boolean, text: string): Value {
  const { segment } = mark;
  const clear = segment !== undefined && isClear(segment);
  // what was only guessed at keeps its anchor, and is not shown as anything
  const tone = segment === undefined ? 'plain' : clear ? labelWord[segment.label].tone : 'faint';
  return [
    opens && marginNote(mark),
    html`<mark class="${tone}${clear && ' clear'}">${markedWords(text)}</mark>`,
  ];
}

/**
 * Words of a body with the marks that touch them. Marks may overlap: words under several belong to the one that started
 * last; every mark keeps its own anchor.
 * @param words `body.slice(start, start + words.length)`
 */
export function markedText(words: string, start: number, marks: readonly MarkedWords[]): Value {
  const end = start + words.length;
  const here = marks.filter((mark) => mark.start < end && mark.end > start && mark.end > mark.start);
  const cuts = new Set([start, end]);
  for (const mark of here) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const edges = [...cuts].toSorted((a, b) => a - b);
  return edges.slice(0, -1).map((from, i): Value => {
    const to = edges[i + 1] ?? end;
    const text = words.slice(from - start, to - start);
    const opening = here.filter((mark) => mark.start === from);
    const anchors = opening.map((mark) => html`<span class="anchor" id="${mark.anchor}"></span>`);
    const over = here.findLast((mark) => mark.start <= from && mark.end >= to);
    return [anchors, over === undefined ? linked(text) : marked(over, opening.includes(over), text)];
  });
}
