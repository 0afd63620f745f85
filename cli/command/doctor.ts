import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { Fault } from '../../model/fault.ts';
import type { Defect, MessageId } from '../../model/message.ts';
import type { Origin } from '../../model/source.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { jsonText } from '../../views/export/json.ts';
import { ink, printed, type Line } from '../../views/export/ink.ts';
import { utcMinute } from '../../views/time.ts';
import type { Call } from '../call.ts';
import { tsvLine } from './ls.ts';
import { databasePath, openForReading } from '../database.ts';
import { grouped } from '../progress.ts';
import { humVersion } from '../version.ts';

interface Findings {
  readonly hum: string;
  readonly node: string;
  /** '' when there is none: public-inbox archives cannot be read then. */
  readonly git: string;
  readonly database: string;
  readonly bytes: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly sources: readonly { readonly source: string; readonly list: string; readonly lastSync: number }[];
  readonly problems: readonly string[];
}

interface Oddity {
  readonly origin: Origin;
  readonly defect: Defect;
  readonly id: MessageId;
}

function gitVersion(): string {
  try {
    return execFileSync('git', ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .trim()
      .replace(/^git version /, '');
  } catch {
    return '';
  }
}

function examine(path: string): Findings {
  const base = { hum: humVersion(), node: process.versions.node, git: gitVersion(), database: path };
  const nothing = { bytes: 0, counts: {}, sources: [] };
  if (!existsSync(path)) return { ...base, ...nothing, problems: [] };
  try {
    const store = openStore(path, { readonly: true });
    try {
      return {
        ...base,
        bytes: statSync(path).size,
        counts: store.counts(),
        sources: store.sources(),
        problems: store.check(),
      };
    } finally {
      store.close();
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ...base, ...nothing, problems: [`${error.message}. ${error.remedy}`] };
  }
}

function lines(found: Findings): Line[] {
  const row = (name: string, value: string): Line => [ink('dim', name.padEnd(10)), value];
  const counts = Object.entries(found.counts).map(
    ([name, count]) => `${grouped(count)} ${count === 1 ? name.slice(0, -1) : name}`,
  );
  const there = found.bytes > 0;
  return [
    row('hum', found.hum),
    row('node', found.node),
    row('git', found.git === '' ? 'not found: public-inbox archives cannot be read' : found.git),
    row(
      'database',
      there ? `${found.database} (${grouped(found.bytes / 1e6)} MB)` : `${found.database} (none yet)`,
    ),
    ...(there ? [row('holds', counts.join(', '))] : []),
    ...found.sources.map((source) =>
      row('source', `${source.source} -> ${source.list}, last read ${utcMinute(source.lastSync) || 'never'}`),
    ),
    ...(found.problems.length === 0
      ? [row('problems', 'none')]
      : found.problems.map((problem): Line => [ink('oppose', 'problem'.padEnd(10)), problem])),
  ];
}

/** Messages asked for at a time. */
const page = 1_000;

/** What was rejected, then what was odd in stored messages, newest first. */
function* oddities(store: Store, list: string | undefined): Generator<Oddity> {
  for (const reject of store.rejects()) {
    if (list !== undefined && reject.list !== list) continue;
    yield { origin: reject.origin, defect: reject.defect, id: '' };
  }
  for (let offset = 0; ; offset += page) {
    const rows = store.defects({ ...(list !== undefined && { list }), limit: page, offset });
    for (const { id, origin, defects } of rows) for (const defect of defects) yield { origin, defect, id };
    if (rows.length < page) return;
  }
}

function printDefects(call: Call): 'ok' {
  const { options, terminal } = call;
  const store = openForReading(call);
  try {
    for (const { origin, defect, id } of oddities(store, options.text('list'))) {
      const { code, detail, offset } = defect;
      if (options.flag('json')) {
        terminal.out(`${jsonText({ source: origin.source, at: origin.at, ...defect, messageId: id })}\n`);
      } else {
        terminal.out(tsvLine([origin.source, origin.at, offset ?? '', code, detail, id]));
      }
    }
    return 'ok';
  } finally {
    store.close();
  }
}

export async function run(call: Call): Promise<'ok' | 'config'> {
  const { options, terminal } = call;
  if (options.flag('defects')) return printDefects(call);
  const found = examine(databasePath(call));
  terminal.out(options.flag('json') ? `${jsonText(found)}\n` : printed(lines(found), terminal.color));
  return found.problems.length > 0 ? 'config' : 'ok';
}
