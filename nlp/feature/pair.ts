// A person and a proposal: one row of what that person's words say about it, seen through several windows.
import type { Act, Speaker, Turn, Unit, UnitScores } from '../finding.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { contentStems, stem, tokens } from '../words.ts';
import { MatrixBuilder } from './column.ts';
import { sideOf, type UnitCues } from './cue.ts';
import { ReplyTree } from './reply-tree.ts';

/** What the pair features need to know of a proposal. */
export interface PairTarget {
  readonly by: string;
  readonly head: boolean;
  readonly turn: number;
  /** Units that introduce or restate it; the first introduces it. */
  readonly units: readonly number[];
  /** Stems of title and keywords. */
  readonly stems: ReadonlySet<string>;
}

export interface PairScene {
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
  readonly units: readonly Unit[];
  readonly cues: readonly UnitCues[];
  readonly scores: UnitScores;
  readonly trailerActs: readonly Act[];
  readonly root: number;
}

const LOOKED_AT: readonly Score[] = [
  'SUPPORT',
  'OPPOSE',
  'CONDITIONAL',
  'NEUTRAL',
  'CONCEDE',
  'STANCE',
  'PROPOSAL',
  'RATIONALE',
  'QUESTION',
  'INTRO',
  'DECISION',
];
const AT: ReadonlyMap<Score, number> = new Map(SCORES.map((score, index) => [score, index]));
const LEAST = -6;

/** Facts about a debate that all its pairs share. */
export class PairTable {
  readonly #scene: PairScene;
  readonly #unitsOf = new Map<string, Unit[]>();
  readonly #stems: readonly ReadonlySet<string>[];
  readonly #tree: ReplyTree;

  constructor(scene: PairScene) {
    this.#scene = scene;
    for (const unit of scene.units) {
      const author = scene.turns[unit.turn]?.author ?? '';
      const known = this.#unitsOf.get(author);
      if (known) known.push(unit);
      else this.#unitsOf.set(author, [unit]);
    }
    this.#stems = scene.units.map((unit) => new Set(tokens(unit.text).map(stem)));
    this.#tree = new ReplyTree(scene.turns.map((turn) => turn.parent));
  }

  /** Puts one row for a speaker and a proposal. */
  put(out: MatrixBuilder, speaker: Speaker, target: PairTarget): void {
    const { turns, trailerActs, root } = this.#scene;
    const own = this.#unitsOf.get(speaker.id) ?? [];
    const targets = new Set(target.units);
    const answering = own.filter((unit) => unit.answers.some((answered) => targets.has(answered)));
    const replying = own.filter((unit) => turns[unit.turn]?.parent === target.turn);
    const below = own.filter((unit) => this.#tree.isBelow(unit.turn, target.turn));
    const naming = own.filter((unit) => this.#shared(unit.index, target.stems) >= 2);
    const lastTurn = speaker.turns.at(-1) ?? -1;
    const last = own.filter((unit) => unit.turn === lastTurn);
    const firstTurn = speaker.turns.find((turn) => turn > target.turn) ?? -1;
    const first = own.filter((unit) => unit.turn === firstTurn);
    out.put('author', speaker.id === target.by ? 1 : 0);
    out.put('rootAuthor', speaker.id === turns[root]?.author ? 1 : 0);
    out.put('head', target.head ? 1 : 0);
    out.put('maintainer', speaker.role === 'maintainer' ? 1 : 0);
    out.put('developer', speaker.role === 'developer' ? 1 : 0);
    out.put('reviewer', speaker.role === 'reviewer' ? 1 : 0);
    out.put('bot', speaker.role === 'bot' ? 1 : 0);
    out.put('turns', turns.length);
    out.put('people', this.#scene.speakers.length);
    out.put('ownTurns', speaker.turns.length);
    out.put('ownUnits', own.length);
    out.put('firstShare', (speaker.turns[0] ?? 0) / Math.max(1, turns.length - 1));
    out.put('lastShare', lastTurn / Math.max(1, turns.length - 1));
    out.put('turnsAfter', speaker.turns.filter((turn) => turn > target.turn).length);
    out.put('patch', turns[target.turn]?.subject.patch ? 1 : 0);
    out.put(
      'ownPatch',
      speaker.turns.some((turn) => turns[turn]?.subject.patch && !turns[turn].subject.reply) ? 1 : 0,
    );
    const trailers = trailerActs.filter((act) => turns[act.turn]?.author === speaker.id);
    out.put('acks', trailers.filter((act) => act.label === 'SUPPORT').length);
    out.put('nacks', trailers.filter((act) => act.label === 'OPPOSE').length);
    out.put('answered', this.#answeredBy(target.by, own));
    this.#window(out, 'all', own, target);
    this.#window(out, 'answering', answering, target);
    this.#window(out, 'replying', replying, target);
    this.#window(out, 'below', below, target);
    this.#window(out, 'naming', naming, target);
    this.#window(out, 'first', first, target);
    this.#window(out, 'last', last, target);
    out.endRow();
  }

  /** Aggregates of some units of one person. */
  #window(out: MatrixBuilder, name: string, units: readonly Unit[], target: PairTarget): void {
    const { scores, cues } = this.#scene;
    out.put(`${name}.units`, units.length);
    for (const label of LOOKED_AT) {
      const at = AT.get(label) ?? 0;
      let most = LEAST;
      let sum = 0;
      for (const unit of units) {
        const value = scores.values[unit.index * scores.width + at]!;
        if (value > most) most = value;
        sum += 1 / (1 + Math.exp(-value));
      }
      out.put(`${name}.most.${label}`, most);
      out.put(`${name}.sum.${label}`, sum);
    }
    // polarity: of the strongest and of the last unit that takes a side, and over all
    const support = AT.get('SUPPORT') ?? 0;
    const oppose = AT.get('OPPOSE') ?? 0;
    const stance = AT.get('STANCE') ?? 0;
    let strongest = LEAST;
    let polarity = 0;
    let lean = 0;
    let lastLean = 0;
    let side = 0;
    let sharp = 0;
    for (const unit of units) {
      const row = unit.index * scores.width;
      const s = scores.values[row + support]!;
      const o = scores.values[row + oppose]!;
      const t = scores.values[row + stance]!;
      const weight = 1 / (1 + Math.exp(-t));
      if (t > strongest) {
        strongest = t;
        polarity = s - o;
      }
      lean += weight * (s - o);
      lastLean = 0.6 * lastLean + weight * (s - o);
      const own = sideOf(cues[unit.index]?.own ?? []);
      side += own;
      sharp = Math.max(sharp, this.#shared(unit.index, target.stems) * weight);
    }
    out.put(`${name}.polarity`, polarity);
    out.put(`${name}.lean`, lean);
    out.put(`${name}.lastLean`, lastLean);
    out.put(`${name}.side`, side);
    out.put(`${name}.sharp`, sharp);
  }

  #shared(unit: number, stems: ReadonlySet<string>): number {
    let shared = 0;
    const own = this.#stems[unit];
    if (own) for (const word of stems) if (own.has(word)) shared++;
    return shared;
  }

  /** How often the proposal's author answers this person. */
  #answeredBy(author: string, own: readonly Unit[]): number {
    const { turns } = this.#scene;
    const mine = new Set(own.map((unit) => unit.turn));
    return turns.filter((turn) => turn.author === author && mine.has(turn.parent)).length;
  }
}

/** Stems of a proposal's title and keywords. */
export function targetStems(title: string, keywords: readonly string[]): Set<string> {
  return contentStems([title, ...keywords].join(' '));
}
