import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, grouped, progressLine, startProgress } from '../../cli/progress.ts';
import type { Terminal } from '../../cli/terminal.ts';
import type { AddProgress } from '../../pipeline/add.ts';

const lines: readonly (readonly [AddProgress, number, boolean, string])[] = [
  [{ phase: 'read', done: 0, bytes: 0 }, 0, true, 'read 0 mails'],
  [{ phase: 'read', done: 1200, bytes: 9 }, 2, false, 'read 1,200 mails  600/s'],
  [
    { phase: 'read', done: 6000, total: 18_000, bytes: 9 },
    10,
    false,
    'read 6,000 of 18,000 mails  600/s  0:20 left',
  ],
  [
    { phase: 'analyze', done: 50, total: 100, bytes: 0 },
    1,
    true,
    '████████████░░░░░░░░░░░░ 50%  analyzed 50 of 100 debates  50/s  0:01 left',
  ],
  [{ phase: 'thread', done: 0, bytes: 0 }, 3, true, 'threading'],
  [
    { phase: 'read', done: 12, total: 10, bytes: 0 },
    1,
    true,
    `${'█'.repeat(24)} 100%  read 12 of 10 mails  12/s  0:00 left`,
  ],
];

for (const [progress, seconds, bar, expected] of lines) {
  test(expected, () => assert.equal(progressLine(progress, seconds, bar), expected));
}

test('clock and grouped', () => {
  assert.deepEqual([clock(7), clock(61.2), clock(7380), clock(-1)], ['0:07', '1:02', '2:03:00', '0:00']);
  assert.deepEqual([grouped(999), grouped(1000), grouped(1234567)], ['999', '1,000', '1,234,567']);
});

function drawn(terminal: Partial<Terminal>): string {
  let written = '';
  const progress = startProgress(
    {
      out: () => undefined,
      note: () => undefined,
      warn: () => undefined,
      width: 80,
      color: false,
      quiet: false,
      outIsTerminal: false,
      errIsTerminal: false,
      ...terminal,
    },
    (text) => (written += text),
  );
  progress.update({ phase: 'read', done: 5, total: 10, bytes: 0 });
  progress.clear();
  return written;
}

test('a bar on a terminal, removed at the end; nothing when quiet; a plain line elsewhere', () => {
  assert.match(drawn({ errIsTerminal: true }), /^\r\u001b\[K█+░+ 50% {2}read 5 of 10 mails.*\r\u001b\[K$/);
  assert.equal(drawn({ quiet: true, errIsTerminal: true }), '');
  assert.match(drawn({}), /^(read 5 of 10 mails.*\n)?$/);
});
