// Scores of every unit for each label, by the trained unit model.
import { unitFeatures } from '../feature/unit-feature.ts';
import { scoreUnits } from '../weights/score.ts';
import { defineStage } from './stage.ts';

export const scoreStage = defineStage({
  name: 'score',
  requires: ['turns', 'speakers', 'root', 'units', 'cues'],
  assigns: ['shape', 'scores'],
  run(found, { models }) {
    const { text, shape } = unitFeatures(found);
    return { shape, scores: scoreUnits(models.unit, found.turns, found.units, text, shape) };
  },
});
