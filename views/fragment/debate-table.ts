// Debates as rows: subject, what divides people, where it stands, what is open, when it last moved. Takes rows as the
// store gives them.
import type { MessageId } from '../../model/message.ts';
import type { DebateStatus } from '../../model/report.ts';
import type { Lead } from '../../model/side.ts';
import { shortTitle } from '../debate.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { debatePath, listPath } from '../place.ts';
import { isoTime, utcDay } from '../time.ts';
import { statusWord } from '../word.ts';
import { signed } from './sign.ts';

export interface DebateLine {
  readonly id: MessageId;
  readonly list: string;
  readonly subject: string;
  readonly messages: number;
  readonly people: number;
  readonly lastTime: number;
  /** null until the debate was analyzed. */
  readonly status: DebateStatus | null;
  readonly basis: 'stated' | 'inferred' | null;
  readonly openQuestions: number;
  readonly versions: number;
  readonly lead: Lead | null;
}

const barWidth = 120;
const barHeight = 8;
const longestPole = 42;

/** Two poles with the people at each, and a bar as long as the counts: filled, hatched between, outlined. */
function leadBar({ a, b, atA, between, atB }: Lead): Html {
  const unit = barWidth / Math.max(1, atA + between + atB);
  const [first, second] = [atA * unit, (atA + between) * unit];
  return html`<span class="lead"
    ><bdi>${shortTitle(a, longestPole)}</bdi> <b>${atA}</b>
    <svg viewBox="0 0 ${barWidth} ${barHeight}" width="${barWidth}" height="${barHeight}" aria-hidden="true">
      <rect class="at-a" width="${first.toFixed(1)}" height="${barHeight}" />
      <rect class="between" x="${first.toFixed(1)}" y="3" width="${(second - first).toFixed(1)}" height="2" />
      <rect
        class="at-b"
        x="${(second + 0.5).toFixed(1)}"
        y="0.5"
        width="${Math.max(0, barWidth - second - 1).toFixed(1)}"
        height="${barHeight - 1}"
      />
    </svg>
    <b>${atB}</b> <bdi>${shortTitle(b, longestPole)}</bdi>${between > 0 && `, ${between} between`}</span
  >`;
}

function row(line: DebateLine, withList: boolean): Html {
  const path = (part: 'positions' | 'questions'): string => debatePath(line.list, line.id, part);
  const { lead } = line;
  return html`<tr>
    <td class="subject">
      <a href="${path('positions')}"><bdi>${line.subject === '' ? '(no subject)' : line.subject}</bdi></a
      >${
        line.versions > 1 && html` <small>${line.versions} versions</small>`
      }${withList && html` <small><a class="quiet" href="${listPath(line.list)}">${line.list}</a></small>`}${
        lead !== null && leadBar(lead)
      }
    </td>
    <td class="state">
      ${line.status === null ? html`<small>not analyzed</small>` : signed(statusWord[line.status])}${
        line.status !== null && line.status !== 'open' && html` <small class="basis">${line.basis}</small>`
      }
    </td>
    <td class="count open" data-name="${line.openQuestions === 1 ? 'open question' : 'open questions'}">
      ${
        line.openQuestions > 0
          ? html`<a class="question" href="${path('questions')}"
              ><span aria-hidden="true">?</span>&nbsp;${line.openQuestions}<span class="unseen">
                open questions</span
              ></a
            >`
          : html`<span class="none">–</span>`
      }
    </td>
    <td class="count" data-name="${line.messages === 1 ? 'message' : 'messages'}">${line.messages}</td>
    <td class="count" data-name="${line.people === 1 ? 'person' : 'people'}">${line.people}</td>
    <td class="date"><time datetime="${isoTime(line.lastTime)}">${utcDay(line.lastTime)}</time></td>
  </tr>`;
}

export function debateTable(lines: readonly DebateLine[], withList: boolean): Html {
  return html`<table class="debates">
    <thead>
      <tr>
        <th scope="col">Debate</th>
        <th scope="col">Status</th>
        <th scope="col" class="count"><abbr title="open questions">Open</abbr></th>
        <th scope="col" class="count"><abbr title="messages">Msgs</abbr></th>
        <th scope="col" class="count">People</th>
        <th scope="col">Last</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map((line) => row(line, withList))}
    </tbody>
  </table>`;
}

/** What a page of debates shows; every part of it stands in the query. */
export interface DebateFilter {
  readonly list?: string;
  readonly status?: string;
  readonly open: boolean;
  readonly offset: number;
  readonly limit: number;
}

export function isFiltered({ list, status, open }: DebateFilter): boolean {
  return list !== undefined || status !== undefined || open;
}

/** `lists`: names to choose from; none where the page is one list's. */
export function filterForm(action: string, filter: DebateFilter, lists: readonly string[]): Html {
  return html`<form
    class="filter"
    method="get"
    action="${action}"
    hx-get="${action}"
    hx-trigger="change"
    hx-target="#debates"
    hx-select="#debates"
    hx-swap="outerHTML"
  >
    ${
      lists.length > 1 &&
      html`<label
        >List
        <select name="list">
          <option value="">all</option>
          ${lists.map((name) => html`<option value="${name}" ${name === filter.list && html` selected`}>${name}</option>`)}
        </select></label
      >`
    }
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
      ><input type="checkbox" name="open" value="1" ${filter.open && html` checked`} /> has open questions</label
    >
    <button type="submit">Filter</button>
  </form>`;
}

/** Query of the same view at another offset. */
export function filterQuery(filter: DebateFilter, offset: number): string {
  const query = new URLSearchParams({
    ...(filter.list !== undefined && { list: filter.list }),
    ...(filter.status !== undefined && { status: filter.status }),
    ...(filter.open && { open: '1' }),
    ...(offset > 0 && { o: String(offset) }),
  }).toString();
  return query === '' ? '' : `?${query}`;
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

/** The rows of one page with their count and pages, or why there are none and the next step. */
export function debateRows(
  action: string,
  debates: readonly DebateLine[],
  total: number,
  filter: DebateFilter,
  withList: boolean,
): Html {
  return html`<section id="debates" aria-label="Debates">
    <p class="facts">${counted(total, 'debate')}, the one that moved last on top</p>
    ${
      debates.length > 0
        ? debateTable(debates, withList)
        : isFiltered(filter)
          ? html`<p class="empty">No debate matches. <a href="${action}">Show all</a></p>`
          : html`<p class="empty">No debate has been analyzed yet. <code>hum sync</code> does it.</p>`
    }
    ${pager((offset) => `${action}${filterQuery(filter, offset)}`, filter.offset, filter.limit, total)}
  </section>`;
}
