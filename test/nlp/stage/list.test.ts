// The law of stages: what one requires is there before it runs, and nothing is assigned twice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadLanguage } from '../../../nlp/analyze.ts';
import { STAGES } from '../../../nlp/stage/list.ts';

const LAID_OUT = ['turns', 'speakers', 'root', 'units'];

test('stages require only what was assigned before', () => {
  assert.ok(STAGES.length > 0);
  const known = new Set<string>(LAID_OUT);
  for (const stage of STAGES) {
    for (const key of stage.requires) assert.ok(known.has(key), `${stage.name} requires ${key}`);
    for (const key of stage.assigns) {
      assert.ok(!known.has(key), `${stage.name} assigns ${key} again`);
      known.add(key);
    }
  }
});

test('stages have distinct names', () => {
  assert.equal(new Set(STAGES.map((stage) => stage.name)).size, STAGES.length);
});

test('a stage that misses its input says so', () => {
  const needy = STAGES.find((stage) => stage.requires.length > 0);
  assert.ok(needy);
  assert.throws(() => needy.run({}, loadLanguage()), new RegExp(`stage ${needy.name}`));
});
