// Every page passes axe-core's WCAG 2.2 AA rules and best practices, on a desk and on a phone, light and dark. The debate is
// the one written for tests: with axes, positions that changed, decisions, ghosts. Skipped where no Chromium is installed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { buildServer } from '../../server/build.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { debate, other } from '../cli/mail.ts';
import { addMails } from '../server/place.ts';
import { report } from '../views/fixture.ts';
import { skip, withBrowser } from './chromium.ts';

const axe = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

let store: Store;
let app: FastifyInstance;
let origin = '';
before(async () => {
  if (skip !== false) return;
  store = openStore(':memory:');
  await addMails(store, 'tools', [...debate, other]);
  await addMails(store, 'odd', [other]);
  // the report written for tests over a debate that is stored, so that every kind of finding is on the page
  const row = store.debateOf('p1@example.org', 'tools');
  assert.ok(row);
  store.putReport('tools', row.id, 'made', report);
  app = await buildServer(store, { version: 'test', loopbackOnly: true, allowHosts: [] });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
});
after(async () => {
  if (skip !== false) return;
  await app.close();
  store.close();
});

const paths = [
  '/',
  '/?list=tools&open=1',
  '/?status=withdrawn',
  '/tools/',
  '/tools/?q=against',
  '/tools/?q=zebra',
  '/all/decisions',
  '/all/questions',
  '/_/text/help/',
  '/_/about',
  '/absent/',
  ...['', 'positions', 'decisions', 'questions', 'collated', 't/', 'T/', 'trail?who=p2&on=P1'].map(
    (part) => `/tools/p1@example.org/${part}`,
  ),
];

/** Runs inside the page. */
const run = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`;

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
  await page.evaluate(readFileSync(axe, 'utf8'));
  return (await page.evaluate(run)) as readonly string[];
}

for (const look of [
  { name: 'desk, light', width: 1280, height: 900, scheme: 'light', script: true },
  { name: 'phone, dark', width: 390, height: 844, scheme: 'dark', script: true },
] as const) {
  test(`no violation on any page: ${look.name}`, { skip }, () =>
    withBrowser(look, async (page) => {
      const found: string[] = [];
      for (const path of paths) {
        await page.goto(`${origin}${path}`);
        for (const violation of await violations(page)) found.push(`${path} ${violation}`);
      }
      assert.deepEqual(found, []);
    }),
  );
}

test('no violation with a trail and the help on keys open', { skip }, () =>
  withBrowser({ width: 1280, height: 900, scheme: 'light', script: true }, async (page) => {
    await page.goto(`${origin}/tools/p1@example.org/positions`);
    await page.locator('.matrix td a').first().click();
    await page.locator('#trail .one-trail').waitFor();
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press('?');
    await page.locator('dialog.keys').waitFor();
    assert.deepEqual(await violations(page), []);
  }),
);
