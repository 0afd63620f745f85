// Finds in one sentence what its speaker says of their own part in the debate (data/dialect/role.json).
import type { RoleCue } from '../dialect/load.ts';

/** A sentence is read up to here: what somebody says of themselves stands early, and the patterns stay cheap. */
const LONGEST = 400;

/** Whether the cue holds in this sentence (own text, white space collapsed). Bounded time on any input. */
export function holdsCue(cue: RoleCue, sentence: string): boolean {
  const text = sentence.length > LONGEST ? sentence.slice(0, LONGEST) : sentence;
  return cue.pattern.test(text) && !(cue.unless?.test(text) ?? false);
}
