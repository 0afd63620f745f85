// Where a unit stands: in its message, in the debate, among the people; how like its surroundings it is; plain word classes.
import { putCueColumns, type UnitCues } from './cue.ts';
import type { Speaker, Turn, Unit } from '../finding.ts';
import { MatrixBuilder, type NamedMatrix } from './column.ts';
import { centroid, cosine, rarity, stemsOf, vectorOf, type Vector } from './likeness.ts';

const NEGATION = /\b(?:not|no|never|none|nothing|nor|without|cannot|\w+n't|dont|doesnt|cant|wont)\b/i;
const FIRST_PERSON = /\b(?:i|i'm|i'd|i'll|i've|my|me|imo|imho)\b/i;
const WE = /\b(?:we|we'd|we'll|our|us|let's)\b/i;
const YOU = /\b(?:you|your|you're|you'd)\b/i;
const OBLIGATION = /\b(?:should|must|need to|needs to|have to|ought|shall|required?)\b/i;
const POSSIBILITY = /\b(?:could|can|may|might|maybe|perhaps|possibl[ey])\b/i;
const WISH = /\b(?:would|i'd|we'd|want|prefer|like to|rather|hope|wish)\b/i;
const FUTURE = /\b(?:will|i'll|we'll|going to|gonna|plan)\b/i;
const CONDITION = /\b(?:if|unless|provided|assuming|as long as|except|until|once)\b/i;
const CONTRAST = /\b(?:but|however|although|though|yet|instead|rather|still|otherwise)\b/i;
const CAUSE = /\b(?:because|since|as|so|thus|therefore|hence|due to|reason)\b/i;
const DEICTIC = /\b(?:this|that|these|those|it)\b/i;
const THANKS = /\b(?:thanks|thank you|thx|cheers|regards)\b/i;
const PAST = /\b(?:was|were|had|did|\w{3,}ed)\b/i;
const NUMBER = /\d/;
const CODE = /[_(){}<>=;`]/;

const FLAGS: readonly (readonly [string, RegExp])[] = [
  ['negation', NEGATION],
  ['i', FIRST_PERSON],
  ['we', WE],
  ['you', YOU],
  ['obligation', OBLIGATION],
  ['possibility', POSSIBILITY],
  ['wish', WISH],
  ['future', FUTURE],
  ['condition', CONDITION],
  ['contrast', CONTRAST],
  ['cause', CAUSE],
  ['deictic', DEICTIC],
  ['thanks', THANKS],
  ['past', PAST],
  ['number', NUMBER],
  ['code', CODE],
];

export interface Shapes {
  readonly matrix: NamedMatrix;
  /** Vector of each unit. */
  readonly vectors: readonly Vector[];
}

/** One dense row per unit. */
export function shapeRows(found: {
  readonly turns: readonly Turn[];
  readonly speakers: readonly Speaker[];
  readonly units: readonly Unit[];
  readonly root: number;
  readonly cues: readonly UnitCues[];
}): Shapes {
  const { turns, speakers, units, root } = found;
  const stems = units.map((unit) => stemsOf(unit.text));
  const rare = rarity(stems);
  const vectors = stems.map((own) => vectorOf(own, rare));
  const byTurn: Unit[][] = turns.map(() => []);
  for (const unit of units) byTurn[unit.turn]?.push(unit);
  const turnVectors = byTurn.map((own) => centroid(own.map((unit) => vectors[unit.index] ?? new Map())));
  const whole = centroid(turnVectors);
  const rootTurn = turns[root];
  const subject = vectorOf(stemsOf(rootTurn?.subject.base ?? ''), rare);
  const people = new Map(speakers.map((speaker) => [speaker.id, speaker]));
  const quotedBy = citations(units, turns);
  const start = rootTurn?.message.time ?? 0;
  const span = Math.max(1, (turns.at(-1)?.message.time ?? 0) - start);
  const patchDebate = turns.some((turn) => turn.subject.patch) ? 1 : 0;
  const out = new MatrixBuilder();
  for (const turn of turns) {
    const own = byTurn[turn.index] ?? [];
    const speaker = people.get(turn.author);
    const parent = turns[turn.parent];
    const lengths = own.map((unit) => unit.text.split(' ').length);
    const total = lengths.reduce((sum, n) => sum + n, 0);
    const nth = speaker ? speaker.turns.indexOf(turn.index) : 0;
    let before = 0;
    let sinceQuote = 0;
    let blockEnd = 0;
    own.forEach((unit, place) => {
      const length = lengths[place] ?? 0;
      if (unit.opens === 'answer' || place === 0) {
        sinceQuote = 0;
        blockEnd = place;
        while (blockEnd + 1 < own.length && own[blockEnd + 1]?.opens !== 'answer') blockEnd++;
      }
      const vector = vectors[unit.index] ?? new Map();
      const cited = quotedBy[unit.index];
      // the unit
      out.put('words', length);
      out.put('chars', unit.text.length);
      out.put('asks', unit.text.includes('?') ? 1 : 0);
      out.put('endsAsking', /\?["')\]]*$/.test(unit.text) ? 1 : 0);
      out.put('exclaims', unit.text.includes('!') ? 1 : 0);
      out.put('endsColon', unit.text.endsWith(':') ? 1 : 0);
      out.put('endsStop', /[.!?]["')\]]*$/.test(unit.text) ? 1 : 0);
      out.put('endsComma', unit.text.endsWith(',') ? 1 : 0);
      out.put('capital', /^\p{Lu}/u.test(unit.text) ? 1 : 0);
      for (const [name, pattern] of FLAGS) out.put(name, pattern.test(unit.text) ? 1 : 0);
      // in the message
      out.put('place', place);
      out.put('fromEnd', own.length - 1 - place);
      out.put('placeShare', own.length > 1 ? place / (own.length - 1) : 0);
      out.put('wordShare', before / Math.max(1, total));
      out.put('unitsInTurn', own.length);
      out.put('wordsInTurn', total);
      out.put('paragraph', unit.opens === 'paragraph' ? 1 : 0);
      out.put('item', unit.opens === 'item' ? 1 : 0);
      out.put('answer', unit.opens === 'answer' ? 1 : 0);
      out.put('sinceQuote', unit.quoted === '' ? -1 : sinceQuote);
      out.put('blockLeft', blockEnd - place);
      out.put('quotedWords', unit.quoted === '' ? 0 : unit.quoted.split(' ').length);
      out.put('quotedAsks', unit.quoted.trimEnd().endsWith('?') ? 1 : 0);
      out.put('answersKnown', unit.answers.length);
      out.put(
        'answersRootAuthor',
        unit.answersAuthor !== '' && unit.answersAuthor === rootTurn?.author ? 1 : 0,
      );
      out.put('answersSelf', unit.answersAuthor === turn.author ? 1 : 0);
      out.put('inPatch', unit.inPatch ? 1 : 0);
      // in the debate
      out.put('turn', turn.index);
      out.put('turnShare', turns.length > 1 ? turn.index / (turns.length - 1) : 0);
      out.put('turnsLeft', turns.length - 1 - turn.index);
      out.put('turns', turns.length);
      out.put('timeShare', (turn.message.time - start) / span);
      out.put('depth', turn.depth);
      out.put('children', turn.children.length);
      out.put('isRoot', turn.index === root ? 1 : 0);
      out.put('isReply', turn.subject.reply || turn.parent >= 0 ? 1 : 0);
      out.put('patchSubject', turn.subject.patch ? 1 : 0);
      out.put('patchPart', turn.subject.part);
      out.put('patchDebate', patchDebate);
      out.put('rfc', turn.subject.tags.includes('rfc') ? 1 : 0);
      out.put('answersRoot', turn.parent === root && turn.index !== root ? 1 : 0);
      // the people
      out.put('byRootAuthor', turn.author === rootTurn?.author ? 1 : 0);
      out.put('parentByRootAuthor', parent && parent.author === rootTurn?.author ? 1 : 0);
      out.put('parentBySelf', parent && parent.author === turn.author ? 1 : 0);
      out.put('people', speakers.length);
      out.put('turnsOfAuthor', speaker?.turns.length ?? 0);
      out.put('nthOfAuthor', nth);
      out.put('lastOfAuthor', speaker && nth === speaker.turns.length - 1 ? 1 : 0);
      out.put('maintainer', speaker?.role === 'maintainer' ? 1 : 0);
      out.put('bot', speaker?.role === 'bot' ? 1 : 0);
      // what came of it
      out.put('quotedByTurns', cited?.turns ?? 0);
      out.put('quotedByOthers', cited?.others ?? 0);
      out.put('quotedTightly', cited?.tight ?? 0);
      // likeness
      out.put('likeSubject', cosine(vector, subject));
      out.put('likeWhole', cosine(vector, whole));
      out.put('likeRoot', cosine(vector, turnVectors[root] ?? new Map()));
      out.put('likeTurn', cosine(vector, turnVectors[turn.index] ?? new Map()));
      out.put('likeParent', parent ? cosine(vector, turnVectors[parent.index] ?? new Map()) : 0);
      out.put('likeQuoted', unit.quoted === '' ? 0 : cosine(vector, vectorOf(stemsOf(unit.quoted), rare)));
      out.put('rareWords', vector.size);
      putCueColumns(out, found.cues[unit.index] ?? { own: [], quoted: [] });
      out.endRow();
      before += length;
      sinceQuote++;
    });
  }
  return { matrix: out.finish(), vectors };
}

interface Cited {
  /** Turns, and turns of other people, whose answers stand below this unit quoted. */
  turns: number;
  others: number;
  /** Smallest share of a quoted run: 1 when somebody answers exactly this unit. */
  tight: number;
}

function citations(units: readonly Unit[], turns: readonly Turn[]): Cited[] {
  const cited: Cited[] = units.map(() => ({ turns: 0, others: 0, tight: 0 }));
  const lastTurn = new Int32Array(units.length).fill(-1);
  for (const unit of units) {
    for (const target of unit.answers) {
      const row = cited[target];
      if (!row) continue;
      row.tight = Math.max(row.tight, 1 / unit.answers.length);
      if (lastTurn[target] === unit.turn) continue;
      lastTurn[target] = unit.turn;
      row.turns++;
      const by = turns[unit.turn]?.author;
      if (by !== turns[units[target]?.turn ?? -1]?.author) row.others++;
    }
  }
  return cited;
}
