import { ANYTHING, NOTHING, OnlyChange } from '../only-change.js';
import type { ReadonlyVector, Vector } from '../vector.js';
import type { VectorShape, WeightedVectors } from '../vector-kernels.js';

/** From so many vectors on. */
export const MANY = 256;

/** What leaves a sum may be so many times as large as what stays: twice the digits of a number less these are still right. */
const MOST_CANCELLED = 2 ** 40;

/**
 * Weighted means of many vectors of which one at a time changes: a running sum with twice the digits of a number (Knuth's TwoSum), to
 * which the change is added. Everything is summed anew after as many changes as there are vectors, and where a vector leaves that
 * was so long that too little would be left of the others. A change costs O(d).
 */
export class RunningMean {
  readonly #change = new OnlyChange();
  readonly #weights: Float64Array;
  /** Σ s_i·x_i, and what its rounding lost. */
  readonly #sums: Float64Array;
  readonly #rests: Float64Array;
  /** Σ s_i, and what its rounding lost. */
  readonly #total = new Float64Array(2);
  #changes = 0;

  constructor({ count, dimension }: VectorShape) {
    this.#weights = new Float64Array(count);
    this.#sums = new Float64Array(dimension);
    this.#rests = new Float64Array(dimension);
  }

  /** Writes the mean; false where vectors are few, don't tell their changes, or aren't finite as a sum. */
  take(input: WeightedVectors, out: Vector): boolean {
    const place = this.#change.next(input);
    if (input.count < MANY || input.version === undefined) {
      this.#change.forget();
      return false;
    }
    if (place === ANYTHING || (place !== NOTHING && !this.#follow(input, place))) this.#sumUp(input);
    if (!this.#isFinite(input.dimension)) {
      this.#change.forget();
      return false;
    }
    this.#write(input.dimension, out);
    return true;
  }

  #write(dimension: number, out: Vector): void {
    const total = this.#total[0]! + this.#total[1]!;
    for (let k = 0; k < dimension; k++) out[k] = (this.#sums[k]! + this.#rests[k]!) / total;
  }

  /** Adds a change; false when everything must be summed anew. */
  #follow({ vectors, weights, previous, dimension, count }: WeightedVectors, place: number): boolean {
    const old = previous?.[place];
    const oldWeight = this.#weights[place]!;
    if (oldWeight > 0 && old === undefined) return false;
    if (++this.#changes > count) return false;
    const weight = weights[place]!;
    this.#weights[place] = weight;
    this.#addToTotal(weight - oldWeight);
    if (old && oldWeight > 0 && !this.#subtract(old, oldWeight, dimension)) return false;
    this.#add(vectors[place]!, weight, dimension);
    return true;
  }

  #sumUp({ vectors, weights, count, dimension }: WeightedVectors): void {
    this.#changes = 0;
    this.#sums.fill(0);
    this.#rests.fill(0);
    this.#total.fill(0);
    this.#weights.fill(0);
    for (let i = 0; i < count; i++) {
      this.#weights[i] = weights[i]!;
      this.#addToTotal(weights[i]!);
      this.#add(vectors[i]!, weights[i]!, dimension);
    }
  }

  #addToTotal(term: number): void {
    const sum = this.#total[0]!;
    const next = sum + term;
    const back = next - sum;
    this.#total[0] = next;
    this.#total[1]! += sum - (next - back) + (term - back);
  }

  #add(vector: ReadonlyVector, weight: number, dimension: number): void {
    const sums = this.#sums;
    const rests = this.#rests;
    for (let k = 0; k < dimension; k++) {
      const term = weight * vector[k]!;
      const sum = sums[k]!;
      const next = sum + term;
      const back = next - sum;
      sums[k] = next;
      rests[k]! += sum - (next - back) + (term - back);
    }
  }

  /** Takes a vector out; false where it leaves too little. */
  #subtract(vector: ReadonlyVector, weight: number, dimension: number): boolean {
    this.#add(vector, -weight, dimension);
    for (let k = 0; k < dimension; k++)
      if (Math.abs(weight * vector[k]!) > MOST_CANCELLED * Math.abs(this.#sums[k]!)) return false;
    return true;
  }

  #isFinite(dimension: number): boolean {
    for (let k = 0; k < dimension; k++) if (!Number.isFinite(this.#sums[k]! + this.#rests[k]!)) return false;
    return true;
  }
}
