import type { ReadonlyVector, Vector } from '../vector.js';

/** Weights this close to half of the total, relative to the total, count as exactly half. */
const HALF_TOLERANCE = 1e-12;

const NONE = -1;

/** Numbers in [0, 2³²) that look drawn, another for each i: MurmurHash3's last steps (Appleby 2011). */
const scattered = (i: number): number => {
  let h = i;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Bytes that the columns of so many vectors take. */
export const orderedColumnsBytes = (count: number, dimension: number): number => 24 * count * dimension + 12 * count;

/**
 * The coordinates of up to `count` vectors, each coordinate's values in order and with the weight below them at hand: a treap
 * for each (Seidel & Aragon 1996), whose nodes are the vectors' places. Priorities follow from places, so that a treap's
 * shape, and with it the rounding of sums of weights, follow from what is in it, not from how it came there.
 * NaN counts as +∞. A change of a vector costs O(d·log m) expected, as does the median.
 */
export class OrderedColumns {
  readonly #count: number;
  readonly #dimension: number;
  readonly #priorities: Uint32Array;
  readonly #weights: Float64Array;
  /** Node of place i in column k: k·count + i. */
  readonly #values: Float64Array;
  readonly #sums: Float64Array;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #roots: Int32Array;
  /** The lesser part of what was split. */
  #lesser = NONE;
  #greater = NONE;

  constructor(count: number, dimension: number) {
    this.#count = count;
    this.#dimension = dimension;
    this.#priorities = Uint32Array.from({ length: count }, (_, i) => scattered(i + 1));
    this.#weights = new Float64Array(count);
    this.#values = new Float64Array(count * dimension);
    this.#sums = new Float64Array(count * dimension);
    this.#left = new Int32Array(count * dimension).fill(NONE);
    this.#right = new Int32Array(count * dimension).fill(NONE);
    this.#roots = new Int32Array(dimension).fill(NONE);
  }

  /** Forgets all vectors. */
  clear(): void {
    this.#roots.fill(NONE);
  }

  /** Takes a vector in at a place where none is. */
  add(place: number, vector: ReadonlyVector, weight: number): void {
    this.#weights[place] = weight;
    for (let k = 0; k < this.#dimension; k++) this.#put(k, k * this.#count + place, vector[k]!);
  }

  /** Puts a vector in the place of the one that is there. */
  replace(place: number, vector: ReadonlyVector, weight: number): void {
    for (let k = 0; k < this.#dimension; k++) {
      const node = k * this.#count + place;
      this.#roots[k] = this.#remove(this.#roots[k]!, node, k);
    }
    this.add(place, vector, weight);
  }

  /** Writes the weighted median of each column; at exactly half of the weight, the midpoint 0.5·a + 0.5·b to the next value. */
  median(out: Vector): void {
    for (let k = 0; k < this.#dimension; k++) out[k] = this.#medianOf(k);
  }

  #medianOf(k: number): number {
    const total = this.#sumOf(this.#roots[k]!);
    const slack = HALF_TOLERANCE * total;
    let node = this.#roots[k]!;
    let below = 0;
    /** The least value so far that is above the median. */
    let next = Infinity;
    for (;;) {
      const left = this.#left[node]!;
      const upTo = below + this.#sumOf(left);
      const value = this.#values[node]!;
      if (left !== NONE && upTo >= total / 2 - slack) {
        next = value;
        node = left;
        continue;
      }
      const right = this.#right[node]!;
      const withIt = upTo + this.#weights[node - k * this.#count]!;
      if (right !== NONE && withIt < total / 2 - slack) {
        below = withIt;
        node = right;
        continue;
      }
      if (withIt > total / 2 + slack) return value;
      return 0.5 * value + 0.5 * (right === NONE ? next : this.#leastOf(right));
    }
  }

  #leastOf(root: number): number {
    let node = root;
    while (this.#left[node] !== NONE) node = this.#left[node]!;
    return this.#values[node]!;
  }

  #sumOf(node: number): number {
    return node === NONE ? 0 : this.#sums[node]!;
  }

  /** Adds up the weight below and at a node anew. */
  #sumUp(node: number, k: number): void {
    const weight = this.#weights[node - k * this.#count]!;
    this.#sums[node] = this.#sumOf(this.#left[node]!) + weight + this.#sumOf(this.#right[node]!);
  }

  #isBefore(a: number, b: number): boolean {
    const [x, y] = [this.#values[a]!, this.#values[b]!];
    return x === y ? a < b : x < y;
  }

  #isAbove(a: number, b: number, k: number): boolean {
    const first = k * this.#count;
    const [p, q] = [this.#priorities[a - first]!, this.#priorities[b - first]!];
    return p === q ? a < b : p > q;
  }

  #put(k: number, node: number, value: number): void {
    this.#values[node] = Number.isNaN(value) ? Infinity : value;
    this.#left[node] = this.#right[node] = NONE;
    this.#roots[k] = this.#insert(this.#roots[k]!, node, k);
  }

  /** Puts a node into a treap and returns the treap. */
  #insert(root: number, node: number, k: number): number {
    if (root === NONE || this.#isAbove(node, root, k)) {
      this.#split(root, node, k);
      this.#left[node] = this.#lesser;
      this.#right[node] = this.#greater;
      this.#sumUp(node, k);
      return node;
    }
    if (this.#isBefore(node, root)) this.#left[root] = this.#insert(this.#left[root]!, node, k);
    else this.#right[root] = this.#insert(this.#right[root]!, node, k);
    this.#sumUp(root, k);
    return root;
  }

  /** Takes a treap apart: what comes before the node, and what comes after it. */
  #split(root: number, node: number, k: number): void {
    if (root === NONE) {
      this.#lesser = this.#greater = NONE;
    } else if (this.#isBefore(root, node)) {
      this.#split(this.#right[root]!, node, k);
      this.#right[root] = this.#lesser;
      this.#sumUp(root, k);
      this.#lesser = root;
    } else {
      this.#split(this.#left[root]!, node, k);
      this.#left[root] = this.#greater;
      this.#sumUp(root, k);
      this.#greater = root;
    }
  }

  /** Takes a node out of a treap, in which it is, and returns the treap. */
  #remove(root: number, node: number, k: number): number {
    if (root === node) return this.#join(this.#left[node]!, this.#right[node]!, k);
    if (this.#isBefore(node, root)) this.#left[root] = this.#remove(this.#left[root]!, node, k);
    else this.#right[root] = this.#remove(this.#right[root]!, node, k);
    this.#sumUp(root, k);
    return root;
  }

  /** Makes one treap of two, of which all of the first comes before the second. */
  #join(lesser: number, greater: number, k: number): number {
    if (lesser === NONE) return greater;
    if (greater === NONE) return lesser;
    if (this.#isAbove(lesser, greater, k)) {
      this.#right[lesser] = this.#join(this.#right[lesser]!, greater, k);
      this.#sumUp(lesser, k);
      return lesser;
    }
    this.#left[greater] = this.#join(lesser, this.#left[greater]!, k);
    this.#sumUp(greater, k);
    return greater;
  }
}
