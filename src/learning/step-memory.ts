import type { ReadonlyVector } from '../kernels/vector.js';

/** ⟨a, b⟩. */
export const inner = (a: ReadonlyVector, b: ReadonlyVector): number => {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
};

const addScaled = (out: Float64Array, scale: number, vector: ReadonlyVector): void => {
  for (let k = 0; k < out.length; k++) out[k]! += scale * vector[k]!;
};

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** ⟨step, change⟩ > 0. */
  readonly product: number;
}

/** The last steps of a quasi-Newton method, as an approximate inverse of the Hessian. */
export interface StepMemory {
  /** Remembers x⁺ − x and ∇f(x⁺) − ∇f(x), in place of the oldest pair; does nothing where their inner product isn't above 0. */
  remember(step: Float64Array, change: Float64Array): void;
  forget(): void;
  /** Whether nothing is remembered. */
  empty(): boolean;
  /** Writes −H·gradient to `out`. */
  direction(gradient: ReadonlyVector, out: Float64Array): void;
}

/**
 * The last `most` pairs of limited-memory BFGS, with the two-loop recursion: Nocedal & Wright 2006, "Numerical Optimization",
 * algorithm 7.4; the first approximation is scaled by (7.20).
 */
export const stepMemory = (most: number): StepMemory => {
  const pairs: Pair[] = [];
  const factors = new Float64Array(most);
  return {
    remember(step, change) {
      const product = inner(step, change);
      if (!(product > 0)) return;
      if (pairs.length === most) pairs.shift();
      pairs.push({ step, change, product });
    },
    forget: () => void pairs.splice(0),
    empty: () => pairs.length === 0,
    direction(gradient, out) {
      for (let k = 0; k < out.length; k++) out[k] = -gradient[k]!;
      for (let i = pairs.length - 1; i >= 0; i--) {
        const { step, change, product } = pairs[i]!;
        factors[i] = inner(step, out) / product;
        addScaled(out, -factors[i]!, change);
      }
      const last = pairs.at(-1);
      if (last) {
        const scale = last.product / inner(last.change, last.change);
        for (let k = 0; k < out.length; k++) out[k]! *= scale;
      }
      for (let i = 0; i < pairs.length; i++) {
        const { step, change, product } = pairs[i]!;
        addScaled(out, factors[i]! - inner(change, out) / product, step);
      }
    },
  };
};
