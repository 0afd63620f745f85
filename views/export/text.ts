// The report of a debate as text for a terminal or a mail: same words and order as the page. Pure; colors are `ink`'s.
import type { Evidence, Report, ReportQuestion, ReportStance } from '../../model/report.ts';
import { sidesOf } from '../../model/side.ts';
import { headProposal, indexDebate, spanOf, type DebateIndex } from '../debate.ts';
import { counted } from '../html.ts';
import { secondsOf, utcMinute } from '../time.ts';
import {
  decisionWord,
  outcomeWord,
  questionWord,
  recoveredSign,
  roleWord,
  stanceWord,
  statusWord,
  stepWord,
  temperatureWord,
  yieldedSign,
} from '../word.ts';
import { columns, folded, ink, padded, printed, type Line, type Part } from './ink.ts';

export interface TextOptions {
  readonly width: number;
  readonly color: boolean;
}

/** More evidence than this per position is counted, not printed. */
const shownEvidence = 3;

function heading(text: string): Line[] {
  return [[], [ink('heading', text)]];
}

function nameOf(debate: DebateIndex, id: string | undefined): string {
  return debate.person(id)?.name ?? (id === undefined ? 'somebody' : id);
}

function nameAndRole(debate: DebateIndex, id: string | undefined): Part[] {
  const role = roleWord[debate.person(id)?.role ?? 'unknown'];
  return [ink('strong', nameOf(debate, id)), role === '' ? '' : `, ${role}`];
}

/** `#10`, with a mark when the message is known from quotes only. */
function numberOf(debate: DebateIndex, messageId: string): string {
  const number = debate.number(messageId);
  const mark = debate.message(messageId)?.ghost === true ? recoveredSign : '';
  return number === 0 ? `<${messageId}>` : `#${number}${mark}`;
}

type Quote = Pick<Evidence, 'messageId' | 'quote' | 'quoted' | 'of'>;

function quoteParts(debate: DebateIndex, quote: Quote): Part[] {
  return [
    `“${quote.quote}”`,
    ' ',
    ink('dim', numberOf(debate, quote.messageId) + (quote.quoted === true ? ' (quoting)' : '')),
  ];
}

/** Words, then who said them and where. */
function saidBy(debate: DebateIndex, quote: Quote): Part[] {
  const author = quote.of === undefined ? debate.author(quote.messageId) : debate.person(quote.of);
  const where = numberOf(debate, quote.messageId) + (quote.quoted === true ? ' (quoting)' : '');
  return [`“${quote.quote}”`, ' ', ink('dim', `${author === undefined ? '' : `${author.name}, `}${where}`)];
}

export function headerLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { report } = debate;
  const status = statusWord[report.status.value];
  const versions = headProposal(report)?.versions ?? [];
  const open = report.questions.filter((question) => isOpen(question)).length;
  const missing = report.coverage?.missing ?? 0;
  const recovered = report.messages.filter((message) => message.ghost).length;
  const facts = [
    ...(report.list === undefined || report.list === '' ? [] : [report.list]),
    ...(spanOf(report) === '' ? [] : [spanOf(report)]),
    counted(report.messages.length - recovered, 'message'),
    ...(recovered > 0 ? [`${recoveredSign} ${recovered} recovered from quotes`] : []),
    ...(missing > 0 ? [`${missing} missing`] : []),
    counted(report.participants.length, 'person', 'people'),
    ...(versions.length > 0 ? [`version ${versions.map((version) => version.v).join(', ')}`] : []),
    counted(open, 'open question'),
  ];
  const basis = report.status.basis ?? 'inferred';
  const said = report.status.evidence[0];
  return [
    ...folded([ink('strong', report.subject === '' ? '(no subject)' : report.subject)], width),
    ...folded([ink('dim', facts.join(' · '))], width),
    ...folded(
      [
        ink(status.tone, `${status.sign} ${status.word}`),
        report.status.value === 'open' && said === undefined ? ' (no decision found)' : ` (${basis})`,
        ...(said === undefined ? [] : [' ', ...saidBy(debate, said)]),
      ],
      width,
      '',
      '  ',
    ),
    ...(report.temperature === undefined
      ? []
      : folded(
          [
            `${temperatureWord[report.temperature.value]}: `,
            ink(
              'dim',
              report.temperature.facts
                .filter((fact) => fact.count > 0)
                .map((fact) => `${fact.text}: ${fact.count}`)
                .join('; '),
            ),
          ],
          width,
          '',
          '  ',
        )),
    ...(report.notes ?? []).flatMap((note) => folded([ink('dim', `note: ${note}`)], width, '', '  ')),
  ];
}

function minuteLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { summary, ownSummaries = [] } = debate.report;
  if (summary.length === 0 && ownSummaries.length === 0) return [];
  return [
    ...heading('In one minute'),
    ...ownSummaries.flatMap((own) => [
      ...folded(
        [ink('dim', `${nameOf(debate, own.by)} sums up: `), ...quoteParts(debate, own.evidence)],
        width,
        '  ▸ ',
      ),
      ...own.disputedBy.flatMap((dispute) =>
        folded(
          [
            ink('dim', `disputed by ${nameOf(debate, dispute.by)}: `),
            ...quoteParts(debate, dispute.evidence),
          ],
          width,
          '      ',
        ),
      ),
    ]),
    ...[...summary]
      .sort((a, b) => a.rank - b.rank)
      .flatMap((line, i) => folded(saidBy(debate, line), width, `${String(i + 1).padStart(3)} `)),
  ];
}

function proposalLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { proposals } = debate.report;
  if (proposals.length === 0) return [...heading('Proposals'), ['  none found']];
  return [
    ...heading('Proposals'),
    ...proposals.flatMap((proposal) => {
      const outcome = outcomeWord[proposal.outcome];
      const versions = (proposal.versions ?? []).map((version) => version.v).join(', ');
      const relations = [
        `by ${nameOf(debate, proposal.by)}`,
        ...(versions === '' ? [] : [versions]),
        ...(proposal.amends === undefined ? [] : [`amends ${proposal.amends}`]),
        ...(proposal.alternativeTo === undefined || proposal.alternativeTo.length === 0
          ? []
          : [`alternative to ${proposal.alternativeTo.join(', ')}`]),
      ];
      const [said] = proposal.evidence;
      return [
        ...folded(
          [
            ink('strong', proposal.title),
            ' ',
            ink(outcome.tone, `${outcome.sign} ${outcome.word}`),
            ink('dim', ` ${relations.join(' · ')}`),
          ],
          width,
          `  ${proposal.id.padEnd(3)} `,
        ),
        ...(said === undefined ? [] : folded(quoteParts(debate, said), width, '      ')),
      ];
    }),
  ];
}

function axisLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { report } = debate;
  if (report.axes.length === 0) return [];
  const pole = (side: 'a' | 'b', label: string, stances: readonly ReportStance[]): Line[] => {
    const people = stances.flatMap((stance, i): Part[] => {
      const { sign, tone } = stanceWord[stance.value];
      const yielded = stance.yielded === true ? yieldedSign : '';
      return [i === 0 ? ' ' : ' · ', ink(tone, sign + yielded), ` ${nameOf(debate, stance.participant)}`];
    });
    return folded([label, ...(people.length === 0 ? [] : [':', ...people])], width, `      ${side} `);
  };
  return [
    ...heading('Axes'),
    ...report.axes.flatMap((axis) => {
      const sides = sidesOf(report, axis.id);
      return [
        ...folded([ink('strong', axis.question)], width, `  ${axis.id.padEnd(3)} `),
        ...pole('a', axis.a.label, sides.a),
        ...pole('b', axis.b.label, sides.b),
      ];
    }),
  ];
}

/** People by proposals, as far as the width goes. */
function matrixLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { report } = debate;
  const cell = 5;
  const names = report.participants.filter((person) =>
    report.stances.some((stance) => stance.participant === person.id),
  );
  const nameWidth = Math.min(32, Math.max(12, ...names.map((person) => columns(person.name) + 2)));
  const room = Math.max(1, Math.floor((width - nameWidth - 2) / cell));
  const targets = report.proposals
    .filter((proposal) => report.stances.some((stance) => stance.target === proposal.id))
    .slice(0, room);
  if (targets.length < 2 || names.length < 2) return [];
  return [
    [' '.repeat(nameWidth + 2), ...targets.map((target) => ink('dim', padded(target.id, cell)))],
    ...names.map((person): Line => [
      `  ${padded(person.name, nameWidth)}`,
      ...targets.map((target): Part => {
        const stance = report.stances.find(
          (each) => each.participant === person.id && each.target === target.id,
        );
        if (stance === undefined) return padded('·', cell);
        const { sign, tone } = stanceWord[stance.value];
        return ink(tone, padded(sign + (stance.yielded === true ? ` ${yieldedSign}` : ''), cell));
      }),
    ]),
    ['  ', ink('dim', `▲ supports  ▼ opposes  ◆ conditional  ● neutral  ${yieldedSign} yielded`)],
    [],
  ];
}

