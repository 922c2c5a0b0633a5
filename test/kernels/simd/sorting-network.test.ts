import test from 'ava';
import { oddEvenMergeSort, pruned } from '../../../src/kernels/simd/sorting-network.js';

/** Runs comparators on zeros and ones, bit i of `bits` being entry i. */
const run = (network: readonly (readonly [number, number])[], bits: number): number =>
  network.reduce((held, [i, j]) => ((held >> i) & 1 && !((held >> j) & 1) ? held ^ (1 << i) ^ (1 << j) : held), bits);

const ones = (bits: number): number => bits.toString(2).replaceAll('0', '').length;

/** `bits` sorted: its ones in the highest places. */
const sorted = (bits: number, count: number): number => ((1 << ones(bits)) - 1) << (count - ones(bits));

// A network that sorts all zeros and ones sorts everything (Knuth 5.3.4, theorem Z).
for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 12, 13])
  test(`the network for ${count} entries sorts all zeros and ones`, (t) => {
    const network = oddEvenMergeSort(count);
    for (let bits = 0; bits < 1 << count; bits++)
      if (run(network, bits) !== sorted(bits, count)) t.fail(`entries ${bits.toString(2)}`);
    t.true(network.every(([i, j]) => 0 <= i && i < j && j < count));
  });

for (const [count, from, to] of [
  [5, 2, 3],
  [8, 3, 5],
  [9, 2, 7],
  [12, 5, 7],
  [7, 0, 7],
] as const)
  test(`the pruned network for ${count} entries parts ${from} to ${to - 1} from the others`, (t) => {
    const whole = oddEvenMergeSort(count);
    const network = pruned(whole, count, from, to);
    t.true(network.length <= whole.length);
    const within = (bits: number): number => ones((bits >> from) & ((1 << (to - from)) - 1));
    const below = (bits: number): number => ones(bits & ((1 << from) - 1));
    for (let bits = 0; bits < 1 << count; bits++) {
      const [got, expected] = [run(network, bits), sorted(bits, count)];
      if (within(got) !== within(expected) || below(got) !== below(expected)) t.fail(`entries ${bits.toString(2)}`);
    }
  });

test('17 entries take fewer comparators for their median than for all of their order', (t) => {
  const whole = oddEvenMergeSort(17);
  t.true(pruned(whole, 17, 8, 9).length < whole.length);
});
