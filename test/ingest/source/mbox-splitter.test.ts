import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { MboxSplitter, type MboxFormat, type SplitItem } from '../../../ingest/source/mbox-splitter.ts';

function split(
  text: string | Buffer,
  format: MboxFormat = 'auto',
  chunk = Infinity,
  max = 1 << 28,
): SplitItem[] {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'latin1') : text;
  const splitter = new MboxSplitter({ format, from: 0, maxMessageBytes: max });
  const items: SplitItem[] = [];
  for (let at = 0; at < bytes.length; at += chunk) {
    items.push(...splitter.push(Buffer.from(bytes.subarray(at, Math.min(at + chunk, bytes.length)))));
  }
  items.push(...splitter.finish());
  return items;
}

/** One line per item: offset, then the mail's text or the reject's code, with the codes of its defects. */
function told(items: readonly SplitItem[]): string[] {
  return items.map((item) => {
    if (item.kind === 'reject') return `${item.at} reject ${item.defect.code}`;
    const codes = item.defects.map(({ code }) => ` [${code}]`).join('');
    return `${item.at} ${JSON.stringify(item.bytes.toString('latin1'))}${codes}`;
  });
}

const E = 'From ann@example.org Tue Mar  5 10:00:00 2024\n';
const Z = 'From mboxrd@z Thu Jan  1 00:00:00 1970\n';
const P = 'From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001\n';
const H = 'Subject: s\n\n';

