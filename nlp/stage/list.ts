// The stages in the order they run. What one requires, an earlier one (or the lay-out) has assigned; a test holds this.
import { actStage } from './act.ts';
import { argumentStage } from './argument.ts';
import { climateStage } from './climate.ts';
import { cueStage } from './cue.ts';
import { decisionStage } from './decision.ts';
import { positionStage } from './position.ts';
import { proposalStage } from './proposal.ts';
import { questionStage } from './question.ts';
import { scoreStage } from './score.ts';
import type { Stage } from './stage.ts';
import { summaryStage } from './summary.ts';
import { trailerStage } from './trailer.ts';

export const STAGES: readonly Stage[] = [
  cueStage,
  trailerStage,
  scoreStage,
  questionStage,
  actStage,
  proposalStage,
  decisionStage,
  positionStage,
  argumentStage,
  summaryStage,
  climateStage,
];
