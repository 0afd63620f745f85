// The debate in time: people as lanes, messages as marks shaped by what they say, versions and decisions as vertical
// lines. Every mark is a link with its words, so that it reads without eyes as well. Long pauses are drawn short.
import type { MessageId } from '../../model/message.ts';
import type { ReportMessage, ReportStance } from '../../model/report.ts';
import { isClear } from '../../model/side.ts';
import { headProposal, shortTitle } from '../debate.ts';
import { messageHref, type DebateView } from '../fragment/quote.ts';
import { counted, html, type Html, type Value } from '../html.ts';
import { secondsOf, utcDay, utcMinute } from '../time.ts';
import { decisionWord, questionWord, stanceWord, yieldedSign, type Tone } from '../word.ts';

/** Lanes; everybody else shares the last one. */
const longestLanes = 14;
/** Fewer messages are seen at a glance without a drawing. */
const fewestMessages = 4;
/** Units of the drawing, about a pixel on a desk. */
const width = 1180;
const nameWidth = 190;
const laneHeight = 24;
const top = 30;
const bottom = 26;
const inset = 16;
const longestName = 24;
/** Marks nearer than this in one lane are moved up and down in turn. */
const crowded = 11;
/** A pause takes at most this share of the width. */
const longestPause = 1 / 9;
const secondsPerDay = 86_400;

interface Said {
  readonly tone: Tone;
  readonly sign: string;
  /** What the message says, in words: `opposes P2, conditional on P1`. */
  readonly words: readonly string[];
}

interface Dated {
  readonly message: ReportMessage;
  readonly time: number;
}

interface Pause {
  readonly x: number;
  readonly days: number;
}

interface Scale {
  x(time: number): number;
  readonly pauses: readonly Pause[];
}

/**
 * Time to x: proportional, but pauses are cut to a share of the whole, so that a burst of answers stays readable beside
 * months of silence. A cut is marked with its length.
 */
function scaleOf(times: readonly number[]): Scale {
  const first = times[0] ?? 0;
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? time));
  const span = Math.max(1, (times.at(-1) ?? first) - first);
  // pauses are cut until none takes more than its share of what is left
  let limit = span;
  let total = span;
  for (let round = 0; round < 12; round++) {
    limit = Math.max(1, total * longestPause);
    const most = limit;
    const next = gaps.reduce((sum, gap) => sum + Math.min(gap, most), 0);
    if (next >= total * 0.999) break;
    total = Math.max(1, next);
  }
  const room = width - nameWidth - 2 * inset;
  const places = new Map<number, number>([[first, nameWidth + inset]]);
  const pauses: Pause[] = [];
  let at = 0;
  gaps.forEach((gap, i) => {
    const taken = Math.min(gap, limit);
    const from = nameWidth + inset + (at / total) * room;
    at += taken;
    const to = nameWidth + inset + Math.min(1, at / total) * room;
    places.set(times[i + 1] ?? 0, to);
    if (gap > limit * 2 && gap >= 2 * secondsPerDay)
      pauses.push({ x: (from + to) / 2, days: Math.round(gap / secondsPerDay) });
  });
  return { x: (time) => places.get(time) ?? nameWidth + inset, pauses };
}

const plain: Said = { tone: 'plain', sign: '', words: [] };

