// What a stage is: a named step that reads some findings and assigns others, each once. Stages never import stages.
import type { Findings } from '../finding.ts';
import type { Language } from '../language.ts';

export interface Stage {
  readonly name: string;
  readonly requires: readonly (keyof Findings)[];
  readonly assigns: readonly (keyof Findings)[];
  run(found: Partial<Findings>, language: Language): Partial<Findings>;
}

/** Makes a stage; `run` sees what `requires` names and returns what `assigns` names. */
export function defineStage<R extends keyof Findings, A extends keyof Findings>(plan: {
  readonly name: string;
  readonly requires: readonly R[];
  readonly assigns: readonly A[];
  readonly run: (found: Pick<Findings, R>, language: Language) => Pick<Findings, A>;
}): Stage {
  return {
    name: plan.name,
    requires: plan.requires,
    assigns: plan.assigns,
    run(found, language) {
      if (!has(found, plan.requires))
        throw new Error(`stage ${plan.name}: ${plan.requires.join(', ')} not assigned`);
      return plan.run(found, language) as Partial<Findings>;
    },
  };
}

function has<R extends keyof Findings>(
  found: Partial<Findings>,
  keys: readonly R[],
): found is Pick<Findings, R> & Partial<Findings> {
  return keys.every((key) => found[key] !== undefined);
}
