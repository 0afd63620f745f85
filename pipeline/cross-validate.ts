// Cross-validates the analysis by list: a list is never in its own training, on any level.
// `node dist/pipeline/cross-validate.js [--out DIR] [--cache DIR] [--all] [GOLD MAIL]` prints the score table.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Report } from '../model/report.ts';
import { findAll } from '../nlp/analyze.ts';
import { unitFeatures, type UnitFeatures } from '../nlp/feature/unit-feature.ts';
import type { Findings, UnitScores } from '../nlp/finding.ts';
import type { Language } from '../nlp/language.ts';
import { loadLexicon } from '../nlp/lexicon/load.ts';
import { writeReport } from '../nlp/report.ts';
import { trainThreadLevel } from '../nlp/train/analysis.ts';
import { foldByList } from '../nlp/train/fold.ts';
import { labelsOf, placeLabels, type LabeledDebate } from '../nlp/train/labeled.ts';
import { readMade } from '../nlp/train/made.ts';
import type { ScoredDebate } from '../nlp/train/proposal.ts';
import { countReport, measures, total, type Counts } from '../nlp/train/score/measure.ts';
import { matchPeople, viewOfReport } from '../nlp/train/score/view.ts';
import { madeRows, trainUnits, UNIT_OPTIONS, type MadeRows, type TrainedUnits } from '../nlp/train/unit.ts';
import { SCORES } from '../nlp/weights/model.ts';
import { pack, unpack } from '../nlp/weights/pack.ts';
import { scoreUnits } from '../nlp/weights/score.ts';
import { readLabeled, readMadeDebates, type LabeledDebate as LabeledMail } from './labeled.ts';

/** Folds of whole lists that are tested in turn, and folds inside each training. */
const OUTER_FOLDS = 5;
const INNER_FOLDS = 4;
const MADE = fileURLToPath(new URL('../../data/train/made/', import.meta.url));
const MADE_DEBATES = fileURLToPath(new URL('../../data/train/debate/', import.meta.url));

/** A labeled debate with what its own list had no part in. */
export interface CrossDebate {
  readonly mail: LabeledMail;
  readonly labeled: LabeledDebate;
  readonly features: UnitFeatures;
  /** Outer fold. */
  readonly fold: number;
  /** Unit scores by models that did not see the debate's list. */
  readonly scores: UnitScores;
}

export interface CrossValidation {
  readonly debates: readonly CrossDebate[];
  /** Unit scores for training above the units in outer fold `fold`: held out inside it; none of the fold's own debates. */
  scoredWithout(fold: number): ScoredDebate[];
  /** Lexicon and models that did not see the list. */
  languageWithout(list: string): Language;
}

/** Labels, features and unit models of all folds; unit models are kept in `cache` under a hash of all they come from. */
export async function crossValidation(
  goldFolder: string,
  mailFolder: string,
  cache: string,
  note: (line: string) => void = () => {},
): Promise<CrossValidation> {
  const lexicon = loadLexicon();
  const mails = await readLabeled(goldFolder, mailFolder);
  const labeled = mails.map((mail) => placeLabels(mail, lexicon));
  const features = labeled.map(({ found }) => unitFeatures(found));
  const folds = foldByList(labeled, OUTER_FOLDS);
  const made = madeRows(readMade([MADE]), lexicon);
  // Made-up debates are in every training and never tested.
  const always = readMadeDebates(MADE_DEBATES).map((mail) => placeLabels(mail, lexicon));
  const alwaysFeatures = always.map(({ found }) => unitFeatures(found));
  const pool = [...labeled, ...always];
  const poolFeatures = [...features, ...alwaysFeatures];
  const key = trainingKey(pool, poolFeatures, made);
  mkdirSync(cache, { recursive: true });
  const trained = Array.from({ length: OUTER_FOLDS }, (_, fold) => {
    const members = pool.flatMap((__, index) => (folds[index] === fold ? [] : [index]));
    const own = members.map((index) => pool[index]).filter((debate) => debate !== undefined);
    const inner = foldByList(own, INNER_FOLDS);
    const path = join(cache, `units-${key}-${fold}.weights`);
    let units: TrainedUnits;
    if (existsSync(path)) {
      units = unpack(readFileSync(path)) as TrainedUnits;
    } else {
      const started = Date.now();
      const rows = members.map((index) => poolFeatures[index]).filter((row) => row !== undefined);
      units = trainUnits(own, rows, inner, made, UNIT_OPTIONS);
      writeFileSync(path, pack(units));
      note(`fold ${fold}: unit models trained in ${Math.round((Date.now() - started) / 1000)} s`);
    }
    return { units, members, inner };
  });
  const debates = labeled.flatMap((debate, index): CrossDebate[] => {
    const fold = folds[index] ?? 0;
    const mail = mails[index];
    const own = features[index];
    const units = trained[fold]?.units;
    if (!mail || !own || !units) return [];
    const scores = scoreUnits(units.model, debate.found.turns, debate.found.units, own.text, own.shape);
    return [{ mail, labeled: debate, features: own, fold, scores }];
  });
  const scoredWithout = (fold: number): ScoredDebate[] => {
    const { units, members, inner } = trained[fold] ?? {
      units: undefined,
      members: [],
      inner: new Int32Array(),
    };
    return members.flatMap((index, k): ScoredDebate[] => {
      const debate = pool[index];
      const scores = units?.scores[k];
      const shape = poolFeatures[index]?.shape;
      return debate && scores && shape ? [{ debate, scores, shape, fold: inner[k] ?? 0 }] : [];
    });
  };
  const languages = new Map<number, Language>();
  return {
    debates,
    scoredWithout,
    languageWithout(list) {
      const fold = debates.find((debate) => debate.labeled.list === list)?.fold ?? 0;
      let language = languages.get(fold);
      const unit = trained[fold]?.units.model;
      if (!language && unit) {
        language = {
          lexicon,
          models: { unit, ...trainThreadLevel(scoredWithout(fold)) },
          modelHash: `fold ${fold}`,
        };
        languages.set(fold, language);
      }
      if (!language) throw new RangeError(`no models without ${list}`);
      return language;
    },
  };
}

