import { momentumPart } from './momentum.js';
import { mu2SgdPart } from './mu2-sgd.js';
import { sgdPart } from './sgd.js';

export { compressed } from './compressed.js';
export type {
  Compression,
  Estimator,
  EstimatorRule,
  Method,
  MethodShape,
  Samples,
  PlainState,
  Update,
  UpdateRule,
} from './method.js';
export { momentum, type MomentumOptions } from './momentum.js';
export { mu2Sgd, type Mu2SgdOptions } from './mu2-sgd.js';
export { sgd, type SgdOptions } from './sgd.js';

/** The methods that scenarios can name. */
export const methods = { sgd: sgdPart, momentum: momentumPart, 'mu2-sgd': mu2SgdPart };
