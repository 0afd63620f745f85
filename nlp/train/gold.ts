// Labeled debates (gold 1.0): their shape, reading them, and where their quotes stand in a decoded body.
// A quote is verbatim text, or frozen as {start, end, sha1} so that a label file holds no mail text.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  DecisionKind,
  QuestionStatus,
  SegmentLabel,
  StanceValue,
  Strength,
} from '../../model/report.ts';
import type { Role } from '../../model/person.ts';

export interface FrozenQuote {
  readonly start: number;
  readonly end: number;
  /** Digest of the text with whitespace runs as one space. */
  readonly sha1: string;
}

export type GoldQuote = string | FrozenQuote;

export interface GoldSegment {
  readonly sid: string;
  readonly msg: string;
  readonly quote: GoldQuote;
  readonly occ?: number;
  readonly label: SegmentLabel;
  readonly target?: string;
  readonly decision?: string;
  readonly kind?: string;
  readonly status?: QuestionStatus;
  readonly strength?: Strength;
  readonly trailer?: boolean;
  readonly hypothetical?: boolean;
  readonly repliesTo?: GoldQuote;
  readonly answeredBy?: readonly { readonly msg: string; readonly quote?: GoldQuote }[];
}

export interface GoldProposal {
  readonly id: string;
  readonly title: string;
  readonly keywords?: readonly string[];
  readonly by: string;
  readonly msg?: string;
  readonly sid?: string;
  readonly head?: boolean;
  readonly alternativeTo?: readonly string[];
  readonly amends?: string;
  readonly outcome: string;
}

export interface GoldPole {
  readonly label: string;
  readonly keywords?: readonly string[];
  readonly proposals?: readonly string[];
}

export interface GoldStance {
  readonly participant: string;
  readonly target: string;
  readonly value: StanceValue;
  readonly yielded?: boolean;
  readonly evidence: readonly string[];
  readonly via?: readonly { readonly msg: string; readonly quote: GoldQuote }[];
}

export interface GoldFile {
  /** Made up for training: its words teach, its shares of values do not. */
  readonly made?: boolean;
  readonly threadId: string;
  readonly list: string;
  readonly rootMessageId: string;
  readonly source: { readonly path: string; readonly sha256: string };
  readonly participants: readonly {
    readonly id: string;
    readonly name: string;
    readonly addresses?: readonly string[];
    readonly role: Role;
    readonly quotedOnly?: boolean;
  }[];
  readonly messages: readonly { readonly id: string; readonly n: number; readonly by: string }[];
  readonly proposals: readonly GoldProposal[];
  readonly axes: readonly {
    readonly id: string;
    readonly question: string;
    readonly a: GoldPole;
    readonly b: GoldPole;
  }[];
  readonly segments: readonly GoldSegment[];
  readonly stances: readonly GoldStance[];
  readonly decisions: readonly {
    readonly id: string;
    readonly kind: DecisionKind;
    readonly target?: string;
    readonly by?: string;
    readonly evidence: readonly string[];
  }[];
  readonly thread: { readonly status: string; readonly evidence: readonly string[] };
  readonly keySentences: readonly {
    readonly rank: number;
    readonly msg: string;
    readonly quote: GoldQuote;
  }[];
}

/** Gold files of a folder by name; [] when the folder is absent. */
export function readGold(folder: string): GoldFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name): GoldFile => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

export function quoteDigest(text: string): string {
  return createHash('sha1').update(text.trim().split(/\s+/).join(' '), 'utf8').digest('hex');
}

const wordPair = /^[\p{L}\p{N}_]{2}$/u;

function cutsWord(body: string, start: number, end: number): boolean {
  return (
    (start > 0 && wordPair.test(body.slice(start - 1, start + 1))) ||
    wordPair.test(body.slice(end - 1, end + 1))
  );
}

/**
 * Every place of `quote` in `body`, whitespace runs equal, as [start, end).
 * Places that cut a word count only when there is no other. `mark`: characters that may stand in the gaps besides white space.
 */
export function occurrences(body: string, quote: string, mark = ''): [number, number][] {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (first === undefined) return [];
  const isGap = (char: string): boolean => /\s/.test(char) || (mark !== '' && mark.includes(char));
  const found: [number, number][] = [];
  for (let start = body.indexOf(first); start >= 0; start = body.indexOf(first, start + 1)) {
    let at = start + first.length;
    let matched = true;
    for (let i = 1; i < words.length && matched; i++) {
      const gapStart = at;
      while (at < body.length && isGap(body.charAt(at))) at++;
      const word = words[i] ?? '';
      matched = at > gapStart && body.startsWith(word, at);
      at += word.length;
    }
    if (matched) found.push([start, at]);
  }
  const whole = found.filter(([start, end]) => !cutsWord(body, start, end));
  return whole.length > 0 ? whole : found;
}
