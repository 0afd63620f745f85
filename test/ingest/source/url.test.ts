import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openSource } from '../../../ingest/source/open.ts';
import { mailUrl } from '../../../ingest/source/url.ts';
import { Fault } from '../../../model/fault.ts';
import { readAll } from './read.ts';

const mbox =
  'From ann@example.org Tue Mar  5 10:00:00 2024\nFrom: Ann <ann@example.org>\nSubject: a\n\nx\n\n';

async function serve(t: TestContext, handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return `http://127.0.0.1:${address.port}`;
}

async function faultOf(spec: string): Promise<Fault> {
  try {
    const source = await openSource(spec);
    for await (const event of source.read(new Map())) assert.ok(event.kind !== 'reject');
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    return error;
  }
  assert.fail(`${spec} was read`);
}

describe('mail behind a URL', () => {
  const table: readonly (readonly [string, string])[] = [
    ['https://example.org/widgets/made-1@example.org/', '/widgets/made-1@example.org/t.mbox.gz'],
    ['https://example.org/widgets/made-1@example.org', '/widgets/made-1@example.org/t.mbox.gz'],
    ['https://example.org/widgets/made-1%40example.org/T/#u', '/widgets/made-1%40example.org/t.mbox.gz'],
    ['https://example.org/widgets/made-1@example.org/t/', '/widgets/made-1@example.org/t.mbox.gz'],
    ['https://example.org/widgets/made-1@example.org/raw', '/widgets/made-1@example.org/raw'],
    ['https://example.org/widgets/made-1@example.org/t.mbox.gz', '/widgets/made-1@example.org/t.mbox.gz'],
    ['https://example.org/pipermail/widgets/2024-March.txt.gz', '/pipermail/widgets/2024-March.txt.gz'],
  ];
  for (const [typed, path] of table) {
    test(typed, () => assert.equal(mailUrl(typed).pathname, path));
  }

  test("a message page's thread is fetched as the mbox the archive offers", async (t) => {
    const asked: string[] = [];
    const base = await serve(t, (request, response) => {
      asked.push(`${request.url} ${request.headers['user-agent']}`);
      response.setHeader('content-type', 'application/gzip').end(gzipSync(mbox));
    });
    const found = await readAll(`${base}/widgets/made-1@example.org/T/#u`);
    assert.deepEqual(asked, ['/widgets/made-1@example.org/t.mbox.gz hum (mailing-list debate reader)']);
    assert.deepEqual(found.subjects, ['a']);
    assert.equal(found.source.listHint, 'widgets');
    assert.equal(found.source.name, `${base}/widgets/made-1@example.org/t.mbox.gz`);
    assert.equal(found.cursors.size, 0);
  });

  test('a web page is refused, an error answer told', async (t) => {
    const base = await serve(t, (request, response) => {
      if (request.url === '/page.html')
        response.setHeader('content-type', 'text/html; charset=utf-8').end('<html>');
      else response.writeHead(404, 'Not Found').end('no');
    });
    const page = await faultOf(`${base}/page.html`);
    assert.equal(page.exit, 'badInput');
    assert.match(page.message, /is a web page, and pages are not fetched/);
    const missing = await faultOf(`${base}/widgets.mbox`);
    assert.equal(missing.exit, 'noInput');
    assert.match(missing.message, /the server answers 404 Not Found/);
  });

  test('nobody answers, or the connection breaks off', async (t) => {
    const base = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      response.write(mbox, () => response.destroy());
    });
    assert.match((await faultOf(`${base}/x.mbox`)).message, /broke off|cannot fetch/);
    const fault = await faultOf('http://127.0.0.1:1/x.mbox');
    assert.equal(fault.exit, 'noInput');
    assert.match(fault.message, /ECONNREFUSED|bad port|fetch failed/);
  });
});
