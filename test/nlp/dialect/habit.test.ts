// Fixed forms of votes and decisions: each rule's own examples, precedence, offsets, and bounded time on hostile lines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findHabits, habitOf, subjectKinds } from '../../../nlp/dialect/habit.ts';
import { loadHabits, loadSubjects, loadTrailers } from '../../../nlp/dialect/load.ts';

const rules = loadHabits();
const subjects = loadSubjects();

test('rules have unique ids and examples', () => {
  assert.ok(rules.length > 40, `only ${rules.length} rules`);
  assert.equal(new Set(rules.map((rule) => rule.id)).size, rules.length);
  for (const rule of rules) assert.ok(rule.match.length > 0, `${rule.id} has no example`);
});

for (const rule of rules) {
  test(`habit ${rule.id}`, () => {
    for (const line of rule.match) {
      const found = habitOf(line, rules);
      assert.ok(rule.pattern.test(line) && !rule.unless?.test(line), `misses "${line}"`);
      assert.equal(found?.label, rule.label, `"${line}" goes to ${found?.id}`);
    }
    for (const line of rule.noMatch) {
      assert.ok(!rule.pattern.test(line) || rule.unless?.test(line), `hits "${line}"`);
    }
  });
}

for (const rule of subjects) {
  test(`subject ${rule.id}`, () => {
    for (const subject of rule.match) {
      assert.ok(subjectKinds(subject, subjects).includes(rule.kind), `misses "${subject}"`);
    }
    for (const subject of rule.noMatch) assert.ok(!rule.pattern.test(subject), `hits "${subject}"`);
  });
}

const table: [string, string | undefined][] = [
  ['+1', 'SUPPORT'],
  ['  -1, this breaks resume', 'OPPOSE'],
  ['-0', 'NEUTRAL'],
  ['[ ] +1 approve', 'NONE'],
  ['[x] +1 approve', 'SUPPORT'],
  ['+1 = yes', 'NONE'],
  ['The vote needs three +1 (binding).', undefined],
  ['+++ b/fs/foo.c', undefined],
  ['-1 is returned on error', undefined],
  ['RESOLVED: adopt option 2', 'DECISION'],
  ['I resolved the conflict', undefined],
  ['Seconded.', 'SUPPORT'],
  ['In the second patch', undefined],
  ['', undefined],
];
for (const [line, label] of table) {
  test(`"${line}" is ${label}`, () => assert.equal(habitOf(line, rules)?.label, label));
}

test('offsets point at the trimmed line; empty boxes give no hit', () => {
  const text = 'Hello,\n  +1 (binding)  \n[ ] -1 veto\nNAK.\n';
  assert.deepEqual(
    findHabits(text, rules).map((hit) => [hit.rule.label, text.slice(hit.start, hit.end)]),
    [
      ['SUPPORT', '+1 (binding)'],
      ['OPPOSE', 'NAK.'],
    ],
  );
});

test('trailer keys', () => {
  const trailers = loadTrailers();
  assert.equal(trailers.get('acked-by')?.label, 'SUPPORT');
  assert.equal(trailers.get('nacked-by')?.label, 'OPPOSE');
  assert.equal(trailers.get('tested-by')?.label, 'NONE');
  assert.equal(trailers.get('no-such-key'), undefined);
});

test('hostile lines cost little', () => {
  const start = performance.now();
  for (const line of [
    ' '.repeat(399),
    '['.repeat(399),
    '+1 '.repeat(133),
    '-'.repeat(399),
    'a '.repeat(199),
  ]) {
    for (let round = 0; round < 100; round += 1) findHabits(line, rules);
  }
  findHabits('x'.repeat(1_000_000), rules);
  findHabits('\n'.repeat(1_000_000), rules);
  assert.ok(performance.now() - start < 5_000);
});
