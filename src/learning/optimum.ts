import type { ReadonlyVector } from '../kernels/vector.js';
import { slopeSearch, type Slope } from './slope-search.js';
import { inner, stepMemory } from './step-memory.js';

/** A convex function of float64 vectors: writes ∇f(x) to `out` and returns f(x). */
export type SmoothFunction = (x: Float64Array, out: Float64Array) => number;

export interface MinimizeOptions {
  /** The norm of the gradient that is enough, >= 0. */
  readonly tolerance: number;
  /** Most iterations; 10,000 unless given. */
  readonly iterations?: number | undefined;
}

/** Where a minimization has come to. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  /** ‖∇f(x)‖. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Whether the tolerance was reached. */
  readonly reached: boolean;
}

/** Steps that are remembered. */
const MEMORY = 20;

/**
 * Minimizes a convex function from `start` by limited-memory BFGS: Nocedal & Wright 2006, algorithm 7.5, with 20 pairs. Steps are
 * chosen by slopes rather than values (see `slopeSearch`), so that a gradient norm of 1e-14 can be reached, far below where the
 * rounding of values hides all progress. Where no step is found it begins anew along the gradient, and ends if that doesn't help
 * either. The same bits each time. Returns the point with the least gradient norm.
 */
export const minimize = (
  f: SmoothFunction,
  start: ReadonlyVector,
  { tolerance, iterations = 10_000 }: MinimizeOptions,
): Minimum => {
  const memory = stepMemory(MEMORY);
  const dimension = start.length;
  const direction = new Float64Array(dimension);
  let x = Float64Array.from(start);
  let gradient = new Float64Array(dimension);
  let value = f(x, gradient);
  let norm = Math.sqrt(inner(gradient, gradient));
  let best = { x, value, gradientNorm: norm };
  let done = 0;
  for (; done < iterations && norm > tolerance && Number.isFinite(norm); done++) {
    memory.direction(gradient, direction);
    const next = new Float64Array(dimension);
    const there = new Float64Array(dimension);
    let reached = value;
    const at = (step: number): Slope => {
      for (let k = 0; k < dimension; k++) next[k] = x[k]! + step * direction[k]!;
      reached = f(next, there);
      return { value: reached, slope: inner(there, direction) };
    };
    const slope = inner(gradient, direction);
    const first = memory.empty() ? 1 / Math.max(1, norm) : 1;
    const found = slope < 0 ? slopeSearch(at, { value, slope }, first) : undefined;
    if (found === undefined) {
      if (memory.empty()) break;
      memory.forget();
      continue;
    }
    memory.remember(difference(next, x), difference(there, gradient));
    x = next;
    gradient = there;
    value = reached;
    norm = Math.sqrt(inner(gradient, gradient));
    if (norm < best.gradientNorm) best = { x, value, gradientNorm: norm };
  }
  return { ...best, iterations: done, reached: best.gradientNorm <= tolerance };
};

const difference = (a: ReadonlyVector, b: ReadonlyVector): Float64Array => {
  const out = new Float64Array(a.length);
  for (let k = 0; k < out.length; k++) out[k] = a[k]! - b[k]!;
  return out;
};
