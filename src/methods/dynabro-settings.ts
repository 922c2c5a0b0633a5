import ln from '@stdlib/math-base-special-ln';
import type { FormulaOption } from '../registry/formula.js';
import { OptionError } from '../registry/option-error.js';
import type { StepSize } from './options.js';
import { requireUnbiased } from './round-compression.js';
import type { RoundContext } from './round-method.js';

/** The options of `dynabro`. */
export interface DynaBroOptions {
  /** Learning rate η > 0: a number, or a function of the server step t = 1, 2, …; texts are for scenario files only. */
  readonly lr: FormulaOption;
  /** Whether the step's length is that of AdaGrad-Norm, the default, or η_t itself. */
  readonly step?: StepSize | undefined;
  /** Radius of the ball K around the origin that models are projected on, > 0; without it, K is everything. */
  readonly radius?: number | undefined;
  /** T, the number of rounds that levels and thresholds are made for; the run's steps, unless given. */
  readonly horizon?: number | undefined;
  /** J_max, the highest level that is used; ⌊log2 T⌋, unless given. */
  readonly levels?: number | undefined;
  /** Whether a level's estimate that strays too far from the one below is left out, the default. */
  readonly filter?: 'fail-safe' | 'none' | undefined;
  /** V > 0: how far a minibatch's gradient is from the gradient at most. The filter needs it, and rules that follow it. */
  readonly noise?: number | undefined;
  /** c_E > 0 of the filter's threshold; unless given, 7 under the median-filtered mean, else 1 + √κ of the rule. */
  readonly constant?: number | undefined;
}

/** The highest level whose 2^J samples a number can count. */
export const MOST_LEVELS = 30;

/** With the median-filtered mean, an estimate is within 7 radii of the gradient: within 7R, if every honest mean is within R. */
const FILTERED = 7;

/** C = √(8 ln(16·m²·T)): with it, all honest means of all rounds are within C·V/√(2^j) of the gradient but with a small probability. */
export const deviationFactor = (workers: number, horizon: number): number =>
  Math.sqrt(8 * ln(16 * workers * workers * horizon));

/** ⌊log2 T⌋. */
export const highestLevel = (horizon: number): number => Math.min(MOST_LEVELS, 31 - Math.clz32(horizon));

/** What a run's options come to. */
export interface DynaBroSettings {
  readonly levels: number;
  /** C·V: how far an honest mean of one minibatch is from the gradient at most; undefined where V isn't known. */
  readonly deviation: number | undefined;
  /** The filter's threshold at level 0, which shrinks by √2 from level to level; undefined without a filter. */
  readonly threshold: number | undefined;
}

const constantOf = ({ constant }: DynaBroOptions, { robustness, followed }: RoundContext): number => {
  if (constant !== undefined) return constant;
  if (followed) return FILTERED;
  if (robustness !== undefined) return 1 + Math.sqrt(robustness);
  throw new OptionError(
    'constant',
    'nobody knows a κ of this aggregator for this share of Byzantine workers, so c_E must be given, or the filter be none',
  );
};

/** @throws OptionError where T, V or c_E is needed and neither given nor known; RangeError for a biased compressor. */
export const dynaBroSettings = (options: DynaBroOptions, context: RoundContext): DynaBroSettings => {
  requireUnbiased('dynabro', 'it remembers nothing that could make up for the errors of earlier messages', context);
  const { noise, filter = 'fail-safe' } = options;
  const horizon = options.horizon ?? context.steps;
  if (horizon === undefined && (options.levels === undefined || noise !== undefined))
    throw new OptionError('horizon', 'the run doesn’t end by steps, so T, the number of rounds, must be given');
  const levels = options.levels ?? highestLevel(horizon!);
  const deviation = noise === undefined ? undefined : deviationFactor(context.workers, horizon!) * noise;
  if (deviation === undefined && context.followed)
    throw new OptionError('noise', 'the aggregator’s threshold follows V, which must be given');
  if (filter === 'none') return { levels, deviation, threshold: undefined };
  if (deviation === undefined)
    throw new OptionError(
      'noise',
      'the fail-safe filter needs V, how far a minibatch’s gradient is from the gradient at most; or the filter is none',
    );
  return { levels, deviation, threshold: (1 + Math.SQRT2) * constantOf(options, context) * deviation };
};
