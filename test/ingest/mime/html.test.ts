import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlToText } from '../../../ingest/mime/html.ts';

const rows: readonly (readonly [string, string])[] = [
  ['', ''],
  ['plain', 'plain'],
  ['<p>one</p><p>two</p>', 'one\n\ntwo'],
  ['one<br>two<br/>three', 'one\ntwo\nthree'],
  ['a  \n\t b', 'a b'],
  ['&lt;b&gt; &amp; &quot;x&quot; &#8217; &#x1F600; &nbsp;y &unknown; &', '<b> & "x" ’ 😀 y &unknown; &'],
  ['<script>alert(1)</script>x<style>p{}</style>', 'x'],
  ['<head><title>t</title></head><body>x</body>', 'x'],
  ['<head><title>t</title><body>unclosed head</body>', 'unclosed head'],
  ['<a href="javascript:alert(1)" onclick="x()">link</a>', 'link'],
  ['<img src=x onerror=alert(1)>x', 'x'],
  ['<svg onload=alert(1)><text>t</text></svg>', 't'],
  ['<!-- <p>hidden</p> -->x', 'x'],
  ['<blockquote>quoted<br>more</blockquote>mine', '> quoted\n> more\nmine'],
  ['<blockquote><blockquote>deep</blockquote>shallow</blockquote>', '> > deep\n> shallow'],
  ['<ul><li>one<li>two</ul>', 'one\ntwo'],
  ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
  ['<pre>a\n  b</pre>', 'a\n  b'],
  ['<blockquote><pre>a\nb</pre></blockquote>', '> a\n> b'],
  ['<p>one</p> <p> </p>\n<p>two </p>', 'one\n\ntwo'],
  ['</blockquote></pre></div>x', 'x'],
  ['a < b and c > d', 'a < b and c > d'],
  ['<p', ''],
  ['&#xD800;&#0;&#x110000;', '\ufffd\ufffd\ufffd'],
];

for (const [html, text] of rows) {
  test(`html ${JSON.stringify(html)}`, () => assert.equal(htmlToText(html), text));
}

test('quote depth is bounded, element depth costs nothing', () => {
  const deep = `${'<blockquote>'.repeat(1000)}x${'</blockquote>'.repeat(1000)}`;
  assert.match(htmlToText(deep), /(?:^|\n)(?:> ){20}x(?:\n|$)/);
  assert.equal(htmlToText(`${'<b>'.repeat(300_000)}x`), 'x');
});
