import { Fault } from '../../model/fault.ts';
import type { SearchHit } from '../../store/store.ts';
import { folded, ink, printed, type Line, type Part } from '../../views/export/ink.ts';
import { jsonText } from '../../views/export/json.ts';
import { isoTime, utcMinute } from '../../views/time.ts';
import type { Call, Options } from '../call.ts';
import { openForReading } from '../database.ts';
import { tsvLine } from './ls.ts';

/** Midnight UTC of `YYYY-MM-DD`, in epoch seconds. */
export function dayOption(options: Options, name: string): number | undefined {
  const text = options.text(name);
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2023-02-31 for March
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    throw new Fault(
      'usage',
      `--${name} takes a date, not ${JSON.stringify(text)}`,
      `Example: --${name} 2024-01-15`,
    );
  }
  return time / 1000;
}

function hitLines(hit: SearchHit, width: number): Line[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [start, end] of hit.marks) {
    if (start < at) continue;
    parts.push(hit.snippet.slice(at, start), ink('strong', hit.snippet.slice(start, end)));
    at = end;
  }
  parts.push(hit.snippet.slice(at));
  return [
    ...folded([ink('strong', hit.subject === '' ? '(no subject)' : hit.subject)], width),
    ...folded([`${hit.from} · ${utcMinute(hit.time)} · ${hit.list}`], width, '  '),
    ...folded(parts, width, '  '),
    ['  ', ink('dim', `<${hit.id}>`)],
  ];
}

export async function run(call: Call): Promise<'ok' | 'none'> {
  const { operands, options, terminal } = call;
  if (operands.length === 0) throw new Fault('usage', 'q needs words', 'Example: hum q \'"stable kfuncs"\'');
  const list = options.text('list');
  const since = dayOption(options, 'since');
  const until = dayOption(options, 'until');
  const store = openForReading(call);
  try {
    const { hits, total } = store.search(operands.join(' '), {
      ...(list !== undefined && { list }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      limit: options.count('limit', 1) ?? 20,
      offset: 0,
    });
    if (options.flag('json')) {
      terminal.out(`${jsonText({ total, hits })}\n`);
    } else if (options.flag('tsv')) {
      for (const hit of hits)
        terminal.out(tsvLine([hit.id, hit.list, isoTime(hit.time), hit.from, hit.subject]));
    } else {
      const lines = hits.flatMap((hit, i) => [...(i > 0 ? [[]] : []), ...hitLines(hit, terminal.width)]);
      terminal.out(printed(lines, terminal.color));
      if (total > hits.length) terminal.note(`${total} messages match; --limit shows more`);
    }
    if (total === 0) terminal.note('hum: no message matches');
    return total > 0 ? 'ok' : 'none';
  } finally {
    store.close();
  }
}
