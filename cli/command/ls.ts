import { Fault } from '../../model/fault.ts';
import type { DebateRow, ListRow, Store } from '../../store/store.ts';
import { jsonText } from '../../views/export/json.ts';
import { columns, ink, padded, printed, type Line } from '../../views/export/ink.ts';
import { utcDay } from '../../views/time.ts';
import { visibleLine } from '../../views/visible.ts';
import { statusWord } from '../../views/word.ts';
import type { Call } from '../call.ts';
import { openForReading } from '../database.ts';
import { grouped } from '../progress.ts';

/** A cell of tab-separated output: one line, no tab. */
function cell(value: string | number | null): string {
  return typeof value === 'number' ? String(value) : visibleLine(value ?? '');
}

export function tsvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(cell).join('\t')}\n`;
}

function checkList(store: Store, list: string): void {
  const names = store.lists().map((row) => row.name);
  if (names.includes(list)) return;
  throw new Fault(
    'none',
    `there is no list ${JSON.stringify(list)}`,
    `There are: ${names.join(', ') || 'none'}.`,
  );
}

function printLists({ options, terminal }: Call, rows: readonly ListRow[]): void {
  if (options.flag('json')) {
    terminal.out(`${jsonText(rows)}\n`);
  } else if (options.flag('tsv')) {
    for (const row of rows) terminal.out(tsvLine([row.name, row.messages, row.debates, utcDay(row.newest)]));
  } else {
    const width = Math.max(4, ...rows.map((row) => columns(visibleLine(row.name))));
    const lines = rows.map((row): Line => [
      ink('strong', padded(row.name, width)),
      `  ${grouped(row.messages).padStart(9)} messages  ${grouped(row.debates).padStart(7)} debates  `,
      ink('dim', utcDay(row.newest)),
    ]);
    terminal.out(printed(lines, terminal.color));
  }
}

function debateLine(row: DebateRow, width: number): Line {
  const status =
    row.status === null
      ? { sign: ' ', word: 'not analyzed', tone: 'neutral' as const }
      : statusWord[row.status];
  const open = row.openQuestions > 0 ? `? ${row.openQuestions}` : '';
  const subject = Math.max(20, width - 44);
  return [
    ink('dim', `${utcDay(row.lastTime)}  `),
    padded(row.subject === '' ? '(no subject)' : row.subject, subject),
    ` ${String(row.messages).padStart(4)} `,
    ink(status.tone, padded(`${status.sign} ${status.word}`, 14)),
    ' ',
    ink('question', open.padStart(5)),
  ];
}

function printDebates({ options, terminal }: Call, rows: readonly DebateRow[], total: number): void {
  if (options.flag('json')) {
    terminal.out(`${jsonText({ total, debates: rows })}\n`);
  } else if (options.flag('tsv')) {
    for (const row of rows) {
      terminal.out(
        tsvLine([
          row.id,
          utcDay(row.lastTime),
          row.status,
          row.messages,
          row.people,
          row.openQuestions,
          row.subject,
        ]),
      );
    }
  } else {
    const wide = terminal.width;
    terminal.out(
      printed(
        rows.flatMap((row): Line[] => [debateLine(row, wide), ['            ', ink('dim', `<${row.id}>`)]]),
        terminal.color,
      ),
    );
    if (total > rows.length) terminal.note(`${grouped(total)} debates; --limit 0 shows all`);
  }
}

export async function run(call: Call): Promise<'ok' | 'none'> {
  const { options, terminal } = call;
  const list = options.text('list');
  const store = openForReading(call);
  try {
    if (list !== undefined) checkList(store, list);
    if (options.flag('threads')) {
      if (list === undefined)
        throw new Fault('usage', '--threads needs --list NAME', 'See `hum ls` for the lists.');
      const rows = store.threadIds(list);
      if (options.flag('json')) terminal.out(`${jsonText([...rows])}\n`);
      else for (const { id, thread } of rows) terminal.out(tsvLine([id, thread]));
      return 'ok';
    }
    const status = options.text('status');
    const open = options.flag('open-questions');
    if (list === undefined && status === undefined && !open) {
      const rows = store.lists();
      printLists(call, rows);
      if (rows.length === 0) terminal.note('hum: nothing was added yet; see `hum help add`');
      return rows.length > 0 ? 'ok' : 'none';
    }
    const limit = options.count('limit') ?? 50;
    const { rows, total } = store.debates({
      ...(list !== undefined && { list }),
      ...(status !== undefined && { status }),
      open,
      limit: limit === 0 ? Number.MAX_SAFE_INTEGER : limit,
      offset: 0,
    });
    printDebates(call, rows, total);
    return rows.length > 0 ? 'ok' : 'none';
  } finally {
    store.close();
  }
}
