// Debates as rows: subject, where it stands, what is open, when it last moved. Takes rows as the store gives them.
import type { MessageId } from '../../model/message.ts';
import type { DebateStatus } from '../../model/report.ts';
import { html, type Html } from '../html.ts';
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
}

function row(line: DebateLine, withList: boolean): Html {
  const path = (part: 'positions' | 'questions'): string => debatePath(line.list, line.id, part);
  return html`<tr>
    <td class="subject">
      <a href="${path('positions')}"><bdi>${line.subject === '' ? '(no subject)' : line.subject}</bdi></a
      >${
        line.versions > 1 && html` <small>${line.versions} versions</small>`
      }${withList && html` <small><a class="quiet" href="${listPath(line.list)}">${line.list}</a></small>`}
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
