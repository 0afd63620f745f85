// The lexicon's only I/O: reads data/lexicon/en/*.yml (sources) and data/lexicon/en.json (compiled from them).
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Fault } from '../../model/fault.ts';
import type { CompiledLexicon } from './compile.ts';
import type { Lexicon } from './match.ts';
import { openLexicon } from './match.ts';
import type { SourceFile } from './source.ts';

/** From dist/nlp/lexicon/ to the package root. */
const root = new URL('../../../data/lexicon/', import.meta.url);
const remedy = 'run "npm run lexicon" in a checkout, or install Hum again';

/** The YAML sources of one language, by name. */
export function readLexiconFiles(language = 'en'): SourceFile[] {
  const folder = new URL(`${language}/`, root);
  const names = readdirSync(folder).filter((name) => name.endsWith('.yml'));
  return names.toSorted().map((name) => ({
    name: `data/lexicon/${language}/${name}`,
    text: readFileSync(new URL(name, folder), 'utf8'),
  }));
}

export function compiledLexiconPath(language = 'en'): string {
  return fileURLToPath(new URL(`${language}.json`, root));
}

function isCompiled(value: unknown): value is CompiledLexicon {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 2 &&
    'hash' in value &&
    typeof value.hash === 'string' &&
    'entries' in value &&
    Array.isArray(value.entries) &&
    'automaton' in value &&
    typeof value.automaton === 'object'
  );
}

const loaded = new Map<string, Lexicon>();

/**
 * The shipped lexicon, opened once per process.
 * @throws Fault (config) when the generated file is absent or damaged
 */
export function loadLexicon(language = 'en'): Lexicon {
  const known = loaded.get(language);
  if (known) return known;
  const path = compiledLexiconPath(language);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Fault('config', `${path}: cannot be read as a compiled lexicon`, remedy, { cause });
  }
  if (!isCompiled(value)) throw new Fault('config', `${path}: not a compiled lexicon of format 2`, remedy);
  const lexicon = openLexicon(value);
  loaded.set(language, lexicon);
  return lexicon;
}

/** Hex digest of the lexicon's sources, for the report's generator line. */
export function lexiconHash(language = 'en'): string {
  return loadLexicon(language).hash;
}
