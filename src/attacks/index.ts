import { conditionalPart } from './conditional.js';
import { empirePart } from './empire.js';
import { labelFlipPart } from './label-flip.js';
import { littlePart } from './little.js';
import { mixturePart } from './mixture.js';
import { momentumTailoredPart } from './momentum-tailored.js';
import { nonePart } from './none.js';
import { optimalPart } from './optimal.js';
import { scaledPart } from './scaled.js';
import { signFlipPart } from './sign-flip.js';
import { silentPart } from './silent.js';

/** What Byzantine workers do. */
export const attacks = {
  none: nonePart,
  'sign-flip': signFlipPart,
  'label-flip': labelFlipPart,
  little: littlePart,
  empire: empirePart,

  silent: silentPart,
  'momentum-tailored': momentumTailoredPart,

  optimal: optimalPart,
  scaled: scaledPart,
  conditional: conditionalPart,
  mixture: mixturePart,
};

export {
  widest,
  type Attack,
  type AttackRule,
  type AttackView,
  type Defence,
  type Falsehood,
  type FalsehoodContext,
  type Knowledge,
  type Progress,
  type Silence,
} from './attack.js';
export { conditional, type ConditionalOptions } from './conditional.js';
export { empire, type EmpireOptions } from './empire.js';
export { labelFlip } from './label-flip.js';
export { little, type LittleOptions } from './little.js';
export { mixture, type MixtureOptions } from './mixture.js';
export { momentumTailored, type MomentumTailoredOptions } from './momentum-tailored.js';
export { none } from './none.js';
export { optimal, type OptimalOptions } from './optimal.js';
export { scaled, type ScaledOptions } from './scaled.js';
export { signFlip } from './sign-flip.js';
export { silent } from './silent.js';
export { zMax } from './z-max.js';
