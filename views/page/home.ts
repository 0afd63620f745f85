// Home: the lists, and the debates that moved last.
import { debateTable, type DebateLine } from '../fragment/debate-table.ts';
import { counted, html, type Value } from '../html.ts';
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

export function homePage(
  site: Site,
  lines: readonly ListLine[],
  debates: readonly DebateLine[],
  total: number,
): string {
  const empty = html`<section class="start">
    <h2>Nothing here yet</h2>
    <p>Read an archive into the database, then reload this page:</p>
    <pre>
hum add thread.mbox --list my-list
hum add https://lore.kernel.org/bpf/0 --list bpf</pre>
    <p>
      An mbox, a Maildir, saved archive pages and public-inbox repositories all do.
      <code>hum help add</code> has the rest.
    </p>
  </section>`;
  const main = html`<h1>Where the room stands</h1>
    ${
      lines.length === 0
        ? empty
        : html`${
            debates.length > 0 &&
            html`<section aria-labelledby="debates-title">
              <h2 id="debates-title">Debates that moved last</h2>
              ${debateTable(debates, lines.length > 1)}
              ${total > debates.length && html`<p><a href="${listPath('all')}">All ${counted(total, 'debate')}</a></p>`}
            </section>`
          }${lists(lines)}`
    }`;
  return layout({ site, title: 'Hum', main, wide: true });
}
