// What analysis is told about a debate beside its mail: who the people are, and what they are entitled to.
import type { People, RoleEvidence } from '../model/person.ts';

export interface AnalysisContext {
  readonly people: People;
  /** By person id; a person without entry has role `unknown`. */
  readonly roles: ReadonlyMap<string, RoleEvidence>;
  /** Program version, printed in `generator`. */
  readonly version: string;
  /** Printed as `threadId`; the debate's id when absent. */
  readonly threadId?: string;
}
