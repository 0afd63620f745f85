// Every entry's own examples: it must hit each `match` and none of `noMatch`. And the generated file must be fresh.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileLexicon, readSources } from '../../../nlp/lexicon/compile.ts';
import { loadLexicon, readLexiconFiles } from '../../../nlp/lexicon/load.ts';
import { matchCues, openLexicon } from '../../../nlp/lexicon/match.ts';

const files = readLexiconFiles();
const { entries } = readSources(files);
const lexicon = openLexicon(compileLexicon(files));

test('the sources hold entries', () => {
  assert.ok(entries.length > 100, `only ${entries.length} entries`);
});

test('data/lexicon/en.json is what the sources compile to (npm run lexicon)', () => {
  const shipped = loadLexicon();
  assert.equal(shipped.hash, compileLexicon(files).hash);
  assert.deepEqual(
    shipped.entries.map((entry) => entry.id),
    entries.map((entry) => entry.id),
  );
});

test('every example of every entry holds', () => {
  const faults: string[] = [];
  for (const entry of entries) {
    const polarityOf = (text: string): string[] =>
      matchCues(text, lexicon)
        .filter((hit) => hit.effective === entry.label)
        .map((hit) => hit.id);
    for (const text of entry.match) {
      const hits = matchCues(text, lexicon);
      if (!hits.some((hit) => hit.id === entry.id)) {
        faults.push(`${entry.id} misses "${text}" (hits: ${hits.map((hit) => hit.id).join(', ') || 'none'})`);
      }
    }
    for (const text of entry.noMatch) {
      if (polarityOf(text).includes(entry.id)) faults.push(`${entry.id} hits "${text}"`);
    }
  }
  assert.deepEqual(faults, []);
});
