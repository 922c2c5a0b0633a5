import fc from 'fast-check';
import type { PairwiseDistances } from '../../src/weighted/aggregator.js';
import { minus, norm, sum } from '../laws/cases.js';

/** Weighted points of the plane. */
export interface Points {
  readonly vectors: readonly (readonly number[])[];
  readonly weights: readonly number[];
}

const coordinate = fc.integer({ min: -8, max: 8 });

/** Up to seven points, not all in a place, whose weights are whole. */
export const points: fc.Arbitrary<Points> = fc
  .array(fc.record({ vector: fc.tuple(coordinate, coordinate), weight: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 3,
    maxLength: 7,
  })
  .filter((rows) => new Set(rows.map(({ vector }) => vector.join())).size > 2)
  .map((rows) => ({ vectors: rows.map(({ vector }) => vector), weights: rows.map(({ weight }) => weight) }));

const dot = (x: readonly number[], y: readonly number[]): number => sum(x.map((value, k) => value * y[k]!));

/** The points as rules in the domain of distances see them. */
export const pairsOf = ({ vectors, weights }: Points): PairwiseDistances => ({
  count: vectors.length,
  weights,
  squared: Float64Array.from(vectors.flatMap((x) => vectors.map((y) => dot(minus(x, y), minus(x, y))))),
  squaredNorms: Float64Array.from(vectors, (x) => dot(x, x)),
  product: (i, j, c) => dot(minus(vectors[i]!, vectors[c]!), minus(vectors[j]!, vectors[c]!)),
});

/** Σa_i·x_i. */
export const combined = ({ vectors }: Points, a: ArrayLike<number>): number[] =>
  [0, 1].map((k) => sum(vectors.map((x, i) => a[i]! * x[k]!)));

/** F(z) = Σs_i·‖z − x_i‖. */
export const objective = ({ vectors, weights }: Points, z: readonly number[]): number =>
  sum(vectors.map((x, i) => weights[i]! * norm(minus(z, x))));

/** Weiszfeld's point from z, which is none of the points: Σ(s_i/r_i)·x_i / Σ(s_i/r_i). */
export const weiszfeldFrom = ({ vectors, weights }: Points, z: readonly number[]): number[] => {
  const pulls = vectors.map((x, i) => weights[i]! / norm(minus(z, x)));
  return combined({ vectors, weights }, pulls).map((value) => value / sum(pulls));
};

/** ∇F(z) and the Hessian's entries, by the formulas of calculus. */
const derivatives = ({ vectors, weights }: Points, z: readonly number[]) => {
  const gradient = [0, 0];
  const hessian = [0, 0, 0];
  vectors.forEach((x, i) => {
    const [u, v] = minus(z, x) as [number, number];
    const r = Math.hypot(u, v);
    const pull = weights[i]! / r;
    gradient[0]! += pull * u;
    gradient[1]! += pull * v;
    hessian[0]! += pull * (1 - (u / r) ** 2);
    hessian[1]! -= (pull * u * v) / r ** 2;
    hessian[2]! += pull * (1 - (v / r) ** 2);
  });
  return { gradient: gradient as [number, number], hessian: hessian as [number, number, number] };
};

/** ‖∇F(z)‖. */
export const slopeAt = (each: Points, z: readonly number[]): number => norm(derivatives(each, z).gradient);

/** Newton's step −H⁻¹·∇F, and how far H is from singular: its determinant over its trace squared. */
export const newtonFrom = (each: Points, z: readonly number[]): { readonly step: number[]; readonly safe: number } => {
  const {
    gradient: [g, h],
    hessian: [a, b, c],
  } = derivatives(each, z);
  const determinant = a * c - b * b;
  return {
    step: [-(c * g - b * h) / determinant, -(a * h - b * g) / determinant],
    safe: determinant / (a + c) ** 2,
  };
};
