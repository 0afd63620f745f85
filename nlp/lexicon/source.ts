// Reads the YAML sources of the lexicon into checked entries. A bad file is the operator's mistake: a Fault with file, line and column.
// No I/O here: load.ts gives the text.
import { LineCounter, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Node, YAMLMap } from 'yaml';
import { Fault } from '../../model/fault.ts';
import type { CueLabel } from './cue.ts';
import { families } from './cue.ts';
import type { Sequence } from './phrase.ts';
import { PhraseError, parsePhrase } from './phrase.ts';
import type { ScopeClass } from './scope.ts';
import { scopeClasses } from './scope.ts';
import type { Spelling } from './tokens.ts';

/** One YAML file: its name for messages, and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The words every pattern may use: classes, contractions, spelling variants. */
export interface WordSource extends Spelling {
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

export interface EntrySource {
  readonly id: string;
  readonly label: CueLabel;
  readonly polarity: -1 | 0 | 1;
  readonly strength: 1 | 2 | 3;
  readonly negated?: CueLabel | '';
  readonly words: readonly string[];
  readonly sequences: readonly (readonly Sequence[])[];
  readonly unless: readonly (readonly Sequence[])[];
  readonly why: string;
  /** Sentences in which the entry must hit, and in which it must not. */
  readonly match: readonly string[];
  readonly noMatch: readonly string[];
  readonly file: string;
  readonly line: number;
}

const strengths: Readonly<Record<string, 1 | 2 | 3>> = { weak: 1, normal: 2, strong: 3 };
const idPattern = /^[a-z][a-z-]*\.[a-z0-9][a-z0-9-]*$/;
const entryKeys = new Set([
  'id',
  'kind',
  'words',
  'strength',
  'polarity',
  'negated',
  'unless',
  'why',
  'match',
  'noMatch',
]);

class Reader {
  readonly #file: string;
  readonly #lines = new LineCounter();
  readonly root: YAMLMap;

  constructor(file: SourceFile) {
    this.#file = file.name;
    const document = parseDocument(file.text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = document.errors;
    if (error)
      throw this.fault(
        error.pos[0],
        error.message,
        'mend the YAML; quote text that holds : # { } [ ] , or begins with a mark',
      );
    if (!isMap(document.contents))
      throw this.fault(0, 'the file is not a mapping', 'see docs/lexicon.md for the layout');
    this.root = document.contents;
  }

  fault(offset: number, cause: string, remedy: string): Fault {
    const { line, col } = this.#lines.linePos(offset);
    return new Fault('config', `${this.#file}:${line}:${col}: ${cause}`, remedy);
  }

  line(node: Node): number {
    return this.#lines.linePos(this.at(node)).line;
  }

  at(node: Node): number {
    return node.range?.[0] ?? 0;
  }

  /** Key, value and place of each pair of a mapping. */
  pairs(map: YAMLMap): { key: string; node: Node; at: number }[] {
    return map.items.map((pair) => {
      const key: unknown = pair.key;
      const value: unknown = pair.value;
      if (!isScalar(key) || typeof key.value !== 'string') {
        throw this.fault(this.at(map), 'a key is not text', 'write keys as plain words');
      }
      if (!isScalar(value) && !isMap(value) && !isSeq(value)) {
        throw this.fault(this.at(key), `"${key.value}" has no value`, 'give it a value or delete the line');
      }
      return { key: key.value, node: value, at: this.at(key) };
    });
  }

  text(node: Node, what: string): string {
    if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') {
      throw this.fault(this.at(node), `${what} is not text`, 'write it as quoted text');
    }
    return node.value;
  }

