// What is argued: reasons for and against with restatements folded, concerns and what became of them, things to do,
// people's own summaries, the axis people differ on, and the camps along it.
import { sideOf } from '../feature/cue.ts';
import type {
  ActionItem,
  Axis,
  Camp,
  Concern,
  Findings,
  OwnSummary,
  Position,
  Proposal,
  Quotation,
  Rationale,
  Turn,
  Unit,
} from '../finding.ts';
import { titleOfSentence } from '../title.ts';
import { SCORES, type Score } from '../weights/model.ts';
import { contentStems, contentWords, dice } from '../words.ts';
import { defineStage } from './stage.ts';

type Input = Pick<
  Findings,
  'turns' | 'speakers' | 'units' | 'cues' | 'scores' | 'acts' | 'proposals' | 'positions' | 'status'
>;

export const argumentStage = defineStage({
  name: 'argument',
  requires: ['turns', 'speakers', 'units', 'cues', 'scores', 'acts', 'proposals', 'positions', 'status'],
  assigns: ['axes', 'camps', 'concerns', 'rationale', 'actionItems', 'ownSummaries'],
  run(found) {
    const axes = [...findAxes(found), ...namedAxes(found)].map((axis, index) => ({
      ...axis,
      id: `A${index + 1}`,
    }));
    const rationale = findRationale(found);
    return {
      axes,
      rationale,
      concerns: findConcerns(found),
      camps: findCamps(found, axes, rationale),
      actionItems: findActionItems(found),
      ownSummaries: findOwnSummaries(found),
    };
  },
});

const MOST_REASONS = 12;
/** Later reasons are compared with the first so many only, so that a huge debate stays linear. */
const MOST_COMPARED = 200;
/** Two sentences that share this much of their words say the same. */
const SAID_AGAIN = 0.45;
const MOST_CONCERNS = 10;
const MOST_ITEMS = 8;
/** Log-odds from which a sentence counts as a concern, or as a word against one. */
const CONCERN = -0.8;
const AGAINST = -0.5;
/** Confidence from which a position puts somebody on a side; that for opposition is lower, for it is said less plainly. */
const SURE: Readonly<Record<Position['value'], number>> = {
  support: 0.5,
  oppose: 0.28,
  conditional: 1,
  neutral: 1,
};
const POLE_WORDS = 8;
const POLE_KEYWORDS = 8;
const POLE_CONTENT = 4;
const EVIDENCE_PER_SIDE = 3;
const SHORTEST = 5;

function scoreOf({ scores }: Pick<Input, 'scores'>, unit: Unit, name: Score): number {
  return scores.values[unit.index * scores.width + SCORES.indexOf(name)] ?? 0;
}

function authorOf(turns: readonly Turn[], at: { readonly turn: number }): string {
  return turns[at.turn]?.author ?? '';
}

function quotationOf(at: Pick<Unit, 'turn' | 'start' | 'end'>, reason: string): Quotation {
  return { turn: at.turn, start: at.start, end: at.end, reason };
}

/** Positions on the head, by person. */
function headPositions({ proposals, positions }: Input): Map<string, Position> {
  const head = proposals.find((proposal) => proposal.head)?.id;
  return new Map(
    positions.filter((position) => position.target === head).map((position) => [position.person, position]),
  );
}

/** The proposal a sentence shares most words with (at least three), else the head. */
function targetOf(unit: Unit, named: readonly Named[]): string {
  const stems = contentStems(unit.text);
  let best = named[0]?.id ?? '';
  let most = 2;
  for (const { id, words } of named) {
    let count = 0;
    for (const word of words) if (stems.has(word)) count++;
    if (count > most) {
      most = count;
      best = id;
    }
  }
  return best;
}

interface Named {
  readonly id: string;
  readonly words: ReadonlySet<string>;
}

/** Proposals with the stems of their names, the head first. */
function namesOf(proposals: readonly Proposal[]): Named[] {
  return proposals.map(({ id, title, keywords }) => ({
    id,
    words: contentStems([title, ...keywords].join(' ')),
  }));
}

