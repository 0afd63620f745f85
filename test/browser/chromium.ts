// Chromium for tests: a new empty profile each time, everything that goes wrong on a page collected.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
/** Why tests in a browser are skipped; false when they run. */
export const skip = existsSync(executablePath) ? false : `${executablePath} is not installed`;
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function withBrowser(
  look: {
    readonly width: number;
    readonly height: number;
    readonly scheme: 'light' | 'dark';
    readonly script: boolean;
  },
  work: (page: Page, problems: string[], context: BrowserContext) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hum-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    args: flags,
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    javaScriptEnabled: look.script,
  });
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // leaving a page ends what it was still loading
      if (why !== 'net::ERR_ABORTED') problems.push(`${why} ${request.url()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
    });
    await work(page, problems, context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