/** What each message says: its clear stances, decisions and questions. The sign is that of the weightiest. */
function sayings(view: DebateView): ReadonlyMap<MessageId, Said> {
  const { report } = view.debate;
  const head = headProposal(report)?.id;
  const found = new Map<MessageId, { said: Said; rank: number; words: Set<string> }>();
  const note = (id: MessageId, rank: number, tone: Tone, sign: string, words: string): void => {
    const old = found.get(id);
    const all = old?.words ?? new Set<string>();
    all.add(words);
    const better = old === undefined || rank > old.rank;
    const said = better ? { tone, sign, words: [] } : old.said;
    found.set(id, { said, rank: Math.max(rank, old?.rank ?? 0), words: all });
  };
  const stanceNote = (stance: ReportStance): void => {
    const rank = stance.target === head ? 3 : 2;
    const history = stance.history ?? [];
    for (const { messageId, value, change } of history) {
      const { tone, sign, word } = stanceWord[value];
      if (change === 'yield') note(messageId, 4, tone, yieldedSign, `yields on ${stance.target}`);
      else note(messageId, rank, tone, sign, `${word} ${stance.target}`);
    }
    const { tone, sign, word } = stanceWord[stance.value];
    if (history.length === 0)
      for (const { messageId } of stance.evidence)
        note(messageId, rank, tone, sign, `${word} ${stance.target}`);
  };
  for (const stance of report.stances) if (isClear(stance)) stanceNote(stance);
  for (const { kind, target, evidence } of report.decisions)
    for (const { messageId } of evidence.slice(0, 1))
      note(messageId, 5, 'decision', '§', [decisionWord[kind], target].filter(Boolean).join(' '));
  for (const { messageId, status } of report.questions)
    if (status === 'open') note(messageId, 1, 'question', questionWord.open.sign, 'asks what stayed open');
  return new Map([...found].map(([id, { said, words }]) => [id, { ...said, words: [...words] }]));
}

/** Shapes as paths around 0,0: told apart without color. */
const shapes: Partial<Record<string, string>> = {
  [stanceWord.support.sign]: 'M0-6 6 5-6 5z',
  [stanceWord.oppose.sign]: 'M0 6 6-5-6-5z',
  [stanceWord.conditional.sign]: 'M0-6.5 6 0 0 6.5-6 0z',
  [stanceWord.neutral.sign]: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z',
};

function mark(view: DebateView, { message, time }: Dated, said: Said, x: number, y: number): Html {
  const { debate } = view;
  const author = debate.person(message.participant)?.name ?? 'somebody';
  const number = debate.number(message.messageId);
  const words = said.words.slice(0, 6).join(', ');
  const label = `#${number} ${author}, ${utcMinute(time)}${words === '' ? '' : `: ${words}`}`;
  const shape = shapes[said.sign];
  const drawn =
    shape !== undefined
      ? html`<path d="${shape}" />`
      : said.sign === ''
        ? html`<circle r="3.4" />`
        : html`<circle r="8" class="ground" /><text class="glyph" y="4.5">${said.sign}</text>`;
  return html`<a
    href="${messageHref(view, message.messageId)}"
    class="mark ${said.tone}${message.ghost === true && ' ghost'}"
    transform="translate(${x.toFixed(1)} ${y.toFixed(1)})"
    ><title>${label}</title><circle r="9" class="reach" />${drawn}</a
  >`;
}

/** Lane of each person: the most active have their own, in order of first appearance. */
function lanesOf(dated: readonly Dated[]): { readonly ids: readonly string[]; readonly others: number } {
  const counts = new Map<string, number>();
  for (const { message } of dated)
    counts.set(message.participant, (counts.get(message.participant) ?? 0) + 1);
  const all = [...counts.keys()];
  if (all.length <= longestLanes) return { ids: all, others: 0 };
  const active = new Set(
    all.toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)).slice(0, longestLanes - 1),
  );
  return { ids: all.filter((id) => active.has(id)), others: all.length - active.size };
}

/** Versions with a known message, and decisions. */
function verticals(view: DebateView, x: (id: MessageId) => number | undefined, height: number): Value {
  const { report } = view.debate;
  const lines: { readonly x: number; readonly name: string; readonly kind: string }[] = [];
  for (const { v, messageId } of headProposal(report)?.versions ?? []) {
    const at = messageId === undefined ? undefined : x(messageId);
    if (at !== undefined) lines.push({ x: at, name: v, kind: 'version' });
  }
  for (const { kind, basis, evidence } of report.decisions) {
    const at = evidence[0] === undefined ? undefined : x(evidence[0].messageId);
    if (at !== undefined)
      lines.push({
        x: at,
        name: `§ ${decisionWord[kind]}`,
        kind: basis === 'inferred' ? 'decided inferred' : 'decided',
      });
  }
  let free = -Infinity;
  return lines
    .toSorted((a, b) => a.x - b.x)
    .map((line) => {
      const wide = line.name.length * 6.6;
      const left = Math.min(line.x, width - wide);
      const named = left > free;
      if (named) free = left + wide;
      return html`<g class="${line.kind}">
        <line x1="${line.x.toFixed(1)}" x2="${line.x.toFixed(1)}" y1="${top - 8}" y2="${height - bottom}" />${
          named && html`<text x="${left.toFixed(1)}" y="${top - 14}">${line.name}</text>`
        }
      </g>`;
    });
}

