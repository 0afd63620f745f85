// Finds the cues of one sentence: runs the automaton, drops guarded and swallowed matches, and reads each hit's scope.
// Pure and deterministic; linear in the text.
import type { Automaton, PatternMatch } from './automaton.ts';
import { openAutomaton, standsFor } from './automaton.ts';
import type { CompiledLexicon } from './compile.ts';
import type { CueEntry, CueHit, CueLabel } from './cue.ts';
import type { ClassTest, ScopeClass } from './scope.ts';
import { countNegators, cutClauses, isMarked, isReported, personOf, scopeClasses } from './scope.ts';
import type { Speller, Token } from './tokens.ts';
import { openSpelling, tokenize } from './tokens.ts';

/** A lexicon ready to match. Make one with `openLexicon` and keep it: opening costs some milliseconds. */
export interface Lexicon {
  readonly entries: readonly CueEntry[];
  /** Hex digest of the sources; printed in reports. */
  readonly hash: string;
  readonly automaton: Automaton;
  /** pattern number -> entry number, and whether the pattern is a guard (`unless`). */
  readonly owners: readonly number[];
  readonly guards: readonly boolean[];
  readonly spell: Speller;
  readonly classIds: Readonly<Record<ScopeClass, number>>;
}

export function openLexicon(compiled: CompiledLexicon): Lexicon {
  const automaton = openAutomaton(compiled.automaton);
  const ids = scopeClasses.map((name) => [name, automaton.classId(name)] as const);
  return {
    entries: compiled.entries,
    hash: compiled.hash,
    automaton,
    owners: compiled.owners,
    guards: compiled.guards.map((flag) => flag === 1),
    spell: openSpelling({
      expansions: new Map(Object.entries(compiled.expansions)),
      folds: new Map(Object.entries(compiled.folds)),
    }),
    classIds: Object.fromEntries(ids) as Readonly<Record<ScopeClass, number>>,
  };
}

/** What an outside negation turns a label into; '' drops the hit. Labels not listed stay as they are. */
const negate: Readonly<Partial<Record<CueLabel, CueLabel | ''>>> = {
  support: 'oppose',
  oppose: 'support',
  agree: 'disagree',
  disagree: 'agree',
  proposal: 'oppose',
  rhetorical: '',
  neutral: '',
  'concede-yield': '',
  'concede-persuaded': '',
  'concede-withdraw': '',
  'decision-applied': '',
  'decision-merged': '',
  'decision-accepted': '',
  'decision-nacked': '',
  'decision-rejected': '',
  'decision-consensus': '',
  'decision-withdrawn': '',
  'decision-superseded': '',
  'decision-deferred': '',
  'decision-partial': '',
  action: '',
  promise: '',
  role: '',
  thanks: '',
};

/** A longer hit swallows those inside it only within its contest: what side is taken, what is done, what is asked. */
const contests: Readonly<Partial<Record<CueLabel, number>>> = {
  support: 0,
  oppose: 0,
  agree: 0,
  disagree: 0,
  conditional: 0,
  neutral: 0,
  'concede-yield': 0,
  'concede-persuaded': 0,
  'concede-withdraw': 0,
  rhetorical: 0,
  sarcasm: 0,
  proposal: 1,
  promise: 1,
  'decision-applied': 1,
  'decision-merged': 1,
  'decision-accepted': 1,
  'decision-nacked': 1,
  'decision-rejected': 1,
  'decision-consensus': 1,
  'decision-withdrawn': 1,
  'decision-superseded': 1,
  'decision-deferred': 1,
  'decision-partial': 1,
  question: 2,
  'question-information': 2,
  'question-confirmation': 2,
  'question-decision-request': 2,
  'rationale-for': 3,
  'rationale-against': 3,
};

/** Openers and closers that may stand between an anchored pattern and the sentence's edge. */
const mostFillers = 4;

/** The tokens of a text with what the automaton found in them, guarded matches dropped. */
function find(text: string, lexicon: Lexicon): Found {
  const { list, asks } = tokenize(text, lexicon.spell);
  const symbols = list.map((token) => lexicon.automaton.symbolsOf(token.word));
  const is: ClassTest = (index, name) => {
    const word = symbols[index];
    return word !== undefined && standsFor(word, lexicon.classIds[name]);
  };
  let opening = 0;
  while (opening < mostFillers && opening + 1 < list.length && is(opening, 'opener')) opening += 1;
  let closing = list.length - 1;
  while (list.length - 1 - closing < mostFillers && closing > 0 && is(closing, 'closer')) closing -= 1;
  const matches = lexicon.automaton.run(list, symbols, opening, closing, asks, lexicon.classIds.negator);
  return { list, asks, is, matches: matches.length === 0 ? [] : dropGuarded(matches, lexicon) };
}

