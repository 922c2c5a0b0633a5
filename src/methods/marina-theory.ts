import ln from '@stdlib/math-base-special-ln';
import log1p from '@stdlib/math-base-special-log1p';
import {
  marinaSampling,
  mostByzantine,
  requireDelta,
  wholeBetween,
  type MarinaSamplingOdds,
} from './marina-sampling.js';

/** A run of Byz-VR-MARINA-PP, as far as its theorems ask. */
export interface MarinaTheoryOptions {
  /** n, at least 1. */
  readonly clients: number;
  /** How many of them are Byzantine, from 0 to n − 1. */
  readonly byzantine: number;
  /** C, how many take part in a round of differences, from 1 to n. */
  readonly sample: number;
  /** Ĉ, how many take part in a round of full gradients, from C to n. */
  readonly fullSample: number;
  /** p in (0, 1], the probability of a round of full gradients. */
  readonly probability: number;
  /** δ in [0, 1/2): the Byzantine share of a sample that the rule withstands. */
  readonly delta: number;
  /** c·δ >= 0 of the (δ, c)-robust rule: see `raggFromKappa`. */
  readonly robustness: number;
  /** F_A >= 0: the rule's result is at most F_A times as long as the longest vector. */
  readonly lengthBound: number;
  /** L > 0: the loss of every row is L-smooth. */
  readonly smoothness: number;
  /** μ >= 0 of ‖∇f‖² >= 2μ(f − f*); 0, which tells nothing, unless given. */
  readonly strongConvexity?: number | undefined;
  /** ω >= 0: E‖Q(x) − x‖² <= ω‖x‖²; 0, no compression, unless given. */
  readonly omega?: number | undefined;
  /** D_Q >= 1: ‖Q(x)‖ <= D_Q‖x‖; 1 unless given. */
  readonly longest?: number | undefined;
  /** ζ >= 0: (1/G)·Σ‖∇f_i − ∇f‖² <= ζ²; 0, all honest clients have the same f_i, unless given. */
  readonly heterogeneity?: number | undefined;
  /** γ > 0 for which rates are told; for the largest that is allowed unless given. */
  readonly stepSize?: number | undefined;
}

/** What a theorem says of a run. */
export interface MarinaTheorem {
  readonly name: '4.1' | '4.2';
  /** α: it is for clipping at α·‖x^{k+1} − x^k‖. */
  readonly clip: number;
  /** A. */
  readonly constant: number;
  /** 1/(L(1 + √A)): the largest γ for nonconvex f. */
  readonly stepSize: number;
  /** 1/(L(1 + √(2A))): the largest γ for a linear rate under μ. */
  readonly linearStepSize: number;
  /** γ that the following are for: the one given, else `linearStepSize` where μ > 0 and `stepSize` where it isn't. */
  readonly usedStepSize: number;
  /** Whether that γ is one that the theorem is for: the linear rate where μ > 0, else the nonconvex bound. */
  readonly allowed: boolean;
  /** ρ: E f(x^K) − f* <= (1 − ρ)^K·Φ⁰ + `neighbourhood`; 0 without μ. */
  readonly rate: number;
  /** What is left of f − f* in the long run; 0 where ζ is 0, Infinity where it isn't and μ is 0. */
  readonly neighbourhood: number;
  /** What is left of E‖∇f‖² in the long run: E‖∇f(x̂^K)‖² <= 2Φ⁰/(γ(K + 1)) + `gradientFloor`. */
  readonly gradientFloor: number;
}

/** What the theorems of Byz-VR-MARINA-PP say of a run. */
export interface MarinaTheory {
  readonly odds: MarinaSamplingOdds;
  /** The least Ĉ, max(1, δ_real·n/δ); Infinity where δ is 0 and somebody is Byzantine. */
  readonly leastFullSample: number;
  /** Whether Ĉ is at least that. */
  readonly fullSampleIsEnough: boolean;
  readonly theorems: readonly [MarinaTheorem, MarinaTheorem];
}

