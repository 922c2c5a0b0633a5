import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { Shape, WeightedVectors } from './aggregator.js';
import { drawFirst } from './draw-first.js';
import { drawsOf } from './draws-of.js';

/**
 * Writes the squared distances between all pairs of vectors over `coordinates` of their coordinates, drawn at each call from the
 * stream of that name, to out[i·count + j]. Claims m·b numbers. O(b·m²/2 + b·log b).
 */
export const sampledDistances = (
  name: string,
  shape: Shape,
  coordinates: number,
): ((input: WeightedVectors, out: Float64Array) => void) => {
  const { kernels = plainKernels(), precision = 'float64', count: most, dimension: longest } = shape;
  const draws = drawsOf(name, shape);
  const order = new Int32Array(longest);
  let known = 0;
  let drawn = new Int32Array(0);
  const startOver = (dimension: number): void => {
    for (let k = 0; k < dimension; k++) order[k] = k;
    drawn = new Int32Array(Math.min(coordinates, dimension));
    known = dimension;
  };
  const sampled = kernels.memory.matrix(precision, most, coordinates);
  return ({ count, dimension, vectors }, out) => {
    if (dimension !== known) startOver(dimension);
    const { length } = drawn;
    drawFirst(order, dimension, length, draws);
    for (let k = 0; k < length; k++) drawn[k] = order[k]!;
    // In ascending order a vector is read from its beginning to its end.
    drawn.sort();
    for (let i = 0; i < count; i++) {
      const from = vectors[i]!;
      const to = sampled[i]!;
      for (let k = 0; k < length; k++) to[k] = from[drawn[k]!]!;
    }
    kernels.vectors.squaredDistances(sampled, count, length, out);
  };
};
