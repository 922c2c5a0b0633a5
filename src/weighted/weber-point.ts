import type { PairwiseDistances } from './aggregator.js';
import { centredProducts } from './centred-products.js';
import { totalWeight } from './total-weight.js';
import { weberStep } from './weber-step.js';

/** F is as good at another vector when its mean slope on the way there is at most this, relative to the total weight. */
const TIED = 1e-14;

/** Writes coefficients a with Σa_i = 1, such that Σa_i·x_i is the geometric median of the vectors. */
export type WeberPoint = (input: PairwiseDistances, coefficients: Float64Array) => void;

/**
 * Minimises F(z) = Σs_i·‖z − x_i‖ for up to `capacity` vectors, of which it needs only the squared distances of all pairs.
 *
 * The best vector is the answer if the pulls of the others on it cancel to within its own weight. If they don't, a step off it
 * (Vardi & Zhang 2000) or the weighted mean starts an iteration that takes the better of a Weiszfeld step and a Newton step,
 * so that F falls in each. It ends when the norm of ∇F(z) is certainly at most tolerance·Σs_i. All is done on coefficients
 * relative to the best vector x_c, z = x_c + Σa_j·(x_j − x_c), with sums that stay exact next to vectors 1e12 times
 * farther away: differences of F are summed as differences, and the residual's bound Σ_j|B·a_j − s_j/r_j|·‖x_j − x_c‖,
 * with r_j = ‖z − x_j‖ and B = Σs_j/r_j, has no squares.
 */
export const weberPoint = (capacity: number, tolerance: number, maxIterations: number): WeberPoint => {
  const products = new Float64Array(capacity * capacity);
  const step = weberStep(capacity);
  return (input, a) => {
    const { count, weights } = input;
    const slack = tolerance * totalWeight(weights, count);
    const centre = bestVector(input, products);
    a.fill(0);
    const stay = stepOff(input, products, slack, a);
    if (stay >= 1) {
      const other = tiedVector(input, products, centre);
      a.fill(0);
      a[centre] = 0.5;
      a[other]! += 0.5;
      return;
    }
    preferMean(input, products, a);
    for (let iteration = 0; iteration < maxIterations; iteration++) {
      if (!step(input, products, a, slack)) break;
    }
    a[centre] = 0;
    a[centre] = 1 - totalWeight(a, count);
  };
};

/** The vector at which F is least; `products` are left relative to it. */
const bestVector = (input: PairwiseDistances, products: Float64Array): number => {
  const { count, weights, squared } = input;
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += weights[j]! * Math.sqrt(squared[i * count + j]!);
    if (sum < least) {
      least = sum;
      best = i;
    }
  }
  // Beside vectors 1e12 times farther away these sums have too few digits to compare; their differences have enough.
  for (let change = 0; ; change++) {
    centredProducts(input, best, products);
    let lower = best;
    let fall = 0;
    for (let k = 0; k < count; k++) {
      const difference = rise(input, products, k);
      if (difference < fall) {
        fall = difference;
        lower = k;
      }
    }
    if (lower === best || change === count) return best;
    best = lower;
  }
};

/** F(x_k) − F(x_c), summed as differences of distances. */
const rise = ({ count, weights, squared }: PairwiseDistances, products: Float64Array, k: number): number => {
  const length = products[k * count + k]!;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const sum = Math.sqrt(squared[k * count + i]!) + Math.sqrt(products[i * count + i]!);
    if (sum > 0) total += (weights[i]! * (length - 2 * products[i * count + k]!)) / sum;
  }
  return total;
};

/**
 * Writes to `a` the Vardi–Zhang step off the centre, and returns the share of it that the centre's own weight holds back:
 * 1 when the centre is optimal within `slack`.
 */
const stepOff = (
  { count, weights }: PairwiseDistances,
  products: Float64Array,
  slack: number,
  a: Float64Array,
): number => {
  let own = 0;
  let pulls = 0;
  for (let j = 0; j < count; j++) {
    const squared = products[j * count + j]!;
    if (squared > 0) a[j] = weights[j]! / Math.sqrt(squared);
    else own += weights[j]!;
    pulls += a[j]!;
  }
  const pull = Math.sqrt(Math.max(0, quadraticForm(products, a, count)));
  if (pull <= own + slack) return 1;
  const stay = own / pull;
  for (let j = 0; j < count; j++) a[j]! *= (1 - stay) / pulls;
  return stay;
};

/** aᵀ·P·a. */
const quadraticForm = (products: Float64Array, a: Float64Array, count: number): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let row = 0;
    for (let j = 0; j < count; j++) row += products[i * count + j]! * a[j]!;
    sum += a[i]! * row;
  }
  return sum;
};

/**
 * Another vector as good as the optimal centre, the farthest one, or the centre itself. F is then constant in between, as at
 * exactly half of the weight on a line.
 */
const tiedVector = (input: PairwiseDistances, products: Float64Array, centre: number): number => {
  const { count, weights } = input;
  const tie = TIED * totalWeight(weights, count);
  let other = centre;
  let farthest = 0;
  for (let k = 0; k < count; k++) {
    const length = products[k * count + k]!;
    if (length <= farthest || rise(input, products, k) > tie * Math.sqrt(length)) continue;
    farthest = length;
    other = k;
  }
  return other;
};

/** Puts the weighted mean in place of `a` if F is less there. */
const preferMean = ({ count, weights }: PairwiseDistances, products: Float64Array, a: Float64Array): void => {
  const total = totalWeight(weights, count);
  const atStep = objective(weights, products, count, a, 1);
  const atMean = objective(weights, products, count, weights, 1 / total);
  if (atMean >= atStep) return;
  for (let i = 0; i < count; i++) a[i] = weights[i]! / total;
};

/** F at x_c + scale·Σa_j·(x_j − x_c). */
const objective = (
  weights: PairwiseDistances['weights'],
  products: Float64Array,
  count: number,
  a: PairwiseDistances['weights'],
  scale: number,
): number => {
  let norm = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) norm += scale * a[i]! * scale * rowTimes(products, i, a, count);
  for (let i = 0; i < count; i++) {
    const squared = norm - 2 * scale * rowTimes(products, i, a, count) + products[i * count + i]!;
    sum += weights[i]! * Math.sqrt(Math.max(0, squared));
  }
  return sum;
};

const rowTimes = (products: Float64Array, i: number, a: PairwiseDistances['weights'], count: number): number => {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += products[i * count + j]! * a[j]!;
  return sum;
};