function findRationale(found: Input): Rationale[] {
  const { turns, units, acts, cues, proposals } = found;
  const held = headPositions(found);
  const named = namesOf(proposals);
  const reasons: { entry: Rationale; stems: Set<string>; weight: number }[] = [];
  for (const act of acts) {
    const unit = units[act.unit];
    if (act.label !== 'RATIONALE' || !unit) continue;
    const by = authorOf(turns, unit);
    const lean = scoreOf(found, unit, 'SUPPORT') - scoreOf(found, unit, 'OPPOSE');
    const side = sideOf(cues[unit.index]?.own ?? []);
    const value = held.get(by)?.value;
    const for_ = Math.abs(lean) > 1.5 ? lean > 0 : value ? value === 'support' : side >= 0 && lean >= 0;
    const kind = for_ ? 'for' : 'against';
    const stems = contentStems(unit.text);
    const again = reasons
      .slice(0, MOST_COMPARED)
      .find((other) => other.entry.kind === kind && dice(other.stems, stems) >= SAID_AGAIN);
    const quotation = quotationOf(unit, act.reason);
    if (again) {
      again.entry = {
        ...again.entry,
        restatements: [...again.entry.restatements, { by, quotation }],
      };
      again.weight += 0.5;
    } else {
      const entry = { target: targetOf(unit, named), kind, by, quotation, restatements: [] } as const;
      reasons.push({ entry, stems, weight: act.confidence });
    }
  }
  const kept = new Set(reasons.toSorted((a, b) => b.weight - a.weight).slice(0, MOST_REASONS));
  return reasons.filter((reason) => kept.has(reason)).map(({ entry }) => entry);
}

/** The strongest objection of each message, who answered it, and whether its owner gave way. */
function findConcerns(found: Input): Concern[] {
  const { turns, units, cues, proposals, status } = found;
  const answerers: number[][] = units.map(() => []);
  for (const unit of units) for (const answered of unit.answers) answerers[answered]?.push(unit.index);
  const held = headPositions(found);
  const named = namesOf(proposals);
  const best = new Map<number, { unit: Unit; score: number }>();
  for (const unit of units) {
    if (unit.text.split(' ').length < SHORTEST || unit.inPatch) continue;
    const score = Math.max(scoreOf(found, unit, 'OPPOSE'), scoreOf(found, unit, 'CONDITIONAL'));
    if (score < CONCERN) continue;
    const known = best.get(unit.turn);
    if (!known || score > known.score) best.set(unit.turn, { unit, score });
  }
  const kept = [...best.values()]
    .toSorted((a, b) => b.score - a.score || a.unit.index - b.unit.index)
    .slice(0, MOST_CONCERNS)
    .toSorted((a, b) => a.unit.index - b.unit.index);
  return kept.map(({ unit }, index) => {
    const owner = authorOf(turns, unit);
    const steps: Concern['steps'][number][] = [
      { state: 'raised', quotation: quotationOf(unit, 'model:concern') },
    ];
    const answer = (answerers[unit.index] ?? [])
      .flatMap((other) => units[other] ?? [])
      .filter((other) => authorOf(turns, other) !== owner)
      .toSorted((a, b) => scoreOf(found, b, 'ANY') - scoreOf(found, a, 'ANY'))[0];
    if (answer) steps.push({ state: 'answered', quotation: quotationOf(answer, 'answer:below-quote') });
    const gaveWay = units.find(
      (other) =>
        other.turn > unit.turn &&
        authorOf(turns, other) === owner &&
        (cues[other.index]?.own ?? []).some(
          (hit) => hit.effective === 'concede-persuaded' && hit.strength >= 2 && !hit.conditionalScope,
        ),
    );
    if (gaveWay) steps.push({ state: 'withdrawn', quotation: quotationOf(gaveWay, 'cue:concede') });
    const outcome = status.evidence[0];
    const stands = held.get(owner)?.value === 'oppose';
    if (!gaveWay && stands && status.value === 'decided-accepted' && outcome && outcome.turn > unit.turn) {
      steps.push({ state: 'overruled', quotation: outcome });
    }
    return {
      id: `C${index + 1}`,
      owner,
      title: titleOfSentence(unit.text),
      target: targetOf(unit, named),
      state: steps.at(-1)?.state ?? 'raised',
      steps,
    };
  });
}

const TOLD = /^(?:so |ok,? |then |and )?(?:please|could you|can you|todo|action item)\b/i;

