import { plainKernels } from '../kernels/plain/plain-kernels.js';
import type { ReadonlyVector, Vector } from '../kernels/vector.js';
import type { Shape, WeightedVectors } from './aggregator.js';
import { drawFirst } from './draw-first.js';
import { drawsOf } from './draws-of.js';

/** Coordinates copied at a time: however many are drawn, a worker's take no more than 1 KB of the run's memory. */
const BLOCK = 128;

/**
 * Writes the squared distances between all pairs of vectors over `coordinates` of their coordinates, drawn at each call from the
 * stream of that name, to out[i·count + j]. O(b·m²/2 + b·log b).
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
  const sampled = kernels.memory.matrix(precision, most, Math.min(BLOCK, coordinates));
  const partial = new Float64Array(most * most);
  return ({ count, dimension, vectors }, out) => {
    if (dimension !== known) startOver(dimension);
    const { length } = drawn;
    drawFirst(order, dimension, length, draws);
    for (let k = 0; k < length; k++) drawn[k] = order[k]!;
    // In ascending order a vector is read from its beginning to its end.
    drawn.sort();
    out.fill(0, 0, count * count);
    for (let start = 0; start < length; start += BLOCK) {
      const size = Math.min(BLOCK, length - start);
      for (let i = 0; i < count; i++) gather(vectors[i]!, drawn, start, size, sampled[i]!);
      kernels.vectors.squaredDistances(sampled, count, size, partial);
      for (let i = 0; i < count * count; i++) out[i]! += partial[i]!;
    }
  };
};

/** Copies the `size` coordinates that are named from `start` on. */
const gather = (from: ReadonlyVector, places: Int32Array, start: number, size: number, to: Vector): void => {
  for (let k = 0; k < size; k++) to[k] = from[places[start + k]!]!;
};
