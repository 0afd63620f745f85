// Fixed forms by which lists vote and decide (`+1 (binding)`, `RESOLVED:`, `@rfcbot concern`, `NAK.`), line by line.
// The forms are data (data/dialect/habit.json); this file only applies them. Own text only: the caller leaves quotes out.
import type { ConcedeKind, DecisionKind, QuestionKind, SegmentLabel, Strength } from '../../model/report.ts';

export interface HabitRule {
  readonly id: string;
  /** The community the form comes from, for the reader; no rule depends on a list's name. */
  readonly habit: string;
  /** NONE: looks like a vote and is none (an empty ballot box, the legend of a scale). */
  readonly label: SegmentLabel | 'NONE';
  readonly kind?: ConcedeKind | DecisionKind | QuestionKind;
  readonly strength?: Strength;
  readonly pattern: RegExp;
  readonly unless?: RegExp;
  readonly why: string;
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

export interface HabitHit {
  readonly rule: HabitRule;
  /** The line without surrounding white space, as UTF-16 offsets into the text given. */
  readonly start: number;
  readonly end: number;
}

/** Longer lines are prose or data, not a ballot; this also bounds the work of the patterns. */
const LONGEST_LINE = 400;

/** The first rule that a line satisfies. */
export function habitOf(line: string, rules: readonly HabitRule[]): HabitRule | undefined {
  if (line.length > LONGEST_LINE) return undefined;
  return rules.find((rule) => rule.pattern.test(line) && !rule.unless?.test(line));
}

/** Fixed forms in a run of own text, one per line at most, in order. Lines that look like votes and are none give no hit. */
export function findHabits(text: string, rules: readonly HabitRule[]): HabitHit[] {
  const hits: HabitHit[] = [];
  let at = 0;
  while (at < text.length) {
    const lineEnd = text.indexOf('\n', at);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(at, end);
    const rule = line.trim() === '' ? undefined : habitOf(line, rules);
    if (rule && rule.label !== 'NONE') {
      hits.push({ rule, start: at + line.length - line.trimStart().length, end: at + line.trimEnd().length });
    }
    at = end + 1;
  }
  return hits;
}

/** What a trailer key says of its speaker. */
export interface TrailerRule {
  readonly id: string;
  /** Lower case, without the colon. */
  readonly keys: readonly string[];
  readonly label: SegmentLabel | 'NONE';
  readonly strength?: Strength;
}

export type SubjectKind =
  | 'proposal'
  | 'vote'
  | 'result'
  | 'patch'
  | 'pull-request'
  | 'discussion'
  | 'announcement'
  | 'last-call'
  | 'request'
  | 'agenda';

export interface SubjectRule {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly pattern: RegExp;
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
}

/** What a subject announces, in the order of the rules; empty for plain subjects. `subject` comes without "Re:". */
export function subjectKinds(subject: string, rules: readonly SubjectRule[]): SubjectKind[] {
  if (subject.length > LONGEST_LINE) return [];
  return rules.filter((rule) => rule.pattern.test(subject)).map((rule) => rule.kind);
}
