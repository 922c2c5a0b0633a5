import type { PairwiseDistances } from './aggregator.js';
import { choleskySolve } from './cholesky-solve.js';
import type { ReadonlyVector } from '../kernels/vector.js';

/**
 * Moves a, the coefficients of z = x_c + Σa_j·(x_j − x_c), downhill on F(z) = Σs_i·‖z − x_i‖; false, without moving,
 * when ‖∇F(z)‖ ≤ slack or when no step lowers F any more. `products` are ⟨x_i − x_c, x_j − x_c⟩. O(m³/6).
 */
export type WeberStep = (input: PairwiseDistances, products: Float64Array, a: Float64Array, slack: number) => boolean;

/** Newton steps are halved this often at most. */
const HALVINGS = 30;

/** What is known at z, with y_i = x_i − x_c. */
interface Position {
  /** ⟨z − x_c, y_i⟩. */
  readonly images: Float64Array;
  /** r_i = ‖z − x_i‖. */
  readonly radii: Float64Array;
  /** s_i / r_i. */
  readonly pulls: Float64Array;
  /** ‖z − x_c‖². */
  norm: number;
  /** B = Σs_i/r_i. */
  total: number;
}

/** A step p = Σb_j·y_j from z. */
interface Step {
  readonly b: Float64Array;
  /** ⟨p, z − x_i⟩. */
  readonly slopes: Float64Array;
  /** ‖p‖². */
  norm: number;
}

/** Claims scratch memory for steps on up to `capacity` vectors. */
export const weberStep = (capacity: number): WeberStep => {
  const claim = (): Float64Array => new Float64Array(capacity);
  const position: Position = { images: claim(), radii: claim(), pulls: claim(), norm: 0, total: 0 };
  const weiszfeld: Step = { b: claim(), slopes: claim(), norm: 0 };
  const newton: Step = { b: claim(), slopes: claim(), norm: 0 };
  const matrix = new Float64Array(capacity * capacity);
  return ({ count, weights }, products, a, slack) => {
    measure(count, weights, products, a, position);
    let residual = 0;
    for (let j = 0; j < count; j++) {
      weiszfeld.b[j] = position.pulls[j]! / position.total - a[j]!;
      residual += position.total * Math.abs(weiszfeld.b[j]!) * Math.sqrt(products[j * count + j]!);
    }
    if (residual <= slack) return false;
    prepare(count, products, position, weiszfeld);
    const fall = change(count, weights, position, weiszfeld, 1);
    if (newtonStep(count, weights, products, a, position, matrix, newton)) {
      prepare(count, products, position, newton);
      for (let halving = 0, length = 1; halving < HALVINGS; halving++, length /= 2) {
        if (change(count, weights, position, newton, length) >= Math.min(fall, 0)) continue;
        for (let j = 0; j < count; j++) a[j]! += length * newton.b[j]!;
        return true;
      }
    }
    if (fall >= 0) return false;
    for (let j = 0; j < count; j++) a[j]! += weiszfeld.b[j]!;
    return true;
  };
};

const measure = (
  count: number,
  weights: ReadonlyVector,
  products: Float64Array,
  a: Float64Array,
  position: Position,
): void => {
  const { images, radii, pulls } = position;
  multiply(count, products, a, images);
  position.norm = dot(count, a, images);
  position.total = 0;
  for (let i = 0; i < count; i++) {
    const squared = position.norm - 2 * images[i]! + products[i * count + i]!;
    // An iterate lands on a vector only by rounding, because F is less than at each of them; the floor spares a division by 0.
    radii[i] = Math.sqrt(Math.max(squared, 1e-32 * products[i * count + i]!, 1e-200));
    pulls[i] = weights[i]! / radii[i]!;
    position.total += pulls[i]!;
  }
};

/** Fills in what `change` needs to know of a step. */
const prepare = (count: number, products: Float64Array, { images }: Position, step: Step): void => {
  const { b, slopes } = step;
  multiply(count, products, b, slopes);
  step.norm = dot(count, b, slopes);
  const slope = dot(count, b, images);
  for (let i = 0; i < count; i++) slopes[i] = slope - slopes[i]!;
};

/** F(z + length·p) − F(z), summed as differences of distances. */
const change = (
  count: number,
  weights: ReadonlyVector,
  { radii }: Position,
  { slopes, norm }: Step,
  length: number,
): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const rise = length * (2 * slopes[i]! + length * norm);
    const radius = radii[i]!;
    sum += (weights[i]! * rise) / (Math.sqrt(Math.max(0, radius * radius + rise)) + radius);
  }
  return sum;
};

/**
 * Newton's step p = −H⁻¹·∇F with H = B·I − Σ(s_i/r_i)·u_i·u_iᵀ and u_i = (z − x_i)/r_i. With q_i = (s_i/r_i)·⟨u_i, p⟩ it is
 * p = Σ(q_i − s_i)·u_i / B, and q = √C·y solves (I − √C·UᵀU·√C/B)·y = −√C·UᵀU·s/B with C = diag(s_i/r_i); q = 0 gives
 * Weiszfeld's step. False when z and the vectors lie too nearly on a line.
 */
const newtonStep = (
  count: number,
  weights: ReadonlyVector,
  products: Float64Array,
  a: Float64Array,
  { images, radii, pulls, norm, total }: Position,
  matrix: Float64Array,
  { b }: Step,
): boolean => {
  b.fill(0);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      const cosine = (norm - images[i]! - images[j]! + products[i * count + j]!) / (radii[i]! * radii[j]!);
      const entry = Math.sqrt(pulls[i]! * pulls[j]!) * (i === j ? 1 : cosine);
      matrix[i * count + j] = (i === j ? 1 : 0) - entry / total;
      b[i]! -= (Math.sqrt(pulls[i]!) * (i === j ? 1 : cosine) * weights[j]!) / total;
      if (j < i) b[j]! -= (Math.sqrt(pulls[j]!) * cosine * weights[i]!) / total;
    }
  }
  if (!choleskySolve(matrix, b, count)) return false;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    b[i] = (Math.sqrt(pulls[i]!) * b[i]! - weights[i]!) / (total * radii[i]!);
    sum += b[i]!;
  }
  for (let i = 0; i < count; i++) b[i] = sum * a[i]! - b[i]!;
  return true;
};

const multiply = (count: number, products: Float64Array, a: Float64Array, out: Float64Array): void => {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += products[i * count + j]! * a[j]!;
    out[i] = sum;
  }
};

const dot = (count: number, a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i]! * b[i]!;
  return sum;
};
