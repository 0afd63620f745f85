import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, ReportMessage } from '../../model/report.ts';
import { timeline } from '../../views/chart/timeline.ts';
import { indexDebate } from '../../views/debate.ts';
import { html } from '../../views/html.ts';
import { ids, list, report } from './fixture.ts';

const day = 86_400_000;

function drawn(changes: Partial<Report>): string {
  const debate = indexDebate({ ...report, ...changes }, list);
  return html`${timeline({ debate, id: ids.first, conversation: true })}`.toString();
}

function messages(days: readonly number[], person = (i: number): string => `p${i % 3}`): ReportMessage[] {
  return days.map((at, i) => ({
    messageId: `t${i}@example.org`,
    participant: person(i),
    date: new Date(Date.UTC(2024, 0, 1) + at * day).toISOString(),
  }));
}

function places(svg: string): number[] {
  return [...svg.matchAll(/translate\(([\d.]+) /g)].map(([, x]) => Number(x));
}

test('marks are links that say who, when and what', () => {
  const svg = drawn({});
  assert.match(svg, /<title>#2 Bo Sample, 2024-03-05 09:30 UTC: opposes P1[^<]*<\/title>/);
  assert.match(svg, /<title>#6 Bo Sample, [^<]*yields on P1/);
  assert.match(svg, /aria-label="7 messages by 4 people, 2024-03-04 to 2024-03-09"/);
  assert.match(svg, /§ applied/);
});

test('places keep the order of time and stay inside, long pauses are drawn short and named', () => {
  const svg = drawn({
    messages: messages([0, 0.1, 0.2, 0.3, 0.4, 400, 400.1, 400.2, 400.3]),
    stances: [],
    decisions: [],
  });
  const x = places(svg);
  assert.deepEqual(
    x,
    x.toSorted((a, b) => a - b),
  );
  assert.ok(
    x.every((each) => each > 190 && each < 1180),
    x.join(' '),
  );
  const pause = (x[5] ?? 0) - (x[4] ?? 0);
  assert.ok(pause < ((x.at(-1) ?? 0) - (x[0] ?? 0)) * 0.25, `${pause}`);
  assert.match(svg, /400 days/);
});

test('unclear stances draw nothing but a plain mark', () => {
  const stances = report.stances.map((stance) => ({ ...stance, confidence: 0.2 }));
  assert.doesNotMatch(drawn({ stances }), /class="mark (support|oppose|conditional)/);
});

test('many people share the last lane; few messages or no dates draw nothing', () => {
  const many = messages(
    Array.from({ length: 60 }, (_, i) => i),
    (i) => `q${i % 30}`,
  );
  const svg = drawn({ messages: many, stances: [] });
  assert.equal(svg.match(/class="lane"/g)?.length, 14);
  assert.match(svg, /17 others/);
  assert.equal(drawn({ messages: messages([0, 1, 2]) }), '');
  assert.equal(drawn({ messages: messages([0, 1, 2, 3, 4]).map((each) => ({ ...each, date: '' })) }), '');
});

test('messages of one instant are drawn, side by side or over each other', () => {
  const svg = drawn({ messages: messages([1, 1, 1, 1, 1, 1], () => 'p1'), stances: [] });
  assert.equal(places(svg).length, 6);
  assert.doesNotMatch(svg, /NaN|Infinity/);
});
