// The trail of one position: the sentences that made it, oldest first, and what each did to it.
import type { ReportStance, StanceStep } from '../../model/report.ts';
import { isClear } from '../../model/side.ts';
import { type DebateIndex } from '../debate.ts';
import { html, type Html, type Value } from '../html.ts';
import { debatePath } from '../place.ts';
import { secondsOf } from '../time.ts';
import { stanceWord, stepWord } from '../word.ts';
import { personName } from './person.ts';
import { messageNumber, quotation, type DebateView, type Quoted } from './quote.ts';
import { signed, stanceWords } from './sign.ts';

/** Anchor of a person's position on a target, in the list of positions. */
export function positionAnchor(participant: string, target: string): string {
  return `${participant}-${target}`;
}

/** Where a click leads without a script; with one the trail opens below the table. */
export function trailLink(view: DebateView, stance: ReportStance, inner: Value, label = ''): Html {
  const { participant, target } = stance;
  const query = new URLSearchParams({ who: participant, on: target }).toString();
  return html`<a
    class="quiet"
    ${label !== '' && html` data-target="${label}"`}
    href="#${positionAnchor(participant, target)}"
    hx-get="${debatePath(view.debate.list, view.id, 'trail')}?${query}"
    hx-trigger="click prevent"
    hx-target="#trail"
    hx-swap="innerHTML"
    >${inner}</a
  >`;
}

/** The last change that moved a position: `softened`, `changed sides`; '' when it only was said, or yielded. */
export function lastMove({ history = [], yielded }: ReportStance): string {
  const last = history.findLast(({ change }) => change !== 'first' && change !== 'repeat');
  if (last === undefined) return '';
  return last.change === 'yield' && yielded === true ? '' : stepWord[last.change];
}

interface TrailStep {
  readonly step?: StanceStep;
  readonly words: Quoted;
}

/** Steps of the history, then evidence it does not have, all oldest first. */
export function trailOf(debate: DebateIndex, stance: ReportStance): readonly TrailStep[] {
  const steps: TrailStep[] = (stance.history ?? []).map((step) => ({ step, words: step }));
  const known = new Set(steps.map(({ words }) => `${words.messageId} ${words.start}`));
  for (const words of stance.evidence)
    if (!known.has(`${words.messageId} ${words.start}`)) steps.push({ words });
  const time = ({ words }: TrailStep): number => secondsOf(debate.message(words.messageId)?.date ?? '');
  return steps.toSorted((a, b) => time(a) - time(b) || (a.words.start ?? 0) - (b.words.start ?? 0));
}

/** The sentences of one position, oldest first, each with what it did to the position and what it answers. */
export function trail(view: DebateView, stance: ReportStance): Html {
  const { debate } = view;
  return html`<ol class="trail">
    ${trailOf(debate, stance).map(({ step, words }) => {
      const parent = debate.message(words.messageId)?.parent;
      return html`<li>
        <p class="facts">
          ${step === undefined ? 'evidence' : html`${signed(stanceWord[step.value])} · ${stepWord[step.change]}`}${
            parent !== undefined && html` · answering ${messageNumber(view, parent)}`
          }
        </p>
        <p class="evidence">${quotation(view, words, false)}</p>
      </li>`;
    })}
  </ol>`;
}

export function positionHeading(view: DebateView, stance: ReportStance): Html {
  const target = view.debate.target(stance.target);
  const move = lastMove(stance);
  return html`<p class="stand">
    ${
      isClear(stance)
        ? stanceWords(stance)
        : html`<span class="unclear" title="confidence ${(stance.confidence ?? 0).toFixed(2)}"
            >unclear, perhaps ${stanceWord[stance.value].word}</span
          >`
    }${move !== '' && html` <small>${move}</small>`}
    <a href="#${target?.group ?? ''}">${stance.target}</a> <bdi>${target?.title ?? ''}</bdi>
  </p>`;
}

/** One position alone, as it opens below the matrix. */
export function trailOfOne(view: DebateView, stance: ReportStance): Html {
  return html`<article class="one-trail" aria-label="Evidence trail">
    <h3>${personName(view.debate, stance.participant)}</h3>
    ${positionHeading(view, stance)}${trail(view, stance)}
  </article>`;
}
