import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report, ReportStance, StanceValue } from '../../model/report.ts';
import { isClear, leadOf, sidesOf } from '../../model/side.ts';
import { report } from '../views/fixture.ts';

function stance(participant: string, target: string, value: StanceValue, confidence?: number): ReportStance {
  return { participant, target, value, evidence: [], ...(confidence !== undefined && { confidence }) };
}

function withStances(...stances: readonly ReportStance[]): Report {
  return { ...report, stances };
}

test('a stance is clear from a confidence of one half, and without one', () => {
  assert.deepEqual(
    [0.49, 0.5, 1].map((confidence) => isClear({ confidence })),
    [false, true, true],
  );
  assert.equal(isClear({}), true);
});

const sides: readonly (readonly [string, readonly ReportStance[], readonly string[], readonly string[]])[] = [
  ['support puts on the side named', [stance('p', 'A1.a', 'support')], ['p'], []],
  ['opposing a pole puts on the other side', [stance('p', 'A1.a', 'oppose')], [], ['p']],
  [
    'what a person supports goes before what they oppose',
    [stance('p', 'A1.a', 'oppose'), stance('p', 'A1.a', 'conditional')],
    ['p'],
    [],
  ],
  [
    'opposing both poles places a person once',
    [stance('p', 'A1.a', 'oppose'), stance('p', 'A1.b', 'oppose')],
    [],
    ['p'],
  ],
  ['unclear stances are left out', [stance('p', 'A1.a', 'support', 0.3)], [], []],
  ['other targets are left out', [stance('p', 'A2.a', 'support'), stance('p', 'P1', 'support')], [], []],
];

for (const [name, stances, a, b] of sides) {
  test(name, () => {
    const found = sidesOf(withStances(...stances), 'A1');
    assert.deepEqual(
      [found.a.map((each) => each.participant), found.b.map((each) => each.participant)],
      [a, b],
    );
  });
}

test('the lead is the first axis with people on it', () => {
  assert.deepEqual(
    leadOf(
      withStances(
        stance('p', 'A1.a', 'support'),
        stance('q', 'A1.a', 'conditional'),
        stance('r', 'A1.b', 'support'),
        stance('s', 'A1.b', 'neutral'),
      ),
    ),
    { a: 'retire now', b: 'customers still build with them', atA: 2, between: 1, atB: 1 },
  );
});

test('without an axis it is the head proposal, without clear positions nothing', () => {
  const stances = [
    stance('p', 'P1', 'support'),
    stance('q', 'P1', 'conditional'),
    stance('r', 'P1', 'oppose'),
    stance('s', 'P1', 'oppose', 0.2),
  ];
  assert.deepEqual(leadOf(withStances(...stances)), { a: 'for', b: 'against', atA: 1, between: 1, atB: 1 });
  assert.equal(leadOf(withStances(stance('p', 'P1', 'support', 0.1))), undefined);
});