/** Findings and report of a debate by models that did not see its list. */
export function crossReport(
  { mail, labeled }: CrossDebate,
  cross: CrossValidation,
): { readonly found: Findings; readonly report: Report } {
  const language = cross.languageWithout(labeled.list);
  const found = findAll(mail.debate, mail.ledger, mail.context, language);
  const generator = {
    version: mail.context.version,
    lexicon: language.lexicon.hash,
    model: language.modelHash,
  };
  return { found, report: writeReport(mail.debate, found, mail.context, generator) };
}

/** Scores of a report against its debate's labels. */
export function crossCounts({ mail, labeled }: CrossDebate, report: Report): Counts {
  const people = matchPeople(labeled.gold, report, mail.mail);
  const view = viewOfReport(report, mail.mail, people);
  return countReport(labeled.gold, mail.mail, mail.view, view, report, people);
}

/** Hash of everything the unit models come from: rows, labels, settings and the code that trains. */
function trainingKey(
  labeled: readonly LabeledDebate[],
  features: readonly UnitFeatures[],
  made: MadeRows,
): string {
  const hash = createHash('sha256');
  const bytes = (array: Int32Array | Float32Array | Uint8Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (const row of [...features.flatMap(({ text }) => text), ...made.rows]) {
    hash.update(bytes(row.columns)).update(bytes(row.values));
  }
  for (const { shape } of features) hash.update(shape.names.join()).update(bytes(shape.values));
  for (const debate of labeled) for (const score of SCORES) hash.update(bytes(labelsOf(debate, score)));
  hash.update(made.clauses.map(({ label }) => label).join());
  hash.update(JSON.stringify([UNIT_OPTIONS, OUTER_FOLDS, INNER_FOLDS]));
  for (const name of [
    'train/unit',
    'train/svm',
    'train/boost',
    'train/platt',
    'train/fold',
    'feature/surroundings',
  ]) {
    hash.update(readFileSync(new URL(`../nlp/${name}.js`, import.meta.url)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      cache: { type: 'string', default: join(tmpdir(), 'hum-cross') },
      all: { type: 'boolean', default: false },
    },
  });
  const [gold = '../shared/gold/dev', mail = '../shared/mail/dev'] = positionals;
  const cross = await crossValidation(gold, mail, values.cache, (line) => process.stderr.write(`${line}\n`));
  const counts: Counts[] = [];
  for (const debate of cross.debates) {
    const { report } = crossReport(debate, cross);
    if (values.out) {
      mkdirSync(values.out, { recursive: true });
      writeFileSync(join(values.out, `${debate.labeled.id}.json`), `${JSON.stringify(report, null, 1)}\n`);
    }
    counts.push(crossCounts(debate, report));
  }
  const sum = total(counts);
  for (const { key, title, value, bar, headline } of measures) {
    if (!headline && !values.all) continue;
    const score = value(sum);
    const shown = score === undefined ? '    -' : score.toFixed(3);
    process.stdout.write(
      `${shown}  ${bar === undefined ? '     ' : `(${bar.toFixed(2)})`} ${title} [${key}]\n`,
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
