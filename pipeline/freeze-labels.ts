// `npm run labels [GOLD MAIL]`: writes the labels into data/gold in offset form, one line a debate field group, no mail text.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freezeGold } from '../nlp/train/freeze.ts';
import { readLabeled } from './labeled.ts';

const [gold = '../shared/gold/dev', mail = '../shared/mail/dev'] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../../data/gold/', import.meta.url));
mkdirSync(folder, { recursive: true });
const labeled = await readLabeled(gold, mail);
for (const debate of labeled) {
  writeFileSync(
    join(folder, `${debate.gold.threadId}.json`),
    `${JSON.stringify(freezeGold(debate.gold, debate.mail))}\n`,
  );
}
process.stdout.write(`${labeled.length} debates in ${folder}\n`);