function stanceLines(debate: DebateIndex, stance: ReportStance, width: number): Line[] {
  const { sign, word, tone } = stanceWord[stance.value];
  const target = debate.target(stance.target);
  const rest = stance.evidence.length - shownEvidence;
  const changes = (stance.history ?? []).filter(
    (step) => step.change !== 'first' && step.change !== 'repeat',
  );
  return [
    ...folded(
      [
        ink(tone, `${sign} ${word}`),
        ` ${stance.target} ${target?.title ?? ''}`,
        ...(stance.yielded === true ? [ink('dim', ` ${yieldedSign} yielded`)] : []),
        ...(stance.strength === undefined || stance.strength === 'normal'
          ? []
          : [ink('dim', ` ${stance.strength}`)]),
      ],
      width,
      '    ',
      '      ',
    ),
    ...stance.evidence
      .slice(0, shownEvidence)
      .flatMap((evidence) => folded(quoteParts(debate, evidence), width, '      ')),
    ...(rest > 0 ? [['      ', ink('dim', `and ${rest} more`)] satisfies Line] : []),
    ...changes.flatMap((step) =>
      folded([ink('dim', `${stepWord[step.change]}: `), ...quoteParts(debate, step)], width, '      '),
    ),
  ];
}

export function positionLines(debate: DebateIndex, options: TextOptions): Line[] {
  const { stances, participants } = debate.report;
  if (stances.length === 0)
    return [...heading('Positions'), ['  nobody takes a position that could be told']];
  return [
    ...heading('Positions'),
    ...matrixLines(debate, options),
    ...participants.flatMap((person) => {
      const own = stances.filter((stance) => stance.participant === person.id);
      if (own.length === 0) return [];
      return [
        [
          '  ',
          ...nameAndRole(debate, person.id),
          ...(person.quotedOnly === true ? [ink('dim', ` ${recoveredSign} known from quotes only`)] : []),
        ] satisfies Line,
        ...own.flatMap((stance) => stanceLines(debate, stance, options.width)),
      ];
    }),
  ];
}

export function decisionLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { decisions } = debate.report;
  if (decisions.length === 0) return [...heading('Decisions'), ['  none found']];
  return [
    ...heading('Decisions'),
    ...decisions.flatMap((decision) => {
      const target = debate.target(decision.target);
      const notes = [
        decision.basis ?? 'stated',
        ...(decision.entitled === undefined
          ? []
          : [decision.entitled ? 'entitled' : 'not known to be entitled']),
        ...(decision.contested === true ? ['contested'] : []),
        ...(decision.external === true ? ['taken elsewhere'] : []),
      ];
      return [
        ...folded(
          [
            ink('decision', `§ ${decisionWord[decision.kind]}`),
            ...(target === undefined ? [] : [` ${target.id} ${target.title}`]),
            ...(decision.by === undefined ? [] : [` by ${nameOf(debate, decision.by)}`]),
            ink('dim', ` (${notes.join(', ')})`),
          ],
          width,
          '  ',
          '    ',
        ),
        ...decision.evidence.flatMap((evidence) => folded(saidBy(debate, evidence), width, '    ')),
      ];
    }),
  ];
}

export function isOpen(question: ReportQuestion): boolean {
  return question.status === 'open' || question.status === 'partial';
}

export function questionLines(debate: DebateIndex, { width }: TextOptions, onlyOpen: boolean): Line[] {
  const all = debate.report.questions;
  const shown = [...all.filter(isOpen), ...(onlyOpen ? [] : all.filter((question) => !isOpen(question)))];
  const title = onlyOpen ? 'Open questions' : 'Questions';
  if (shown.length === 0) return [...heading(title), ['  none found']];
  return [
    ...heading(title),
    ...shown.flatMap((question) => {
      const { sign, word, tone } = questionWord[question.status];
      const asked = (question.askedOf ?? []).map((id) => nameOf(debate, id)).join(', ');
      return [
        ...folded(
          [
            ink(tone, `${sign} ${word}`),
            ' ',
            ...quoteParts(debate, question),
            ink('dim', ` ${nameOf(debate, question.askedBy)}${asked === '' ? '' : `, to ${asked}`}`),
          ],
          width,
          '  ',
          '    ',
        ),
        ...question.answeredBy.flatMap((answer) =>
          folded(
            [
              ink('dim', 'answer: '),
              ...(answer.quote === undefined
                ? [numberOf(debate, answer.messageId)]
                : saidBy(debate, { messageId: answer.messageId, quote: answer.quote })),
            ],
            width,
            '    ',
          ),
        ),
      ];
    }),
  ];
}

function concernLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { concerns = [] } = debate.report;
  if (concerns.length === 0) return [];
  return [
    ...heading('Concerns'),
    ...concerns.flatMap((concern) => [
      ...folded(
        [
          ink('strong', concern.title),
          ` ${concern.state}`,
          ink(
            'dim',
            ` raised by ${nameOf(debate, concern.owner)}${concern.target === undefined ? '' : `, on ${concern.target}`}`,
          ),
        ],
        width,
        '  ',
        '    ',
      ),
      ...concern.steps.flatMap((step) =>
        folded([ink('dim', `${step.state}: `), ...saidBy(debate, step.evidence)], width, '    '),
      ),
    ]),
  ];
}

function rationaleLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { rationale = [] } = debate.report;
  if (rationale.length === 0) return [];
  return [
    ...heading('Reasons'),
    ...rationale.flatMap((reason) => {
      const again = [...new Set(reason.restatements.map((each) => nameOf(debate, each.by)))].join(', ');
      return folded(
        [
          reason.kind === 'for' ? ink('support', 'for') : ink('oppose', 'against'),
          reason.target === undefined ? ' ' : ` ${reason.target} `,
          ...saidBy(debate, reason.evidence),
          ...(reason.restatements.length === 0
            ? []
            : [ink('dim', ` said again ${counted(reason.restatements.length, 'time')}, by ${again}`)]),
        ],
        width,
        '  ',
        '    ',
      );
    }),
  ];
}

function closingLines(debate: DebateIndex, { width }: TextOptions): Line[] {
  const { camps = [], actionItems = [], silence = [] } = debate.report;
  const lines: Line[] = [];
  if (camps.length > 0) {
    lines.push(...heading('Camps'));
    for (const camp of camps) {
      const members = camp.members.map((id) => nameOf(debate, id)).join(', ');
      lines.push(...folded([ink('strong', camp.label), `: ${members}`], width, '  ', '    '));
      if (camp.reason)
        lines.push(...folded([ink('dim', 'reason: '), ...saidBy(debate, camp.reason)], width, '    '));
      if (camp.counter)
        lines.push(...folded([ink('dim', 'counter: '), ...saidBy(debate, camp.counter)], width, '    '));
    }
  }
  if (actionItems.length > 0) {
    lines.push(...heading('To do'));
    for (const item of actionItems) lines.push(...folded(saidBy(debate, item.evidence), width, '  ', '    '));
  }
  if (silence.length > 0) {
    lines.push(...heading('Silent'));
    for (const quiet of silence) {
      const since = utcMinute(secondsOf(quiet.since)).slice(0, 10);
      lines.push(
        ...folded(
          [`${nameOf(debate, quiet.participant)}: ${quiet.reason}${since === '' ? '' : `, since ${since}`}`],
          width,
          '  ',
          '    ',
        ),
      );
    }
  }
  return lines;
}

function messageLines(debate: DebateIndex): Line[] {
  const last = String(debate.report.messages.length).length;
  return [
    ...heading('Messages'),
    ...debate.report.messages.map((message, i): Line => {
      const date =
        message.ghost === true
          ? `${recoveredSign} from quotes`
          : utcMinute(secondsOf(message.date)).slice(0, 16);
      const start = `  #${String(i + 1).padEnd(last)} ${padded(date, 16)}  ${padded(nameOf(debate, message.participant), 24)} `;
      const id = `<${message.messageId}>`;
      // an id is for copying: whole, even where the line gets longer than the terminal
      return [start, ink('dim', id)];
    }),
  ];
}

/** The whole report, ended by a line feed. */
export function reportText(report: Report, list: string, options: TextOptions): string {
  const debate = indexDebate(report, list);
  return printed(
    [
      ...headerLines(debate, options),
      ...minuteLines(debate, options),
      ...proposalLines(debate, options),
      ...axisLines(debate, options),
      ...positionLines(debate, options),
      ...decisionLines(debate, options),
      ...questionLines(debate, options, false),
      ...concernLines(debate, options),
      ...rationaleLines(debate, options),
      ...closingLines(debate, options),
      ...messageLines(debate),
    ],
    options.color,
  );
}

export type ReportPart = 'positions' | 'decisions' | 'questions' | 'open questions';

/** One part of the report under the debate's header, for `hum positions`, `decisions` and `questions`. */
export function partText(report: Report, list: string, part: ReportPart, options: TextOptions): string {
  const debate = indexDebate(report, list);
  const lines = {
    positions: () => positionLines(debate, options),
    decisions: () => decisionLines(debate, options),
    questions: () => questionLines(debate, options, false),
    'open questions': () => questionLines(debate, options, true),
  }[part]();
  return printed([...headerLines(debate, options), ...lines], options.color);
}
