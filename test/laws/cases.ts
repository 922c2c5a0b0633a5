import fc from 'fast-check';
import { seededRandom } from '../../src/random/index.js';
import type { AggregatorRule, Shape } from '../../src/weighted/aggregator.js';

/** Vectors with weights, as plain arrays that fast-check can print and shrink. */
export interface Case {
  readonly vectors: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

/** Honest vectors, and Byzantine ones with the share `lambda` < 1/2 of the weight, rounded up. */
export interface Siege extends Case {
  readonly honest: Case;
  readonly lambda: number;
}

const MOST_COORDINATES = 5;

/** Few values, which collide, or multiples of 1/1024 up to 1000. */
const coordinate = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -1_024_000, max: 1_024_000 }).map((n) => n / 1024),
);
const coordinates = fc.array(coordinate, { minLength: MOST_COORDINATES, maxLength: MOST_COORDINATES });
const weight = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.01, max: 10, noNaN: true }));
const dimension = fc.integer({ min: 1, max: MOST_COORDINATES });

/** A vector of its own, or the vector `copyOf` again: duplicates that weigh something else. */
const entry = fc.record({
  coordinates,
  copyOf: fc.option(fc.nat(8), { freq: 4 }),
  weight,
});

interface Entry {
  readonly coordinates: readonly number[];
  readonly copyOf: number | null;
  readonly weight: number;
}

const assemble = (entries: readonly Entry[], d: number): Case => ({
  vectors: entries.map(({ coordinates: own, copyOf }) =>
    (copyOf === null ? own : (entries[copyOf]?.coordinates ?? own)).slice(0, d),
  ),
  weights: entries.map((each) => each.weight),
});

/** One to nine vectors with ties, duplicates, integer and fractional weights. */
export const anyCase: fc.Arbitrary<Case> = fc
  .record({ dimension, entries: fc.array(entry, { minLength: 1, maxLength: 9 }) })
  .map(({ dimension: d, entries }) => assemble(entries, d));

