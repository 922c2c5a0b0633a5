import fc from 'fast-check';
import type { WeightedSet } from './statistics.js';

/** What vectors are drawn. */
export interface VectorOptions {
  /** `any`, unless given: whole and fractional ones. `equal`: all 1. `whole`: 1 to 4. */
  readonly weights?: 'any' | 'equal' | 'whole' | undefined;
  /** No fewer vectors are drawn; 1 unless given. */
  readonly fewest?: number | undefined;
  /** No more vectors are drawn; 9 unless given. */
  readonly workers?: number | undefined;
  /** No more coordinates are drawn; unless given 1 to 5, and now and then 40. */
  readonly dimension?: number | undefined;
}

/** Coordinates that are drawn for each vector; more repeat them in another order. */
const DRAWN = 5;
const MANY = 40;

/** Few values, which collide, or multiples of 1/1024 up to 1000. */
const coordinate = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -1_024_000, max: 1_024_000 }).map((n) => n / 1024),
);

/** The coordinates from which vectors of any dimension are made. */
export const coordinates: fc.Arbitrary<readonly number[]> = fc.array(coordinate, {
  minLength: DRAWN,
  maxLength: DRAWN,
});

/** A vector of d coordinates: those drawn, and after them the same in an order that depends on the vector. */
export const vectorOf = (own: readonly number[], d: number): number[] => {
  if (d <= DRAWN) return own.slice(0, d);
  const step = 1 + (Math.floor(Math.abs(own[0]!)) % (DRAWN - 1));
  return Array.from({ length: d }, (_, k) => own[(k + step * Math.floor(k / DRAWN)) % DRAWN]!);
};

/** How many coordinates. */
export const dimensions = (most?: number): fc.Arbitrary<number> => {
  const few = fc.integer({ min: 1, max: Math.min(DRAWN, most ?? DRAWN) });
  const many = most ?? MANY;
  return many <= DRAWN ? few : fc.oneof({ weight: 19, arbitrary: few }, { weight: 1, arbitrary: fc.constant(many) });
};

const weight: Readonly<Record<'any' | 'equal' | 'whole', fc.Arbitrary<number>>> = {
  any: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.double({ min: 0.01, max: 10, noNaN: true })),
  equal: fc.constant(1),
  whole: fc.integer({ min: 1, max: 4 }),
};

/** A vector of its own, or the vector `copyOf` again, whose weight may be another. */
export interface Entry {
  readonly coordinates: readonly number[];
  readonly copyOf: number | null;
  readonly weight: number;
}

/** Vectors yet without a dimension. */
export const entries = (fewest: number, most: number, weights: 'any' | 'equal' | 'whole'): fc.Arbitrary<Entry[]> =>
  fc.array(fc.record({ coordinates, copyOf: fc.option(fc.nat(8), { freq: 4 }), weight: weight[weights] }), {
    minLength: fewest,
    maxLength: Math.max(fewest, most),
  });

/** The entries' vectors in d dimensions. */
export const assemble = (drawn: readonly Entry[], d: number): WeightedSet => ({
  vectors: drawn.map(({ coordinates: own, copyOf }) =>
    vectorOf(copyOf === null ? own : (drawn[copyOf]?.coordinates ?? own), d),
  ),
  weights: drawn.map((each) => each.weight),
});

/** Vectors with ties and duplicates, with weights: a fast-check arbitrary that shrinks to few short ones. */
export const weightedVectors = (options: VectorOptions = {}): fc.Arbitrary<WeightedSet> => {
  const { weights = 'any', fewest = 1, workers = 9, dimension } = options;
  return fc
    .record({ dimension: dimensions(dimension), drawn: entries(fewest, workers, weights) })
    .map(({ dimension: d, drawn }) => assemble(drawn, d));
};
