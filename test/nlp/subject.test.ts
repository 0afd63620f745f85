import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSubject } from '../../nlp/subject.ts';

const cases: readonly (readonly [string, Partial<ReturnType<typeof readSubject>>])[] = [
  ['', { base: '', reply: false, patch: false, version: 1, part: -1, parts: 0 }],
  [
    'Re: [PATCH v3 2/5] mm: drop the cache',
    { base: 'mm: drop the cache', reply: true, patch: true, version: 3, part: 2, parts: 5 },
  ],
  [
    '[RFC][PATCH 0/7] New knob',
    { base: 'New knob', reply: false, patch: true, version: 1, part: 0, parts: 7 },
  ],
  ['AW: Re[2]: [users] Fwd: plans', { base: 'plans', reply: true, tags: ['users'] }],
  ['[not a tag', { base: '[not a tag', tags: [] }],
  ['Re:   two\n lines', { base: 'two lines', reply: true }],
];

for (const [line, expected] of cases) {
  test(`subject ${JSON.stringify(line)}`, () => {
    const found = readSubject(line);
    for (const [key, value] of Object.entries(expected)) {
      assert.deepEqual(found[key as keyof typeof found], value, key);
    }
  });
}
