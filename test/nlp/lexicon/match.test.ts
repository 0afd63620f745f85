// Scope: what governs a hit. Runs on a small lexicon of its own, so that growing the shipped one cannot change what is tested.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileLexicon } from '../../../nlp/lexicon/compile.ts';
import { loadLexicon, readLexiconFiles } from '../../../nlp/lexicon/load.ts';
import type { CueHit } from '../../../nlp/lexicon/cue.ts';
import { matchCues, openLexicon } from '../../../nlp/lexicon/match.ts';

const words = readLexiconFiles().filter((file) => file.name.endsWith('words.yml'));
const family = (name: string, entries: string[]): { name: string; text: string } => ({
  name: `${name}.yml`,
  text: `family: ${name}\nentries:\n${entries
    .map((entry) => `  - { ${entry}, why: a test, match: ["x"] }`)
    .join('\n')}\n`,
});
const lexicon = openLexicon(
  compileLexicon([
    ...words,
    family('agree', [
      'id: agree.agree, words: ["agree"]',
      'id: agree.correct, words: ["^ correct $"]',
      'id: agree.same, words: ["^ ..2 same ..1 $"]',
    ]),
    family('oppose', [
      'id: oppose.bad, words: ["(bad|broken)"], unless: ["bad (luck|weather)"]',
      'id: oppose.object, words: ["object"]',
    ]),
    family('support', [
      'id: support.good, words: ["good"]',
      'id: support.good-idea, words: ["{very}? good idea"], strength: strong',
      'id: support.no-objection, words: ["no ..1 (object|objection)"], strength: weak',
    ]),
    family('decision', ['id: decision.applied, kind: applied, words: ["applied"]']),
  ]),
);

/** `id` with marks: ! negated, ~ hedged, ? asking, if inside a condition, +if conditioned, said reported, <but before a contrast. */
function show(text: string): string {
  return matchCues(text, lexicon)
    .map((hit) =>
      [
        hit.effective === hit.label ? hit.id : `${hit.id}->${hit.effective}`,
        hit.negated ? '!' : '',
        hit.hedged ? '~' : '',
        hit.questionScope ? '?' : '',
        hit.conditionalScope ? ' if' : '',
        hit.conditioned ? ' +if' : '',
        hit.reported ? ' said' : '',
        hit.beforeContrast ? ' <but' : '',
      ].join(''),
    )
    .join('; ');
}

const table: [string, string][] = [
  ['I agree.', 'agree.agree'],
  ["I don't agree.", 'agree.agree->disagree!'],
  ["I can't say that I don't agree.", 'agree.agree'],
  ['No objection from me.', 'support.no-objection'],
  ['This is not a bad thing.', 'oppose.bad->support!'],
  ['Bad luck.', ''],
  ['It is a very good idea.', 'support.good-idea'],
  ['Not that one, it is good.', 'support.good'],
  ['Nobody cares, but this is good.', 'support.good'],
  ['Good, but it is broken.', 'support.good <but; oppose.bad'],
  ['It was not applied.', ''],
  ['Correct.', 'agree.correct'],
  ['Well, correct, thanks.', 'agree.correct'],
  ['The correct one.', ''],
  ['It is the same.', ''],
  ['Is the same here now.', 'agree.same'],
  ['The same old thing again.', ''],
  ['The very same thing.', 'agree.same'],
  ['Not the same.', ''],
  ['Maybe it is good.', 'support.good~'],
  ['Is it good?', 'support.good?'],
  ['If you agree, send it.', 'agree.agree if'],
  ['I agree if it stays optional.', 'agree.agree +if'],
  ['She thinks it is good.', 'support.good said'],
  ['Ada argued that it is bad.', 'oppose.bad said'],
  ['I said that it is bad.', 'oppose.bad'],
  ['I think it is good.', 'support.good'],
  ['People say it is good.', 'support.good said'],
  ['According to Ada it is good.', 'support.good said'],
  ['Not only is it good.', 'support.good'],
  ['Without further ado I agree.', 'agree.agree'],
];
for (const [text, expected] of table) test(text, () => assert.equal(show(text), expected));

test('offsets, person, clause and strength', () => {
  const text = 'We really agree,\nbut I might object.';
  const pick = ({ start, end, person, clause, strength }: CueHit): unknown[] => [
    text.slice(start, end),
    person,
    clause,
    strength,
  ];
  assert.deepEqual(matchCues(text, lexicon).map(pick), [
    ['agree', 'we', 0, 3],
    ['object', 'I', 1, 1],
  ]);
});

test('any text: hits lie inside it, in order, and two runs agree', () => {
  const shipped = loadLexicon();
  const vocabulary =
    'i we not agree if but the patch looks good do think , . ? ! \n no applied was and she said v2'.split(
      ' ',
    );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(fc.constantFrom(...vocabulary)).map((all) => all.join(' ')),
      ),
      (text) => {
        const hits = matchCues(text, shipped);
        for (const hit of hits) {
          assert.ok(hit.start >= 0 && hit.end > hit.start && hit.end <= text.length);
          assert.ok(hit.strength >= 0 && hit.strength <= 3);
        }
        assert.deepEqual(matchCues(text, shipped), hits);
      },
    ),
  );
});

test('time grows linearly on hostile text', () => {
  const shipped = loadLexicon();
  const time = (count: number): number => {
    const text = 'i do not think that this is not a very good idea if you '.repeat(count);
    const start = performance.now();
    matchCues(text, shipped);
    return performance.now() - start;
  };
  time(200);
  const small = Math.max(time(1_000), 1);
  assert.ok(time(10_000) < small * 40, 'ten times the text took more than forty times as long');
});
