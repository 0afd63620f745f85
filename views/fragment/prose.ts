// Our own documents as markup: headings, paragraphs, lists, tables and code of Markdown, as far as docs/ uses them.
// For files that come with the program only, never for mail.
import { html, type Html, type Value } from '../html.ts';

/** `code`, [words](address) with an http address, **strong** or *stressed* words; what is between is text. */
const inlinePart = /`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s()]+)\)|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*/g;

function inline(text: string): Value {
  const parts: Value[] = [];
  let at = 0;
  for (const found of text.matchAll(inlinePart)) {
    const [whole, code, words = '', address, strong, stressed = ''] = found;
    parts.push(text.slice(at, found.index));
    if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (address !== undefined)
      parts.push(html`<a href="${address}" rel="nofollow noopener noreferrer">${words}</a>`);
    else if (strong !== undefined) parts.push(html`<strong>${strong}</strong>`);
    else parts.push(html`<em>${stressed}</em>`);
    at = found.index + whole.length;
  }
  return [...parts, text.slice(at)];
}

function cells(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

function table(lines: readonly string[]): Html {
  const [head = '', , ...rows] = lines;
  return html`<div class="figures" tabindex="0" role="group" aria-label="${cells(head).join(', ')}">
    <table>
      <thead>
        <tr>
          ${cells(head).map((cell) => html`<th scope="col">${inline(cell)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row).map((cell) => html`<td>${inline(cell)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function block(lines: readonly string[]): Value {
  const [first = ''] = lines;
  if (first.startsWith('# ')) return false;
  if (first.startsWith('#')) return html`<h2>${inline(first.replace(/^#+\s*/, ''))}</h2>`;
  if (first.startsWith('|') && lines.length > 1) return table(lines);
  if (/^(?: {4}|```)/.test(first))
    return html`<pre class="code">${lines.filter((line) => !line.startsWith('```')).join('\n')}</pre>`;
  if (!/^[-*] /.test(first)) return html`<p>${inline(lines.join(' '))}</p>`;
  const items: string[] = [];
  for (const line of lines) {
    if (/^[-*] /.test(line)) items.push(line.slice(2));
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return html`<ul class="dashes">
    ${items.map((item) => html`<li>${inline(item)}</li>`)}
  </ul>`;
}

/** The document without its title. */
export function prose(document: string): Value {
  const blocks: string[][] = [];
  let open = false;
  for (const line of document.split('\n')) {
    // a heading or a list stands apart even without a blank line
    const apart = line.startsWith('#') || (/^[-*] /.test(line) && !/^[-*] /.test(blocks.at(-1)?.[0] ?? ''));
    if (line.trim() === '') open = false;
    else if (open && !apart && !blocks.at(-1)?.[0]?.startsWith('#')) blocks.at(-1)?.push(line);
    else {
      blocks.push([line]);
      open = true;
    }
  }
  return blocks.map(block);
}
