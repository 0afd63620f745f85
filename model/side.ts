// Who stands on which side of an axis. Positions only count when they are clear; nothing here is a score of consensus.
import type { Report, ReportStance } from './report.ts';

/** A stance below this confidence is shown as unclear, not as a position. */
const clearFrom = 0.5;

export function isClear({ confidence }: { readonly confidence?: number }): boolean {
  return (confidence ?? 1) >= clearFrom;
}

/**
 * Who stands nearer to which pole of an axis, each person once; unclear stances are left out. To oppose one pole puts a
 * person on the side of the other when nothing else does; the stance itself stays as it was said.
 */
export function sidesOf(
  report: Report,
  axisId: string,
): { readonly a: readonly ReportStance[]; readonly b: readonly ReportStance[] } {
  const own = report.stances.filter(
    (stance) => (stance.target === `${axisId}.a` || stance.target === `${axisId}.b`) && isClear(stance),
  );
  const placed = new Set(own.filter(({ value }) => value !== 'oppose').map(({ participant }) => participant));
  const sides: { a: ReportStance[]; b: ReportStance[] } = { a: [], b: [] };
  for (const stance of own) {
    const named = stance.target.endsWith('.a') ? 'a' : 'b';
    if (stance.value !== 'oppose') sides[named].push(stance);
    else if (!placed.has(stance.participant)) {
      placed.add(stance.participant);
      sides[named === 'a' ? 'b' : 'a'].push(stance);
    }
  }
  return sides;
}

/** What divides people most visibly, in one line: counts of people at two poles, and between them. */
export interface Lead {
  readonly a: string;
  readonly b: string;
  readonly atA: number;
  readonly between: number;
  readonly atB: number;
}

/** The first axis with people on it, else those for and against the head proposal; undefined when nobody is clear. */
export function leadOf(report: Report): Lead | undefined {
  for (const axis of report.axes) {
    const sides = sidesOf(report, axis.id);
    const apart = new Set(
      [...sides.a, ...sides.b]
        .filter(({ value }) => value === 'neutral')
        .map(({ participant }) => participant),
    );
    const people = (side: readonly ReportStance[]): number =>
      new Set(side.map(({ participant }) => participant).filter((id) => !apart.has(id))).size;
    const [atA, atB] = [people(sides.a), people(sides.b)];
    if (atA + atB > 0) return { a: axis.a.label, b: axis.b.label, atA, between: apart.size, atB };
  }
  const head = report.proposals.find((proposal) => proposal.head) ?? report.proposals[0];
  const clear = report.stances.filter((stance) => stance.target === head?.id && isClear(stance));
  const count = (value: ReportStance['value']): number =>
    clear.filter((stance) => stance.value === value).length;
  const [atA, atB] = [count('support'), count('oppose')];
  if (atA + atB === 0) return undefined;
  return { a: 'for', b: 'against', atA, between: clear.length - atA - atB, atB };
}
