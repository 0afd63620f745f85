// Hits of a search: subject, who, when, and the words around the hit.
import type { MessageId } from '../../model/message.ts';
import { pager } from '../fragment/debate-table.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { debatePath, listPath, messagePath } from '../place.ts';
import { isoTime, utcMinute } from '../time.ts';
import { layout, type Site } from './layout.ts';

export interface SearchLine {
  readonly id: MessageId;
  readonly list: string;
  readonly debate: MessageId | null;
  readonly subject: string;
  readonly from: string;
  readonly time: number;
  readonly snippet: string;
  readonly marks: readonly (readonly [number, number])[];
}

/** Marks that overlap or point outside are cut to what is left of the text. */
export function snippet(text: string, marks: readonly (readonly [number, number])[]): Value {
  const parts: Value[] = [];
  let at = 0;
  for (const [start, end] of marks) {
    const from = Math.max(at, start);
    if (end <= from) continue;
    parts.push(text.slice(at, from), html`<mark>${text.slice(from, end)}</mark>`);
    at = end;
  }
  return [...parts, text.slice(at)];
}

function hit(line: SearchLine, withList: boolean): Html {
  return html`<li>
    <h2 class="title">
      <a href="${messagePath(line.list, line.id)}"
        ><bdi>${line.subject === '' ? '(no subject)' : line.subject}</bdi></a
      >
    </h2>
    <p class="facts">
      <bdi>${line.from}</bdi> · <time datetime="${isoTime(line.time)}">${utcMinute(line.time)}</time>${
        withList && html` · <a class="quiet" href="${listPath(line.list)}">${line.list}</a>`
      }${line.debate !== null && html` · <a class="quiet" href="${debatePath(line.list, line.debate, 'positions')}">where they stand</a>`}
    </p>
    <p class="snippet">${snippet(line.snippet, line.marks)}</p>
  </li>`;
}

export function searchPage(
  site: Site,
  list: string,
  query: string,
  hits: readonly SearchLine[],
  total: number,
  page: { readonly offset: number; readonly limit: number },
): string {
  const path = (offset: number): string =>
    `${listPath(list)}?${new URLSearchParams({ q: query, ...(offset > 0 && { o: String(offset) }) }).toString()}`;
  const main = html`<h1>Search${list !== 'all' && html` in <bdi>${list}</bdi>`}</h1>
    <section id="hits" aria-label="Hits">
      ${
        hits.length > 0
          ? html`<p class="facts">${counted(total, 'message')}</p>
              <ol class="hits">
                ${hits.map((line) => hit(line, list === 'all'))}
              </ol>`
          : html`<p class="empty">
              No message matches <strong><bdi>${query}</bdi></strong
              >. Fewer or shorter words match more; <a href="/_/text/help/">help on searching</a>.
            </p>`
      }
      ${pager(path, page.offset, page.limit, total)}
    </section>`;
  return layout({ site, title: `${query} – search`, list, query, main });
}