interface Found {
  readonly list: readonly Token[];
  readonly asks: boolean;
  readonly is: ClassTest;
  readonly matches: PatternMatch[];
}

/** Ids of all entries whose words occur, before longer hits swallow shorter ones and before scope. For tests and tools. */
export function listMatches(text: string, lexicon: Lexicon): string[] {
  const owners = find(text, lexicon).matches.map((match) => lexicon.owners[match.pattern] ?? -1);
  return [...new Set(owners)].toSorted((a, b) => a - b).map((owner) => lexicon.entries[owner]?.id ?? '');
}

/**
 * Cues in `text`, one sentence or clause of own text, in order of position. Line breaks count as spaces.
 * Offsets are UTF-16 code units into `text`. Of two overlapping hits of which one lies inside the other, the longer stays.
 */
export function matchCues(text: string, lexicon: Lexicon): CueHit[] {
  const { list, asks, is, matches } = find(text, lexicon);
  const chosen = choose(matches, lexicon);
  if (chosen.length === 0) return [];
  const clauses = cutClauses(list, is);
  const lastContrast = clauses.contrast.lastIndexOf(true);
  const conditions = clauses.conditional.filter(Boolean).length;
  const hits: CueHit[] = [];
  for (const { entry, first, last } of chosen) {
    const start = list[first]?.start ?? 0;
    const end = list[last]?.end ?? start;
    const negated = countNegators(list, clauses, first, is) % 2 === 1;
    const effective = negated ? (entry.negated ?? negate[entry.label] ?? entry.label) : entry.label;
    if (effective === '') continue;
    const hedged = isMarked(list, clauses, first, last, 'hedge', is);
    const intense = isMarked(list, clauses, first, last, 'intensifier', is);
    const clause = clauses.of[first] ?? 0;
    const inside = clauses.conditional[clause] ?? false;
    const turned = negated && effective !== entry.label;
    const strength = entry.strength - (hedged ? 1 : 0) + (intense ? 1 : 0) - (turned ? 1 : 0);
    hits.push({
      id: entry.id,
      label: entry.label,
      effective,
      polarity: turned ? -entry.polarity : entry.polarity,
      strength: Math.max(0, Math.min(3, strength)),
      start,
      end,
      negated,
      hedged,
      conditionalScope: inside,
      conditioned: conditions > (inside ? 1 : 0),
      questionScope: asks,
      reported: isReported(list, clauses, first, is),
      person: personOf(clauses, list, first, last, is),
      clause,
      beforeContrast: lastContrast > clause,
    });
  }
  return hits;
}

interface Chosen {
  readonly entry: CueEntry;
  readonly first: number;
  readonly last: number;
}

/** Matches of words, without those that an `unless` of the same entry overlaps. */
function dropGuarded(matches: readonly PatternMatch[], lexicon: Lexicon): PatternMatch[] {
  const guards = new Map<number, PatternMatch[]>();
  for (const match of matches) {
    if (!lexicon.guards[match.pattern]) continue;
    const owner = lexicon.owners[match.pattern] ?? -1;
    const list = guards.get(owner);
    if (list) list.push(match);
    else guards.set(owner, [match]);
  }
  return matches.filter((match) => {
    if (lexicon.guards[match.pattern]) return false;
    const barred = guards.get(lexicon.owners[match.pattern] ?? -1);
    return !barred?.some((guard) => guard.first <= match.last && match.first <= guard.last);
  });
}

/** Drops matches inside longer ones of their contest, and repeats of one entry over the same words. */
function choose(free: PatternMatch[], lexicon: Lexicon): Chosen[] {
  // By start, the longer first: a match is swallowed when an earlier one in this order reaches as far.
  free.sort((a, b) => a.first - b.first || b.last - a.last || a.pattern - b.pattern);
  const chosen: Chosen[] = [];
  const reach = [-1, -1, -1, -1];
  const reachFirst = [-1, -1, -1, -1];
  const seen = new Map<number, number>();
  for (const match of free) {
    const owner = lexicon.owners[match.pattern] ?? -1;
    const entry = lexicon.entries[owner];
    if (!entry || match.first <= (seen.get(owner) ?? -1)) continue;
    const contest = contests[entry.label];
    if (contest !== undefined) {
      const far = reach[contest] ?? -1;
      if (match.last < far || (match.last === far && match.first !== reachFirst[contest])) continue;
      if (match.last > far) {
        reach[contest] = match.last;
        reachFirst[contest] = match.first;
      }
    }
    seen.set(owner, match.last);
    chosen.push({ entry, first: match.first, last: match.last });
  }
  return chosen;
}
