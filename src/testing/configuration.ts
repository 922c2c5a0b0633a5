import { deviationOf, longest, meanOf, minus, norm, sum, type WeightedSet } from './statistics.js';
import { aggregate, type OfRule, type TestedRule } from './tested-rule.js';

/** Weighted vectors, which of them are Byzantine, and the share of the weight that a rule is told those hold at most. */
export interface Configuration extends WeightedSet {
  /** One for each vector; at least one is honest. */
  readonly byzantine: readonly boolean[];
  /** In [0, 1/2), at least the Byzantine vectors' share of the weight, to rounding. */
  readonly lambda: number;
}

/** Shares of the weight above λ by no more than this part of it are λ. */
const SHARE_TOLERANCE = 1e-9;

/** The vectors whose mark is `byzantine`. */
const marked = ({ vectors, weights, byzantine }: Configuration, mark: boolean): WeightedSet => ({
  vectors: vectors.filter((_, i) => byzantine[i] === mark),
  weights: weights.filter((_, i) => byzantine[i] === mark),
});

/** The honest vectors with their weights. */
export const honestOf = (configuration: Configuration): WeightedSet => marked(configuration, false);

/** The Byzantine vectors with their weights. */
export const byzantineOf = (configuration: Configuration): WeightedSet => marked(configuration, true);

/** The Byzantine vectors' share of the weight. */
export const byzantineShare = (configuration: Configuration): number =>
  sum(byzantineOf(configuration).weights) / sum(configuration.weights);

/** Whether there is an honest vector, every weight is finite and above 0, and the Byzantine share is at most λ < 1/2. */
export const isConfiguration = (configuration: Configuration): boolean =>
  configuration.byzantine.includes(false) &&
  configuration.weights.every((weight) => weight > 0 && Number.isFinite(weight)) &&
  configuration.lambda < 0.5 &&
  byzantineShare(configuration) <= configuration.lambda * (1 + SHARE_TOLERANCE);

/** ‖A − x̄_G‖, √V_G, and the length of the longest honest vector. */
export interface ErrorMeasures {
  readonly error: number;
  readonly deviation: number;
  readonly longest: number;
}

/** How far a result is from the honest mean, and what there is to measure that by. NaN for a result that isn't finite. */
export const errorMeasures = (result: readonly number[], configuration: Configuration): ErrorMeasures => {
  const honest = honestOf(configuration);
  const error = result.every(Number.isFinite) ? norm(minus(result, meanOf(honest))) : NaN;
  return { error, deviation: deviationOf(honest), longest: longest(honest) };
};

/** Parts of the longest honest vector within which a distance may be rounding. */
const ROUNDING = 1e-12;

/**
 * ‖A − x̄_G‖²/V_G, the error that (c_λ, λ)-weighted robustness bounds by c_λ (Dahan & Levy 2024, definition 3.1). Where
 * V_G is 0 to rounding: 0 if the error is, too, otherwise Infinity. Infinity for a result that isn't finite.
 */
export const errorRatio: OfRule<[configuration: Configuration], number> = (
  rule: TestedRule,
  configuration: Configuration,
) => {
  const { error, deviation, longest: length } = errorMeasures(aggregate(rule, configuration), configuration);
  if (Number.isNaN(error)) return Infinity;
  if (deviation > ROUNDING * length) return (error / deviation) ** 2;
  return error <= 1e3 * ROUNDING * length ? 0 : Infinity;
};
