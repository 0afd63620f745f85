// Top of every page of a debate: what it is about, whether it is decided, how much of it is here.
import type { ReportQuestion } from '../../model/report.ts';
import { headProposal, spanOf } from '../debate.ts';
import { counted, html, joined, type Html, type Value } from '../html.ts';
import { debatePath, messagePath, type DebatePart } from '../place.ts';
import { recoveredSign, statusWord, temperatureWord } from '../word.ts';
import { quotation, messageNumber, type DebateView } from './quote.ts';
import { signed } from './sign.ts';

export function isOpen(question: ReportQuestion): boolean {
  return question.status === 'open' || question.status === 'partial';
}

function coverage({ debate, id }: DebateView, current: DebatePart): Value {
  const { report, list } = debate;
  const here = current === 'positions' || current === 'questions';
  const recovered = report.messages.filter((message) => message.ghost).length;
  const versions = headProposal(report)?.versions ?? [];
  const open = report.questions.filter(isOpen).length;
  const people = counted(report.participants.length, 'person', 'people');
  const parts: Value[] = [
    spanOf(report) !== '' && spanOf(report),
    html`<a class="quiet" href="${debatePath(list, id, 't/')}">${counted(report.messages.length - recovered, 'message')}</a>`,
    recovered > 0 && html`<span class="recovered">${recoveredSign} ${recovered} recovered from quotes</span>`,
    report.coverage !== undefined && `${report.coverage.missing} missing`,
    report.stances.length > 0
      ? html`<a class="quiet" href="${current === 'positions' ? '' : debatePath(list, id, 'positions')}#positions">${people}</a>`
      : people,
    versions.length > 0 && `version ${versions.map((version) => version.v).join(', ')}`,
    html`<a href="${here ? '' : debatePath(list, id, 'questions')}#questions">${counted(open, 'open question')}</a>`,
  ];
  return joined(
    parts.filter((part) => part !== false),
    ' · ',
  );
}

function status(view: DebateView): Html {
  const { report } = view.debate;
  const said = report.status.evidence[0];
  const basis =
    report.status.value === 'open' && said === undefined
      ? 'no decision found'
      : (report.status.basis ?? 'inferred');
  return html`<p class="status">
    ${signed(statusWord[report.status.value])} <small class="basis">${basis}</small>${
      said !== undefined && html` ${quotation(view, said)}`
    }
  </p>`;
}

function temperature(view: DebateView): Value {
  const { temperature: found } = view.debate.report;
  if (found === undefined) return false;
  const facts = found.facts
    .filter((fact) => fact.count > 0)
    .map((fact) => {
      const [first] = fact.messageIds;
      return html`${fact.text}: ${fact.count}${first !== undefined && html` ${messageNumber(view, first)}`}`;
    });
  return html`<p class="temperature">
    <strong>${temperatureWord[found.value]}</strong>${facts.length > 0 && html`: ${joined(facts, '; ')}`}
  </p>`;
}

/** What keys.js goes to on `u` (up to the positions) and `t` (conversation, collated). */
const keys: Partial<Record<DebatePart, string>> = { positions: 'u', 't/': 't', collated: 't' };

const parts: readonly (readonly [DebatePart, string])[] = [
  ['positions', 'positions'],
  ['decisions', 'decisions'],
  ['questions', 'questions'],
  ['t/', 'conversation'],
  ['T/', 'by date'],
  ['collated', 'collated'],
];

export function debateHeader(view: DebateView, current: DebatePart): Html {
  const { debate, id } = view;
  const { report, list } = debate;
  return html`<header class="debate">
    <h1><bdi>${report.subject === '' ? '(no subject)' : report.subject}</bdi></h1>
    ${status(view)}
    <p class="coverage">${coverage(view, current)}</p>
    ${temperature(view)} ${(report.notes ?? []).map((note) => html`<p class="note">${note}</p>`)}
    <nav class="parts" aria-label="Views of this debate">
      <ul>
        ${parts.map(
          ([part, name]) =>
            html`<li>
              <a href="${debatePath(list, id, part)}" ${part === current && html` aria-current="page"`}${keys[part] !== undefined && html` data-key="${keys[part]}"`}
                >${name}</a
              >
            </li>`,
        )}
        <li class="away"><a href="${messagePath(list, id)}">first message</a></li>
        <li><a href="${debatePath(list, id, 't.mbox.gz')}">mbox.gz</a></li>
        <li><a href="${debatePath(list, id, 'positions')}.json">JSON</a></li>
      </ul>
    </nav>
  </header>`;
}
