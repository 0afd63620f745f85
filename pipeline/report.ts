// One debate to its ledger and report: people, roles, ledger, analysis in their order. No store.
import { createHash } from 'node:crypto';
import { buildPeople } from '../ingest/identity/people.ts';
import { analysisVersion, analyzeDebate } from '../nlp/analyze.ts';
import { buildLedger } from '../nlp/ledger/build.ts';
import { leadingRoles, type RoleContext } from '../nlp/role/role.ts';
import type { Ledger } from '../model/ledger.ts';
import type { Report } from '../model/report.ts';
import type { Debate } from '../model/thread.ts';

export interface AnalysisOptions {
  /** Program version, printed in `generator`. */
  readonly version: string;
  /** Text of a .mailmap file. */
  readonly mailmap?: string;
  /** What files of the user and the rest of the archive say of people's roles. */
  readonly roles?: RoleContext;
}

export interface Analyzed {
  readonly ledger: Ledger;
  readonly report: Report;
}

/** All that decides a report beside the debate itself; another one makes stored reports stale. */
export function analysisKey({ mailmap, roles }: AnalysisOptions): string {
  const applied = [...(roles?.applied ?? [])].toSorted();
  const given = JSON.stringify([mailmap ?? '', { ...roles, applied }]);
  // A MAINTAINERS file has a megabyte, and this is asked for thousands of debates.
  return `${analysisVersion()} ${createHash('sha256').update(given).digest('hex')}`;
}

/** Only what analysis looks at, out of options that hold more; plain data that worker threads can be given. */
export function analysisOptions({ version, mailmap, roles }: AnalysisOptions): AnalysisOptions {
  return { version, ...(mailmap !== undefined && { mailmap }), ...(roles !== undefined && { roles }) };
}

/** Pure and deterministic. `threadId` is printed in the report instead of the debate's id. */
export function reportOf(debate: Debate, options: AnalysisOptions, threadId?: string): Analyzed {
  const ledger = buildLedger(debate);
  const people = buildPeople(debate.messages, {
    quoted: ledger.ghosts.map(({ authorName, authorAddress }) => ({
      name: authorName,
      address: authorAddress,
    })),
    ...(options.mailmap === undefined ? {} : { mailmap: options.mailmap }),
  });
  const report = analyzeDebate(debate, ledger, {
    people,
    roles: leadingRoles(debate, ledger, people, options.roles),
    version: options.version,
    ...(threadId === undefined ? {} : { threadId }),
  });
  return { ledger, report };
}
