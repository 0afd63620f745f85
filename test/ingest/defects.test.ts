// docs/defects.md has a row for every defect code, and a code for every row.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** `code: 'x'`, `code: a ? 'x' : 'y'`, and `defect: 'x'` where a step answers with a code. */
const ASSIGNED = /\b(?:code|defect):[^\n,;{}]*/g;
/** First arguments of the functions that report defects by code, on one line or several. */
const REPORTED = /(?:\breport|#reject|\boddity|\badd)\([^;]{0,160}/g;
const LITERAL = /'([a-z]+(?:-[a-z]+)*)'/g;
const COMPOUND = /'([a-z]+(?:-[a-z]+)+)'/g;
const ROW = /^\| `([a-z-]+)` \|[^|]+\|[^|]+\|$/gm;
/** Literals that stand beside a code rather than for one. */
const NO_CODE = new Set(['reject', 'notice', 'string', 'object']);

function codesOf(source: string): readonly string[] {
  const codes: string[] = [];
  for (const [part] of source.matchAll(ASSIGNED)) {
    for (const [, code = ''] of part.matchAll(LITERAL)) codes.push(code);
  }
  for (const [part] of source.matchAll(REPORTED)) {
    for (const [, code = ''] of part.matchAll(COMPOUND)) codes.push(code);
  }
  return codes.filter((code) => !NO_CODE.has(code));
}

const files = ['ingest', 'nlp/ledger', 'pipeline']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name));
const rows = [...readFileSync(join(root, 'docs/defects.md'), 'utf8').matchAll(ROW)].map(
  ([, code = '']) => code,
);

test('every defect code is documented', () => {
  let seen = 0;
  for (const file of files) {
    for (const code of codesOf(readFileSync(file, 'utf8'))) {
      seen += 1;
      assert.ok(rows.includes(code), `${relative(root, file)}: \`${code}\` has no row in docs/defects.md`);
    }
  }
  assert.ok(seen > 40, `only ${seen} codes seen in ${files.length} files`);
});

test('every documented code is used, once, in order', () => {
  const sources = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  for (const code of rows) assert.ok(sources.includes(`'${code}'`), `\`${code}\` is used nowhere`);
  assert.equal(new Set(rows).size, rows.length);
  assert.ok(rows.length > 40);
});
