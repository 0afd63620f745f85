// The debates of a list, the one that moved last first, with filters and paging that are plain links and forms.
import { debateTable, type DebateLine } from '../fragment/debate-table.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { listPath } from '../place.ts';
import { statusWord } from '../word.ts';
import { layout, type Site } from './layout.ts';

export interface ListFilter {
  readonly status?: string;
  readonly open: boolean;
  readonly offset: number;
  readonly limit: number;
}

function filterForm(list: string, filter: ListFilter): Html {
  return html`<form class="filter" method="get" action="${listPath(list)}">
    <label
      >Status
      <select name="status">
        <option value="">any</option>
        ${Object.entries(statusWord).map(
          ([value, { word }]) =>
            html`<option value="${value}" ${value === filter.status && html` selected`}>${word}</option>`,
        )}
      </select></label
    >
    <label
      ><input type="checkbox" name="open" value="1" ${filter.open && html` checked`} /> has open
      questions</label
    >
    <button type="submit">Filter</button>
  </form>`;
}

/** Query of the same view at another offset. */
function pageQuery(filter: ListFilter, offset: number): string {
  const query = new URLSearchParams();
  if (filter.status !== undefined) query.set('status', filter.status);
  if (filter.open) query.set('open', '1');
  if (offset > 0) query.set('o', String(offset));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function pager(path: (offset: number) => string, offset: number, limit: number, total: number): Value {
  if (total <= limit && offset === 0) return false;
  const last = Math.min(offset + limit, total);
  return html`<nav class="pager" aria-label="Pages">
    ${offset > 0 && html`<a rel="prev" href="${path(Math.max(0, offset - limit))}">Previous</a> `}<span
      >${Math.min(offset + 1, total)} to ${last} of ${total}</span
    >${last < total && html` <a rel="next" href="${path(last)}">Next</a>`}
  </nav>`;
}

export function listPage(
  site: Site,
  list: string,
  debates: readonly DebateLine[],
  total: number,
  filter: ListFilter,
): string {
  const filtered = filter.status !== undefined || filter.open;
  const main = html`<h1><bdi>${list === 'all' ? 'All lists' : list}</bdi></h1>
    ${filterForm(list, filter)}
    <section id="debates" aria-label="Debates">
      <p class="facts">${counted(total, 'debate')}</p>
      ${
        debates.length > 0
          ? debateTable(debates, list === 'all')
          : filtered
            ? html`<p class="empty">No debate matches. <a href="${listPath(list)}">Show all</a></p>`
            : html`<p class="empty">No debate has been analyzed yet. <code>hum sync</code> does it.</p>`
      }
      ${pager((offset) => `${listPath(list)}${pageQuery(filter, offset)}`, filter.offset, filter.limit, total)}
    </section>`;
  return layout({ site, title: list === 'all' ? 'All lists' : list, list, main, wide: true });
}
