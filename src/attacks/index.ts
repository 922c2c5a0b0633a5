import { backdoorPart } from './backdoor.js';
import { empirePart } from './empire.js';
import { featureNoisePart } from './feature-noise.js';
import { labelFlipPart } from './label-flip.js';
import { littlePart } from './little.js';
import { nonePart } from './none.js';
import { randomLabelsPart } from './random-labels.js';
import { signFlipPart } from './sign-flip.js';

/** What Byzantine workers do. */
export const attacks = {
  none: nonePart,
  'sign-flip': signFlipPart,
  'label-flip': labelFlipPart,
  'random-labels': randomLabelsPart,
  'feature-noise': featureNoisePart,
  backdoor: backdoorPart,
  little: littlePart,
  empire: empirePart,
};

export {
  widest,
  type Attack,
  type AttackedData,
  type AttackRule,
  type AttackView,
  type Defence,
  type Knowledge,
  type Poisoned,
  type PoisonRule,
  type Progress,
  type Sample,
} from './attack.js';
export { backdoor, type BackdoorOptions } from './backdoor.js';
export { empire, type EmpireOptions } from './empire.js';
export { featureNoise, type FeatureNoiseOptions } from './feature-noise.js';
export { labelFlip } from './label-flip.js';
export { little, type LittleOptions } from './little.js';
export { none } from './none.js';
export { randomLabels, type RandomLabelsOptions } from './random-labels.js';
export { signFlip } from './sign-flip.js';
export { zMax } from './z-max.js';
