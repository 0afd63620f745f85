import { runPart } from '../part.ts';
import type { Call } from '../call.ts';

export function run(call: Call): ReturnType<typeof runPart> {
  return runPart(call, call.options.flag('open') ? 'open questions' : 'questions');
}
