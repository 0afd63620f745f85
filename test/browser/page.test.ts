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
