import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { columns, folded, ink, lineWidth, padded, printed } from '../../views/export/ink.ts';
import { partText, reportText } from '../../views/export/text.ts';
import { hostileReport, list, report } from './fixture.ts';

test('the report as text is exactly test/expected/report.txt', () => {
  const expected = readFileSync(new URL('../../../test/expected/report.txt', import.meta.url), 'utf8');
  assert.equal(reportText(report, list, { width: 72, color: false }), expected);
});

test('color adds nothing but SGR sequences', () => {
  const plain = reportText(report, list, { width: 72, color: false });
  const colored = reportText(report, list, { width: 72, color: true });
  assert.match(colored, /\u001b\[31m▼ opposes\u001b\[0m/);
  const stripped = colored.replace(/\u001b\[[0-9;]*m/g, '').replace(/ +$/gm, '');
  assert.equal(stripped, plain);
});

test('nothing that acts on a terminal comes through', () => {
  const text = reportText(hostileReport(), list, { width: 60, color: false });
  assert.doesNotMatch(text, /[^\P{Cc}\n]|[\u202a-\u202e]/u);
  assert.match(text, /\u241b\[31m/);
});

test('parts stand under the same header', () => {
  const open = partText(report, list, 'open questions', { width: 72, color: false });
  assert.match(open, /^Retire the Python 2 build scripts\n/);
  assert.match(
    open,
    /Open questions\n {2}\? open “When does the branch open\?” #6 Bo Sample, to Ada Example\n$/,
  );
  assert.doesNotMatch(open, /answered/);
});

test('folded lines keep to the width and lose no word', () => {
  const unit = fc.constantFrom('a', 'bb', ' ', '  ', '\n', '日本', 'é', '👩‍💻', 'x'.repeat(70), '\u001b');
  fc.assert(
    fc.property(fc.array(fc.array(unit).map((parts) => parts.join(''))), (texts) => {
      const parts = texts.map((text, i) => (i % 2 === 0 ? text : ink('dim', text)));
      const lines = folded(parts, 40, '  1 ');
      for (const line of lines) assert.ok(lineWidth(line) <= 40);
      const words = (text: string): string => text.replace(/\s+/g, '');
      assert.equal(words(printed(lines, false)), words(printed([['  1 ', ...parts]], false)));
    }),
  );
});

test('wide characters take two columns, combining ones none', () => {
  assert.equal(columns('日本'), 4);
  assert.equal(columns('e\u0301'), 1);
  assert.equal(padded('日本語', 5), '日本…');
  assert.equal(padded('ab', 4), 'ab  ');
});
