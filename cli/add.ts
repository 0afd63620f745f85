// Adding sources one after the other with progress and a closing line each; shared by `add` and `start`.
import { join } from 'node:path';
import { openSource } from '../ingest/source/open.ts';
import { Fault } from '../model/fault.ts';
import type { Defect } from '../model/message.ts';
import type { Origin } from '../model/source.ts';
import { rememberGiven, storedOptions } from '../pipeline/given.ts';
import { addSource, type AddOptions, type AddResult } from '../pipeline/add.ts';
import type { Store } from '../store/store.ts';
import { counted } from '../views/html.ts';
import { visibleLine } from '../views/visible.ts';
import type { Call } from './call.ts';
import { cacheFolder } from './folder.ts';
import { givenBy } from './given.ts';
import { grouped, startProgress } from './progress.ts';
import { humVersion } from './version.ts';

/** The promise of `hum add --json`; keys in this order. */
export interface Counts {
  readonly read: number;
  readonly added: number;
  readonly duplicates: number;
  readonly deleted: number;
  readonly rejected: number;
  readonly defects: number;
  readonly debates: number;
  readonly seconds: number;
  readonly truncated: number;
  readonly known: number;
}

export interface Added {
  readonly counts: Counts;
  readonly interrupted: boolean;
}

const none: Counts = {
  read: 0,
  added: 0,
  duplicates: 0,
  deleted: 0,
  rejected: 0,
  defects: 0,
  debates: 0,
  seconds: 0,
  truncated: 0,
  known: 0,
};

/** At most so many odd places are named; the rest is counted. `hum doctor` and the store keep them all. */
const namedDefects = 20;
/** Of one kind of repair so many: an archive that masks every sender says so thousands of times. */
const namedAlike = 3;

function plus(a: Counts, b: Counts): Counts {
  return {
    read: a.read + b.read,
    added: a.added + b.added,
    duplicates: a.duplicates + b.duplicates,
    deleted: a.deleted + b.deleted,
    rejected: a.rejected + b.rejected,
    defects: a.defects + b.defects,
    debates: a.debates + b.debates,
    seconds: Math.round((a.seconds + b.seconds) * 1000) / 1000,
    truncated: a.truncated + b.truncated,
    known: a.known + b.known,
  };
}

export function closingLine(name: string, list: string, counts: Counts): string {
  const further = [
    ...(counts.known > 0 ? [`${grouped(counts.known)} known from before`] : []),
    ...(counts.duplicates > 0 ? [counted(counts.duplicates, 'duplicate')] : []),
    ...(counts.deleted > 0 ? [`${grouped(counts.deleted)} deleted`] : []),
    ...(counts.rejected > 0 ? [`${grouped(counts.rejected)} rejected`] : []),
    ...(counts.truncated > 0 ? [`${grouped(counts.truncated)} cut short`] : []),
    ...(counts.defects > 0 ? [counted(counts.defects, 'defect')] : []),
  ];
  return `${visibleLine(name)}: ${grouped(counts.read)} read, ${grouped(counts.added)} added to ${list}${
    further.length > 0 ? ` (${further.join(', ')})` : ''
  }, ${counted(counts.debates, 'debate')} changed, ${counts.seconds.toFixed(1)} s`;
}

/** `path:offset` of the mail, and the byte in it. */
export function placeText(origin: Origin, { code, detail, offset }: Defect): string {
  const inside = offset === undefined ? '' : ` byte ${offset}`;
  return visibleLine(`${origin.source}:${origin.at}${inside} ${code} ${detail}`);
}

/** Nothing was lost that the source holds. */
export function isWhole({ rejected, truncated }: Counts): boolean {
  return rejected + truncated === 0;
}

/**
 * Options of `addSource`: what the user gave for analysis (remembered in the store), and what draws on the terminal, with a
 * function to end the drawing.
 */
export function addOptions(
  call: Call,
  store: Store,
): {
  readonly options: Omit<AddOptions, 'list'>;
  readonly end: () => void;
} {
  const { options, terminal, signal } = call;
  const progress = startProgress(terminal, (text) => void process.stderr.write(text));
  let named = 0;
  let passed = 0;
  const alike = new Map<string, number>();
  const name = (kind: 'not read' | 'cut short' | 'note' | 'odd', defect: Defect, origin: Origin): void => {
    const same = (alike.get(defect.code) ?? 0) + 1;
    alike.set(defect.code, same);
    if (named >= namedDefects || (kind === 'odd' && same > namedAlike)) {
      passed += 1;
      return;
    }
    named += 1;
    progress.clear();
    const text = `hum: ${kind}: ${placeText(origin, defect)}`;
    if (kind === 'not read' || kind === 'cut short') terminal.warn(text);
    else terminal.note(text);
  };
  return {
    options: {
      ...storedOptions(store, humVersion()),
      analyze: !options.flag('no-analysis'),
      signal,
      onProgress: (update) => progress.update(update),
      onDefect: (kind, defect, origin) => name(kind === 'reject' ? 'not read' : 'note', defect, origin),
      onRepair: (defect, origin) => name(defect.code === 'truncated' ? 'cut short' : 'odd', defect, origin),
      onFailure: (debate, failure) => {
        progress.clear();
        terminal.warn(`hum: analysis of ${visibleLine(debate)} failed: ${visibleLine(failure)}`);
      },
    },
    end: () => {
      progress.clear();
      if (passed > 0) terminal.note(`hum: and ${grouped(passed)} more; hum doctor --defects lists all`);
      passed = 0;
    },
  };
}

function countsOf(result: AddResult): Counts {
  const { read, added, duplicates, deleted, rejected, defects, debates, seconds, truncated, known } = result;
  return { read, added, duplicates, deleted, rejected, defects, debates, seconds, truncated, known };
}

/** Adds the sources in order; stops at the first that faults, what was stored before stays. */
export async function addAll(call: Call, store: Store, specs: readonly string[]): Promise<Added> {
  const { options, terminal, env, signal } = call;
  let counts = none;
  rememberGiven(store, givenBy(call));
  for (const spec of specs) {
    const source = await openSource(spec, { cacheDir: join(cacheFolder(env), 'clone') });
    const drawn = addOptions(call, store);
    try {
      const list = options.text('list') ?? source.listHint;
      if (list === 'all' || list === '_' || list === '') {
        throw new Fault(
          'usage',
          `a list cannot be called ${JSON.stringify(list)}`,
          'Name it with --list NAME.',
        );
      }
      const result = await addSource(store, source, { ...drawn.options, list });
      drawn.end();
      counts = plus(counts, countsOf(result));
      terminal.note(closingLine(source.name, list, countsOf(result)));
      if (result.interrupted || signal.aborted) {
        terminal.note('hum: stopped; run the same command again to go on');
        return { counts, interrupted: true };
      }
    } finally {
      drawn.end();
      await source.close();
    }
  }
  return { counts, interrupted: false };
}
