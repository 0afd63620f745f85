// Turns checked sources into the one generated lexicon that the program loads. Pure and deterministic.
import { createHash } from 'node:crypto';
import { Fault } from '../../model/fault.ts';
import type { AutomatonData } from './automaton.ts';
import { buildAutomaton } from './automaton.ts';
import type { CueEntry } from './cue.ts';
import type { EntrySource, SourceFile, WordSource } from './source.ts';
import { readFamily, readWords } from './source.ts';

/** Content of data/lexicon/en.json. */
export interface CompiledLexicon {
  readonly format: 2;
  /** Hex SHA-256 of the source files' names and texts. */
  readonly hash: string;
  readonly entries: readonly CueEntry[];
  /** pattern number -> entry number. */
  readonly owners: readonly number[];
  /** 1 where the pattern is an `unless` of its entry. */
  readonly guards: readonly number[];
  readonly expansions: Readonly<Record<string, readonly string[]>>;
  readonly folds: Readonly<Record<string, string>>;
  readonly automaton: AutomatonData;
}

/** The name of the file with word classes; all other files are families. */
export const wordsFile = 'words.yml';

export interface LexiconSources {
  readonly words: WordSource;
  readonly entries: readonly EntrySource[];
}

/**
 * Reads and checks all files of one language.
 * @throws Fault (config) naming file, line, column, cause and remedy
 */
export function readSources(files: readonly SourceFile[]): LexiconSources {
  const words = files.find((file) => file.name.endsWith(wordsFile));
  if (!words)
    throw new Fault('config', `${wordsFile} is missing`, 'restore data/lexicon from the repository');
  const wordSource = readWords(words);
  const entries = files
    .filter((file) => file !== words)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((file) => readFamily(file, wordSource));
  const seen = new Map<string, EntrySource>();
  let before: EntrySource | undefined;
  for (const entry of entries) {
    const twin = seen.get(entry.id);
    if (twin) {
      throw new Fault(
        'config',
        `${entry.file}:${entry.line}:1: id ${entry.id} was used on line ${twin.line} of ${twin.file}`,
        'ids are permanent and unique: choose another one',
      );
    }
    if (before && before.file === entry.file && before.id > entry.id) {
      throw new Fault(
        'config',
        `${entry.file}:${entry.line}:1: ${entry.id} stands after ${before.id}`,
        'keep entries sorted by id',
      );
    }
    seen.set(entry.id, entry);
    before = entry;
  }
  return { words: wordSource, entries };
}

/** Digest of the sources, independent of file order. */
export function hashSources(files: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${file.name}\0${file.text}\0`);
  }
  return hash.digest('hex');
}

/** Compiles the files of one language. */
export function compileLexicon(files: readonly SourceFile[]): CompiledLexicon {
  const { words, entries } = readSources(files);
  const owners: number[] = [];
  const guards: number[] = [];
  const patterns = entries.flatMap((entry, number) => [
    ...entry.sequences.map((sequences) => {
      owners.push(number);
      guards.push(0);
      return sequences;
    }),
    ...entry.unless.map((sequences) => {
      owners.push(number);
      guards.push(1);
      return sequences;
    }),
  ]);
  return {
    format: 2,
    hash: hashSources(files),
    entries: entries.map(({ id, label, polarity, strength, negated }) =>
      negated === undefined ? { id, label, polarity, strength } : { id, label, polarity, strength, negated },
    ),
    owners,
    guards,
    expansions: Object.fromEntries([...words.expansions].toSorted()),
    folds: Object.fromEntries([...words.folds].toSorted()),
    automaton: buildAutomaton(patterns, words.classes),
  };
}
