import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { openStore } from '../../store/open.ts';
import { buildServer } from '../../server/build.ts';
import { messageAnchor } from '../../views/place.ts';
import { debate, hostile, mbox, rawMail } from '../cli/mail.ts';
import { assertAnchors, readMarkup } from '../views/markup.ts';
import { addMails, serveMade, type Served } from './place.ts';

let served: Served;
before(async () => {
  served = await serveMade();
});
after(() => served.close());

type Answer = Awaited<ReturnType<FastifyInstance['inject']>>;

function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return served.app.inject({ url, headers: { host: '127.0.0.1:8125', ...headers } });
}

const slash = '/tools/p3%2Fslash@example.org/';

/** Path, what its text holds. */
const pages: readonly (readonly [string, RegExp])[] = [
  ['/?list=odd&open=1', /debate/],
  ['/all/questions', /Open questions.*Meeting on Friday.*Shall we meet at ten\?/],
  ['/tools/decisions', /Decisions on tools/],
  [
    '/',
    /Search past debates.*the one that moved last on top.*Retire the Python 2 scripts.*Lists.*tools 4 messages/,
  ],
  ['/_/text/help/', /yielded/],
  ['/_/about', /How it is found.*messages on 2 lists.*Reporting an error/],
  ['/tools/', /2 debates.*Meeting on Friday.*Retire the Python 2 scripts/],
  ['/tools/?open=1&status=open', /debate/],
  ['/tools/?status=withdrawn', /No debate matches/],
  ['/all/', /All lists.*odd/],
  ['/all/?q=users', /I am against it\. Who would tell the users\?/],
  ['/tools/?q=%22tell+the+users%22', /Search in tools.*Bo Sample/],
  ['/tools/?q=zebra', /No message matches zebra/],
  ['/tools/p2@example.org/', /From Bo Sample <bo@example\.org>.*2024-03-05 09:30 UTC.*I am against it/],
  [slash, /Cy Mustermann.*I will\./],
  [
    `${slash}positions`,
    /Retire the Python 2 scripts.*3 messages · 0 missing · 3 people.*In one minute.*Conversation/,
  ],
  [`${slash}decisions`, /Decisions/],
  [`${slash}questions`, /Who would tell the users\?/],
  [
    `${slash}collated`,
    /I propose that we retire the Python 2 scripts\..*Bo Sample #2.*Cy Mustermann #3.*goes on.*Nobody runs them/,
  ],
  [`${slash}t/`, /Conversation.*answers #2/],
  [`${slash}T/`, /Conversation.*answers #2/],
  ['/odd/h1@example.org/', /⟨U\+202E⟩gpj\.exe <img src=x onerror=alert\(1\)>/],
  ['/odd/h1@example.org/positions', /<script>alert\(1\)<\/script>/],
];

for (const [url, expected] of pages) {
  test(`GET ${url}`, async () => {
    const { statusCode, headers, body } = await get(url);
    assert.equal(statusCode, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    const read = readMarkup(body);
    assertAnchors(read);
    assert.match(read.text.replace(/\s+/g, ' '), expected);
    assert.doesNotMatch(body, /[^\P{Cc}\t\n]|[\u202a-\u202e]/u);
  });
}

test('every link of every page leads somewhere here', async () => {
  const seen = new Set<string>();
  const queue = pages.map(([url]) => url);
  for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
    const [path = ''] = url.split('#');
    if (path === '' || seen.has(path)) continue;
    seen.add(path);
    const { statusCode, headers, body } = await get(path);
    assert.ok([200, 301, 302].includes(statusCode), `${statusCode} ${path}`);
    if (statusCode !== 200) queue.push(String(headers['location']));
    if (!String(headers['content-type']).startsWith('text/html')) continue;
    queue.push(...readMarkup(body).hrefs.filter((href) => href.startsWith('/')));
  }
  assert.ok(seen.size > 40, `${seen.size} pages`);
});

test('evidence leads to marked words in the conversation', async () => {
  const report = (await get(`${slash}positions.json`)).json();
  const page = readMarkup((await get(`${slash}positions`)).body);
  const anchors = page.hrefs.filter((href) => /^#s[0-9a-f]{12}$/.test(href));
  assert.ok(anchors.length >= report.summary.length && anchors.length > 0);
  const conversation = readMarkup((await get(`${slash}t/`)).body);
  for (const anchor of anchors) assert.ok(conversation.ids.includes(anchor.slice(1)), anchor);
  assert.ok(conversation.ids.includes(messageAnchor('p2@example.org')));
});

const redirects: readonly (readonly [string, number, string])[] = [
  ['/tools', 301, '/tools/'],
  ['/tools/p2@example.org', 301, '/tools/p2@example.org/'],
  ['/tools/p3%2Fslash@example.org', 301, slash],
  ['/tools/p3%2Fslash@example.org/t', 301, `${slash}t/`],
  ['/tools/p2@example.org/T', 301, '/tools/p2@example.org/T/'],
  ['/tools/%3Cp2@example.org%3E', 301, '/tools/p2@example.org/'],
  ['/all/p2@example.org/', 302, '/tools/p2@example.org/'],
  ['/odd/p3%2Fslash@example.org/positions', 302, `${slash}positions`],
  ['/_/text/help', 301, '/_/text/help/'],
];

for (const [url, status, location] of redirects) {
  test(`GET ${url} redirects`, async () => {
    const { statusCode, headers } = await get(url);
    assert.deepEqual([statusCode, headers['location']], [status, location]);
  });
}

test('a redirect never leaves the server', async () => {
  for (const url of ['//evil.example', '/%2F%2Fevil.example', '/%5Cevil.example', '/%0d%0aSet-Cookie:x']) {
    const { statusCode, headers } = await get(url);
    const location = String(headers['location'] ?? '/none');
    assert.match(location, /^\/(?![/\\])/, `${url} -> ${location}`);
    assert.equal(headers['set-cookie'], undefined);
    assert.ok(statusCode < 500);
  }
});

const errors: readonly (readonly [string, number, string])[] = [
  ['/absent/', 404, 'no-such-list'],
  ['/absent/index.json', 404, 'no-such-list'],
  ['/tools/absent@example.org/', 404, 'no-such-message'],
  ['/tools/absent@example.org/positions.json', 404, 'no-such-message'],
  ['/tools/two%20words/', 400, 'bad-message-id'],
  ['/tools/p2@example.org/nothing', 404, 'no-such-page'],
  ['/a/b/c/d', 404, 'no-such-page'],
  ['/tools/?o=-1', 400, 'bad-offset'],
  ['/tools/?status=fine', 400, 'bad-status'],
  [`/tools/?q=${'a'.repeat(1001)}`, 400, 'query-too-long'],
  ['/tools/%E0%A4%A/', 400, 'bad-request'],
  ['/_/static/..%2f..%2fpackage.json', 404, 'no-such-page'],
];

for (const [url, status, code] of errors) {
  test(`GET ${url.slice(0, 60)} answers ${status} ${code}, as a page and as JSON`, async () => {
    const page = await get(url);
    if (!url.endsWith('.json')) {
      assert.equal(page.statusCode, status);
      assert.ok(readMarkup(page.body).text.includes(code));
    }
    const data = await get(url, { accept: 'application/json' });
    assert.equal(data.statusCode, status);
    const { error } = data.json();
    assert.deepEqual(Object.keys(error), ['status', 'code', 'message', 'remedy']);
    assert.deepEqual([error.status, error.code], [status, code]);
    assert.ok(error.remedy.length > 0);
  });
}

test('an error of ours tells nothing but that it happened', async () => {
  const store = openStore(':memory:');
  await addMails(store, 'x', debate);
  const lines: string[] = [];
  const app = await buildServer(
    {
      ...store,
      debates() {
        throw new Error('secret detail');
      },
    },
    { version: 'test', loopbackOnly: true, allowHosts: [], log: (line) => void lines.push(line) },
  );
  const { statusCode, body } = await app.inject({ url: '/', headers: { host: 'localhost' } });
  assert.equal(statusCode, 500);
  assert.doesNotMatch(body, /secret/);
  assert.match(lines.join('\n'), /secret detail/);
  await app.close();
  store.close();
});

test('a message named in any way leads to its debate', async () => {
  for (const m of [
    'p2@example.org',
    '<p2@example.org>',
    'mid:p2@example.org',
    'https://lore.kernel.org/x/p2@example.org/',
  ]) {
    const { statusCode, headers } = await get(`/_/open?${new URLSearchParams({ m }).toString()}`);
    assert.deepEqual([statusCode, headers['location']], [302, '/tools/p2@example.org/positions'], m);
  }
  assert.equal((await get('/_/open?m=nobody@example.org')).statusCode, 404);
  assert.equal((await get('/_/open?m=two%20words')).statusCode, 400);
  assert.equal((await get('/_/open?m=')).headers['location'], '/');
});

test('htmx gets the part that changes, everybody else the whole page', async () => {
  const { stances } = (await get('/tools/p2@example.org/positions.json')).json();
  const [{ participant, target }] = stances;
  const path = `/tools/p2@example.org/trail?who=${participant}&on=${target}`;
  const [page, part] = [await get(path), await get(path, { 'hx-request': 'true' })];
  assert.match(readMarkup(page.body).text, /Retire the Python 2 scripts/);
  assert.match(part.body, /^<article class="one-trail"/);
  assert.equal(part.headers['vary'], 'HX-Request');
  assert.ok(page.body.includes(part.body), 'the same fragment');
  assert.equal((await get('/tools/p2@example.org/trail?who=p1&on=P99')).statusCode, 404);
  const conversation = await get('/tools/p2@example.org/t/?o=0', { 'hx-request': 'true' });
  assert.match(conversation.body, /^<article\s+class="message/);
});

test('scripts are served from here', async () => {
  for (const name of ['htmx.min.js', 'keys.js']) {
    const { statusCode, headers } = await get(`/_/static/${name}`);
    assert.equal(statusCode, 200);
    assert.match(String(headers['content-type']), /javascript/);
  }
});

test('style and scripts together are under 60 kB when compressed', () => {
  const files = ['../../../views/static/hum.css', '../../../views/static/keys.js'].map((path) =>
    readFileSync(new URL(path, import.meta.url)),
  );
  files.push(readFileSync(fileURLToPath(import.meta.resolve('htmx.org/dist/htmx.min.js'))));
  const size = files.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
  assert.ok(size > 5000 && size < 60_000, `${size} bytes`);
});

test('raw is the mail as it came', async () => {
  const { headers, rawPayload } = await get('/odd/h1@example.org/raw');
  assert.equal(headers['content-type'], 'text/plain; charset=utf-8');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(rawPayload.toString('utf8').trimEnd(), rawMail(hostile).trimEnd());
});

test('t.mbox.gz is the debate as an mbox', async () => {
  const { headers, rawPayload } = await get('/tools/p2@example.org/t.mbox.gz');
  assert.equal(headers['content-type'], 'application/gzip');
  assert.equal(gunzipSync(rawPayload).toString('utf8'), mbox(debate));
});

test('JSON beside the pages', async () => {
  const report = (await get('/tools/p2@example.org/positions.json')).json();
  assert.deepEqual(
    [report.schemaVersion, report.rootMessageId, report.list],
    ['1.0', 'p1@example.org', 'tools'],
  );
  assert.deepEqual((await get('/tools/p2@example.org/questions.json')).json(), {
    questions: report.questions,
  });
  assert.deepEqual((await get('/tools/p2@example.org/decisions.json')).json(), {
    status: report.status,
    decisions: report.decisions,
  });
  assert.equal((await get('/tools/p2@example.org/collated.json')).json().messages.length, 3);
  assert.equal(
    (await get('/tools/p2@example.org/index.json')).json().body.split('\n')[3],
    'I am against it. Who would tell the users?',
  );
  assert.deepEqual(
    (await get('/index.json')).json().lists.map((list: { name: string }) => list.name),
    ['odd', 'tools'],
  );
  assert.equal((await get('/tools/index.json')).json().total, 2);
  assert.equal((await get('/tools/index.json?q=users')).json().hits.length > 0, true);
});

test('a second visit costs nothing: ETag and 304', async () => {
  const first = await get('/tools/');
  const tag = String(first.headers['etag']);
  assert.match(tag, /^"[\w-]{27}"$/);
  const second = await get('/tools/', { 'if-none-match': `W/${tag}` });
  assert.deepEqual([second.statusCode, second.body], [304, '']);
  assert.equal((await get('/tools/', { 'if-none-match': '"other"' })).statusCode, 200);
});

test('only loopback names are answered, or those allowed', async () => {
  for (const host of ['localhost:8125', '127.0.0.1', '[::1]:8125', '127.8.8.8', 'HUM.example.org']) {
    assert.equal((await get('/', { host })).statusCode, 200, host);
  }
  for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:8125']) {
    assert.equal((await get('/', { host })).statusCode, 421, host);
  }
});

test('headers keep scripts, frames and referrers out', async () => {
  const { headers } = await get('/');
  assert.equal(
    headers['content-security-policy'],
    "default-src 'none';style-src 'self';script-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
  );
  assert.equal(headers['referrer-policy'], 'no-referrer');
  assert.equal(headers['strict-transport-security'], undefined);
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    assert.equal(
      (await served.app.inject({ method, url: '/', headers: { host: 'localhost' } })).statusCode,
      404,
    );
  }
});

test('debates stored without analysis are readable', async () => {
  const store = openStore(':memory:');
  await addMails(store, 'raw', debate, false);
  const app = await buildServer(store, { version: 'test', loopbackOnly: true, allowHosts: [] });
  const ask = (url: string) => app.inject({ url, headers: { host: 'localhost' } });
  assert.match(readMarkup((await ask('/raw/')).body).text, /not analyzed/);
  assert.match(
    readMarkup((await ask('/raw/p2@example.org/positions')).body).text,
    /Who would tell the users\?/,
  );
  await app.close();
  store.close();
});

test('docs/http.md has every route', async () => {
  const text = readFileSync(new URL('../../../docs/http.md', import.meta.url), 'utf8');
  const routes: string[] = [];
  const store = openStore(':memory:');
  const app = await buildServer(store, {
    version: 'test',
    loopbackOnly: true,
    allowHosts: [],
    onRoute: (path) => void routes.push(path),
  });
  await app.close();
  store.close();
  assert.ok(routes.length > 15);
  for (const route of new Set(routes)) {
    const written = route.replace(':list', 'LIST').replace(':id', 'MSGID');
    assert.ok(text.includes(`| \`${written}\``), `docs/http.md has no row for ${written}`);
  }
});