const requireAtLeast = (name: string, value: number, least: number): void => {
  if (!(value >= least && value < Infinity))
    throw new RangeError(`${name} is a number of at least ${least}, got ${value}`);
};

const requireAbove = (name: string, value: number): void => {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} is a number above 0, got ${value}`);
};

/** The options with their defaults, all of them in their range. */
const checked = (options: MarinaTheoryOptions) => {
  const { clients, byzantine, sample, fullSample, probability, delta } = options;
  const { strongConvexity = 0, omega = 0, longest = 1, heterogeneity = 0, stepSize } = options;
  wholeBetween('clients', clients, 1, Number.MAX_SAFE_INTEGER);
  wholeBetween('byzantine', byzantine, 0, clients - 1);
  wholeBetween('sample', sample, 1, clients);
  wholeBetween('fullSample', fullSample, sample, clients);
  requireDelta(delta);
  if (!(probability > 0 && probability <= 1))
    throw new RangeError(`probability is above 0 and at most 1, got ${probability}`);
  requireAtLeast('robustness', options.robustness, 0);
  requireAtLeast('lengthBound', options.lengthBound, 0);
  requireAbove('smoothness', options.smoothness);
  requireAtLeast('strongConvexity', strongConvexity, 0);
  requireAtLeast('omega', omega, 0);
  requireAtLeast('longest', longest, 1);
  requireAtLeast('heterogeneity', heterogeneity, 0);
  if (stepSize !== undefined) requireAbove('stepSize', stepSize);
  return { ...options, strongConvexity, omega, longest, heterogeneity, honest: clients - byzantine };
};

type Checked = ReturnType<typeof checked>;

/** A of theorem 4.1, (4). */
const clippedConstant = (
  odds: MarinaSamplingOdds,
  { probability: p, delta, sample, honest, ...rest }: Checked,
): number => {
  const { omega, robustness, lengthBound } = rest;
  const good = (32 * odds.good * honest * odds.member) / (p * p * (1 - delta) * sample);
  const bad = (16 * (1 - odds.good) * (1 + 4 * lengthBound * lengthBound)) / (p * p);
  return good * (30 * omega + 11) * (1 + 2 * robustness) + bad;
};

/** A of theorem 4.2, (7). */
const unclippedConstant = (
  odds: MarinaSamplingOdds,
  { probability: p, delta, sample, honest, ...rest }: Checked,
): number => {
  const { omega, robustness, lengthBound, longest } = rest;
  const needed = (1 - delta) * sample;
  const good = (4 * odds.good * honest * odds.member) / (p * needed);
  const bad = (8 * (1 - odds.good) * (2 + (lengthBound * longest) ** 2)) / (p * p);
  return good * ((3 * omega + 2) / needed + (8 * (5 * omega + 4) * robustness) / p) + bad;
};

/** D̂, the same in both theorems; D̃ is for Ĉ < n (the paper prints Ĉ = n in both cases). */
const drift = ({ honest, fullSample, clients, delta, robustness, probability }: Checked): number => {
  const { member } = marinaSampling({ clients, honest, sample: fullSample, delta });
  const sampled = fullSample === clients ? 0 : (member * honest) / ((1 - delta) * fullSample);
  return ((2 * member) / (1 - delta)) * ((6 * robustness * honest) / fullSample + probability * delta) + sampled;
};

const theorem = (
  name: MarinaTheorem['name'],
  { clip, constant, slowest, floor }: Record<'clip' | 'constant' | 'slowest' | 'floor', number>,
  options: Checked,
): MarinaTheorem => {
  const { smoothness, strongConvexity, probability, heterogeneity } = options;
  const stepSize = 1 / (smoothness * (1 + Math.sqrt(constant)));
  const linearStepSize = 1 / (smoothness * (1 + Math.sqrt(2 * constant)));
  const most = strongConvexity > 0 ? linearStepSize : stepSize;
  const usedStepSize = options.stepSize ?? most;
  const rate = Math.min(usedStepSize * strongConvexity, slowest);
  const gradientFloor = (floor * drift(options) * heterogeneity ** 2) / probability;
  return {
    ...{ name, clip, constant, stepSize, linearStepSize, usedStepSize, rate, gradientFloor },
    allowed: usedStepSize <= most * (1 + 1e-12),
    neighbourhood: gradientFloor === 0 ? 0 : (gradientFloor * usedStepSize) / rate,
  };
};

/**
 * Theorems 4.1 and 4.2 of Malinovsky et al., "Byzantine Robustness and Partial Participation Can Be Achieved at Once: Just Clip
 * Gradient Differences", NeurIPS 2024, in numbers: for clipping at 2L·‖x^{k+1} − x^k‖, which honest differences may feel, and at
 * D_Q·L·‖x^{k+1} − x^k‖, which none does. With full participation, where p_G = 1, the latter is Byz-VR-MARINA's without clipping.
 * Throws a RangeError with one sentence for what is out of range.
 */
export const marinaTheory = (given: MarinaTheoryOptions): MarinaTheory => {
  const options = checked(given);
  const { clients, byzantine, honest, sample, fullSample, delta, probability, smoothness, longest } = options;
  const odds = marinaSampling({ clients, honest, sample, delta });
  const leastFullSample = byzantine === 0 ? 1 : Math.max(1, byzantine / delta);
  const clipped = {
    clip: 2 * smoothness,
    constant: clippedConstant(odds, options),
    slowest: probability / 8,
    floor: 4,
  };
  const unclipped = {
    ...{ clip: longest * smoothness, constant: unclippedConstant(odds, options) },
    ...{ slowest: probability / 4, floor: 2 },
  };
  return {
    odds,
    leastFullSample,
    fullSampleIsEnough: mostByzantine(delta, fullSample) >= byzantine,
    theorems: [theorem('4.1', clipped, options), theorem('4.2', unclipped, options)],
  };
};

/**
 * c·δ of a rule with ‖A − x̄_G‖² <= κ·V_G, V_G = (1/k)·Σ_G‖x_i − x̄_G‖² of at most k honest vectors: κ/2·(k − 1)/k. Proof: a
 * (δ, c)-robust rule (definition 2.1) has E‖A − x̄_G‖² <= c·δ·σ² where (1/(k(k−1)))·Σ_{i,l}E‖x_i − x_l‖² <= σ². The sum of squared
 * distances of all pairs is 2k·Σ‖x_i − x̄_G‖² = 2k²·V_G, so that the left side is 2k/(k−1)·E V_G, and κ·E V_G <= κ·(k−1)/(2k)·σ²,
 * which grows with k. A single honest vector has V_G = 0. Throws a RangeError for a κ below 0 or no honest vector.
 */
export const raggFromKappa = (kappa: number, honest: number): number => {
  requireAtLeast('kappa', kappa, 0);
  wholeBetween('honest', honest, 1, Number.MAX_SAFE_INTEGER);
  return ((kappa / 2) * (honest - 1)) / honest;
};

/**
 * p = min{C/n, b/m, ζ_Q/d}: with it, rounds of full gradients cost as many clients, rows and coordinates in the mean as others do.
 * m is the number of rows of a client, `density` ζ_Q the expected number of coordinates that are sent.
 */
export const suggestedProbability = (costs: {
  readonly sample: number;
  readonly clients: number;
  readonly batch: number;
  readonly rows: number;
  readonly density: number;
  readonly dimension: number;
}): number => {
  for (const [name, value] of Object.entries(costs)) requireAbove(name, value);
  const { sample, clients, batch, rows, density, dimension } = costs;
  return Math.min(1, sample / clients, batch / rows, density / dimension);
};

/** Rounds K after which (1 − ρ)^K·from <= to; 0 where it is so already, Infinity for ρ = 0. Throws a RangeError for ρ not in [0, 1]. */
export const roundsTo = (rate: number, from: number, to: number): number => {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate is from 0 to 1, got ${rate}`);
  requireAbove('from', from);
  requireAbove('to', to);
  if (from <= to) return 0;
  if (rate === 1) return 1;
  return Math.ceil(ln(from / to) / -log1p(-rate));
};
