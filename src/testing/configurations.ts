import fc from 'fast-check';
import { isConfiguration, type Configuration } from './configuration.js';
import { brink, duel } from './duels.js';
import { deviationOf, meanOf, norm, sum, type WeightedSet } from './statistics.js';
import { assemble, dimensions, entries, vectorOf, coordinates, type Entry } from './vectors.js';

/** What configurations are drawn. */
export interface ConfigurationOptions {
  /** The share of the weight that a rule is told Byzantine vectors hold at most; unless given, any of several below 1/2. */
  readonly lambda?: number | undefined;
  /** `any`, unless given: whole and fractional ones, up to the share λ to rounding. `equal`: all 1. */
  readonly weights?: 'any' | 'equal' | undefined;
  /** No more vectors are Byzantine. */
  readonly f?: number | undefined;
  /** With f Byzantine vectors there are at least 2f + this; 1 unless given. */
  readonly spare?: number | undefined;
  /** With that, n >= times·f + spare; 2 unless given. */
  readonly times?: number | undefined;
  /** No fewer vectors are drawn; 1 unless given. */
  readonly fewest?: number | undefined;
  /** No more vectors are drawn; 11 unless given. */
  readonly workers?: number | undefined;
  /** No more coordinates are drawn; unless given 1 to 5, and now and then 40. */
  readonly dimension?: number | undefined;
}

/** Shares up to near half of the weight. */
export const shares: fc.Arbitrary<number> = fc.constantFrom(0.05, 0.1, 0.2, 0.3, 1 / 3, 0.4, 0.45, 0.49, 0.499);

/** The share that a rule is told, a little above what the drawn weights come to after rounding. */
export const told = (share: number): number => share * (1 + 1e-12);

/** What the Byzantine vectors are: scattered, together somewhere, near the honest mean, honest ones’ copies, or opposite. */
type Lie = 'scattered' | 'together' | 'near' | 'copies' | 'opposite';

interface Strategy {
  readonly lie: Lie;
  readonly distance: number;
  readonly spread: number;
  readonly clusters: 1 | 2;
}

const strategy: fc.Arbitrary<Strategy> = fc.record({
  lie: fc.constantFrom<Lie>('scattered', 'scattered', 'together', 'together', 'near', 'copies', 'opposite'),
  distance: fc.constantFrom(1, 1e3, 1e6, 1e9, 1e12),
  /** Honest vectors shrink by this factor towards the first, or half of them towards the second. */
  spread: fc.constantFrom(1, 1, 1 / 64, 1 / 4096),
  clusters: fc.constantFrom<1 | 2>(1, 1, 2),
});

const clustered = (crowd: WeightedSet, { spread, clusters }: Strategy): WeightedSet => ({
  ...crowd,
  vectors: crowd.vectors.map((x, i) => {
    const centre = crowd.vectors[i % clusters] ?? x;
    return x.map((v, k) => centre[k]! + (v - centre[k]!) * spread);
  }),
});

/** The Byzantine vectors, given what was drawn for them. */
const lies = ({ vectors }: WeightedSet, honest: WeightedSet, { lie, distance }: Strategy): readonly number[][] => {
  const lead = vectors[0] ?? [];
  const mean = meanOf(honest);
  const reach = deviationOf(honest) / (1 + norm(lead));
  const at = {
    scattered: (x: readonly number[]) => x.map((v) => v * distance),
    together: (x: readonly number[]) => x.map((v, k) => lead[k]! * distance + v),
    near: (_: readonly number[], i: number) => mean.map((v, k) => v + (1 + (i % 3) / 2) * reach * lead[k]!),
    copies: (_: readonly number[], i: number) => [...honest.vectors[(i * 5) % honest.vectors.length]!],
    opposite: () => mean.map((v) => -v * distance),
  };
  return vectors.map(at[lie]);
};

interface Drawn {
  readonly dimension: number;
  readonly honest: readonly Entry[];
  readonly byzantine: readonly Entry[];
  readonly strategy: Strategy;
  readonly lambda: number;
  /** The part of λ that the Byzantine vectors hold. */
  readonly part: number;
}

/** The vectors in the opposite order, so that Byzantine ones come first. */
const reversed = ({ vectors, weights, byzantine, lambda }: Configuration): Configuration => ({
  vectors: [...vectors].reverse(),
  weights: [...weights].reverse(),
  byzantine: [...byzantine].reverse(),
  lambda,
});

const configurationOf = ({ dimension: d, honest, byzantine, strategy: how, lambda, part }: Drawn): Configuration => {
  const good = clustered(assemble(honest, d), how);
  const bad = assemble(byzantine, d);
  const share = lambda * part;
  const factor = (sum(good.weights) * share) / (1 - share) / sum(bad.weights);
  return {
    vectors: [...good.vectors, ...lies(bad, good, how)],
    weights: [...good.weights, ...bad.weights.map((weight) => weight * factor)],
    byzantine: [...good.weights.map(() => false), ...bad.weights.map(() => true)],
    lambda: told(lambda),
  };
};

