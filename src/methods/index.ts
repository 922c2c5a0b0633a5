import { byzVrMarinaPart } from './byz-vr-marina.js';
import { dynaBroPart } from './dynabro.js';
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
export type {
  RoundMethod,
  RoundRun,
  RoundContext,
  RoundMessages,
  RoundSamples,
  Call,
  Tripped,
} from './round-method.js';
export { byzVrMarina, type ByzVrMarinaOptions } from './byz-vr-marina.js';
export { dynaBro, type DynaBroOptions } from './dynabro.js';
export { momentum, type MomentumOptions } from './momentum.js';
export { mu2Sgd, type Mu2SgdOptions } from './mu2-sgd.js';
export { sgd, type SgdOptions } from './sgd.js';

/** The methods that scenarios can name. */
export const methods = {
  sgd: sgdPart,
  momentum: momentumPart,
  'mu2-sgd': mu2SgdPart,
  dynabro: dynaBroPart,
  'byz-vr-marina-pp': byzVrMarinaPart,
};
