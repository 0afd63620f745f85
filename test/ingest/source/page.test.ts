import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { pageEvents, readPage } from '../../../ingest/source/page.ts';
import { mailOfPage, type PageMessage } from '../../../ingest/source/page/message.ts';

const pages = fileURLToPath(new URL('../../../../test/mail/page/', import.meta.url));
const shared = fileURLToPath(new URL('../../../../../shared/mail/', import.meta.url));

function load(name: string): Buffer {
  return readFileSync(pages + name);
}

function isHtml(name: string): boolean {
  return name.endsWith('.html');
}

/** What the page states, without absent fields. */
function stated(message: PageMessage): Record<string, unknown> {
  const { defects, body, references, ...fields } = message;
  const kept = Object.entries(fields).filter(([, value]) => value !== '');
  const list = references === undefined || references.length === 0 ? {} : { references };
  return {
    ...Object.fromEntries(kept),
    ...list,
    body: body.join('\n'),
    defects: (defects ?? []).map(({ code }) => code),
  };
}

const SUBJECT = 'Re: [RFC] Freeze the widget table';
const ATTRIBUTION = 'On Tue, Mar 05, 2024 at 11:00:00AM +0100, Boris Made wrote:';
const QUOTE = '> Let us freeze the table & move on.';
const OWN = 'No, the table must stay open.';
const BODY = `${ATTRIBUTION}\n${QUOTE}\n\n${OWN}`;
const DANA = { name: 'Dana Equample', address: 'dana@example.org' };
const DANA_HIDDEN = { name: 'Dana Equample', address: 'dana@xxxxxxxxxxx' };
const DANA_NAME = { name: 'Dana Equample', address: '' };
const BORIS_NAME = { name: 'Boris Made', address: '' };
const DATE = 'Tue, 5 Mar 2024 12:30:00 +0100';

