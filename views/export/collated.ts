// The collated debate as text: nesting as bars, the speaker named where a reply begins or goes on.
import type { CollatedDocument } from '../../model/collated.ts';
import type { Report } from '../../model/report.ts';
import { indexDebate } from '../debate.ts';
import { utcMinute } from '../time.ts';
import { recoveredSign } from '../word.ts';
import { columns, folded, ink, printed, type Line } from './ink.ts';
import type { TextOptions } from './text.ts';

const bar = '│ ';
/** Deeper replies are not set in further. */
const deepest = 12;

/** A line of mail stays as it is when it fits; only words of a sender are folded. */
function bodyLines(text: string, indent: string, width: number, foldable: boolean): Line[] {
  return text
    .split('\n')
    .flatMap((line) =>
      foldable && columns(indent) + columns(line) > width
        ? folded([line], width, indent, indent)
        : [[ink('dim', indent), line]],
    );
}

export function collatedExport(
  document: CollatedDocument,
  report: Report,
  list: string,
  { width, color }: TextOptions,
): string {
  const debate = indexDebate(report, list);
  const lines: Line[] = [...folded([ink('strong', document.subject || '(no subject)')], width)];
  for (const passage of document.passages) {
    const message = document.messages[passage.message];
    if (message === undefined) continue;
    const indent = bar.repeat(Math.min(deepest, passage.depth));
    lines.push([ink('dim', indent)]);
    if (passage.opens || passage.resumes) {
      const number = message.recovered
        ? `${recoveredSign} recovered`
        : `#${debate.number(message.messageId)}`;
      const when = passage.resumes && !passage.opens ? 'goes on' : utcMinute(message.time);
      lines.push([
        ink('dim', indent),
        ink('strong', message.author || 'unnamed'),
        ' ',
        ink('dim', [number, when].filter(Boolean).join(' ')),
      ]);
    }
    const foldable = passage.kind === 'own' || passage.kind === 'quoted';
    // One by one: a passage may have more lines than a call can have arguments.
    for (const line of bodyLines(passage.text, indent, width, foldable)) lines.push(line);
  }
  return printed(lines, color);
}
