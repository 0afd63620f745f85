// The collated debate as text: also a passage of more lines than a call can have arguments is printed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collate } from '../../nlp/collated.ts';
import { reportOf } from '../../pipeline/report.ts';
import { collatedExport } from '../../views/export/collated.ts';
import { debateOf } from '../nlp/ledger/debate.ts';

test('a mail of 300,000 lines is printed whole', () => {
  const debate = debateOf([{ id: 'a@example.org', from: 'Ann Other', body: 'a\n'.repeat(300_000) }]);
  const { ledger, report } = reportOf(debate, { version: '0' });
  const text = collatedExport(collate(debate, ledger), report, 'talk', { width: 80, color: false });
  assert.equal(text.split('\n').filter((line) => line.trim() === 'a').length, 300_000);
});