const table: Record<string, readonly Record<string, unknown>[]> = {
  'mhonarc.html': [
    {
      subject: SUBJECT,
      from: DANA,
      date: DATE,
      id: 'made-2@example.org',
      inReplyTo: 'made-1@example.org',
      references: ['made-0@example.org', 'made-1@example.org'],
      cc: 'Boris Made <boris@xxxxxxxxxxx>',
      body: `${ATTRIBUTION}\n${QUOTE}\n\nNo, the table must <stay> open.\n\n-- \nDana`,
      defects: [],
    },
  ],
  'mhonarc-bare.html': [
    {
      subject: SUBJECT,
      from: DANA_HIDDEN,
      date: DATE,
      inReplyTo: 'made-1@example.org',
      cc: 'Boris Made <boris@xxxxxxxxxxx>',
      body: `${ATTRIBUTION}\n${QUOTE}\n\nNo, the table must <stay> open.\n\n-- \nDana`,
      defects: [],
    },
  ],
  'mhonarc.txt': [
    {
      subject: SUBJECT,
      from: DANA_HIDDEN,
      date: DATE,
      inReplyTo: 'made-1@example.org',
      to: 'widgets@xxxxxxxxxxx',
      body: BODY,
      defects: [],
    },
  ],
  // The From line belongs to the patch in the body, so the page names no sender.
  'mhonarc-pasted.txt': [
    {
      subject: '[PATCH] widget: close the table',
      body: 'From: Boris Made <boris@xxxxxxxxxxx>\n\nClose it.\n\n---\n widget.c | 1 +',
      defects: [],
    },
  ],
  'marc.html': [
    {
      subject: SUBJECT,
      from: DANA,
      date: '2024-03-05 11:30:00 +0000',
      id: 'made-2@example.org',
      body: BODY,
      defects: [],
    },
  ],
  'marc.txt': [
    {
      subject: SUBJECT,
      from: DANA,
      date: '2024-03-05 11:30:00 +0000',
      id: 'made-2@example.org',
      body: BODY,
      defects: [],
    },
  ],
  'pipermail-old.html': [
    {
      subject: '[Widgets] Freeze the widget table',
      from: { name: 'Dana Équample', address: 'dana@example.org' },
      date: 'Tue Mar 5 12:30:00 CET 2024',
      inReplyTo: 'made-1@example.org',
      body: `Boris Made wrote:\n${QUOTE}\n\n${OWN}\n\nNext message: will you look?`,
      defects: [],
    },
  ],
  'pipermail-new.html': [
    {
      subject: '[Widgets] Freeze the widget table',
      from: { name: 'Dana Équample', address: 'dana@example.org' },
      date: 'Tue Mar 5 12:30:00 CET 2024',
      id: 'made-2@example.org',
      body: `Boris Made wrote:\n${QUOTE}\n\n${OWN}\n\nNext message: will you look?`,
      defects: [],
    },
  ],
  'pipermail.txt': [
    {
      subject: '[Widgets] Freeze the widget table',
      from: DANA,
      date: 'Tue Mar 5 12:30:00 CET 2024',
      body: `Boris Made wrote:\n${QUOTE}\n\n${OWN}`,
      defects: [],
    },
  ],
  'hyperkitty-thread.html': [
    {
      subject: 'Freeze the widget table',
      from: BORIS_NAME,
      date: '5 Mar 2024 11:00:00 -0000',
      id: 'made-1@example.org',
      body: 'Let us freeze the table\n& move on.\n\nBoris',
      defects: ['page-date-without-zone'],
    },
    {
      subject: 'Re: Freeze the widget table',
      from: { name: 'Dana Équample', address: '' },
      date: '5 Mar 2024 12:30:00 -0000',
      id: 'made-2@example.org',
      inReplyTo: 'made-1@example.org',
      body: `On Tue, Mar 5, 2024 Boris Made wrote:\n\n> Let us freeze the table\n> & move on.\n\n${OWN}`,
      defects: ['page-date-without-zone'],
    },
    {
      subject: 'Leave the table open',
      from: BORIS_NAME,
      date: '6 Mar 2024 00:00:00 -0000',
      id: 'made-3@example.org',
      inReplyTo: 'made-2@example.org',
      body: 'Fine, I yield.',
      defects: ['page-date-without-zone'],
    },
  ],
  'public-inbox.html': [
    {
      subject: SUBJECT,
      from: DANA,
      date: DATE,
      id: 'made/2@example.org',
      inReplyTo: 'made-1@example.org',
      to: 'Boris Made <boris@example.org>, Widgets <widgets@example.org>',
      cc: 'carla@example.org',
      body: BODY,
      defects: [],
    },
  ],
  'public-inbox.txt': [
    {
      subject: SUBJECT,
      from: DANA,
      date: DATE,
      id: 'made/2@example.org',
      inReplyTo: 'made-1@example.org',
      to: 'Boris Made <boris@example.org>, Widgets <widgets@example.org>',
      body: BODY,
      defects: [],
    },
  ],
  'public-inbox-thread.html': [
    {
      subject: '[RFC] Freeze the widget table',
      from: BORIS_NAME,
      date: 'Tue, 5 Mar 2024 10:00:00 +0000',
      id: 'made-1@example.org',
      to: 'widgets',
      cc: 'Dana Equample',
      body: 'Let us freeze the table & move on.',
      defects: [],
    },
    {
      subject: SUBJECT,
      from: DANA_NAME,
      date: 'Tue, 5 Mar 2024 11:30:00 +0000',
      id: 'made/2@example.org',
      inReplyTo: 'made-1@example.org',
      to: 'Boris Made',
      cc: 'widgets',
      body: BODY,
      defects: [],
    },
    {
      subject: SUBJECT,
      from: BORIS_NAME,
      date: 'Wed, 6 Mar 2024 09:05:00 +0000',
      id: 'made-3@example.org',
      inReplyTo: 'made/2@example.org',
      to: 'Dana Equample',
      body: 'Fine, I yield.',
      defects: [],
    },
  ],
  'public-inbox-thread.txt': [
    {
      subject: '[RFC] Freeze the widget table',
      from: BORIS_NAME,
      date: 'Tue, 5 Mar 2024 10:00:00 +0000',
      to: 'widgets',
      body: 'Let us freeze the table & move on.',
      defects: [],
    },
    {
      subject: SUBJECT,
      from: DANA_NAME,
      date: 'Tue, 5 Mar 2024 11:30:00 +0000',
      to: 'Boris Made',
      body: BODY,
      defects: [],
    },
  ],
};

