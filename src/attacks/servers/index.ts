import { nonePart } from './none.js';
import { silencePart } from './silence.js';
import { wrongModelPart } from './wrong-model.js';

export type { SeenModels, ServerAttackRule, ServerLie, ServerLieShape, ServerView } from './server-attack.js';

/** How Byzantine servers lie. */
export const serverAttacks = {
  none: nonePart,
  'wrong-model': wrongModelPart,
  silence: silencePart,
};
