import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { messageIdPath, readMessageId } from '../../model/message-id.ts';

const id = '20230117-a.b+c@mail.example.org';

const accepted: readonly (readonly [string, string])[] = [
  [id, id],
  [`<${id}>`, id],
  [`  <${id}>\n`, id],
  [`id:${id}`, id],
  [`mid:${id}`, id],
  [`MID:<${id}>`, id],
  ['mid:a%2Fb@example.org', 'a/b@example.org'],
  ['id:a%2Fb@example.org', 'a%2Fb@example.org'],
  [`m:${id}`, id],
  [`Message-ID: <${id}>`, id],
  [`https://lore.kernel.org/bpf/${id}/`, id],
  [`https://lore.kernel.org/bpf/${id}`, id],
  [`https://lore.kernel.org/all/${id}/#t`, id],
  [`https://lore.kernel.org/bpf/${id}/T/`, id],
  [`https://lore.kernel.org/bpf/${id}/T/#u`, id],
  [`https://lore.kernel.org/bpf/${id}/t.mbox.gz`, id],
  [`https://lore.kernel.org/bpf/${id}/raw`, id],
  [`https://lore.kernel.org/r/${id}`, id],
  [`https://lore.kernel.org/r/a/b@example.org`, 'a/b@example.org'],
  [`https://lore.kernel.org/all/a%2Fb@example.org/raw`, 'a/b@example.org'],
  [`https://lore.kernel.org/all/a%2Fb%40example.org/`, 'a/b@example.org'],
  [`https://lore.kernel.org/bpf/no-at-sign/`, 'no-at-sign'],
  [`https://msgid.link/${id}`, id],
  [`https://patch.msgid.link/${id}/`, id],
  ['https://patch.msgid.link/no-at-sign', 'no-at-sign'],
  [`http://127.0.0.1:8125/bpf/${id}/positions.json`, id],
  [`http://127.0.0.1:8125/bpf/${id}/positions#s0a1b2c`, id],
  [`https://inbox.example.org/sub/list/${id}/`, id],
  ['https://lore.kernel.org/all/%E0%A4%A@example.org/', '%E0%A4%A@example.org'],
];

for (const [given, expected] of accepted) {
  test(`reads ${JSON.stringify(given)}`, () => assert.equal(readMessageId(given), expected));
}

for (const given of ['', '   ', '<>', 'id:', 'two words@example.org', 'https://lore.kernel.org/']) {
  test(`refuses ${JSON.stringify(given)}`, () => assert.equal(readMessageId(given), undefined));
}

test('a path segment leads back to the id, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
      const path = messageIdPath(text);
      assert.doesNotMatch(path, /[/?#\s<>"]/);
      assert.equal(decodeURIComponent(path), text);
    }),
  );
  assert.equal(messageIdPath('a/b+c=d@x.example'), 'a%2Fb+c=d@x.example');
  assert.equal(messageIdPath('lone\ud800@x'), 'lone%EF%BF%BD@x');
});
