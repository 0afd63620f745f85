import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { linked } from '../../views/fragment/text.ts';
import { html } from '../../views/html.ts';

const cases: readonly (readonly [string, string | null])[] = [
  ['see https://example.org/a.', 'https://example.org/a'],
  ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
  ['<https://example.org/>', 'https://example.org/'],
  ['https://example.org/?a=1&b=2, and', 'https://example.org/?a=1&b=2'],
  ['javascript:alert(1)', null],
  ['data:text/html,x https://', null],
  [`https://example.org/"onmouseover="x`, 'https://example.org/'],
];

for (const [text, url] of cases) {
  test(`links in ${text}`, () => {
    const made = html`${linked(text)}`.toString();
    const href = /<a href="([^"]*)" rel="nofollow noopener noreferrer">/.exec(made)?.[1];
    assert.equal(href?.replaceAll('&amp;', '&') ?? null, url);
  });
}

test('a megabyte of brackets after http:// takes no time', () => {
  const started = performance.now();
  for (const tail of ['('.repeat(1e6), ')'.repeat(1e6), '.'.repeat(1e6) + 'a', 'http://'.repeat(150_000)]) {
    linked(`http://a${tail}`);
  }
  assert.ok(performance.now() - started < 1000);
});

test('no text is lost or added', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('http://', 'https://x', '.', ')', '(', ' ', 'a', '<', '&', '"', '\n')),
      (parts) => {
        const text = parts.join('');
        const shown = html`${linked(text)}`
          .toString()
          .replace(/<[^>]*>/g, '')
          .replace(
            /&(lt|gt|quot|amp);/g,
            (_, name: string) => ({ lt: '<', gt: '>', quot: '"' })[name] ?? '&',
          );
        assert.equal(shown, text);
      },
    ),
  );
});
