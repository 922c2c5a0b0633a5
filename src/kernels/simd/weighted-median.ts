import { weightedMedian as plainMedian } from '../plain/weighted-median.js';
import type { Memory } from '../memory.js';
import type { Vector } from '../vector.js';
import type { VectorShape, WeightedMedian, WeightedVectors } from '../vector-kernels.js';
import type { Arena } from './arena.js';
import type { KernelExports } from './exports.js';
import { networkHolder, type Install } from './network-holder.js';
import { wholeWeights, type WholeWeights } from './whole-weights.js';

/** Up to so many vectors comparing each with each is as fast as sorting with weights; with small weights, to so many. */
const FEW = 18;
const FEW_SMALL = 40;

/** Weights with a sum below this are small. */
const SMALL = 2 ** 15;

/** From so many vectors on halving the range of values is faster than sorting. */
const MANY = 512;

/** What is kept for the next change is made anew for so many vectors at most: it takes time with their square. */
const MOST_REBUILT = 128;

/** Bytes of scratch memory, for each vector and for a few more. */
const SCRATCH = 128;
const SCRATCH_REST = 8192;

type Median = (input: WeightedVectors, weights: WholeWeights, out: Vector) => void;

/** The median from nothing but the vectors: by comparing, sorting or halving, whatever is fastest. */
const fromScratch = (
  kernels: KernelExports,
  memory: Memory,
  { list, at, scratch }: Arena,
  install: Install,
  { precision = 'float64' }: VectorShape,
): Median => {
  const single = precision === 'float32';
  const whole = networkHolder(memory, install);
  const middle = networkHolder(memory, install);
  return ({ vectors, count, dimension }, { values, total, equal }, out) => {
    const rows = list(vectors, count);
    const room = scratch(SCRATCH * count + SCRATCH_REST);
    const weights = at(values);
    const shape = { count, dimension, precision };
    if (single && count >= MANY) kernels.bisectedMedian32(rows, weights, count, total, dimension, at(out), room);
    else if (equal) {
      const { address, length, code } = middle(shape, (count - 1) >> 1, (count >> 1) + 1);
      const kernel = single ? kernels.sortedMedian32 : kernels.sortedMedian64;
      kernel(rows, count, address, length, code, dimension, at(out), room);
    } else if (single && count <= FEW_SMALL && total < SMALL) {
      kernels.smallWeightedMedian32(rows, weights, count, total, dimension, at(out), room);
    } else if (count <= FEW) {
      const kernel = single ? kernels.weightedMedian32 : kernels.weightedMedian64;
      kernel(rows, weights, count, total, dimension, at(out), room);
    } else {
      const { address, length } = whole(shape);
      const kernel = single ? kernels.sortedWeightedMedian32 : kernels.sortedWeightedMedian64;
      kernel(rows, weights, count, total, address, length, dimension, at(out), room);
    }
  };
};

/**
 * The median after one vector has changed: for each number the weight strictly below it is kept, one table of the vectors'
 * own size, and brought up to date in one pass over it.
 */
class Incremental {
  readonly #kernels: KernelExports;
  readonly #memory: Memory;
  readonly #arena: Arena;
  readonly #shape: VectorShape;
  readonly #seen: Float64Array;
  readonly #weights: Float64Array;
  #below: Vector[] | undefined;
  #known = 0;
  #whole = false;

  constructor(kernels: KernelExports, memory: Memory, arena: Arena, shape: VectorShape) {
    this.#kernels = kernels;
    this.#memory = memory;
    this.#arena = arena;
    this.#shape = shape;
    this.#seen = new Float64Array(shape.count);
    this.#weights = new Float64Array(shape.count);
  }

  /** Writes the median if one vector at most has changed since the last call; else returns false. */
  take(input: WeightedVectors, weights: WholeWeights, out: Vector): boolean {
    const { count } = input;
    const changed = weights.exact ? this.#onlyChange(input) : -2;
    const possible = changed !== -2 && (this.#whole || count <= MOST_REBUILT);
    if (possible) this.#write(input, weights, changed, out);
    this.#whole = possible;
    this.#remember(input);
    return possible;
  }

  #write(input: WeightedVectors, weights: WholeWeights, changed: number, out: Vector): void {
    const { precision = 'float64', count: most, dimension: longest } = this.#shape;
    const single = precision === 'float32';
    const { list, at, scratch } = this.#arena;
    const { vectors, count, dimension, previous } = input;
    const below = list((this.#below ??= this.#memory.matrix(precision, most, longest)), count, 1);
    const rows = list(vectors, count);
    const room = scratch(SCRATCH * count + SCRATCH_REST);
    const { total } = weights;
    const appended = changed === this.#known;
    const old = appended ? vectors[changed] : previous?.[changed];
    if (this.#whole && changed === -1) {
      const kernel = single ? this.#kernels.medianFromBelow32 : this.#kernels.medianFromBelow64;
      kernel(rows, below, count, total, dimension, at(out));
    } else if (this.#whole && old !== undefined && this.#arena.holds(out, old)) {
      const kernel = single ? this.#kernels.medianChanged32 : this.#kernels.medianChanged64;
      const oldWeight = appended ? 0 : this.#weights[changed]!;
      // prettier-ignore
      kernel(rows, below, at(weights.values), count, changed, at(old), oldWeight, total, dimension, at(out), room);
    } else {
      const kernel = single ? this.#kernels.medianRebuild32 : this.#kernels.medianRebuild64;
      kernel(rows, below, at(weights.values), count, total, dimension, at(out), room);
    }
  }

  /** The vector that has changed, -1 if none has, -2 if several have, or one more than once. */
  #onlyChange({ count, changes, weights }: WeightedVectors): number {
    if (!changes || count < this.#known || count > this.#known + 1) return -2;
    let changed = count > this.#known ? this.#known : -1;
    for (let i = 0; i < this.#known; i++) {
      const same = changes[i] === this.#seen[i];
      if (same && weights[i] === this.#weights[i]) continue;
      if (changed !== -1 || (!same && changes[i] !== this.#seen[i]! + 1)) return -2;
      // Another weight without another vector has no previous vector to go by.
      if (same) return -2;
      changed = i;
    }
    return changed;
  }

  #remember({ count, changes, weights }: WeightedVectors): void {
    this.#known = changes ? count : 0;
    for (let i = 0; i < this.#known; i++) {
      this.#seen[i] = changes![i]!;
      this.#weights[i] = weights[i]!;
    }
  }
}

/** The weighted median in kernel memory; plain loops on vectors that are elsewhere. */
export const simdMedian =
  (kernels: KernelExports, memory: Memory, arena: Arena, install: Install): WeightedMedian =>
  (shape) => {
    const { precision = 'float64', count } = shape;
    const own = { ...shape, precision };
    const plain = plainMedian(shape);
    const read = wholeWeights(memory, precision, count);
    const anew = fromScratch(kernels, memory, arena, install, own);
    const incremental = new Incremental(kernels, memory, arena, own);
    const kind = precision === 'float32' ? Float32Array : Float64Array;
    return (input, out) => {
      if (!(out instanceof kind) || !arena.holdsAll(input.vectors, input.count, out)) {
        plain(input, out);
        return;
      }
      const weights = read(input.weights, input.count);
      if (!incremental.take(input, weights, out)) anew(input, weights, out);
    };
  };
