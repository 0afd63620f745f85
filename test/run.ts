// Runs every *.test.js under dist/test with node's own runner, or those whose path contains an argument.
// One process per file. Test files under test/slow run only when asked for (`npm test -- slow`).
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const wanted = process.argv.slice(2);

const files = readdirSync(here, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.test.js'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => {
    const name = relative(here, file);
    if (wanted.length > 0) return wanted.some((word) => name.includes(word));
    return !name.startsWith('slow');
  })
  .toSorted();

if (files.length === 0) {
  console.error(`no test file matches: ${wanted.join(' ') || 'dist/test/**/*.test.js'}`);
  process.exit(1);
}

run({ files, concurrency: 2, timeout: 600_000 })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(new spec())
  .pipe(process.stdout);
