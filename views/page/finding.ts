// What was decided, and what stayed open, over all debates of a list or of all lists: debate by debate, newest first.
import type { Report } from '../../model/report.ts';
import { indexDebate } from '../debate.ts';
import { isOpen } from '../fragment/debate-header.ts';
import { pager } from '../fragment/debate-table.ts';
import { decisionItem } from '../fragment/decision.ts';
import { questionItems } from '../fragment/question.ts';
import type { DebateView } from '../fragment/quote.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { debatePath, listPath } from '../place.ts';
import { isoTime, utcDay } from '../time.ts';
import { layout, type Site } from './layout.ts';

export interface FindingDebate {
  readonly id: string;
  readonly list: string;
  readonly subject: string;
  readonly lastTime: number;
  readonly report: Report;
}

export interface FindingInput {
  readonly list: string;
  /** Debates of this page that have any. */
  readonly debates: readonly FindingDebate[];
  /** Debates that have any. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
}

export type FindingKind = 'decisions' | 'questions';

/** Findings of one debate shown here; the debate's own page has all. */
const shownOfOne = 5;

function viewOf({ report, list, id }: FindingDebate): DebateView {
  return { debate: indexDebate(report, list), id, conversation: false };
}

function decisions(debate: FindingDebate): Html {
  const view = viewOf(debate);
  return html`<ul class="decisions">
    ${debate.report.decisions.slice(0, shownOfOne).map((decision) => decisionItem(view, decision, false))}
  </ul>`;
}

function questions(debate: FindingDebate): Html {
  return questionItems(viewOf(debate), debate.report.questions.filter(isOpen).slice(0, shownOfOne), false);
}

function countOf(kind: FindingKind, { report }: FindingDebate): number {
  return kind === 'decisions' ? report.decisions.length : report.questions.filter(isOpen).length;
}

function debateItem(kind: FindingKind, debate: FindingDebate, withList: boolean): Html {
  const more = countOf(kind, debate) - shownOfOne;
  return html`<article class="of-debate">
    <h2 class="title">
      <a href="${debatePath(debate.list, debate.id, 'positions')}"
        ><bdi>${debate.subject === '' ? '(no subject)' : debate.subject}</bdi></a
      >
    </h2>
    <p class="facts">
      ${withList && html`<a class="quiet" href="${listPath(debate.list)}${kind}">${debate.list}</a> · `}last message
      <time datetime="${isoTime(debate.lastTime)}">${utcDay(debate.lastTime)}</time>
    </p>
    ${kind === 'decisions' ? decisions(debate) : questions(debate)}
    ${
      more > 0 &&
      html`<p><a href="${debatePath(debate.list, debate.id, kind)}">${more} more in this debate</a></p>`
    }
  </article>`;
}

const words: Readonly<Record<FindingKind, { readonly title: string; readonly empty: string }>> = {
  decisions: { title: 'Decisions', empty: 'No decision was found in any debate here.' },
  questions: { title: 'Open questions', empty: 'No open question was found in any debate here.' },
};

/** `/LIST/decisions` and `/LIST/questions`; `/all/` is every list. */
export function findingPage(site: Site, kind: FindingKind, input: FindingInput): string {
  const { list, debates, total, offset, limit } = input;
  const { title, empty } = words[kind];
  const all = list === 'all';
  const other: FindingKind = kind === 'decisions' ? 'questions' : 'decisions';
  const path = `${listPath(list)}${kind}`;
  const body: Value =
    debates.length === 0
      ? html`<p class="empty">${empty} <a href="${listPath(list)}">Its debates</a></p>`
      : debates.map((debate) => debateItem(kind, debate, all));
  const main = html`<h1>${title}${!all && html` on <bdi>${list}</bdi>`}</h1>
    <p class="facts">
      ${counted(total, 'debate')} with any, the one that moved last on top ·
      <a href="${listPath(list)}${other}">${words[other].title}</a>${!all && html` · <a href="${listPath('all')}${kind}">all lists</a>`}
    </p>
    ${body} ${pager((at) => (at > 0 ? `${path}?o=${at}` : path), offset, limit, total)}`;
  return layout({ site, title: all ? title : `${title} – ${list}`, list, main });
}
