import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listNameOfHeader, listNameOfPath, listNameOfUrl } from '../../../ingest/source/list-name.ts';

describe('list names', () => {
  const paths: readonly (readonly [string, string])[] = [
    ['/mail/widgets.mbox.gz', 'widgets'],
    ['/mail/widgets', 'widgets'],
    ['/mail/widgets.pipermail', 'widgets'],
    ['/mail/widgets.pipermail/2024-March.txt.gz', 'widgets'],
    ['/mail/widgets/2024-03.mbox', 'widgets'],
    ['/mail/widgets/2024q1.txt.gz', 'widgets'],
    ['/mail/--notes of <2024>!.mbox', 'notes-of-2024-'],
    ['/mail/.hidden.mbox', 'hidden'],
    ['/mail/linux-man.git', 'linux-man'],
    ['/', 'mail'],
    ['/2024', '2024'],
    ['.mbox', 'mail'],
  ];
  for (const [path, name] of paths) {
    test(`of the path ${path}: ${name}`, () => assert.equal(listNameOfPath(path), name));
  }
  const urls: readonly (readonly [string, string])[] = [
    ['https://example.org/widgets/made@example.org/t.mbox.gz', 'widgets'],
    ['https://example.org/widgets.mbox', 'widgets'],
    ['https://example.org/', 'example.org'],
  ];
  for (const [url, name] of urls) {
    test(`of the URL ${url}: ${name}`, () => assert.equal(listNameOfUrl(new URL(url)), name));
  }
  test('of a header', () => {
    assert.equal(listNameOfHeader(Buffer.from('A: b\nList-Id: The list <widgets.example.org>\n')), 'widgets');
    assert.equal(listNameOfHeader(Buffer.from('A: b\n')), '');
  });
});