/** Promises of the speaker, and what others are told to do. */
function findActionItems({ turns, units, cues, acts }: Input): ActionItem[] {
  const asked = new Set(acts.filter((act) => act.label === 'QUESTION').map((act) => act.unit));
  const items: ActionItem[] = [];
  const seen = new Set<number>();
  for (const unit of units) {
    if (items.length >= MOST_ITEMS) break;
    if (seen.has(unit.turn) || asked.has(unit.index) || unit.text.split(' ').length < SHORTEST) continue;
    const hit = (cues[unit.index]?.own ?? []).find(
      (cue) =>
        cue.effective === 'action' &&
        cue.strength >= 1 &&
        (cue.person === 'I' || TOLD.test(unit.text)) &&
        !cue.conditioned &&
        !cue.negated &&
        !cue.conditionalScope &&
        !cue.questionScope &&
        !cue.reported,
    );
    if (!hit) continue;
    seen.add(unit.turn);
    items.push({
      owner: hit.person === 'I' ? authorOf(turns, unit) : '',
      quotation: quotationOf(unit, `cue:${hit.id}`),
    });
  }
  return items;
}

/** Sentences a summary is introduced with run on to the end of their paragraph, at most four sentences. */
const SUMMARY_UNITS = 4;
const MOST_SUMMARIES = 3;
/** Characters into the sentence at which its announcement stands at the latest. */
const EARLY = 25;

function findOwnSummaries(found: Input): OwnSummary[] {
  const { turns, units, cues } = found;
  const summaries: OwnSummary[] = [];
  let until = -1;
  for (const unit of units) {
    if (summaries.length >= MOST_SUMMARIES) break;
    if (unit.index <= until) continue;
    const hit = (cues[unit.index]?.own ?? []).find(
      (cue) =>
        cue.effective === 'summary' &&
        cue.strength >= 2 &&
        (cue.start <= EARLY || unit.text.endsWith(':')) &&
        !cue.questionScope &&
        !cue.reported,
    );
    // thanks for somebody else's summary is none
    if (!hit || cues[unit.index]?.own.some((cue) => cue.label === 'thanks')) continue;
    let last = unit;
    for (let k = 1; k < SUMMARY_UNITS; k++) {
      const next = units[unit.index + k];
      if (!next || next.turn !== unit.turn || next.opens === 'answer') break;
      if (next.opens === 'paragraph' && !last.text.endsWith(':')) break;
      last = next;
    }
    until = last.index;
    const by = authorOf(turns, unit);
    const disputedBy = units
      .filter(
        (other) =>
          authorOf(turns, other) !== by &&
          other.answers.some((answered) => answered >= unit.index && answered <= until) &&
          // agreeing with words against a proposal opposes the proposal, not the summary
          !cues[other.index]?.own.some((cue) => cue.effective === 'agree') &&
          scoreOf(found, other, 'OPPOSE') > AGAINST,
      )
      .map((other) => ({ by: authorOf(turns, other), quotation: quotationOf(other, 'model:oppose') }));
    summaries.push({
      by,
      quotation: { turn: unit.turn, start: unit.start, end: last.end, reason: `cue:${hit.id}` },
      disputedBy,
    });
  }
  return summaries;
}

/** One axis when people clearly differ on the head: it, against its best-backed rival or its opponents' own words. */
function findAxes(found: Input): Axis[] {
  const { proposals, positions, units } = found;
  const head = proposals.find((proposal) => proposal.head);
  if (!head) return [];
  const held = [...headPositions(found).values()].filter(
    (position) => position.confidence >= SURE[position.value],
  );
  const pro = held.filter((position) => position.value === 'support');
  const contra = held.filter((position) => position.value === 'oppose');
  if (pro.length === 0 || contra.length === 0) return [];
  const opponents = new Set(contra.map((position) => position.person));
  const backers = (proposal: Proposal): number =>
    positions.filter(
      (position) =>
        position.target === proposal.id && position.value === 'support' && opponents.has(position.person),
    ).length;
  const rival = proposals
    .filter((proposal) => !proposal.head && opponents.has(proposal.by))
    .toSorted((a, b) => backers(b) - backers(a) || b.chance - a.chance)[0];
  // a pole is named by a whole sentence of an opponent, not by a bare "No." or "NACK."
  const words = contra
    .flatMap((position) => position.evidence)
    .flatMap((at) => units.find((unit) => unit.turn === at.turn && unit.start === at.start) ?? [])
    .find((unit) => contentWords(unit.text).size >= POLE_CONTENT && !unit.text.endsWith('?'));
  const title = rival?.title ?? (words ? titleOfSentence(words.text) || words.text : '');
  if (title === '') return [];
  const quotations = (side: readonly Position[]): Quotation[] =>
    side.flatMap((position) => position.evidence.slice(0, 1)).slice(0, EVIDENCE_PER_SIDE);
  return [
    {
      id: 'A1',
      question: `${head.title}?`,
      a: { label: cut(head.title), keywords: head.keywords.slice(0, POLE_KEYWORDS), proposals: [head.id] },
      b: {
        label: cut(title),
        keywords: (rival?.keywords ?? [...contentWords(words?.text ?? '')]).slice(0, POLE_KEYWORDS),
        proposals: rival ? [rival.id] : [],
      },
      evidence: [...quotations(pro), ...quotations(contra)],
    },
  ];
}

