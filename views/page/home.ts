// Home: three doors, the debates that moved last, the lists.
import {
  debateRows,
  filterForm,
  isFiltered,
  type DebateFilter,
  type DebateLine,
} from '../fragment/debate-table.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { listPath } from '../place.ts';
import { isoTime, utcDay } from '../time.ts';
import { layout, type Site } from './layout.ts';

export interface ListLine {
  readonly name: string;
  readonly messages: number;
  readonly debates: number;
  readonly newest: number;
}

function lists(lines: readonly ListLine[]): Value {
  return html`<section aria-labelledby="lists-title">
    <h2 id="lists-title">Lists</h2>
    <ul class="lists">
      ${lines.map(
        (line) =>
          html`<li>
            <a href="${listPath(line.name)}"><bdi>${line.name}</bdi></a>
            <small
              >${counted(line.messages, 'message')} ·
              ${counted(line.debates, 'debate')}${
                line.newest > 0 &&
                html` · last <time datetime="${isoTime(line.newest)}">${utcDay(line.newest)}</time>`
              }</small
            >
          </li>`,
      )}
    </ul>
  </section>`;
}

/** What people come for: to look something up, to see where a debate stands, to take it along. */
function doors(): Html {
  return html`<div class="doors">
    <section aria-labelledby="search-door">
      <h2 id="search-door">Search past debates</h2>
      <form method="get" action="${listPath('all')}" class="search">
        <input type="search" name="q" aria-label="Search all lists" placeholder="words, or a &quot;phrase&quot;" />
        <button type="submit">Search</button>
      </form>
      <p class="note">
        Or go through <a href="${listPath('all')}decisions">what was decided</a> and
        <a href="${listPath('all')}questions">what stayed open</a>.
      </p>
    </section>
    <section aria-labelledby="follow-door">
      <h2 id="follow-door">See where a debate stands</h2>
      <form method="get" action="/_/open" class="search">
        <input
          type="text"
          name="m"
          required
          aria-label="Message-ID or address of a message"
          placeholder="Message-ID or lore address"
        />
        <button type="submit">Open</button>
      </form>
      <p class="note">Any message leads to its debate. <code>hum sync</code> brings what is new.</p>
    </section>
    <section aria-labelledby="export-door">
      <h2 id="export-door">Take it into your docs</h2>
      <p class="note">
        Every debate prints well, is JSON at the same address with <code>.json</code>, and text in the terminal:
        <code>hum positions MESSAGE-ID</code>. <a href="/_/text/help/">More in the help</a>.
      </p>
    </section>
  </div>`;
}

export interface HomeInput {
  readonly lists: readonly ListLine[];
  readonly debates: readonly DebateLine[];
  readonly total: number;
  readonly filter: DebateFilter;
}

export function homePage(site: Site, { lists: lines, debates, total, filter }: HomeInput): string {
  const empty = html`<section class="start">
    <h2>Nothing here yet</h2>
    <p>Read an archive into the database, then reload this page:</p>
    <pre>
hum add thread.mbox --list my-list
hum add https://lore.kernel.org/bpf/0 --list bpf</pre>
    <p>
      An mbox, a Maildir, saved archive pages and public-inbox repositories all do.
      <code>hum help add</code> has the rest. <code>hum start</code> opens a sample debate.
    </p>
  </section>`;
  const elsewhere = filter.offset > 0 || isFiltered(filter);
  const main = html`<h1>Where the room stands</h1>
    ${
      lines.length === 0
        ? empty
        : html`${!elsewhere && doors()}
            <div class="all-debates">
              <h2>Debates</h2>
              ${filterForm(
                '/',
                filter,
                lines.map(({ name }) => name),
              )}
              ${debateRows('/', debates, total, filter, lines.length > 1)}
            </div>
            ${lists(lines)}`
    }`;
  return layout({ site, title: 'Hum', main, wide: true, searchable: elsewhere || lines.length === 0 });
}
