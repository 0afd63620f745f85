// Cuts the ledger's sentences into units: whole sentences, or their clauses where the halves may differ.
import type { LedgerEntry, Segment } from '../model/ledger.ts';
import type { Turn, Unit } from './finding.ts';

const BLANKS = /\s+/g;
/** Quote marks at line starts: `> > `, `>>`, `| `, `: `. */
const QUOTE_MARKS = /^[ \t]{0,3}(?:[>|:][ \t]?)+/gm;
const WORDY = /[\p{L}\p{N}]/u;
/** Longer quotes say nothing more about the answer. */
const QUOTED_LENGTH = 2000;

/** White space runs as one blank, trimmed. */
export function flat(text: string): string {
  return text.replace(BLANKS, ' ').trim();
}

/** Text of a quoted run without its marks, white space flattened. */
export function quotedText(body: string, segment: Segment): string {
  return flat(
    body.slice(segment.start, Math.min(segment.end, segment.start + QUOTED_LENGTH)).replace(QUOTE_MARKS, ''),
  );
}

/** Units of all turns in reading order. Pieces without a letter or digit are left out. */
export function cutUnits(turns: readonly Turn[]): Unit[] {
  const units: Unit[] = [];
  const place = new Map(turns.map((turn) => [turn.message.id, turn.index]));
  const byTurn: Unit[][] = turns.map(() => []);
  for (const turn of turns) {
    const { body } = turn.message;
    const { entry } = turn;
    turn.entry.sentences.forEach((sentence, sentenceIndex) => {
      const quote = sentence.answers === undefined ? undefined : entry.segments[sentence.answers];
      const source = turn.ghost
        ? turn.ghost.findLast((line) => line.answers && line.start <= sentence.start)?.answers
        : quote?.source;
      const sourceTurn = source ? place.get(source.messageId) : undefined;
      const quoted = quote ? quotedText(body, quote) : '';
      const { start, end } = trim(body, sentence.start, sentence.end);
      if (!WORDY.test(body.slice(start, end))) return;
      const unit: Unit = {
        index: units.length,
        turn: turn.index,
        start,
        end,
        text: flat(body.slice(start, end)),
        sentence: sentenceIndex,
        clause: 0,
        clauses: 1,
        connective: '',
        opens: sentence.opens,
        quoted,
        answers: overlapping(
          sourceTurn === undefined ? [] : (byTurn[sourceTurn] ?? []),
          source?.start,
          source?.end,
        ),
        answersAuthor: sourceTurn === undefined ? '' : (turns[sourceTurn]?.author ?? ''),
        inPatch: isPatchMail(entry) && !turn.subject.reply,
      };
      units.push(unit);
      byTurn[turn.index]?.push(unit);
    });
  }
  return units;
}

function overlapping(units: readonly Unit[], start: number | undefined, end: number | undefined): number[] {
  if (start === undefined || end === undefined) return [];
  return units.filter((unit) => unit.start < end && unit.end > start).map((unit) => unit.index);
}

function isPatchMail(entry: LedgerEntry): boolean {
  return entry.segments.some((segment) => segment.kind === 'patch');
}

function trim(body: string, from: number, to: number): { start: number; end: number } {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(body[start] ?? '')) start++;
  while (end > start && /\s/.test(body[end - 1] ?? '')) end--;
  return { start, end };
}
