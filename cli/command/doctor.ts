import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { Fault } from '../../model/fault.ts';
import { openStore } from '../../store/open.ts';
import { jsonText } from '../../views/export/json.ts';
import { ink, printed, type Line } from '../../views/export/ink.ts';
import { utcMinute } from '../../views/time.ts';
import type { Call } from '../call.ts';
import { databasePath } from '../database.ts';
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
  const counts = Object.entries(found.counts).map(([name, count]) => `${grouped(count)} ${name}`);
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

export async function run(call: Call): Promise<'ok' | 'config'> {
  const { options, terminal } = call;
  const found = examine(databasePath(call));
  terminal.out(options.flag('json') ? `${jsonText(found)}\n` : printed(lines(found), terminal.color));
  return found.problems.length > 0 ? 'config' : 'ok';
}
