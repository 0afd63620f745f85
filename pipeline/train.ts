// `npm run train [GOLD MAIL]`: trains all models on the labeled debates and writes data/model. Deterministic.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadLexicon } from '../nlp/lexicon/load.ts';
import { trainAnalysis } from '../nlp/train/analysis.ts';
import { placeLabels } from '../nlp/train/labeled.ts';
import { readMade } from '../nlp/train/made.ts';
import { madeRows } from '../nlp/train/unit.ts';
import { weightsPath } from '../nlp/weights/load.ts';
import { pack } from '../nlp/weights/pack.ts';
import { readLabeled, readMadeDebates } from './labeled.ts';

const MADE = fileURLToPath(new URL('../../data/train/made/', import.meta.url));
const MADE_DEBATES = fileURLToPath(new URL('../../data/train/debate/', import.meta.url));

/** SHA-256 over the names and bytes of a folder's files with this ending. */
function folderHash(folder: string, ending: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .toSorted()) {
    hash.update(name).update(readFileSync(join(folder, name)));
  }
  return hash.digest('hex');
}

async function train(goldFolder: string, mailFolder: string): Promise<void> {
  const lexicon = loadLexicon();
  const started = Date.now();
  const labeled = await readLabeled(goldFolder, mailFolder);
  const madeDebates = readMadeDebates(MADE_DEBATES);
  const debates = [...labeled, ...madeDebates].map((mail) => placeLabels(mail, lexicon));
  const made = readMade([MADE]);
  const models = trainAnalysis(debates, madeRows(made, lexicon));
  const bytes = pack(models);
  const path = weightsPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const record = {
    debates: labeled.length,
    madeDebates: madeDebates.length,
    messages: debates.reduce((sum, debate) => sum + debate.found.turns.length, 0),
    units: debates.reduce((sum, debate) => sum + debate.found.units.length, 0),
    madeClauses: made.length,
    inputs: {
      gold: folderHash(goldFolder, '.json'),
      made: folderHash(MADE, '.jsonl'),
      madeDebates: folderHash(MADE_DEBATES, '.txt'),
      lexicon: lexicon.hash,
    },
    weights: createHash('sha256').update(bytes).digest('hex'),
  };
  writeFileSync(join(dirname(path), 'record.json'), `${JSON.stringify(record, null, 2)}\n`);
  process.stdout.write(
    `${path}: ${bytes.length} bytes from ${debates.length} debates in ${Math.round((Date.now() - started) / 1000)} s\n`,
  );
}

const [goldFolder = '../shared/gold/dev', mailFolder = '../shared/mail/dev'] = process.argv.slice(2);
await train(goldFolder, mailFolder);
