// Threads as indented sketches: one id per line, two spaces per level, `(id)` for a ghost, a blank line between threads.
import type { Thread, ThreadingRow } from '../../../model/thread.ts';

const LINE = /^( *)(\(?)([^\s()]+)\)?$/u;

export function row(id: string, fields: Partial<ThreadingRow> = {}): ThreadingRow {
  return {
    id,
    time: 0,
    subject: '',
    fromName: '',
    fromAddress: '',
    inReplyTo: [],
    references: [],
    ...fields,
  };
}

/** Rows of the present mails of a sketch: all ancestors as References, one second from line to line. */
export function rowsOf(sketch: string): ThreadingRow[] {
  const rows: ThreadingRow[] = [];
  const path: string[] = [];
  for (const [index, line] of sketch.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parts = LINE.exec(line);
    if (parts === null) throw new Error(`not a sketch line: ${line}`);
    path.length = (parts[1] ?? '').length / 2;
    const id = parts[3] ?? '';
    if (parts[2] === '') {
      rows.push(row(id, { time: 1000 + index, references: [...path], inReplyTo: path.slice(-1) }));
    }
    path.push(id);
  }
  return rows;
}

/** Threads as a sketch; also checks that parents, children and order agree. */
export function sketchOf(threads: readonly Thread[]): string {
  return threads
    .map((thread) => {
      const depth = new Map<string, number>();
      const expected: string[] = [];
      const lines: string[] = [];
      for (const node of thread.nodes) {
        const level = node.parent === null ? 0 : (depth.get(node.parent) ?? Number.NaN) + 1;
        if (Number.isNaN(level)) throw new Error(`${node.id} stands before its parent`);
        if (node.parent !== null && expected.pop() !== node.id) {
          throw new Error(`${node.id} is not next in depth-first order`);
        }
        expected.push(...node.children.toReversed());
        depth.set(node.id, level);
        lines.push(`${'  '.repeat(level)}${node.ghost ? `(${node.id})` : node.id}`);
      }
      if (expected.length > 0) throw new Error(`children without node: ${expected.join(' ')}`);
      return lines.join('\n');
    })
    .join('\n\n');
}
