import test from 'ava';
import { gatherCornerWinners } from '../../../../src/kernels/plain/network/gather-corner-winners.js';
import { gatherFilterWinners } from '../../../../src/kernels/plain/network/gather-filter-winners.js';
import { reluMaxPool } from '../../../../src/kernels/plain/network/relu-max-pool.js';

/** One image of 2 x 5 sums of two filters: two windows, and a column too many. */
const pooled = () => {
  // prettier-ignore
  const sums = Float32Array.of(
    1, -1,  2, -2,   7, -9,  7, -9,   99, 99,
    3, -3,  0, -4,   5, -9,  6,  4,   99, 99,
  );
  const output = new Float32Array(5).fill(-7);
  const winners = new Int8Array(5).fill(-7);
  reluMaxPool(sums, 2, 5, 2, Float32Array.of(0.5, 0.5), 0, output, winners, 1);
  return { output, winners };
};

test('reluMaxPool keeps the largest of each window plus the bias, and says which corner it was', (t) => {
  const { output, winners } = pooled();
  t.deepEqual(Array.from(output), [-7, 3.5, 0, 7.5, 4.5]);
  // The second filter's first window is closed by the rectifier; of equals, the first corner wins.
  t.deepEqual(Array.from(winners), [-7, 2, -1, 0, 3]);
});

test('gatherFilterWinners lists the patches under a filter’s winners, but for gradients of 0', (t) => {
  const { winners } = pooled();
  const offsets = new Int32Array(2);
  const coefficients = new Float32Array(2);
  const gather = (gradients: readonly number[], filter: number) => {
    const gradient = Float32Array.from(gradients);
    // The input is 4 x 7 with 3 channels: filters of 3 x 3.
    const count = gatherFilterWinners(gradient, winners.slice(1), 1, 1, 2, 2, filter, 4, 7, 3, offsets, coefficients);
    return {
      offsets: Array.from(offsets.subarray(0, count)),
      coefficients: Array.from(coefficients.subarray(0, count)),
    };
  };
  t.deepEqual(gather([10, 20, 30, 40], 0), { offsets: [7 * 3, 2 * 3], coefficients: [10, 30] });
  t.deepEqual(gather([10, 20, 30, 40], 1), { offsets: [(7 + 3) * 3], coefficients: [40] });
  t.deepEqual(gather([10, 20, 0, 40], 0), { offsets: [7 * 3], coefficients: [10] });
});

test('gatherCornerWinners lists the filters that won with a corner, but for gradients of 0', (t) => {
  const winners = Int8Array.of(9, 2, -1, 2, 0, 2);
  const gradients = Float32Array.of(9, 1, 2, 3, 4, 0);
  const offsets = new Int32Array(5);
  const coefficients = new Float32Array(5);
  const count = gatherCornerWinners(gradients, winners, 1, 5, 2, 100, 10, offsets, coefficients);
  t.is(count, 2);
  t.deepEqual(Array.from(offsets.subarray(0, 2)), [100, 120]);
  t.deepEqual(Array.from(coefficients.subarray(0, 2)), [1, 3]);
  t.is(gatherCornerWinners(gradients, winners, 1, 5, 3, 100, 10, offsets, coefficients), 0);
});
