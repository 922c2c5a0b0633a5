import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector } from '../kernels/vector.js';
import type { Shape, WeightedVectors } from './aggregator.js';
import { finiteVectors, LONGEST_SQUARED } from './finite-vectors.js';

/** As (a + b)² ≤ 2a² + 2b², nothing this near to a point this near to 0 is too long. */
const NEAR = LONGEST_SQUARED / 4;

/** What is to be measured, and the point that it is measured from. */
export interface Measure {
  /** Writes the vectors' squared distances from the point to the first `count` numbers of `squared`, `count` being 1 or more. */
  readonly distances: (input: WeightedVectors, squared: Float64Array) => void;
  readonly point: (input: WeightedVectors) => ReadonlyVector;
}

/**
 * The vectors that `finiteVectors` doesn't leave out, and their distances, which tell nearly always that nothing is to be
 * left out: then the vectors are read once. Where something was left out, the next call looks at the lengths first. The answer
 * is the input itself or lent until the next call. O(d·m) besides the distances.
 */
export const measuredVectors = (
  shape: Shape,
  { distances, point }: Measure,
): ((input: WeightedVectors, squared: Float64Array) => WeightedVectors) => {
  const { squaredNorm } = (shape.kernels ?? plainKernels()).vectors;
  const selectFinite = finiteVectors(shape, true);
  let clean = true;
  const measured = (input: WeightedVectors, squared: Float64Array): boolean => {
    const { count, dimension } = input;
    if (count === 0) return false;
    distances(input, squared);
    for (let i = 0; i < count; i++) if (!(squared[i]! < NEAR)) return false;
    return squaredNorm(point(input), dimension) < NEAR;
  };
  return (input, squared) => {
    if (clean && measured(input, squared)) return input;
    const finite = selectFinite(input);
    clean = measured(finite, squared) && finite.count === input.count;
    return finite;
  };
};
