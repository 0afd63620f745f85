// The pages in a real browser: home to debate to message, on a desk and on a phone, light and dark. Skipped where no
// Chromium is installed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openStore } from '../../store/open.ts';
import { buildServer } from '../../server/build.ts';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../store/store.ts';
import { debate, hostile, other, type MadeMail } from '../cli/mail.ts';
import { addMails } from '../server/place.ts';
import { skip, withBrowser } from './chromium.ts';

/** Words, links, diffs and names that are wider than any screen. */
const wide: MadeMail = {
  ...other,
  id: `${'w'.repeat(180)}@example.org`,
  from: `${'Longname'.repeat(20)} <long@example.org>`,
  subject: `Re: ${'unbroken'.repeat(30)}`,
  body: `${'x'.repeat(600)}\nhttps://example.org/${'path/'.repeat(100)}\n\n> ${'q'.repeat(400)}\n\nI am against it.\n\n---\n a.c | 1 +\n\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-${'o'.repeat(300)}\n+${'n'.repeat(300)}\n`,
};

let store: Store;
let app: FastifyInstance;
let origin = '';
before(async () => {
  if (skip !== false) return;
  store = openStore(':memory:');
  await addMails(store, 'tools', [...debate, other, wide]);
  await addMails(store, 'odd', [hostile]);
  app = await buildServer(store, { version: 'test', loopbackOnly: true, allowHosts: [] });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
after(async () => {
  if (skip !== false) return;
  await app.close();
  store.close();
});

async function assertNoOverflow(page: Page): Promise<void> {
  const [content, window] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [
    number,
    number,
  ];
  assert.ok(content <= window, `${page.url()} is ${content} wide in a window of ${window}`);
}

const looks = [
  { name: 'desk, light', width: 1280, height: 900, scheme: 'light', script: true },
  { name: 'phone, dark, without JavaScript', width: 390, height: 844, scheme: 'dark', script: false },
] as const;

for (const look of looks) {
  test(`home to debate to message: ${look.name}`, { skip }, () =>
    withBrowser(look, async (page, problems) => {
      await page.goto(origin);
      await page.getByRole('link', { name: 'Retire the Python 2 scripts' }).click();
      assert.match(page.url(), /\/tools\/p1@example\.org\/positions$/);
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Retire the Python 2 scripts');
      assert.ok(await page.getByRole('heading', { name: 'In one minute' }).isVisible());
      assert.ok(await page.getByRole('heading', { name: 'Positions, in their words' }).isVisible());

      // a quotation leads to its marked words in the conversation
      const quotation = page.locator('q a').first();
      const words = (await quotation.innerText()).trim();
      await quotation.click();
      const target = page.locator(':target ~ mark').first();
      assert.ok((await target.innerText()).replace(/\s+/g, ' ').includes(words));

      await page.getByRole('link', { name: 'collated' }).click();
      assert.match(await page.locator('#collated').innerText(), /Bo Sample[^]*against it/);
      await page
        .getByRole('navigation', { name: 'Views of this debate' })
        .getByRole('link', { name: 'conversation' })
        .click();
      await page.locator('article.message header a.number').nth(1).click();
      assert.match(page.url(), /\/tools\/p2@example\.org\/$/);
      assert.ok(await page.getByText('I am against it.').isVisible());

      await page.getByRole('searchbox').fill('"tell the users"');
      await page.getByRole('searchbox').press('Enter');
      assert.match(page.url(), /\/tools\/\?q=/);
      assert.ok((await page.locator('.hits > li').count()) >= 1);
      assert.deepEqual(problems, []);
    }),
  );

  test(`no page is wider than the screen: ${look.name}`, { skip }, () =>
    withBrowser({ ...look, script: true }, async (page, problems) => {
      const id = encodeURIComponent(wide.id);
      for (const path of [
        '/',
        '/tools/',
        '/all/?q=against',
        '/_/text/help/',
        ...['', 'positions', 'decisions', 'questions', 'collated', 't/', 'T/'].map(
          (part) => `/tools/${id}/${part}`,
        ),
        '/tools/p1@example.org/positions',
        '/odd/h1@example.org/',
      ]) {
        await page.goto(`${origin}${path}`);
        await assertNoOverflow(page);
        // folded parts count as well
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        await assertNoOverflow(page);
      }
      assert.deepEqual(problems, []);
    }),
  );
}

test('by keyboard alone: to a debate, its evidence, a message, collated, and back up', { skip }, () =>
  withBrowser({ width: 1280, height: 900, scheme: 'light', script: true }, async (page, problems) => {
    const focused = (): Promise<string> =>
      page.evaluate('document.activeElement.textContent.replace(/\\s+/g, " ").trim()');
    await page.goto(origin);
    for (let rows = 0; (await focused()) !== 'Retire the Python 2 scripts' && rows < 5; rows++)
      await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL(/positions$/);
    await page.locator('.matrix td a').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('#trail .one-trail').waitFor();
    assert.match(page.url(), /positions$/, 'the trail opens in place');
    // On a busy machine the first key may come while the fragment is still being put in place.
    for (let tries = 0; tries < 10 && (await page.locator('#trail .one-trail').count()) > 0; tries++) {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(200);
    }
    assert.equal(await page.locator('#trail .one-trail').count(), 0);
    await page.keyboard.press('n');
    assert.match(await focused(), /proposes|supports|opposes|asks/);
    await page.keyboard.press('t');
    await page.waitForURL(/t\/$/);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    assert.match(await focused(), /^#2 Bo Sample/);
    await page.keyboard.press('t');
    await page.waitForURL(/collated$/);
    await page.keyboard.press('u');
    await page.waitForURL(/positions$/);

    // never inside inputs; off means off
    await page.keyboard.press('/');
    await page.keyboard.type('tu?');
    assert.equal(await page.getByRole('searchbox').inputValue(), 'tu?');
    await page.getByRole('searchbox').blur();
    await page.keyboard.press('?');
    const box = page.getByRole('checkbox', { name: 'keys are on' });
    await box.uncheck();
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('dialog').count(), 0);
    await page.keyboard.press('t');
    await page.keyboard.press('?');
    assert.equal(await page.locator('dialog').count(), 0);
    assert.match(page.url(), /positions$/);
    assert.deepEqual(problems, []);
  }),
);

test(
  'a long conversation loads as one reads; deep links and links without a script work',
  { skip },
  async () => {
    const count = 130;
    const idOf = (i: number): string => `long${i}@example.org`;
    const mails = Array.from({ length: count }, (_, i): MadeMail => ({
      ...other,
      id: idOf(i),
      subject: `${i > 0 ? 'Re: ' : ''}Long`,
      date: new Date(Date.UTC(2024, 2, 1) + i * 3_600_000).toUTCString(),
      ...(i > 0 && { inReplyTo: idOf(0) }),
      body: `Sentence number ${i}.\n`,
    }));
    await addMails(store, 'long', mails);
    const path = `${origin}/long/${idOf(0)}`;
    const look = { width: 1280, height: 900, scheme: 'light' } as const;
    await withBrowser({ ...look, script: true }, async (page, problems) => {
      await page.goto(`${path}/t/`);
      assert.equal(await page.locator('article.message').count(), 40);
      for (const loaded of [80, 120, 130]) {
        await page.locator('.later').scrollIntoViewIfNeeded();
        await page
          .locator('article.message')
          .nth(loaded - 1)
          .waitFor();
      }
      assert.equal(await page.locator('.later').count(), 0);
      assert.deepEqual(problems, []);
    });
    await withBrowser({ ...look, script: false }, async (page) => {
      await page.goto(`${path}/positions`);
      await page.locator('.overview a', { hasText: '#130' }).click();
      assert.match(page.url(), /t\/\?o=120#m/);
      assert.ok(await page.locator(':target').getByText('Sentence number 129.').isVisible());
      await page.goto(`${path}/t/`);
      await page.getByRole('link', { name: 'The next 40 of 90 more messages' }).click();
      assert.ok(await page.getByText('Sentence number 41.').isVisible());
    });
  },
);

test('hostile mail stays text', { skip }, () =>
  withBrowser({ width: 800, height: 600, scheme: 'light', script: true }, async (page, problems) => {
    page.on('dialog', () => problems.push('a dialog opened'));
    for (const part of ['', 'positions', 't/', 'collated']) {
      await page.goto(`${origin}/odd/h1@example.org/${part}`);
      assert.equal(await page.locator('main img, main script').count(), 0);
      assert.match(await page.locator('main').innerText(), /<img src=x onerror=alert\(1\)>|alert\(1\)/);
    }
    assert.deepEqual(problems, []);
  }),
);