/** The first honest and Byzantine vectors of a configuration, of one weight each, as many as the options allow. */
export const withEqualWeights = (
  each: Configuration,
  { lambda, f, spare = 1, times = 2 }: ConfigurationOptions,
): Configuration => {
  const honest = each.byzantine.filter((lying) => !lying).length;
  const most = Math.min(
    each.vectors.length - honest,
    Math.floor((honest - spare) / (times - 1)),
    f ?? Infinity,
    lambda === undefined ? Infinity : Math.floor((lambda * honest) / (1 - lambda) + 1e-9),
  );
  const byzantine = Math.max(0, most);
  let before = 0;
  const taken = each.byzantine.map((lying) => !lying || before++ < byzantine);
  const count = honest + byzantine;
  return {
    vectors: each.vectors.filter((_, i) => taken[i]),
    weights: Array.from({ length: count }, () => 1),
    byzantine: each.byzantine.filter((_, i) => taken[i]),
    lambda: lambda ?? byzantine / count,
  };
};

/** Honest vectors as they come or in one or two clusters, and Byzantine ones that scatter, collude far or near, copy or oppose. */
export const sieges = (options: ConfigurationOptions = {}): fc.Arbitrary<Configuration> => {
  const { fewest = 1, workers = 11, dimension, lambda, f = Infinity } = options;
  const honest = Math.max(1, Math.ceil(workers / 2));
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    dimension: dimensions(dimension),
    honest: entries(Math.max(1, Math.min(honest, Math.ceil(fewest / 2))), Math.max(honest, fewest), 'any'),
    byzantine: entries(0, Math.min(f, Math.floor(workers / 2)), 'any'),
    strategy,
    lambda: lambda === undefined ? shares : fc.constant(lambda),
    part: fc.constantFrom(1, 1, 1, 0.5),
  });
  return suiting(drawn.map(configurationOf).map(withoutLies), options);
};

/** Where nobody lies, a rule that may be told so is. */
const withoutLies = (each: Configuration): Configuration =>
  each.byzantine.includes(true) ? each : { ...each, lambda: 0 };

/** Configurations as the options want them. */
const suiting = (drawn: fc.Arbitrary<Configuration>, options: ConfigurationOptions): fc.Arbitrary<Configuration> => {
  const { fewest = 1, workers = Infinity, weights, lambda, f = Infinity } = options;
  return drawn
    .map((each) => (weights === 'equal' ? withEqualWeights(each, options) : each))
    .map((each) => (lambda === undefined ? each : { ...each, lambda }))
    .filter(({ vectors, byzantine }) => vectors.length >= fewest && vectors.length <= workers && within(byzantine, f))
    .filter(isConfiguration);
};

const within = (byzantine: readonly boolean[], f: number): boolean => byzantine.filter((lying) => lying).length <= f;

/** Powers of two, mostly 1: vectors so long or short that products of two squared distances still are numbers. */
const scales = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** -200, 2 ** -40, 2 ** 40, 2 ** 200) },
);

const scaled = (each: Configuration, by: number): Configuration =>
  by === 1 ? each : { ...each, vectors: each.vectors.map((x) => x.map((v) => v * by)) };

/**
 * Configurations as a fast-check arbitrary that shrinks to few short vectors: besides sieges, the worst that is known of
 * trimming and of medians, at any scale.
 */
export const configurations = (options: ConfigurationOptions = {}): fc.Arbitrary<Configuration> => {
  const { lambda, dimension } = options;
  const worst = { lambda: lambda === undefined ? shares : fc.constant(lambda), dimension };
  const any = fc.oneof(
    { weight: 6, arbitrary: sieges(options) },
    { weight: 2, arbitrary: suiting(duel(worst), options) },
    { weight: 1, arbitrary: suiting(brink(worst), options) },
  );
  return fc
    .record({ any, scale: scales, byzantineFirst: fc.boolean() })
    .map(({ any: each, scale, byzantineFirst }) => scaled(byzantineFirst ? reversed(each) : each, scale));
};

/** Sieges in which the honest vectors agree to the bit, and some Byzantine ones with them. */
export const unanimous = (options: ConfigurationOptions = {}): fc.Arbitrary<Configuration> =>
  fc
    .record({ each: sieges(options), joining: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }) })
    .map(({ each, joining }) => {
      const creed = each.vectors[0]!;
      return {
        ...each,
        vectors: each.vectors.map((x, i) => (!each.byzantine[i] || joining[i % joining.length] ? creed : x)),
      };
    });

/** A configuration, and the point around which an operator is made to look. */
export interface Anchored {
  readonly configuration: Configuration;
  readonly anchor: readonly number[];
}

/** A siege with any point as anchor: somewhere, at a vector, or in the middle of two. */
export const anchoredSieges: fc.Arbitrary<Anchored> = fc
  .record({ each: sieges(), somewhere: coordinates, at: fc.option(fc.tuple(fc.nat(10), fc.nat(10)), { freq: 2 }) })
  .map(({ each, somewhere, at }) => {
    const pick = (i: number): readonly number[] => each.vectors[i % each.vectors.length]!;
    const anchor =
      at === null ? vectorOf(somewhere, pick(0).length) : pick(at[0]).map((v, k) => (v + pick(at[1])[k]!) / 2);
    return { configuration: each, anchor };
  });
