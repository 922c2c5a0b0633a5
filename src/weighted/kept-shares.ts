import type { ReadonlyVector } from '../kernels/vector.js';

/** Squared distances this close to the boundary's, relatively, share it; weights this close to the rest count as the rest. */
const TIE_TOLERANCE = 1e-9;
const WEIGHT_TOLERANCE = 1e-12;

/**
 * Writes each vector's share of the weight `kept` that is nearest, given the squared distances; `kept` is above 0 and at
 * most the total. The vectors at the boundary distance keep what is needed to make the weight exact, in equal proportion.
 */
export type KeptShares = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  kept: number,
  shares: Float64Array,
) => void;

/** Claims scratch memory for up to `most` vectors. O(m·log m) a call. */
export const keptShares = (most: number): KeptShares => {
  const ascending = new Float64Array(most);
  return (squared, weights, count, kept, shares) => {
    const boundary = boundaryDistance(squared, weights, count, kept, ascending);
    const inside = weightWithin(squared, weights, count, boundary * (1 - TIE_TOLERANCE), false);
    const within = weightWithin(squared, weights, count, boundary * (1 + TIE_TOLERANCE), true);
    const share = Math.min(1, (kept - inside) / (within - inside));
    for (let i = 0; i < count; i++) {
      const distance = squared[i]!;
      const part =
        distance < boundary * (1 - TIE_TOLERANCE) ? 1 : distance <= boundary * (1 + TIE_TOLERANCE) ? share : 0;
      shares[i] = (part * weights[i]!) / kept;
    }
  };
};

/** The least squared distance within which, ties included, the weight `kept` lies; `ascending` is scratch. */
export const boundaryDistance = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  kept: number,
  ascending: Float64Array,
): number => {
  ascending.set(squared);
  ascending.fill(Infinity, count);
  ascending.sort();
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const weight = weightWithin(squared, weights, count, ascending[middle]! * (1 + TIE_TOLERANCE), true);
    if (weight >= kept * (1 - WEIGHT_TOLERANCE)) high = middle;
    else low = middle + 1;
  }
  return ascending[low]!;
};

/** The weight of the vectors at a squared distance below `limit`, or also at it. */
const weightWithin = (
  squared: Float64Array,
  weights: ReadonlyVector,
  count: number,
  limit: number,
  inclusive: boolean,
): number => {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (squared[i]! < limit || (inclusive && squared[i] === limit)) sum += weights[i]!;
  }
  return sum;
};