/** The same with whole weights, which may be told as copies. */
export const integerCase: fc.Arbitrary<Case> = fc
  .record({
    dimension,
    entries: fc.array(
      fc.record({ ...{ coordinates, copyOf: fc.constant(null) }, weight: fc.integer({ min: 1, max: 4 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  })
  .map(({ dimension: d, entries }) => assemble(entries, d));

const lambda = fc.constantFrom(0.05, 0.1, 0.2, 0.3, 1 / 3, 0.4, 0.45, 0.49);

/** What the liars do with their coordinates: as they are, or all far away in one direction. */
const strategy = fc.record({
  collude: fc.boolean(),
  distance: fc.constantFrom(1, 1e3, 1e6, 1e9, 1e12),
  /** Honest vectors shrink towards the first by this factor: a cluster. */
  spread: fc.constantFrom(1, 1 / 64, 1 / 4096),
  lambda,
});

/** Up to `most` honest, and Byzantine vectors; the Byzantine weights are scaled to a share of the whole. */
const siegeOf = (most: number): fc.Arbitrary<Siege> =>
  fc
    .record({
      dimension,
      honest: fc.array(entry, { minLength: 1, maxLength: most }),
      byzantine: fc.array(entry, { minLength: 0, maxLength: 5 }),
      strategy,
    })
    .map(({ dimension: d, honest, byzantine, strategy: { collude, distance, spread, lambda: share } }) => {
      const crowd = assemble(honest, d);
      const centre = crowd.vectors[0]!;
      const good: Case = {
        ...crowd,
        vectors: crowd.vectors.map((x) => x.map((v, k) => centre[k]! + (v - centre[k]!) * spread)),
      };
      const liars = assemble(byzantine, d);
      const lead = liars.vectors[0];
      const bad = liars.vectors.map((x) => x.map((v, k) => (collude ? lead![k]! * distance + v : v * distance)));
      const factor = (sum(good.weights) * share) / (1 - share) / sum(liars.weights);
      const weights = [...good.weights, ...liars.weights.map((w) => w * factor)];
      return {
        vectors: [...good.vectors, ...bad],
        weights,
        honest: good,
        lambda: bad.length === 0 ? 0 : share * (1 + 1e-12),
      };
    });

/** A few honest vectors under siege. */
export const siege = siegeOf(6);

/** The same with so many honest ones that two liars are less than a quarter. */
export const crowdedSiege = siegeOf(11);

/** Honest vectors that agree to the bit, however many copies there are, and Byzantine ones, some of which join them. */
export const unanimousIn = (any: fc.Arbitrary<Siege>): fc.Arbitrary<Siege> =>
  fc.record({ each: any, joining: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }) }).map(({ each, joining }) => {
    const creed = each.honest.vectors[0]!;
    const count = each.honest.vectors.length;
    return {
      ...each,
      vectors: each.vectors.map((x, i) => (i < count || joining[i - count] ? creed : x)),
      honest: { ...each.honest, vectors: each.honest.vectors.map(() => creed) },
    };
  });

/** The same vectors, one weight for all. */
export const equal = ({ vectors }: Case): Case => ({ vectors, weights: vectors.map(() => 1) });

/** A siege by f of n vectors of one weight, n >= times·f + spare: as many of the liars as that allows. */
export const equalSiege = (each: Siege, spare: number, times: number): Siege => {
  const honest = equal(each.honest);
  const many = honest.vectors.length;
  const liars = Math.max(0, Math.min(each.vectors.length - many, Math.floor((many - spare) / (times - 1))));
  const all = equal({ vectors: each.vectors.slice(0, many + liars), weights: [] });
  return { ...all, honest, lambda: liars / (many + liars) };
};

/** A siege, and the point around which an operator is made to look. */
export interface Anchored extends Siege {
  readonly anchor: readonly number[];
}

/** A siege with any point as anchor: somewhere, at a vector, or in the middle of two. */
export const anchoredSiege: fc.Arbitrary<Anchored> = fc
  .record({ each: siege, somewhere: coordinates, at: fc.option(fc.tuple(fc.nat(10), fc.nat(10)), { freq: 2 }) })
  .map(({ each, somewhere, at }) => {
    const pick = (i: number): readonly number[] => each.vectors[i % each.vectors.length]!;
    const anchor =
      at === null ? pick(0).map((_, k) => somewhere[k]!) : pick(at[0]).map((v, k) => (v + pick(at[1])[k]!) / 2);
    return { ...each, anchor };
  });

/**
 * Trimming at its worst: most of the honest weight stands at the anchor, the rest, as heavy as the liars, a little farther off
 * than those, who stand opposite. So the operator trims honest weight only, and all that it keeps besides the crowd lies.
 * Where the crowd is split, nearly half of it stands where the honest mean will be.
 */
export const duel: fc.Arbitrary<Anchored> = fc
  .record({
    axis: fc
      .record({ dimension, from: coordinates, to: coordinates })
      .map(({ dimension: d, from, to }) => ({ anchor: from.slice(0, d), step: to.slice(0, d) }))
      .filter(({ step }) => step.some((v) => v !== 0)),
    lambda,
    nearer: fc.constantFrom(1e-6, 0.01, 0.1),
    copies: fc.integer({ min: 1, max: 4 }),
    split: fc.boolean(),
    shaken: fc.constantFrom(0, 0.01, 0.1),
    shake: coordinates,
  })
  .map(({ axis: { anchor, step }, lambda: share, nearer, copies, split, shaken, shake }) => {
    const away = (length: number): number[] => anchor.map((v, k) => v + length * step[k]!);
    const noise = (shaken * norm(step)) / (1 + norm(shake));
    const repeat = (x: readonly number[]): (readonly number[])[] => Array.from({ length: copies }, () => x);
    const shares = repeat([share / copies]).flat();
    const crowd = split ? 0.505 * (1 - 2 * share) : 1 - 2 * share;
    const honest: Case = {
      vectors: [anchor.map((v, k) => v + noise * shake[k]!), ...repeat(away(-1)), ...(split ? [away(-2 * share)] : [])],
      weights: [crowd, ...shares, ...(split ? [1 - 2 * share - crowd] : [])],
    };
    return {
      vectors: [...honest.vectors, ...repeat(away(1 - nearer))],
      weights: [...honest.weights, ...shares],
      honest,
      lambda: share * (1 + 1e-12),
      anchor,
    };
  });

/** Any siege, or a duel. */
export const attack: fc.Arbitrary<Siege> = fc.oneof({ arbitrary: siege, weight: 3 }, { arbitrary: duel, weight: 1 });

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export const norm = (x: readonly number[]): number => Math.hypot(...x);

export const minus = (x: readonly number[], y: readonly number[]): number[] => x.map((v, k) => v - y[k]!);

export const dot = (x: readonly number[], y: readonly number[]): number => sum(x.map((v, k) => v * y[k]!));

/** Σs_i·x_i / Σs_i, the obvious way. */
export const meanOf = ({ vectors, weights }: Case): number[] =>
  vectors[0]!.map((_, k) => sum(vectors.map((x, i) => weights[i]! * x[k]!)) / sum(weights));

/** The weighted mean distance from the weighted mean. */
export const meanDistanceOf = (each: Case): number => {
  const mean = meanOf(each);
  return sum(each.vectors.map((x, i) => each.weights[i]! * norm(minus(x, mean)))) / sum(each.weights);
};

/** V_G, the weighted mean squared distance from the weighted mean. */
export const varianceOf = (each: Case): number => {
  const mean = meanOf(each);
  return sum(each.vectors.map((x, i) => each.weights[i]! * norm(minus(x, mean)) ** 2)) / sum(each.weights);
};

export const longest = ({ vectors }: Case): number => Math.max(...vectors.map(norm));

/** A shape whose streams of draws are always the same. */
export const drawing = (count: number, dimension: number): Shape => {
  const streams = seededRandom('laws');
  return { count, dimension, random: (name) => streams.fork(name) };
};

/** The rule's result on float64 vectors, the first of which is trusted. */
export const aggregate = (rule: AggregatorRule, { vectors, weights }: Case): number[] => {
  const shape = drawing(vectors.length, vectors[0]!.length);
  const out = new Float64Array(shape.dimension);
  const typed = vectors.map((x) => Float64Array.from(x));
  rule(shape)({ ...shape, vectors: typed, weights: Float64Array.from(weights), trusted: typed[0] }, out);
  return [...out];
};

/** Whether two results agree to 1e-9 of `scale`, the length of the longest vector. */
export const agree = (x: readonly number[], y: readonly number[], scale: number): boolean =>
  norm(minus(x, y)) <= 1e-9 * (1 + scale);