const table: readonly (readonly [
  name: string,
  input: string,
  expected: readonly string[],
  format?: MboxFormat,
])[] = [
  ['nothing', '', []],
  ['only empty lines', '\n\r\n\n', []],
  ['one mail', `${E}${H}body\n\n`, ['0 "Subject: s\\n\\nbody\\n"']],
  ['two mails', `${E}${H}a\n\n${E}${H}b\n\n`, ['0 "Subject: s\\n\\na\\n"', '61 "Subject: s\\n\\nb\\n"']],
  [
    'no empty line between',
    `${E}${H}a\n${E}${H}b\n`,
    ['0 "Subject: s\\n\\na\\n"', '60 "Subject: s\\n\\nb\\n"'],
  ],
  [
    'no line end at the end',
    `${E}${H}a\n\n${E}${H}b`,
    ['0 "Subject: s\\n\\na\\n"', '61 "Subject: s\\n\\nb"'],
  ],
  [
    'CRLF',
    `${E}${H}a\n\n${E}${H}b\n\n`.replaceAll('\n', '\r\n'),
    ['0 "Subject: s\\r\\n\\r\\na\\r\\n"', '66 "Subject: s\\r\\n\\r\\nb\\r\\n"'],
  ],
  ['empty lines first', `\n\n${E}${H}a\n`, ['2 "Subject: s\\n\\na\\n"']],
  ['byte order mark', `\xef\xbb\xbf${E}${H}a\n`, ['3 "Subject: s\\n\\na\\n"']],
  [
    'text before the first mail',
    `rest of a mail\n\n${E}${H}a\n`,
    ['0 reject leading-bytes', '16 "Subject: s\\n\\na\\n"'],
  ],
  ['no mail at all', 'hello\nFrom here on 2024\n', ['0 reject leading-bytes']],
  [
    'From in prose',
    `${E}${H}From 10:00 in 2024 on\nwe meet\n`,
    ['0 "Subject: s\\n\\nFrom 10:00 in 2024 on\\nwe meet\\n"'],
  ],
  [
    'From above a link',
    `${E}${H}From 10:00, 2024\nhttp://x/\n`,
    ['0 "Subject: s\\n\\nFrom 10:00, 2024\\nhttp://x/\\n"'],
  ],
  [
    'From without time, inside a paragraph',
    `${E}${H}a\nFrom 2024\nNote: b\n`,
    ['0 "Subject: s\\n\\na\\nFrom 2024\\nNote: b\\n"'],
  ],
  [
    'envelope without time',
    `${E}${H}a\n\nFrom ann 2024\nSubject: t\n\nb\n`,
    ['0 "Subject: s\\n\\na\\n"', '61 "Subject: t\\n\\nb\\n"'],
  ],
  ['envelope without date, at the start', `From ann\nSubject: t\n\nb\n`, ['0 "Subject: t\\n\\nb\\n"']],
  [
    'envelopes without any date, in a file that begins so',
    `From ann\n${H}a\n\nFrom -\n${H}b\nFrom bob\nSubject: no\n`,
    ['0 "Subject: s\\n\\na\\n"', '24 "Subject: s\\n\\nb\\nFrom bob\\nSubject: no\\n"'],
  ],
  [
    'a line without any date, in another file',
    `${E}${H}a\n\nFrom ann\nSubject: t\n`,
    [`0 ${JSON.stringify(`${H}a\n\nFrom ann\nSubject: t\n`)}`],
  ],
  [
    'prose that holds a time and a year, above a colon',
    `${E}${H}a\nFrom 10:00 in 2024 on\nNote: b\n`,
    [`0 ${JSON.stringify(`${H}a\nFrom 10:00 in 2024 on\nNote: b\n`)}`],
  ],
  [
    'malformed first header line',
    `${E}${H}a\n\n${E}no colon\nSubject: t\n\nb\n`,
    ['0 "Subject: s\\n\\na\\n"', '61 "no colon\\nSubject: t\\n\\nb\\n"'],
  ],
  [
    'no header in the first mail',
    `${E}\nbody\n\n${E}${H}a\n`,
    ['0 "\\nbody\\n"', '53 "Subject: s\\n\\na\\n"'],
  ],
  [
    'no header in a mail of public-inbox',
    `${Z}${H}a\n\n${Z}\nb\n\n`,
    ['0 "Subject: s\\n\\na\\n"', '54 "\\nb\\n"'],
  ],
  ['envelope without mail', `${E}${H}a\n\n${E}`, ['0 "Subject: s\\n\\na\\n"', '61 reject empty-message']],
  ['pasted patch in a mail', `${E}${H}a\n\n${P}From: b\n`, [`0 ${JSON.stringify(`${H}a\n\n${P}From: b\n`)}`]],
  ['file of patches', `${P}${H}a\n\n${P}${H}b\n`, ['0 "Subject: s\\n\\na\\n"', '86 "Subject: s\\n\\nb\\n"']],
  [
    'second envelope line',
    `${E}>From uucp 10:00 2024\n${H}a\n`,
    ['0 "Subject: s\\n\\na\\n" [extra-envelope-line]'],
  ],
  ['cut in the header', `${E}Subject: s\nMessage-ID: <a`, ['0 "Subject: s\\nMessage-ID: <a" [truncated]']],
  ['header only', `${E}Subject: s\n`, ['0 "Subject: s\\n"']],
  [
    'mboxrd quoting',
    `${E}${H}>From a\n>>From b\n >From c\nd >From e\n`,
    [`0 ${JSON.stringify(`${H}From a\n>From b\n >From c\nd >From e\n`)}`],
  ],
  [
    'mboxo quoting',
    `${E}${H}>From a\n>>From b\n`,
    [`0 ${JSON.stringify(`${H}From a\n>>From b\n`)}`],
    'mboxo',
  ],
  ['quoting kept when asked', `${E}${H}>From a\n`, [`0 ${JSON.stringify(`${H}>From a\n`)}`], 'mboxcl2'],
  [
    'true Content-Length over an envelope',
    `${E}Content-Length: 60\n\nto wit:\n\n${E}A: b\n\n${E}${H}b\n`,
    [`0 ${JSON.stringify(`Content-Length: 60\n\nto wit:\n\n${E}A: b\n`)}`, '127 "Subject: s\\n\\nb\\n"'],
  ],
  [
    'false Content-Length, too large',
    `${E}Content-Length: 999\n\na\n\n${E}${H}b\n`,
    [`0 ${JSON.stringify('Content-Length: 999\n\na\n')}`, '70 "Subject: s\\n\\nb\\n"'],
  ],
  [
    'false Content-Length, inside the next mail',
    `${E}Content-Length: 60\n\na\n\n${E}${H}b\n\n${E}${H}c\n`,
    [
      `0 ${JSON.stringify('Content-Length: 60\n\na\n')}`,
      '69 "Subject: s\\n\\nb\\n"',
      '130 "Subject: s\\n\\nc\\n"',
    ],
  ],
  [
    'Content-Length that does not count the quoting',
    `${E}Content-Length: 7\n\n>From a\n\n${E}${H}b\n`,
    [`0 ${JSON.stringify('Content-Length: 7\n\nFrom a\n')}`, '74 "Subject: s\\n\\nb\\n"'],
  ],
];

describe('mbox splitter', () => {
  for (const [name, input, expected, format = 'auto'] of table) {
    test(name, () => {
      for (const chunk of [Infinity, 1, 7, 64]) {
        assert.deepEqual(
          told(split(input, format, chunk)),
          expected,
          `in chunks of ${chunk}: ${JSON.stringify(input)}`,
        );
      }
    });
  }

  test('a mail above the limit is rejected and the next one read', () => {
    const input = `${E}${H}a\n\n${E}${H}${'x'.repeat(5000)}\n\n${E}${H}b\n`;
    for (const chunk of [Infinity, 500]) {
      const items = told(split(input, 'auto', chunk, 3000));
      assert.deepEqual(items, [
        '0 "Subject: s\\n\\na\\n"',
        '61 reject oversized-message',
        '5121 "Subject: s\\n\\nb\\n"',
      ]);
    }
  });
});

