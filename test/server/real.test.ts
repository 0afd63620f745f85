// Pages of hostile and real mail are sound markup with anchors that lead somewhere. Needs ../shared; skipped without.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSource } from '../../ingest/source/open.ts';
import { addSource } from '../../pipeline/add.ts';
import { buildServer } from '../../server/build.ts';
import { openStore } from '../../store/open.ts';
import { debatePath, messagePath } from '../../views/place.ts';
import { assertAnchors, readMarkup } from '../views/markup.ts';

const mail = fileURLToPath(new URL('../../../../shared/mail/', import.meta.url));
const skip = existsSync(mail) ? false : '../shared is not here';
/** Of the real debates every so manieth. */
const stride = 8;

function files(): string[] {
  const nasty = readdirSync(`${mail}nasty`).filter((name) => /\.(mbox|eml)$/.test(name));
  const dev = readdirSync(`${mail}dev`).filter((name, i) => name.endsWith('.mbox') && i % stride === 0);
  return [...nasty.map((name) => `${mail}nasty/${name}`), ...dev.map((name) => `${mail}dev/${name}`)];
}

test('every page of hostile and real debates is sound', { skip }, async () => {
  const store = openStore(':memory:');
  for (const path of files()) {
    const source = await openSource(path);
    await addSource(store, source, { list: basename(path), analyze: true, version: 'test' });
    await source.close();
  }
  const app = await buildServer(store, { version: 'test', loopbackOnly: true, allowHosts: [] });
  const { rows } = store.debates({ limit: 1000, offset: 0 });
  assert.ok(rows.length > 30, `${rows.length} debates`);
  for (const { id, list } of rows) {
    const paths = (['positions', 'decisions', 'questions', 'collated', 't/', 'T/'] as const).map((part) =>
      debatePath(list, id, part),
    );
    for (const url of [...paths, messagePath(list, id)]) {
      const { statusCode, body } = await app.inject({ url, headers: { host: 'localhost' } });
      assert.equal(statusCode, 200, url);
      assert.doesNotMatch(body, /[^\P{Cc}\t\n]|[\u202a-\u202e]/u, url);
      assertAnchors(readMarkup(body), url);
    }
  }
  await app.close();
  store.close();
});
