// One part of the report of each debate, as text or as JSON lines: `positions`, `decisions`, `questions`.
import type { Report } from '../model/report.ts';
import { jsonText } from '../views/export/json.ts';
import { isOpen, partText, type ReportPart } from '../views/export/text.ts';
import type { Call } from './call.ts';
import { forEachDebate } from './operand.ts';

function dataOf(report: Report, part: ReportPart): object {
  const { threadId, subject, rootMessageId, participants } = report;
  const head = { threadId, subject, rootMessageId };
  switch (part) {
    case 'positions':
      return {
        ...head,
        participants,
        proposals: report.proposals,
        axes: report.axes,
        stances: report.stances,
      };
    case 'decisions':
      return { ...head, status: report.status, decisions: report.decisions };
    case 'questions':
      return { ...head, questions: report.questions };
    case 'open questions':
      return { ...head, questions: report.questions.filter(isOpen) };
  }
}

export function runPart(call: Call, part: ReportPart): Promise<'ok' | 'none' | 'rejected'> {
  const { options, terminal } = call;
  let first = true;
  return forEachDebate(call, ({ report, list }) => {
    if (options.flag('json')) {
      terminal.out(`${jsonText(dataOf(report, part))}\n`);
    } else {
      terminal.out((first ? '' : '\n') + partText(report, list, part, terminal));
    }
    first = false;
  });
}
