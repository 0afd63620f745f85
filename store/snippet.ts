// Plain search words, and the piece of a text around them. Mirrors FTS5's unicode61 tokenizer, so that what the index
// found is what is marked. https://sqlite.org/fts5.html#unicode61_tokenizer

/** One wanted word or phrase: folded tokens in order. */
export interface Term {
  readonly tokens: readonly string[];
  /** The last token may go on (`open*`). */
  readonly prefix: boolean;
}

export interface Snippet {
  readonly text: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** A run of letters and digits, as unicode61 sees it. */
const tokenPattern = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\p{M}]*/gu;
const asciiOnly = /^[\x00-\x7f]*$/;
const markPattern = /\p{M}/gu;
/** Quoted phrase (the closing quote may be missing) or a run without spaces. */
const queryPattern = /"([^"]*)"?|[^\s"]+/g;
const spacePattern = /\s/;

const mostTerms = 64;
/** Characters of a text that are looked at; a hit further down gives the text's beginning. */
const searched = 200_000;
const mostHits = 1_000;
const width = 240;
const lead = 60;

function fold(token: string): string {
  if (asciiOnly.test(token)) return token.toLowerCase();
  return token.toLowerCase().normalize('NFD').replaceAll(markPattern, '');
}

/** Words and "phrases" of a query; everything without a letter or digit is left out. */
export function parseTerms(query: string): readonly Term[] {
  const terms: Term[] = [];
  for (const [whole, phrase] of query.matchAll(queryPattern)) {
    const tokens = (phrase ?? whole).match(tokenPattern)?.map(fold) ?? [];
    if (tokens.length > 0) terms.push({ tokens, prefix: phrase === undefined && whole.endsWith('*') });
    if (terms.length >= mostTerms) break;
  }
  return terms;
}

/** The terms as an FTS5 expression: every token quoted, so that no query can be a syntax error or an operator. */
export function matchExpression(terms: readonly Term[]): string {
  return terms.map(({ tokens, prefix }) => `"${tokens.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ');
}

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Hit {
  readonly term: number;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

function matches(tokens: readonly Token[], at: number, term: Term): boolean {
  const last = term.tokens.length - 1;
  return term.tokens.every((wanted, index) => {
    const text = tokens[at + index]?.text;
    if (text === undefined) return false;
    return index === last && term.prefix ? text.startsWith(wanted) : text === wanted;
  });
}

function findHits(text: string, terms: readonly Term[]): Hit[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(tokenPattern)) {
    tokens.push({ text: fold(match[0]), start: match.index, end: match.index + match[0].length });
  }
  const hits: Hit[] = [];
  let line = 0;
  let nextLine = text.indexOf('\n') + 1;
  for (const [at, token] of tokens.entries()) {
    while (nextLine > 0 && nextLine <= token.start) {
      line = nextLine;
      nextLine = text.indexOf('\n', line) + 1;
    }
    for (const [index, term] of terms.entries()) {
      if (!matches(tokens, at, term)) continue;
      const end = tokens[at + term.tokens.length - 1]?.end ?? token.end;
      hits.push({ term: index, start: token.start, end, quoted: text.startsWith('>', line) });
    }
    if (hits.length >= mostHits) break;
  }
  return hits;
}

/** Start of the window with most different terms, own lines before quoted ones, then the earliest. */
function bestHit(hits: readonly Hit[]): Hit | undefined {
  let best: Hit | undefined;
  let bestScore = 0;
  let last = 0;
  const inside = new Map<number, number>();
  for (const [first, hit] of hits.entries()) {
    last = Math.max(last, first);
    for (let next = hits[last]; next && next.end <= hit.start + width; next = hits[(last += 1)]) {
      inside.set(next.term, (inside.get(next.term) ?? 0) + 1);
    }
    const score = inside.size * 2 + (hit.quoted ? 0 : 1);
    if (score > bestScore) {
      bestScore = score;
      best = hit;
    }
    const count = (inside.get(hit.term) ?? 1) - 1;
    if (count > 0) inside.set(hit.term, count);
    else inside.delete(hit.term);
  }
  return best;
}

/** About 240 characters around the best hit with white space made single, and the ranges of all hits in them. */
export function cutSnippet(body: string, terms: readonly Term[]): Snippet {
  const text = body.length > searched ? body.slice(0, searched) : body;
  const hits = findHits(text, terms);
  const best = bestHit(hits);
  let from = Math.max(0, (best?.start ?? 0) - lead);
  if (from > 0) {
    const space = text.slice(from, best?.start).search(spacePattern);
    if (space >= 0) from += space + 1;
  }
  const to = Math.min(text.length, Math.max(from + width, best?.end ?? 0));
  const marks: [number, number][] = [];
  let out = from > 0 ? '…' : '';
  let hit = hits.findIndex(({ start }) => start >= from);
  let open: { at: number; end: number } | undefined;
  for (let at = from; at < to; at += 1) {
    const next = hit < 0 ? undefined : hits[hit];
    const space = spacePattern.test(text.charAt(at));
    if (open === undefined && next !== undefined && next.start === at)
      open = { at: out.length, end: next.end };
    while (hit >= 0 && (hits[hit]?.start ?? Infinity) <= at) hit += 1;
    if (!space) out += text.charAt(at);
    else if (out !== '' && !out.endsWith(' ')) out += ' ';
    if (open !== undefined && at + 1 === open.end) {
      marks.push([open.at, out.length]);
      open = undefined;
    }
  }
  if (to < text.length) out = `${out.trimEnd()}…`;
  return { text: out, marks };
}
