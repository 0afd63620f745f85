import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { unwrapFlowed } from '../../../ingest/mime/flowed.ts';

interface Row {
  readonly why: string;
  readonly text: readonly string[];
  readonly wanted: readonly string[];
  readonly delSp?: boolean;
}

const rows: readonly Row[] = [
  { why: 'soft breaks', text: ['one ', 'two ', 'three', 'four'], wanted: ['one two three', 'four'] },
  { why: 'delsp', text: ['sp ', 'lit wo  ', 'rds'], wanted: ['split wo rds'], delSp: true },
  { why: 'a paragraph ends at an empty line', text: ['one ', '', 'two'], wanted: ['one ', 'two'] },
  { why: 'stuffing', text: [' From here', '  two blanks', ' x'], wanted: ['From here', ' two blanks', 'x'] },
  { why: 'stuffed > stays apart from a quote', text: [' >not quoted'], wanted: [' >not quoted'] },
  {
    why: 'quotes join at one depth',
    text: ['> one ', '> two', '>> deep ', '> flat'],
    wanted: ['> one two', '>> deep ', '> flat'],
  },
  { why: 'no join across depths', text: ['> one ', 'two'], wanted: ['> one ', 'two'] },
  {
    why: 'marks as written',
    text: ['>one ', '>two', '>> three ', '>> four'],
    wanted: ['>one two', '>> three four'],
  },
  {
    why: 'signature mark never joined',
    text: ['bye ', '-- ', 'Alice ', 'Example'],
    wanted: ['bye ', '-- ', 'Alice Example'],
  },
  {
    why: 'quoted signature mark',
    text: ['> bye', '> -- ', '> Alice'],
    wanted: ['> bye', '> -- ', '> Alice'],
  },
  {
    why: 'blank context line of a quoted patch',
    text: ['>  ', '> +added', '>   ', '> -gone'],
    wanted: ['>  ', '> +added', '>   ', '> -gone'],
  },
  { why: 'a soft break at the end of the text', text: ['one '], wanted: ['one '] },
];

for (const { why, text, wanted, delSp = false } of rows) {
  test(`flowed: ${why}`, () => assert.equal(unwrapFlowed(text.join('\n'), delSp), wanted.join('\n')));
}

test('unwrapping keeps every word outside quotes, and text without trailing blanks as it is', () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '>', '-'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      const words = (value: string): string => value.replace(/[\s>]+/g, '');
      assert.equal(words(unwrapFlowed(text, false)), words(text));
      const fixed = lines.map((value) => value.trim()).join('\n');
      assert.equal(unwrapFlowed(fixed, false), fixed);
    }),
  );
});
