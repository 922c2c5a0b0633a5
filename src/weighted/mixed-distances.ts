import type { PairwiseDistances } from './aggregator.js';
import { centredProducts } from './centred-products.js';

/**
 * The distances between y_i = Σ_j mixing[i·count + j]·x_j, whose coefficients sum to 1, from those between the x_j:
 * ‖y_i − y_j‖² = Q_ij − (Q_ii + Q_jj)/2 and ‖y_i‖² = Σ_j b_ij·‖x_j‖² − Q_ii/2 with Q = B·D·Bᵀ. Vectors that aren't mixed in
 * don't matter, however far they are. Claims scratch memory for up to `most` vectors; the answer is lent until the next call.
 * O(m³); exact products, where a rule asks for them, O(m³) for each centre, at worst O(d·m²/2).
 */
export const mixedDistances = (most: number) => {
  const half = new Float64Array(most * most);
  const squared = new Float64Array(most * most);
  const squaredNorms = new Float64Array(most);
  const products = mixedProducts(most);
  const result = {
    count: 0,
    weights: squaredNorms as PairwiseDistances['weights'],
    squared,
    squaredNorms,
    product: products.product,
  };
  return (input: PairwiseDistances, mixing: Float64Array): PairwiseDistances => {
    const { count } = input;
    conjugate(mixing, input.squared, count, half, squared);
    for (let i = 0; i < count; i++) {
      let norm = 0;
      for (let j = 0; j < count; j++) norm += mixing[i * count + j]! * input.squaredNorms[j]!;
      squaredNorms[i] = Math.max(0, norm - squared[i * count + i]! / 2);
    }
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) {
        const spread = (squared[i * count + i]! + squared[j * count + j]!) / 2;
        squared[i * count + j] = squared[j * count + i] = Math.max(0, squared[i * count + j]! - spread);
      }
    }
    for (let i = 0; i < count; i++) squared[i * count + i] = 0;
    result.count = count;
    result.weights = input.weights;
    products.forget(input, mixing);
    return result;
  };
};

/** Writes B·S·Bᵀ for a symmetric S to `out`, and B·S to `half`; terms with coefficient 0 aren't looked at. O(m³). */
const conjugate = (
  mixing: Float64Array,
  symmetric: Float64Array,
  count: number,
  half: Float64Array,
  out: Float64Array,
): void => {
  for (let i = 0; i < count; i++) {
    half.fill(0, i * count, (i + 1) * count);
    for (let j = 0; j < count; j++) {
      const share = mixing[i * count + j]!;
      if (share === 0) continue;
      for (let k = 0; k < count; k++) half[i * count + k]! += share * symmetric[j * count + k]!;
    }
  }
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      let sum = 0;
      for (let k = 0; k < count; k++) {
        if (mixing[j * count + k] !== 0) sum += half[i * count + k]! * mixing[j * count + k]!;
      }
      out[i * count + j] = sum;
    }
  }
};

/**
 * ⟨y_i − y_c, y_j − y_c⟩, from the products of the x_j about x_c and the rows' differences from that of y_c, so that what lies
 * near y_c keeps its digits. All of one c are taken when the first is asked for.
 */
const mixedProducts = (most: number) => {
  let centred = -1;
  let input: PairwiseDistances | undefined;
  let mixing = new Float64Array(0) as Float64Array;
  // Few inputs ask for these.
  let gram = new Float64Array(0);
  let rows = gram;
  let half = gram;
  let table = gram;
  const centreAt = (centre: number): void => {
    if (gram.length === 0) [gram, rows, half, table] = [claim(most), claim(most), claim(most), claim(most)];
    const { count } = input!;
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < count; j++) rows[i * count + j] = mixing[i * count + j]! - mixing[centre * count + j]!;
    }
    centredProducts(input!, centre, gram);
    conjugate(rows, gram, count, half, table);
    centred = centre;
  };
  return {
    forget: (next: PairwiseDistances, coefficients: Float64Array): void => {
      centred = -1;
      input = next;
      mixing = coefficients;
    },
    product: (i: number, j: number, centre: number): number => {
      if (centred !== centre) centreAt(centre);
      return table[i * input!.count + j]!;
    },
  };
};

const claim = (most: number) => new Float64Array(most * most);