describe('archive pages', () => {
  for (const [name, expected] of Object.entries(table)) {
    test(name, () => {
      const found = readPage(load(name), isHtml(name));
      assert.ok(found !== undefined, 'the page is recognized');
      assert.deepEqual(found.map(stated), expected);
    });
    test(`${name} with CRLF`, () => {
      const crlf = Buffer.from(load(name).toString('utf8').replaceAll('\n', '\r\n'));
      assert.deepEqual(readPage(crlf, isHtml(name)), readPage(load(name), isHtml(name)));
    });
  }

  test('a page of no archive is none', () => {
    assert.equal(readPage(load('unknown.html'), true), undefined);
    assert.equal(readPage(Buffer.from('Just some text.\n\nFrom here on, nothing.\n'), false), undefined);
  });

  test('saved as UTF-16 by a browser', () => {
    const text = load('marc.txt').toString('utf8');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    assert.deepEqual(readPage(utf16, false), readPage(load('marc.txt'), false));
  });

  test('declared latin-1', () => {
    const html = load('pipermail-old.html').toString('utf8').replace('us-ascii', 'iso-8859-1');
    const [message] = readPage(Buffer.from(html, 'latin1'), true) ?? [];
    assert.equal(message?.from?.name, 'Dana Équample');
  });

  test('a page that nests without end is given up', () => {
    assert.equal(readPage(Buffer.from(`<html>${'<b>'.repeat(300_000)}`), true), undefined);
  });

  test('broken pages and random text never throw', () => {
    const names = Object.keys(table);
    const cut = fc.record({
      name: fc.constantFrom(...names),
      from: fc.nat(3000),
      to: fc.nat(3000),
      noise: fc.string({ maxLength: 30 }),
    });
    fc.assert(
      fc.property(cut, ({ name, from, to, noise }) => {
        const bytes = load(name);
        const broken = Buffer.concat([bytes.subarray(0, from), Buffer.from(noise), bytes.subarray(to)]);
        for (const html of [true, false]) pageEvents(readPage(broken, html) ?? [], name);
      }),
      { numRuns: 200 },
    );
  });

  test('long lines and many marks stay linear', () => {
    const long = '>'.repeat(200_000) + ' '.repeat(200_000) + '['.repeat(200_000) + '* '.repeat(100_000);
    const nav = '[Date Prev][Date Next][Thread Prev][Thread Next][Date Index][Thread Index]';
    const began = process.cpuUsage().user;
    readPage(Buffer.from(`subject\n\n${nav}\n\n${long}\nFrom: ${long}\n* From: ${long}\n`), false);
    readPage(Buffer.from(`${long}\nname ${long} a at b\nTue Mar 5 12:30:00 CET 2024\n${long}`), false);
    readPage(Buffer.from(`From: ${long} @ 2024-03-05 10:00 UTC (permalink / raw)\n${long}`), false);
    readPage(Buffer.from(`<html><pre>${long}</pre>${'<p>x'.repeat(100_000)}`), true);
    assert.ok(process.cpuUsage().user - began < 5_000_000, 'under five seconds of processor time');
  });
});

