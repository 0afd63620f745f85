// Every entry's own examples: it must hit each `match` and none of `noMatch`. And the generated file must be fresh.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileLexicon, hashSources, readSources } from '../../../nlp/lexicon/compile.ts';
import { compiledLexiconPath, lexiconHash, readLexiconFiles } from '../../../nlp/lexicon/load.ts';
import { listMatches, matchCues, openLexicon } from '../../../nlp/lexicon/match.ts';

const files = readLexiconFiles();
const { entries } = readSources(files);
const lexicon = openLexicon(compileLexicon(files));

test('the sources hold entries', () => {
  assert.ok(entries.length > 1_000, `only ${entries.length} entries`);
});

test('data/lexicon/en.json is what the sources compile to (npm run lexicon)', () => {
  const compiled = `${JSON.stringify(compileLexicon(files))}\n`;
  assert.ok(readFileSync(compiledLexiconPath(), 'utf8') === compiled, 'stale: run npm run lexicon');
  assert.equal(lexiconHash(), hashSources(files));
});

/** Contained in the result: the entry itself, or a longer hit that says the same (same label, same side taken, also a question). */
function saysSo(text: string, id: string, label: string, polarity: number): boolean {
  return matchCues(text, lexicon).some(
    (hit) =>
      hit.id === id ||
      hit.effective === label ||
      (polarity !== 0 && hit.polarity === polarity) ||
      (label.startsWith('question') && hit.label.startsWith('question')),
  );
}

test('every example of every entry holds', () => {
  const faults: string[] = [];
  for (const { id, label, polarity, match, noMatch } of entries) {
    for (const text of match) {
      if (!listMatches(text, lexicon).includes(id)) faults.push(`${id} misses "${text}"`);
      else if (!saysSo(text, id, label, polarity)) {
        const others = matchCues(text, lexicon).map((hit) => `${hit.id} (${hit.effective})`);
        faults.push(`${id} misses "${text}": swallowed by ${others.join(', ') || 'nothing'}`);
      }
    }
    for (const text of noMatch) {
      const found = matchCues(text, lexicon).find((hit) => hit.id === id && hit.effective === label);
      if (found) faults.push(`${id} hits "${text}"`);
    }
  }
  assert.deepEqual(faults, []);
});
