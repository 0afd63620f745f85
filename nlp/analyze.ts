// Debate and ledger in, report out. Pure and deterministic: same input, same language, same bytes.
import type { Ledger } from '../model/ledger.ts';
import type { Report } from '../model/report.ts';
import type { Debate } from '../model/thread.ts';
import type { AnalysisContext } from './context.ts';
import type { Findings } from './finding.ts';
import type { Language } from './language.ts';
import { loadLexicon } from './lexicon/load.ts';
import { loadModels } from './weights/load.ts';
import { STAGES } from './stage/list.ts';
import { layOut, openingTurn } from './turn.ts';
import { cutUnits } from './unit.ts';
import { writeReport } from './report.ts';

/** Changes whenever the code would say something else about the same debate. */
const CODE_VERSION = '1';

/** Report of one debate. Never throws on mail content; an empty debate gives an empty report. */
export function analyzeDebate(
  debate: Debate,
  ledger: Ledger,
  context: AnalysisContext,
  language: Language = loadLanguage(),
): Report {
  const found = findAll(debate, ledger, context, language);
  return writeReport(debate, found, context, {
    version: context.version,
    lexicon: language.lexicon.hash,
    model: language.modelHash,
  });
}

/** All findings of one debate, for reports, training and tests. */
export function findAll(
  debate: Debate,
  ledger: Ledger,
  context: AnalysisContext,
  language: Language,
): Findings {
  const { turns, speakers } = layOut(debate, ledger, context);
  const root = openingTurn(turns, debate);
  const found: Partial<Findings> = { turns, speakers, root, units: cutUnits(turns) };
  for (const stage of STAGES) Object.assign(found, stage.run(found, language));
  return found as Findings;
}

/** Hash of lexicon, weights and code version; results made under another one are stale. */
export function analysisVersion(): string {
  const { lexicon, modelHash } = loadLanguage();
  return [CODE_VERSION, lexicon.hash, modelHash].join('-');
}

export function loadLanguage(): Language {
  const { models, hash } = loadModels();
  return { lexicon: loadLexicon(), models, modelHash: hash };
}