  /** A list of texts with their places; a single text counts as a list of one. */
  texts(node: Node, what: string): { text: string; at: number }[] {
    if (!isSeq(node)) return [{ text: this.text(node, what), at: this.at(node) }];
    return node.items.map((item) => {
      if (!isScalar(item))
        throw this.fault(this.at(node), `${what} holds something that is not text`, 'quote each item');
      return { text: this.text(item, what), at: this.at(item) };
    });
  }
}

/** Reads `words.yml`. */
export function readWords(file: SourceFile): WordSource {
  const reader = new Reader(file);
  const classes = new Map<string, string[]>();
  const expansions = new Map<string, string[]>();
  const folds = new Map<string, string>();
  for (const { key, node, at } of reader.pairs(reader.root)) {
    if (key !== 'classes' && key !== 'expansions' && key !== 'folds') {
      throw reader.fault(at, `unknown key "${key}"`, 'the keys are classes, expansions and folds');
    }
    if (!isMap(node))
      throw reader.fault(at, `"${key}" is not a mapping`, 'see docs/lexicon.md for the layout');
    for (const pair of reader.pairs(node)) {
      if (key === 'classes') {
        const words = reader.texts(pair.node, `class ${pair.key}`);
        for (const word of words) {
          if (word.text !== word.text.toLowerCase() || /\s/.test(word.text)) {
            throw reader.fault(
              word.at,
              `"${word.text}" is not one lower-case word`,
              'a class holds single words; write phrases in entries',
            );
          }
        }
        classes.set(
          pair.key,
          words.map((word) => word.text),
        );
      } else if (key === 'expansions') {
        expansions.set(pair.key, reader.text(pair.node, pair.key).split(' '));
      } else for (const { text } of reader.texts(pair.node, pair.key)) folds.set(text, pair.key);
    }
  }
  for (const name of scopeClasses satisfies readonly ScopeClass[]) {
    if (!classes.has(name))
      throw reader.fault(0, `class "${name}" is missing`, 'the scope rules need it: add it to classes');
  }
  return { classes, expansions, folds };
}

/** Reads one family file. */
export function readFamily(file: SourceFile, words: WordSource): EntrySource[] {
  const reader = new Reader(file);
  const pairs = reader.pairs(reader.root);
  const named = pairs.find((pair) => pair.key === 'family');
  const listed = pairs.find((pair) => pair.key === 'entries');
  const extra = pairs.find((pair) => pair.key !== 'family' && pair.key !== 'entries');
  if (extra) throw reader.fault(extra.at, `unknown key "${extra.key}"`, 'the keys are family and entries');
  if (!named || !listed || !isSeq(listed.node)) {
    throw reader.fault(
      0,
      '"family" or "entries" is missing',
      'begin the file with family: NAME and entries: a list',
    );
  }
  const family = reader.text(named.node, 'family');
  if (!families[family]) {
    throw reader.fault(
      named.at,
      `unknown family "${family}"`,
      `the families are ${Object.keys(families).join(', ')}`,
    );
  }
  const classNames = new Set(words.classes.keys());
  return listed.node.items.map((item) => {
    if (!isMap(item))
      throw reader.fault(
        reader.at(listed.node),
        'an entry is not a mapping',
        'write - { id: ..., words: ... }',
      );
    return readEntry(reader, item, family, classNames, words, file.name);
  });
}

function readEntry(
  reader: Reader,
  map: YAMLMap,
  family: string,
  classNames: ReadonlySet<string>,
  spelling: Spelling,
  file: string,
): EntrySource {
  const fields = new Map<string, { node: Node; at: number }>();
  for (const { key, node, at } of reader.pairs(map)) {
    if (!entryKeys.has(key))
      throw reader.fault(at, `unknown key "${key}"`, `the keys are ${[...entryKeys].join(', ')}`);
    fields.set(key, { node, at });
  }
  const place = reader.at(map);
  const need = (key: string): Node => {
    const field = fields.get(key);
    if (!field) throw reader.fault(place, `an entry without "${key}"`, `add ${key}: ...`);
    return field.node;
  };
  const list = (key: string): { text: string; at: number }[] => {
    const field = fields.get(key);
    return field ? reader.texts(field.node, key) : [];
  };
  const id = reader.text(need('id'), 'id');
  if (!idPattern.test(id) || !id.startsWith(`${family}.`)) {
    throw reader.fault(place, `"${id}" is not an id of this family`, `ids read ${family}.some-words`);
  }
  const shape = families[family] ?? { polarity: 0, kinds: null };
  const kindField = fields.get('kind');
  const kind = kindField ? reader.text(kindField.node, 'kind') : null;
  if (kind !== null && !shape.kinds?.includes(kind)) {
    throw reader.fault(
      kindField?.at ?? place,
      `"${kind}" is no kind of ${family}`,
      `the kinds are ${shape.kinds?.join(', ') ?? 'none'}`,
    );
  }
  if (kind === null && shape.kinds && family !== 'question') {
    throw reader.fault(place, `${id} has no kind`, `add kind: one of ${shape.kinds.join(', ')}`);
  }
  const strengthField = fields.get('strength');
  const strengthName = strengthField ? reader.text(strengthField.node, 'strength') : 'normal';
  const strength = strengths[strengthName];
  if (!strength) {
    throw reader.fault(
      strengthField?.at ?? place,
      `strength "${strengthName}"`,
      'write weak, normal or strong',
    );
  }
  const parse = (key: string): Sequence[][] =>
    list(key).map(({ text, at }) => {
      try {
        return parsePhrase(text, classNames, spelling);
      } catch (error) {
        if (!(error instanceof PhraseError)) throw error;
        // +1: the opening quote mark of the YAML text.
        throw reader.fault(
          at + 1 + error.at,
          `${id}: ${error.message}`,
          'docs/lexicon.md describes the phrase language',
        );
      }
    });
  const sequences = parse('words');
  if (sequences.length === 0) throw reader.fault(place, `${id} has no words`, 'add words: [...]');
  const match = list('match').map((example) => example.text);
  if (match.length === 0)
    throw reader.fault(place, `${id} has no example`, 'add match: ["a sentence in which it hits"]');
  const polarityField = fields.get('polarity');
  const polarity = polarityField ? polarityOf(reader, polarityField) : shape.polarity;
  const negatedField = fields.get('negated');
  const negated = negatedField ? reader.text(negatedField.node, 'negated') : undefined;
  return {
    id,
    // The label is the family, plus the kind that was checked against it above.
    label: labelOf(reader, place, kind === null ? family : `${family}-${kind}`),
    polarity: polarity === 1 ? 1 : polarity === -1 ? -1 : 0,
    strength,
    ...(negated === undefined ? {} : { negated: negated === 'drop' ? '' : labelOf(reader, place, negated) }),
    words: list('words').map((word) => word.text),
    sequences,
    unless: parse('unless'),
    why: reader.text(need('why'), 'why'),
    match,
    noMatch: list('noMatch').map((example) => example.text),
    file,
    line: reader.line(map),
  };
}

function polarityOf(reader: Reader, field: { node: Node; at: number }): number {
  const value: unknown = isScalar(field.node) ? field.node.value : null;
  if (value !== -1 && value !== 0 && value !== 1)
    throw reader.fault(field.at, 'polarity is not -1, 0 or 1', 'write -1, 0 or 1');
  return value;
}

/** Every label a file may lead to: the families and their kinds. */
export const labels: ReadonlySet<string> = new Set(
  Object.entries(families).flatMap(([family, { kinds }]) => {
    const named = (kinds ?? []).map((kind) => `${family}-${kind}`);
    return kinds && family !== 'question' ? named : [family].concat(named);
  }),
);

function isLabel(name: string): name is CueLabel {
  return labels.has(name);
}

function labelOf(reader: Reader, at: number, name: string): CueLabel {
  if (!isLabel(name))
    throw reader.fault(at, `unknown label "${name}"`, `the labels are ${[...labels].join(', ')}`);
  return name;
}
