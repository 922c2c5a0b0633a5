/** Ranges up to this many values are sorted outright. */
export const SMALL = 8;

/** Sorts values[low..high] ascending, along with what they weigh. O(m·log m), expected; for few values O(m²/4). */
export const sortColumn = (values: Float64Array, shares: Float64Array, low: number, high: number): void => {
  while (high - low >= SMALL) {
    const pivot = medianOfThree(values[low]!, values[(low + high) >> 1]!, values[high]!);
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left]! < pivot) left++;
      while (values[right]! > pivot) right--;
      if (left <= right) swapBoth(values, shares, left++, right--);
    }
    // The shorter part first, so that the parts waiting are few.
    if (right - low < high - left) {
      sortColumn(values, shares, low, right);
      low = left;
    } else {
      sortColumn(values, shares, left, high);
      high = right;
    }
  }
  insertionSort(values, shares, low, high);
};

/** The middle one of three values. */
export const medianOfThree = (a: number, b: number, c: number): number =>
  a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;

/** Exchanges two values along with what they weigh. */
export const swapBoth = (values: Float64Array, shares: Float64Array, i: number, j: number): void => {
  const value = values[i]!;
  values[i] = values[j]!;
  values[j] = value;
  const share = shares[i]!;
  shares[i] = shares[j]!;
  shares[j] = share;
};

/** Sorts values[low..high] ascending, along with what they weigh. O(m²/4). */
export const insertionSort = (values: Float64Array, shares: Float64Array, low: number, high: number): void => {
  for (let i = low + 1; i <= high; i++) {
    const value = values[i]!;
    const share = shares[i]!;
    let j = i;
    for (; j > low && values[j - 1]! > value; j--) {
      values[j] = values[j - 1]!;
      shares[j] = shares[j - 1]!;
    }
    values[j] = value;
    shares[j] = share;
  }
};
