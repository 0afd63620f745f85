// `npm run lexicon`: checks data/lexicon/en/*.yml and writes data/lexicon/en.json, which the program loads.
import { writeFileSync } from 'node:fs';
import { Fault } from '../../model/fault.ts';
import { compileLexicon } from '../lexicon/compile.ts';
import { compiledLexiconPath, readLexiconFiles } from '../lexicon/load.ts';

try {
  const compiled = compileLexicon(readLexiconFiles());
  writeFileSync(compiledLexiconPath(), `${JSON.stringify(compiled)}\n`);
  console.log(
    `${compiled.entries.length} entries, ${compiled.automaton.stateCount} states, ${compiled.hash.slice(0, 12)}`,
  );
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`${error.message}\n${error.remedy}`);
  process.exitCode = 78;
}
