// Trailer lines: which are, which are not, and which a patch only carries along.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { segmentBody } from '../../../nlp/ledger/segment.ts';

function trailersOf(body: string): string[] {
  return segmentBody(body, 'id@example.org').trailers.map((trailer) => {
    assert.equal(trailer.span.messageId, 'id@example.org');
    const raw = body.slice(trailer.span.start, trailer.span.end);
    assert.ok(raw.startsWith(trailer.key), raw);
    return `${trailer.key} = ${trailer.value}${trailer.carried ? ' (carried)' : ''}`;
  });
}

const DIFF =
  '---\n x.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n';

const table: readonly (readonly [string, string, readonly string[]])[] = [
  ['an ack', 'Looks fine.\n\nAcked-by: Ann Other <ann@example.org>\n', ['Acked-by = Ann Other <ann@example.org>']],
  ['lower case', 'acked-by: Ann Other <ann@example.org>', ['acked-by = Ann Other <ann@example.org>']],
  ['a comment', 'Acked-by: Ann <ann@example.org> # for the docs', ['Acked-by = Ann <ann@example.org> # for the docs']],
  ['indented', '  Reviewed-by: Ann <ann@example.org>', ['Reviewed-by = Ann <ann@example.org>']],
  ['name only', 'Nacked-by: Ann Other', ['Nacked-by = Ann Other']],
  ['several', 'Fixes: 0123456789ab ("x: do y")\nCc: stable@example.org\nLink: https://example.org/r/1', ['Fixes = 0123456789ab ("x: do y")', 'Cc = stable@example.org', 'Link = https://example.org/r/1']],
  ['folded', 'Fixes: 0123456789ab ("x: a long\n  subject line")\n', ['Fixes = 0123456789ab ("x: a long subject line")']],
  ['quoted', '> Acked-by: Ann <ann@example.org>\n\nThanks.', []],
  ['in a sentence', 'I gave my Acked-by: but only for the docs.', []],
  ['no value', 'Acked-by:\n', []],
  ['prose after a key', 'Link: that is what we call it here in the office', []],
  ['a vote is no trailer', '+1\nNACK\n', []],
  ['a heading', 'Fixes: the following is broken', []],
  ['in a diff', `${DIFF.replace('+b', '+Acked-by: Ann <ann@example.org>')}`, []],
  ['in a signature', '-- \nAcked-by: Ann <ann@example.org>', []],
  ['carried by a patch', `Do x.\n\nAcked-by: Ann <ann@example.org>\nSigned-off-by: Bob <bob@example.org>\n${DIFF}`, ['Acked-by = Ann <ann@example.org> (carried)', 'Signed-off-by = Bob <bob@example.org> (carried)']],
  ['carried, notes below', `Do x.\n\nSigned-off-by: Bob <bob@example.org>\n---\nv2: as Ann asked\n${DIFF.slice(4)}`, ['Signed-off-by = Bob <bob@example.org> (carried)']],
  ['spoken above a suggested diff', `Acked-by: Ann <ann@example.org>\n\nBut maybe like this?\n\n${DIFF.slice(DIFF.indexOf('diff'))}`, ['Acked-by = Ann <ann@example.org>']],
  ['in-body author', `From: Ann Other <ann@example.org>\n\nDo x.\n\nSigned-off-by: Bob <bob@example.org>\n${DIFF}`, ['From = Ann Other <ann@example.org> (carried)', 'Signed-off-by = Bob <bob@example.org> (carried)']],
  ['no in-body author', 'From: here on it gets worse.\n\nSo stop.', []],
]; // prettier-ignore

for (const [name, body, expected] of table) {
  test(`trailers: ${name}`, () => assert.deepEqual(trailersOf(body), expected));
}