/** Nothing for debates of a few messages, or without dates. */
export function timeline(view: DebateView): Value {
  const { debate } = view;
  const dated = debate.report.messages
    .map((message): Dated => ({ message, time: secondsOf(message.date) }))
    .filter(({ time }) => time !== 0)
    .toSorted((a, b) => a.time - b.time);
  if (dated.length < fewestMessages) return false;
  const scale = scaleOf(dated.map(({ time }) => time));
  const { ids, others } = lanesOf(dated);
  const laneOf = new Map(ids.map((id, i) => [id, i]));
  const lanes = ids.length + (others > 0 ? 1 : 0);
  const height = top + lanes * laneHeight + bottom;
  const y = (id: string): number => top + ((laneOf.get(id) ?? ids.length) + 0.5) * laneHeight;
  const said = sayings(view);
  const times = new Map(dated.map(({ message, time }) => [message.messageId, time]));
  const xOf = (id: MessageId): number | undefined => {
    const time = times.get(id);
    return time === undefined ? undefined : scale.x(time);
  };
  const last = new Map<number, { readonly x: number; readonly up: number }>();
  const marks = dated.map((each) => {
    const [x, base] = [scale.x(each.time), y(each.message.participant)];
    const before = last.get(base);
    const up =
      before === undefined || x - before.x >= crowded ? 0 : before.up === 0 ? -5 : before.up < 0 ? 5 : 0;
    last.set(base, { x, up });
    return mark(view, each, said.get(each.message.messageId) ?? plain, x, base + up);
  });
  const names = [
    ...ids.map((id) => debate.person(id)?.name ?? id),
    ...(others > 0 ? [`${others} others`] : []),
  ];
  const [from, to] = [utcDay(dated[0]?.time ?? 0), utcDay(dated.at(-1)?.time ?? 0)];
  return html`<section id="timeline" aria-labelledby="timeline-title">
    <h2 id="timeline-title">Timeline</h2>
    <div class="timeline" tabindex="0" role="region" aria-label="Timeline, scrolls sideways">
      <svg
        viewBox="0 0 ${width} ${height}"
        width="${width}"
        height="${height}"
        role="group"
        aria-label="${counted(dated.length, 'message')} by ${counted(ids.length + others, 'person', 'people')}, ${from} to ${to}"
      >
        ${names.map((name, i) => {
          const at = top + (i + 0.5) * laneHeight;
          return html`<g class="lane">
            <line x1="${nameWidth}" x2="${width}" y1="${at}" y2="${at}" />
            <text x="0" y="${at + 4}">${shortTitle(name, longestName)}</text>
          </g>`;
        })}
        ${verticals(view, xOf, height)}
        ${scale.pauses.map(
          ({ x, days }) =>
            html`<g class="pause">
              <path d="M${(x - 5).toFixed(1)} ${height - bottom + 4}l4-8m2 8l4-8" />
              <text x="${x.toFixed(1)}" y="${height - 4}">${counted(days, 'day')}</text>
            </g>`,
        )}
        <g class="ends">
          <text x="${nameWidth}" y="${height - 4}">${from}</text>
          <text x="${width}" y="${height - 4}" class="end">${to}</text>
        </g>
        ${marks}
      </svg>
    </div>
    <p class="legend">
      ${Object.values(stanceWord).map(
        ({ sign, word, tone }) =>
          html`<span><span class="${tone}" aria-hidden="true">${sign}</span> ${word}</span> `,
      )}<span>${yieldedSign} yields</span> <span>? asks</span> <span>§ decides</span> <span>○ other</span>
      <span>// a pause, drawn short</span>
    </p>
  </section>`;
}
