// The signs and words of the report, the same on pages and in the terminal. Meaning never rests on color alone.
import type { Role } from '../model/person.ts';
import type {
  DebateStatus,
  DecisionKind,
  QuestionStatus,
  ReportProposal,
  ReportTemperature,
  SegmentLabel,
  StanceStep,
  StanceValue,
} from '../model/report.ts';

export interface Word {
  readonly sign: string;
  readonly word: string;
  /** Class name and key of its color. */
  readonly tone: Tone;
}

export type Tone = 'support' | 'oppose' | 'conditional' | 'neutral' | 'question' | 'decision' | 'plain';

export const stanceWord: Readonly<Record<StanceValue, Word>> = {
  support: { sign: '▲', word: 'supports', tone: 'support' },
  oppose: { sign: '▼', word: 'opposes', tone: 'oppose' },
  conditional: { sign: '◆', word: 'conditional', tone: 'conditional' },
  neutral: { sign: '●', word: 'neutral', tone: 'neutral' },
};

export const yieldedSign = '↩';

export const stepWord: Readonly<Record<StanceStep['change'], string>> = {
  first: 'first said',
  harden: 'hardened',
  soften: 'softened',
  flip: 'changed sides',
  yield: 'yielded',
  repeat: 'said again',
};

export const statusWord: Readonly<Record<DebateStatus, Word>> = {
  'decided-accepted': { sign: '§', word: 'accepted', tone: 'support' },
  'decided-rejected': { sign: '§', word: 'rejected', tone: 'oppose' },
  withdrawn: { sign: '↩', word: 'withdrawn', tone: 'neutral' },
  superseded: { sign: '→', word: 'superseded', tone: 'neutral' },
  open: { sign: '○', word: 'open', tone: 'plain' },
};

export const outcomeWord: Readonly<Record<ReportProposal['outcome'], Word>> = {
  accepted: statusWord['decided-accepted'],
  rejected: statusWord['decided-rejected'],
  withdrawn: statusWord.withdrawn,
  superseded: statusWord.superseded,
  deferred: { sign: '…', word: 'deferred', tone: 'neutral' },
  open: statusWord.open,
};

export const decisionWord: Readonly<Record<DecisionKind, string>> = {
  applied: 'applied',
  merged: 'merged',
  accepted: 'accepted',
  nacked: 'nacked',
  rejected: 'rejected',
  consensus: 'consensus declared',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
  deferred: 'deferred',
  partial: 'partly accepted',
};

export const questionWord: Readonly<Record<QuestionStatus, Word>> = {
  open: { sign: '?', word: 'open', tone: 'question' },
  partial: { sign: '?', word: 'partly answered', tone: 'question' },
  answered: { sign: '?✓', word: 'answered', tone: 'neutral' },
  moot: { sign: '?–', word: 'moot', tone: 'neutral' },
};

export const temperatureWord: Readonly<Record<ReportTemperature['value'], string>> = {
  contested: 'contested',
  converging: 'converging',
  stalled: 'stalled',
  quiet: 'quiet',
};

/** `unknown` says nothing, so it prints nothing. */
export const roleWord: Readonly<Record<Role, string>> = {
  maintainer: 'maintainer',
  developer: 'developer',
  user: 'user',
  reviewer: 'reviewer',
  bot: 'bot',
  unknown: '',
};

/** What a marked sentence was taken for. */
export const labelWord: Readonly<Record<SegmentLabel, Word>> = {
  PROPOSAL: { sign: 'P', word: 'proposes', tone: 'plain' },
  SUPPORT: stanceWord.support,
  OPPOSE: stanceWord.oppose,
  CONDITIONAL: stanceWord.conditional,
  NEUTRAL: stanceWord.neutral,
  CONCEDE: { sign: yieldedSign, word: 'concedes', tone: 'neutral' },
  QUESTION: { sign: '?', word: 'asks', tone: 'question' },
  DECISION: { sign: '§', word: 'decision', tone: 'decision' },
  RATIONALE: { sign: '∵', word: 'reason', tone: 'plain' },
};

export const recoveredSign = '◌';
