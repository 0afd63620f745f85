// Holds the import directions of docs/architecture.md. Reads sources as text, so it cannot pass by seeing nothing.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** folder -> folders of ours it may import, itself always included */
const allowed: Record<string, readonly string[]> = {
  model: [],
  ingest: ['model'],
  nlp: ['model'],
  store: ['model'],
  views: ['model'],
  pipeline: ['model', 'ingest', 'nlp', 'store'],
  server: ['model', 'store', 'views', 'pipeline'],
  cli: ['model', 'ingest', 'nlp', 'store', 'pipeline', 'views', 'server'],
};

/** package -> the only folders that may import it */
const confined: Record<string, readonly string[]> = {
  'better-sqlite3': ['store'],
  fastify: ['server'],
  mailparser: ['ingest'],
  natural: ['nlp'],
  hono: ['views'],
};

/** node modules that mean I/O, kept out of the pure folders (nlp: but for loaders of data and training) */
const io = /^node:(fs|fs\/promises|net|http|https|child_process|worker_threads|dgram|tls)$/;
const pure = new Set(['model', 'nlp', 'views']);
const ioExceptions = /^nlp\/(lexicon\/load|dialect\/load|weights\/load|train\/.*)\.ts$/;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

const importPattern = /(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g;

for (const [folder, may] of Object.entries(allowed)) {
  test(`${folder} imports only ${['itself', ...may].join(', ')}`, () => {
    const files = sources(folder);
    assert.ok(files.length > 0, `no source file seen in ${folder}/`);
    for (const file of files) {
      const name = relative(root, file);
      for (const [, target = ''] of readFileSync(file, 'utf8').matchAll(importPattern)) {
        if (target.startsWith('.')) {
          const [owner = ''] = relative(root, resolve(dirname(file), target)).split('/');
          assert.ok(owner === folder || may.includes(owner), `${name} imports ${target} (${owner})`);
        } else if (target.startsWith('node:')) {
          const barred = pure.has(folder) && io.test(target) && !ioExceptions.test(name);
          assert.ok(!barred, `${name} does I/O through ${target}`);
        } else {
          const [head = '', second = ''] = target.split('/');
          const owners = confined[head.startsWith('@') ? `${head}/${second}` : head];
          assert.ok(!owners || owners.includes(folder), `${name} imports ${target}`);
        }
      }
    }
  });
}
