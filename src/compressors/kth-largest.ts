import type { Vector } from '../kernels/vector.js';

/**
 * The k-th largest (k = 1, 2, …) of numbers none of which is NaN, which are left in another order. O(n) on average.
 * Hoare, "Algorithm 65: FIND", CACM 1961, with the median of three as pivot.
 */
export const kthLargest = (numbers: Vector, k: number): number => {
  const target = k - 1;
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const pivot = medianOfThree(numbers[low]!, numbers[(low + high) >>> 1]!, numbers[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (numbers[i]! > pivot) i += 1;
      while (numbers[j]! < pivot) j -= 1;
      if (i > j) break;
      const held = numbers[i]!;
      numbers[i] = numbers[j]!;
      numbers[j] = held;
      i += 1;
      j -= 1;
    }
    if (target <= j) high = j;
    else if (target >= i) low = i;
    else break;
  }
  return numbers[target]!;
};

const medianOfThree = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
