// The debates of a list, the one that moved last first, with filters and paging that are plain links and forms.
import { debateRows, filterForm, type DebateFilter, type DebateLine } from '../fragment/debate-table.ts';
import { html } from '../html.ts';
import { listPath } from '../place.ts';
import { layout, type Site } from './layout.ts';

export function listPage(
  site: Site,
  list: string,
  debates: readonly DebateLine[],
  total: number,
  filter: DebateFilter,
): string {
  const path = listPath(list);
  const main = html`<h1><bdi>${list === 'all' ? 'All lists' : list}</bdi></h1>
    <p class="facts">
      <a href="${path}decisions">Decisions</a> and <a href="${path}questions">open questions</a>
      ${list === 'all' ? 'of all lists' : 'of this list'}
    </p>
    ${filterForm(path, filter, [])}${debateRows(path, debates, total, filter, list === 'all')}`;
  return layout({ site, title: list === 'all' ? 'All lists' : list, list, main, wide: true });
}
