// Made-up labeled clauses: text and the line it answers, no debate around them. For training only.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SegmentLabel } from '../../model/report.ts';

export interface MadeClause {
  readonly label: SegmentLabel | 'NONE';
  /** '' when it stands alone. */
  readonly quoted: string;
  readonly text: string;
}

/** All `*.jsonl` of the folders, by file name. */
export function readMade(folders: readonly string[]): MadeClause[] {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .toSorted()
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line.trim() !== '')
      .map((line): MadeClause => JSON.parse(line)),
  );
}
