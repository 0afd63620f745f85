// Cues of the lexicon in every unit and in the line it answers.
import { cuesOf } from '../feature/cue.ts';
import { defineStage } from './stage.ts';

export const cueStage = defineStage({
  name: 'cue',
  requires: ['units'],
  assigns: ['cues'],
  run({ units }, { lexicon }) {
    return { cues: units.map((unit) => cuesOf(unit, lexicon)) };
  },
});