/** Sentences in which somebody names both sides of a question. Bounded repetition: linear on any text. */
const CONTRASTS: readonly RegExp[] = [
  /^(?:but |so |and )?(\w[^.,;:?]{2,50}?) (?:and|versus|vs\.?) (\w[^.,;:?]{2,50}?) (?:(?:just|simply|really) )?(?:don't|do not|cannot|can't|never) (?:overlap|mix|go together|coexist|co-exist)/i,
  /\b(?:trade-?offs?|tension|conflict|choice|balance) between ([^.,;:?]{3,50}?) (?:and|versus|vs\.?) ([^.,;:?]{3,50}?)(?:[.,;:?]|$)/i,
];
const MOST_NAMED = 2;

/** Axes that somebody puts into words as such. */
function namedAxes({ units }: Input): Axis[] {
  const axes: Axis[] = [];
  for (const unit of units) {
    if (axes.length >= MOST_NAMED) break;
    for (const pattern of CONTRASTS) {
      const [, a, b] = pattern.exec(unit.text) ?? [];
      if (a === undefined || b === undefined) continue;
      const pole = (text: string): Axis['a'] => ({
        label: cut(text),
        keywords: [...contentWords(text)].slice(0, POLE_KEYWORDS),
        proposals: [],
      });
      axes.push({
        id: '',
        question: `${a} or ${b}?`,
        a: pole(a),
        b: pole(b),
        evidence: [quotationOf(unit, 'rule:contrast')],
      });
      break;
    }
  }
  return axes;
}

function cut(title: string): string {
  return title.split(' ').slice(0, POLE_WORDS).join(' ');
}

/** Both sides of the axis when each has a member and one of them at least two. */
function findCamps(found: Input, axes: readonly Axis[], rationale: readonly Rationale[]): Camp[] {
  const axis = axes.find((known) => known.a.proposals.length > 0);
  if (!axis) return [];
  const held = [...headPositions(found).values()].filter(
    (position) => position.confidence >= SURE[position.value],
  );
  const sideOfValue = (value: Position['value']): string[] =>
    held.filter((position) => position.value === value).map((position) => position.person);
  const pro = sideOfValue('support');
  const contra = sideOfValue('oppose');
  if (pro.length + contra.length < 3) return [];
  const reason = (members: readonly string[], kind: Rationale['kind']): Quotation | undefined =>
    rationale.find((entry) => entry.kind === kind && members.includes(entry.by))?.quotation;
  const camp = (side: string, label: string, members: readonly string[], kind: Rationale['kind']): Camp => ({
    label: `${roleOf(members, found)}${label}`,
    side,
    members,
    reason: reason(members, kind),
    counter: reason(kind === 'for' ? contra : pro, kind === 'for' ? 'against' : 'for'),
  });
  return [
    camp(`${axis.id}.a`, axis.a.label, pro, 'for'),
    camp(`${axis.id}.b`, axis.b.label, contra, 'against'),
  ];
}

/** `Maintainers: ` when all members with a known part share it and at least two do. */
function roleOf(members: readonly string[], { speakers }: Input): string {
  const roles = speakers
    .filter((speaker) => members.includes(speaker.id) && speaker.role !== 'unknown')
    .map((speaker) => speaker.role);
  const first = roles[0];
  if (first === undefined || roles.length < 2 || roles.some((role) => role !== first)) return '';
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}s: `;
}
