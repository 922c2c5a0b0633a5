import { antiCgePart } from './anti-cge.js';
import { backdoorPart } from './backdoor.js';
import { conditionalPart } from './conditional.js';
import { empirePart } from './empire.js';
import { fangKrumPart } from './fang-krum.js';
import { fangTrmeanPart } from './fang-trmean.js';
import { featureNoisePart } from './feature-noise.js';
import { fixedVectorPart } from './fixed-vector.js';
import { gaussianPart } from './gaussian.js';
import { hiddenVulnerabilityPart } from './hidden-vulnerability.js';
import { infinitePart } from './infinite.js';
import { labelFlipPart } from './label-flip.js';
import { littlePart } from './little.js';
import { mimicPart } from './mimic.js';
import { mimicVariantPart } from './mimic-variant.js';
import { minMaxPart } from './min-max.js';
import { minSumPart } from './min-sum.js';
import { mixturePart } from './mixture.js';
import { momentumTailoredPart } from './momentum-tailored.js';
import { nanPart } from './nan.js';
import { nonePart } from './none.js';
import { optimalPart } from './optimal.js';
import { randomLabelsPart } from './random-labels.js';
import { reversePart } from './reverse.js';
import { scaledPart } from './scaled.js';
import { shiftBackPart } from './shift-back.js';
import { signFlipPart } from './sign-flip.js';
import { signFlipMeanPart } from './sign-flip-mean.js';
import { silentPart } from './silent.js';
import { zeroPart } from './zero.js';

/** What Byzantine workers do. */
export const attacks = {
  none: nonePart,
  'sign-flip': signFlipPart,
  'sign-flip-mean': signFlipMeanPart,
  reverse: reversePart,
  gaussian: gaussianPart,
  'fixed-vector': fixedVectorPart,
  zero: zeroPart,
  infinite: infinitePart,
  nan: nanPart,
  'label-flip': labelFlipPart,
  'random-labels': randomLabelsPart,
  'feature-noise': featureNoisePart,
  backdoor: backdoorPart,
  little: littlePart,
  empire: empirePart,
  mimic: mimicPart,
  'mimic-variant': mimicVariantPart,
  'min-max': minMaxPart,
  'min-sum': minSumPart,
  'fang-krum': fangKrumPart,
  'fang-trmean': fangTrmeanPart,
  'hidden-vulnerability': hiddenVulnerabilityPart,
  'anti-cge': antiCgePart,
  'shift-back': shiftBackPart,
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
  type AttackedData,
  type AttackRule,
  type AttackView,
  type Defence,
  type Falsehood,
  type FalsehoodContext,
  type Knowledge,
  type Poisoned,
  type PoisonRule,
  type Progress,
  type Sample,
  type Silence,
} from './attack.js';
export { antiCge } from './anti-cge.js';
export { backdoor, type BackdoorOptions } from './backdoor.js';
export { conditional, type ConditionalOptions } from './conditional.js';
export { empire, type EmpireOptions } from './empire.js';
export { fangKrum, type FangKrumOptions } from './fang-krum.js';
export { fangTrmean, type FangTrmeanOptions } from './fang-trmean.js';
export { featureNoise, type FeatureNoiseOptions } from './feature-noise.js';
export { fixedVector, type FixedVectorOptions } from './fixed-vector.js';
export { gaussian, type GaussianOptions } from './gaussian.js';
export { hiddenVulnerability, type HiddenVulnerabilityOptions } from './hidden-vulnerability.js';
export { infinite } from './infinite.js';
export { labelFlip } from './label-flip.js';
export { little, type LittleOptions } from './little.js';
export { mimic, type MimicOptions } from './mimic.js';
export { mimicVariant, type MimicVariantOptions } from './mimic-variant.js';
export { minMax, type MinMaxOptions } from './min-max.js';
export { minSum, type MinSumOptions } from './min-sum.js';
export { mixture, type MixtureOptions } from './mixture.js';
export { momentumTailored, type MomentumTailoredOptions } from './momentum-tailored.js';
export { nan } from './nan.js';
export { none } from './none.js';
export { optimal, type OptimalOptions } from './optimal.js';
export type { Perturbation } from './perturbation.js';
export { randomLabels, type RandomLabelsOptions } from './random-labels.js';
export { reverse, type ReverseOptions } from './reverse.js';
export { scaled, type ScaledOptions } from './scaled.js';
export { shiftBack, type ShiftBackOptions } from './shift-back.js';
export { signFlip } from './sign-flip.js';
export { signFlipMean } from './sign-flip-mean.js';
export { silent } from './silent.js';
export { zero } from './zero.js';
export { zMax } from './z-max.js';