describe('mail made from a page', () => {
  const [event] = pageEvents(readPage(load('hyperkitty-thread.html'), true)?.slice(1, 2) ?? [], 'page.html');

  test('is RFC 5322 with UTF-8 text and the words of the page', () => {
    assert.ok(event?.kind === 'mail');
    assert.equal(event.provenance, 'page');
    const encoded = Buffer.from('Dana Équample').toString('base64');
    assert.equal(
      event.bytes.toString('utf8'),
      [
        `From: =?utf-8?B?${encoded}?=`,
        'Subject: Re: Freeze the widget table',
        'Date: 5 Mar 2024 12:30:00 -0000',
        'Message-ID: <made-2@example.org>',
        'In-Reply-To: <made-1@example.org>',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'On Tue, Mar 5, 2024 Boris Made wrote:',
        '',
        '> Let us freeze the table',
        '> & move on.',
        '',
        OWN,
        '',
      ].join('\n'),
    );
  });

  test('what the page leaves open is told, not made up', () => {
    const [pasted] = pageEvents(readPage(load('mhonarc-pasted.txt'), false) ?? [], 'x');
    assert.ok(pasted?.kind === 'mail');
    assert.deepEqual(
      pasted.defects.map(({ code }) => code),
      ['page-no-sender', 'page-no-message-id', 'page-no-date'],
    );
    assert.doesNotMatch(pasted.bytes.toString('utf8').split('\n\n')[0] ?? '', /^(?:From|Date|Message-ID):/m);
    const [hidden] = pageEvents(readPage(load('mhonarc.txt'), false) ?? [], 'x');
    assert.ok(
      hidden?.kind === 'mail' && hidden.defects.some(({ code }) => code === 'page-obfuscated-address'),
    );
  });

  test('no header can be smuggled in', () => {
    const bytes = mailOfPage({
      subject: 'a\nBcc: evil@example.org',
      from: { name: 'A "B"\r\nBcc: evil@example.org', address: 'a@example.org>\nBcc: evil@example.org' },
      date: 'today\n\nbody',
      id: 'x@y\nBcc: evil',
      inReplyTo: 'x>,<y@z',
      references: ['a@b', 'c d', 'e@f'],
      to: 'b@example.org\r\rBcc: evil',
      body: ['one', 'two'],
    });
    assert.equal(
      bytes.toString('utf8'),
      [
        'From: "A \\"B\\" Bcc: evil@example.org" <a@example.orgBcc:evil@example.org>',
        'To: b@example.org Bcc: evil',
        'Subject: a Bcc: evil@example.org',
        'Date: today body',
        'References: <a@b>',
        ' <e@f>',
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: 8bit',
        '',
        'one',
        'two',
        '',
      ].join('\n'),
    );
  });

  test('a long name is split into encoded words of at most 75 characters', () => {
    const name = 'Ünïcödé Nàme '.repeat(12).trim();
    const bytes = mailOfPage({ subject: name, from: { name, address: '' }, body: [] });
    const header = bytes.toString('utf8').split('\n\n')[0] ?? '';
    const words = header.match(/=\?[^\s]+\?=/g) ?? [];
    assert.ok(words.length > 4 && words.every((word) => word.length <= 75));
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString('utf8')).join('');
    assert.equal(decoded, name + name);
  });
});

describe('pages of real archives', () => {
  test('the seed page names no sender, and its navigation is gone', (t) => {
    if (!existsSync(`${shared}seed.txt`)) return t.skip('../shared/mail is not here');
    const [message, ...others] = readPage(readFileSync(`${shared}seed.txt`), false) ?? [];
    assert.equal(others.length, 0);
    assert.equal(message?.from, undefined);
    assert.match(message?.subject ?? '', /^Re: \[RFC PATCH v2\] Documentation\/bpf/);
    assert.match(message?.body[0] ?? '', /^On Wed, Jan 18, 2023 at 8:32 PM Alexei Starovoitov$/);
    assert.match(message?.body.at(-1) ?? '', /libbpf's helpers, if any\)\.$/);
    return undefined;
  });
});
