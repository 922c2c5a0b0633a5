import { empirePart } from './empire.js';
import { labelFlipPart } from './label-flip.js';
import { littlePart } from './little.js';
import { nonePart } from './none.js';
import { signFlipPart } from './sign-flip.js';

/** What Byzantine workers do. */
export const attacks = {
  none: nonePart,
  'sign-flip': signFlipPart,
  'label-flip': labelFlipPart,
  little: littlePart,
  empire: empirePart,
};

export {
  widest,
  type Attack,
  type AttackRule,
  type AttackView,
  type Defence,
  type Knowledge,
  type Progress,
} from './attack.js';
export { empire, type EmpireOptions } from './empire.js';
export { labelFlip } from './label-flip.js';
export { little, type LittleOptions } from './little.js';
export { none } from './none.js';
export { signFlip } from './sign-flip.js';
export { zMax } from './z-max.js';
