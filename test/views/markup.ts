// A strict reader of the markup that views make: balanced tags, known elements, no handler, no inline style or
// script.
import assert from 'node:assert/strict';

const known = new Set(
  'html head meta title link body a div nav ol ul li form input button select option label main section article header footer h1 h2 h3 p span small strong em q bdi time table thead tbody tr th td details summary pre blockquote mark code dl dt dd abbr script button kbd svg g path line text circle rect b'.split(
    ' ',
  ),
);
const empty = new Set(['meta', 'link', 'input']);
/** `<path ... />` as well, where the parser closes at once (inside svg). */
const selfClosing = /\/\s*$/;
const tag = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*>/y;

export interface Read {
  readonly ids: readonly string[];
  readonly hrefs: readonly string[];
  readonly text: string;
  /** Without what is hidden from screen readers (signs). */
  readonly spoken: string;
}

function entities(text: string): string {
  return text.replace(
    /&(lt|gt|quot|#39|nbsp|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' })[name] ?? '&',
  );
}

/** Fails on anything that is not plainly made by our templates. */
export function readMarkup(page: string): Read {
  const ids: string[] = [];
  const hrefs: string[] = [];
  const open: string[] = [];
  let text = '';
  let spoken = '';
  let hiddenBelow = Infinity;
  assert.ok(page.startsWith('<!DOCTYPE html>'));
  let at = '<!DOCTYPE html>'.length;
  while (at < page.length) {
    const next = page.indexOf('<', at);
    const words = entities(page.slice(at, next === -1 ? undefined : next));
    text += words;
    if (open.length <= hiddenBelow) spoken += words;
    if (next === -1) break;
    tag.lastIndex = next;
    const found = tag.exec(page);
    assert.ok(found, `not a tag: ${page.slice(next, next + 80)}`);
    const [whole, slash = '', name = '', attributes = ''] = found;
    assert.ok(known.has(name), `unknown element ${name}`);
    if (slash === '/') assert.equal(open.pop(), name, `</${name}> at ${page.slice(next - 60, next + 20)}`);
    else if (!empty.has(name) && !selfClosing.test(attributes)) open.push(name);
    if (name === 'script' && slash === '') {
      assert.match(attributes, /^ src="\/_\/static\/[\w.-]+" defer$/, 'only scripts of ours');
      assert.ok(page.startsWith('</script>', next + whole.length), 'an inline script');
    }
    if (attributes.includes('aria-hidden="true"')) hiddenBelow = Math.min(hiddenBelow, open.length - 1);
    else if (open.length <= hiddenBelow) hiddenBelow = Infinity;
    for (const [, key = '', value = ''] of attributes.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)) {
      assert.doesNotMatch(key, /^(on|style)/i);
      if (key === 'id') ids.push(entities(value));
      if (key === 'href' || key === 'action') hrefs.push(entities(value));
    }
    at = next + whole.length;
  }
  assert.deepEqual(open, [], 'unclosed elements');
  assert.equal(
    new Set(ids).size,
    ids.length,
    `ids twice: ${ids.filter((id, i) => ids.indexOf(id) !== i).join(' ')}`,
  );
  for (const href of hrefs) assert.match(href, /^(\/|#|https?:\/\/)/, 'only paths, anchors and http links');
  return { ids, hrefs, text, spoken };
}

/** Every `#anchor` of the page is there. */
export function assertAnchors({ ids, hrefs }: Read, page = ''): void {
  const known = new Set(ids);
  for (const href of hrefs) {
    if (href.startsWith('#') && href !== '#')
      assert.ok(known.has(href.slice(1)), `${page} has no anchor for ${href}`);
  }
}
