/** Which clients Byz-VR-MARINA-PP draws in a round, and what its rule withstands. */
export interface MarinaSampling {
  /** n, at least 1. */
  readonly clients: number;
  /** G, from 1 to n. */
  readonly honest: number;
  /** C, how many are drawn, from 1 to n. */
  readonly sample: number;
  /** δ in [0, 1/2): the Byzantine share of a sample that the rule withstands; not the clients' own, which may be larger or smaller. */
  readonly delta: number;
}

/** How often a sample is good, that is, has at least (1 − δ)·C honest clients. */
export interface MarinaSamplingOdds {
  /** ⌈(1 − δ)·C⌉. */
  readonly needed: number;
  /** p_G, the probability that a sample is good. */
  readonly good: number;
  /** 𝒫, the probability that a given honest client is in a good sample; 0 where no sample is good. */
  readonly member: number;
}

export const wholeBetween = (name: string, value: number, least: number, most: number): void => {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw new RangeError(`${name} is a whole number from ${least} to ${most}, got ${value}`);
};

export const requireDelta = (delta: number): void => {
  if (!(delta >= 0 && delta < 0.5)) throw new RangeError(`delta is at least 0 and below 1/2, got ${delta}`);
};

/** δ·C is taken for a whole number where only rounding tells it from one, so that δ = 0.45 of C = 20 are 9. */
const SLACK = 1e-9;

/** ⌊δ·C⌋, the most Byzantine clients that a good sample has. */
export const mostByzantine = (delta: number, sample: number): number => {
  requireDelta(delta);
  return Math.floor(delta * sample + SLACK);
};

/**
 * The odds of Malinovsky et al. 2024 ("Byzantine Robustness and Partial Participation Can Be Achieved at Once", section 4), for C of
 * n clients drawn uniformly: with h(t) = binom(G,t)·binom(n−G,C−t)/binom(n,C), the probability of t honest ones,
 *
 *   p_G = Σ_{t ≥ ⌈(1−δ)C⌉} h(t),   𝒫 = (C/(n·p_G))·Σ_{t ≥ ⌈(1−δ)C⌉} binom(G−1,t−1)·binom(n−G,C−t)/binom(n−1,C−1).
 *
 * Since binom(G−1,t−1) = (t/G)·binom(G,t) and binom(n−1,C−1) = (C/n)·binom(n,C), the latter is E[t | good]/G, which is how it is
 * taken. h is built from its largest value by the ratios of neighbours and divided by its sum, so that nothing overflows for any n,
 * and what underflows is below 1e-300 of the largest. O(C).
 *
 * So C = 1 gives p_G = G/n and 𝒫 = 1/G; C = 2 gives G(G−1)/(n(n−1)) and 2/G, both for every δ < 1/2, with which ⌈(1−δ)C⌉ = C as
 * long as δ·C < 1; C = n gives 1 and 1 if at most δ·n clients are Byzantine, and else 0, where the paper takes the former for
 * granted. (Where every sample is good, 𝒫 is C/n; the paper's min{1, C/G} is an upper bound.)
 * Throws a RangeError for counts or a δ out of range.
 */
export const marinaSampling = ({ clients, honest, sample, delta }: MarinaSampling): MarinaSamplingOdds => {
  wholeBetween('clients', clients, 1, Number.MAX_SAFE_INTEGER);
  wholeBetween('honest', honest, 1, clients);
  wholeBetween('sample', sample, 1, clients);
  const needed = sample - mostByzantine(delta, sample);
  const byzantine = clients - honest;
  const least = Math.max(0, sample - byzantine);
  const most = Math.min(honest, sample);
  // h(t + 1)/h(t).
  const ratio = (t: number): number => ((honest - t) / (t + 1)) * ((sample - t) / (byzantine - sample + t + 1));
  const mode = Math.min(most, Math.max(least, Math.floor(((sample + 1) / (clients + 2)) * (honest + 1))));
  const tally = { all: 0, good: 0, members: 0 };
  const count = (t: number, odds: number): void => {
    tally.all += odds;
    if (t < needed) return;
    tally.good += odds;
    tally.members += t * odds;
  };
  count(mode, 1);
  for (let t = mode, odds = 1; t < most && odds > 0; t++) count(t + 1, (odds *= ratio(t)));
  for (let t = mode - 1, odds = 1; t >= least && odds > 0; t--) count(t, (odds /= ratio(t)));
  const { all, good, members } = tally;
  return { needed, good: good / all, member: good > 0 ? members / good / honest : 0 };
};
