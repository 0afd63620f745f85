// Labeled debates laid out for training: gold spans found in the decoded bodies and laid over the units.
import type { Ledger } from '../../model/ledger.ts';
import type { SegmentLabel } from '../../model/report.ts';
import type { Debate } from '../../model/thread.ts';
import type { AnalysisContext } from '../context.ts';
import type { Findings, Unit } from '../finding.ts';
import { cuesOf } from '../feature/cue.ts';
import type { Lexicon } from '../lexicon/match.ts';
import { findTrailerActs } from '../stage/trailer.ts';
import { layOut, openingTurn } from '../turn.ts';
import { cutUnits, flat } from '../unit.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { occurrences, type GoldFile, type GoldQuote, type GoldSegment } from './gold.ts';

/** What a composition root hands to training. */
export interface LabeledMail {
  readonly debate: Debate;
  readonly ledger: Ledger;
  readonly context: AnalysisContext;
  readonly gold: GoldFile;
}

/** A gold segment with its place. */
export interface PlacedSegment {
  readonly segment: GoldSegment;
  readonly turn: number;
  readonly start: number;
  readonly end: number;
  /** Number of `\S+` tokens. */
  readonly tokens: number;
  /** Units it overlaps, with the number of shared tokens. */
  readonly overlaps: readonly { readonly unit: number; readonly tokens: number }[];
}

export interface LabeledDebate {
  readonly id: string;
  readonly list: string;
  readonly mail: LabeledMail;
  readonly gold: GoldFile;
  readonly found: Pick<Findings, 'turns' | 'speakers' | 'root' | 'units' | 'cues' | 'trailerActs'>;
  readonly segments: readonly PlacedSegment[];
  /** Tokens of each unit. */
  readonly tokens: Int32Array;
  /** Per score: tokens of each unit that carry the label in the gold. */
  readonly covered: Readonly<Record<Score, Int32Array>>;
  /** Speaker id -> gold participant id. */
  readonly people: ReadonlyMap<string, string>;
}

/** A unit carries a label when this share of its tokens does. */
export const LABEL_SHARE = 0.4;
/** An introducing segment and a unit are the same when they overlap by this much. */
const INTRO_OVERLAP = 0.3;
const SHORTEST_KEY = 4;
const STANCES: readonly SegmentLabel[] = ['SUPPORT', 'OPPOSE', 'CONDITIONAL'];

export function countTokens(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Lays the gold over a debate. Segments whose quote is not in the body are left out. */
export function placeLabels(mail: LabeledMail, lexicon: Lexicon): LabeledDebate {
  const { gold } = mail;
  const { turns, speakers } = layOut(mail.debate, mail.ledger, mail.context);
  const root = openingTurn(turns, mail.debate);
  const units = cutUnits(turns);
  const cues = units.map((unit) => cuesOf(unit, lexicon));
  const found = { turns, speakers, root, units, cues, trailerActs: findTrailerActs(turns, speakers) };
  const place = new Map(turns.map((turn) => [turn.message.id, turn.index]));
  const tokens = Int32Array.from(units, (unit) => countTokens(unit.text));
  const byTurn: Unit[][] = turns.map(() => []);
  for (const unit of units) byTurn[unit.turn]?.push(unit);

  const find = (
    id: string,
    quote: GoldQuote,
    occ = 1,
  ): { turn: number; start: number; end: number } | null => {
    const turn = turns[place.get(id) ?? -1];
    if (!turn) return null;
    if (typeof quote !== 'string') return { turn: turn.index, start: quote.start, end: quote.end };
    const all = occurrences(turn.message.body, quote);
    const own = all.filter(([start, end]) =>
      turn.entry.segments.some(
        (segment) =>
          (segment.kind === 'own' || segment.kind === 'trailer') &&
          segment.start < end &&
          segment.end > start,
      ),
    );
    const at = (own.length > 0 ? own : all)[occ - 1] ?? all[0];
    return at ? { turn: turn.index, start: at[0], end: at[1] } : null;
  };

  const segments: PlacedSegment[] = [];
  for (const segment of gold.segments) {
    const at = find(segment.msg, segment.quote, segment.occ);
    if (!at) continue;
    const body = turns[at.turn]?.message.body ?? '';
    const overlaps = (byTurn[at.turn] ?? []).flatMap((unit) => {
      const shared = countTokens(body.slice(Math.max(at.start, unit.start), Math.min(at.end, unit.end)));
      return unit.start < at.end && unit.end > at.start && shared > 0
        ? [{ unit: unit.index, tokens: shared }]
        : [];
    });
    segments.push({ segment, ...at, tokens: countTokens(body.slice(at.start, at.end)), overlaps });
  }

  const covered = Object.fromEntries(SCORES.map((score) => [score, new Int32Array(units.length)])) as Record<
    Score,
    Int32Array
  >;
  const raise = (score: Score, unit: number, shared: number): void => {
    covered[score][unit] = Math.max(covered[score][unit] ?? 0, Math.min(tokens[unit] ?? 0, shared));
  };
  for (const { segment, overlaps } of segments) {
    for (const { unit, tokens: shared } of overlaps) {
      const { label } = segment;
      covered[label][unit] = Math.min(tokens[unit] ?? 0, (covered[label][unit] ?? 0) + shared);
    }
  }
  for (const { segment, overlaps } of segments) {
    for (const { unit } of overlaps) {
      raise('ANY', unit, covered[segment.label][unit] ?? 0);
      if (STANCES.includes(segment.label)) raise('STANCE', unit, covered[segment.label][unit] ?? 0);
    }
  }
  for (const proposal of gold.proposals) {
    const intro = segments.find(({ segment }) =>
      proposal.sid
        ? segment.sid === proposal.sid
        : segment.label === 'PROPOSAL' && segment.target === proposal.id,
    );
    for (const { unit, tokens: shared } of intro?.overlaps ?? []) {
      const union = (tokens[unit] ?? 0) + (intro?.tokens ?? 0) - shared;
      if (shared / union >= INTRO_OVERLAP) raise('INTRO', unit, tokens[unit] ?? 0);
    }
  }
  for (const key of gold.keySentences) {
    const at = find(key.msg, key.quote);
    if (!at) continue;
    const text = flat(turns[at.turn]?.message.body.slice(at.start, at.end) ?? '');
    for (const unit of byTurn[at.turn] ?? []) {
      const same =
        unit.text.includes(text) || (text.includes(unit.text) && (tokens[unit.index] ?? 0) >= SHORTEST_KEY);
      if (same && unit.start < at.end && unit.end > at.start)
        raise('KEY', unit.index, tokens[unit.index] ?? 0);
    }
  }
  return {
    id: gold.threadId,
    list: gold.list,
    mail,
    gold,
    found,
    segments,
    tokens,
    covered,
    people: matchPeople(gold, found),
  };
}

/** 1 where a unit carries the label. */
export function labelsOf(debate: LabeledDebate, score: Score): Uint8Array {
  const { covered, tokens } = debate;
  return Uint8Array.from(tokens, (total, unit) =>
    total > 0 && (covered[score][unit] ?? 0) / total >= LABEL_SHARE ? 1 : 0,
  );
}

/** Speakers to gold participants, by the messages both say they wrote, else by address. */
function matchPeople(gold: GoldFile, found: LabeledDebate['found']): Map<string, string> {
  const by = new Map(gold.messages.map((message) => [message.id, message.by]));
  const people = new Map<string, string>();
  for (const turn of found.turns) {
    const known = by.get(turn.message.id);
    if (known !== undefined && !people.has(turn.author)) people.set(turn.author, known);
  }
  return people;
}
