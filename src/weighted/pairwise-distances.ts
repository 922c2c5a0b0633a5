import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { PairwiseDistances, Shape, WeightedVectors } from './aggregator.js';
import { finiteVectors, type FiniteVectors } from './finite-vectors.js';
import { measuredVectors } from './measured-vectors.js';

/** Pairwise distances, with the vectors that they are between. */
export interface KnownDistances extends PairwiseDistances {
  readonly vectors: readonly ReadonlyVector[];
  readonly dimension: number;
}

/**
 * The squared distances between the finite vectors of each input, in float64. Where the input tells which vectors have
 * changed, only theirs are computed anew: O(d·m) for each instead of O(d·m²/2) for all. Lent until the next call.
 * `rough` ones are good enough to be compared, and take half of the time where all are computed.
 */
export const pairwiseDistances = (shape: Shape, rough = false): ((input: WeightedVectors) => KnownDistances) => {
  const { kernels = plainKernels(), count: most } = shape;
  const { differenceProduct, squaredNorm } = kernels.vectors;
  const distancesOfAll = rough ? kernels.vectors.roughDistances : kernels.vectors.squaredDistances;
  const finiteOf = finiteVectors(shape);
  const measure = measuredVectors(shape, {
    distances: ({ vectors, count, dimension }, squared) => distancesOfAll(vectors, count, dimension, squared),
    point: ({ vectors }) => vectors[0]!,
  });
  const follow = followChanges(shape);
  const squared = new Float64Array(most * most);
  const norms = new Float64Array(most);
  // Few rules ask for them.
  let knownNorms: Float64Array | undefined;
  let given: WeightedVectors = { count: 0, dimension: 0, vectors: [], weights: norms };
  const result = {
    count: 0,
    dimension: 0,
    vectors: given.vectors,
    weights: given.weights,
    squared,
    get squaredNorms(): Float64Array {
      if (knownNorms) return knownNorms;
      for (let i = 0; i < given.count; i++) norms[i] = squaredNorm(given.vectors[i]!, given.dimension);
      return (knownNorms = norms);
    },
    product: (i: number, j: number, centre: number): number =>
      differenceProduct(given.vectors[i]!, given.vectors[j]!, given.vectors[centre]!, given.dimension),
  };
  return (input) => {
    if (input.changes) {
      const finite = finiteOf(input);
      follow(finite, input.changes, squared);
      knownNorms = finite.squaredNorms;
      given = finite;
    } else {
      knownNorms = undefined;
      given = measure(input, squared);
    }
    result.count = given.count;
    result.dimension = given.dimension;
    result.vectors = given.vectors;
    result.weights = given.weights;
    return result;
  };
};

/** Keeps the distances between all vectors that were ever finite, by their places in the input. */
const followChanges = ({ kernels = plainKernels(), count: most }: Shape) => {
  const { distancesToAll } = kernels.vectors;
  // For runs that never tell of changes this isn't made.
  let table: Float64Array = new Float64Array(0);
  // The change that each vector's row was computed at.
  const made = new Float64Array(most).fill(-1);
  const row = new Float64Array(most);
  // How many vectors, all in their own places, `squared` was laid out for at the last call; 0 for another layout.
  let laid = 0;
  return (
    { count, dimension, vectors, places }: FiniteVectors,
    changes: ReadonlyVector,
    squared: Float64Array,
  ): void => {
    if (table.length === 0) table = new Float64Array(most * most);
    const inPlace = count > 0 && places[count - 1] === count - 1;
    const stays = inPlace && laid === count;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      if (made[place] === changes[place]) continue;
      distancesToAll(vectors, count, vectors[i]!, dimension, row);
      for (let j = 0; j < count; j++) {
        const other = places[j]!;
        const distance = i === j ? 0 : row[j]!;
        table[place * most + other] = table[other * most + place] = distance;
        if (stays) squared[i * count + j] = squared[j * count + i] = distance;
      }
      made[place] = changes[place]!;
    }
    if (!stays) layOut(table, most, places, count, squared);
    laid = inPlace ? count : 0;
  };
};

/** Copies the distances between the vectors at `places` to a table of their own. */
const layOut = (table: Float64Array, most: number, places: Int32Array, count: number, squared: Float64Array): void => {
  for (let i = 0; i < count; i++) {
    const from = places[i]! * most;
    for (let j = 0; j < count; j++) squared[i * count + j] = table[from + places[j]!]!;
  }
};