/* Round trips: mails written in a dialect are read back byte for byte. */

const HEADER = 'From: Ann <ann@example.org>\nSubject: made\n\n';
const line = fc.oneof(
  fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, '')),
  fc.constantFrom(
    '',
    '>',
    '>From x',
    '>>From y',
    'From a Tue Mar  5 10:00:00 2024',
    'From: x',
    'From',
    'x: y',
    E.trim(),
    Z.trim(),
    P.trim(),
  ),
);
/** Bodies end with a line that is not empty: how many empty lines end a mail is not kept by any dialect but mboxcl2. */
const body = fc.array(line, { maxLength: 12 }).map((lines) => `${lines.join('\n')}\nend\n`);
const mails = fc.array(
  body.map((text) => Buffer.from(HEADER + text, 'utf8')),
  { minLength: 1, maxLength: 6 },
);
const chunks = fc.constantFrom(Infinity, 1, 13, 200);

function stuff(mail: Buffer, pattern: RegExp): Buffer {
  return Buffer.from(mail.toString('latin1').replace(pattern, '>$&'), 'latin1');
}

function read(bytes: Buffer, format: MboxFormat, chunk: number): string[] {
  return split(bytes, format, chunk).map((item) =>
    item.kind === 'mail' ? item.bytes.toString('latin1') : item.defect.code,
  );
}

const texts = (list: readonly Buffer[]): string[] => list.map((mail) => mail.toString('latin1'));

const RD = /^>*From /gm;

describe('mbox round trips', () => {
  for (const end of ['\n', '\r\n']) {
    for (const gap of [true, false]) {
      test(`mboxrd, line end ${JSON.stringify(end)}, ${gap ? 'with' : 'without'} empty lines between`, () => {
        fc.assert(
          fc.property(mails, chunks, fc.boolean(), (list, chunk, lastGap) => {
            const crlf = list.map((mail) =>
              Buffer.from(mail.toString('latin1').replaceAll('\n', end), 'latin1'),
            );
            const file = crlf.map((mail, i) =>
              Buffer.concat([
                Buffer.from(E.replace('\n', end)),
                stuff(mail, RD),
                Buffer.from(gap || (lastGap && i === crlf.length - 1) ? end : ''),
              ]),
            );
            assert.deepEqual(read(Buffer.concat(file), 'auto', chunk), texts(crlf));
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  test('mboxo, where no body line begins with >From', () => {
    fc.assert(
      fc.property(mails, chunks, (list, chunk) => {
        const plain = list.map((mail) =>
          Buffer.from(mail.toString('latin1').replace(/^>+From /gm, 'From '), 'latin1'),
        );
        const file = plain.map((mail) =>
          Buffer.concat([Buffer.from(E), stuff(mail, /^From /gm), Buffer.from('\n')]),
        );
        assert.deepEqual(read(Buffer.concat(file), 'mboxo', chunk), texts(plain));
        assert.deepEqual(read(Buffer.concat(file), 'auto', chunk), texts(plain));
      }),
      { numRuns: 60 },
    );
  });

  test('mboxcl2, nothing quoted', () => {
    fc.assert(
      fc.property(mails, chunks, fc.boolean(), (list, chunk, gap) => {
        const sized = list.map((mail) => {
          const text = mail.toString('latin1').slice(HEADER.length);
          return Buffer.from(`${HEADER.trim()}\nContent-Length: ${text.length}\n\n${text}`, 'latin1');
        });
        const file = sized.map((mail) => Buffer.concat([Buffer.from(E), mail, Buffer.from(gap ? '\n' : '')]));
        assert.deepEqual(read(Buffer.concat(file), 'auto', chunk), texts(sized));
      }),
      { numRuns: 60 },
    );
  });

  test('random bytes never throw, and the chunking never matters', () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.constantFrom(
        '\n',
        '\r\n',
        '\n\n',
        E,
        Z,
        P,
        '>',
        '>From ',
        'From ',
        'Subject: x\n',
        'Content-Length: 40\n',
        '\n\nFrom ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 90 }), (pieces, chunk) => {
        const input = pieces.join('');
        assert.deepEqual(told(split(input, 'auto', chunk)), told(split(input)));
      }),
      { numRuns: 400 },
    );
  });
});
