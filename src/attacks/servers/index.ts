import { driftPart } from './drift.js';
import { equivocatePart } from './equivocate.js';
import { nonePart } from './none.js';
import { randomModelPart } from './random-model.js';
import { silencePart } from './silence.js';
import { stalePart } from './stale.js';
import { wrongModelPart } from './wrong-model.js';

export type { SeenModels, ServerAttackRule, ServerLie, ServerLieShape, ServerView } from './server-attack.js';

/** How Byzantine servers lie. */
export const serverAttacks = {
  none: nonePart,
  'wrong-model': wrongModelPart,
  'random-model': randomModelPart,
  equivocate: equivocatePart,
  stale: stalePart,
  drift: driftPart,
  silence: silencePart,
};
