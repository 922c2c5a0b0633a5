/** A sum that keeps what rounding loses. */
export interface CompensatedSum {
  add(term: number): void;
  total(): number;
}

/** A sum of float64 numbers to about the last place, whatever their order (Neumaier 1974). */
export const compensatedSum = (): CompensatedSum => {
  let sum = 0;
  let carry = 0;
  return {
    add(term) {
      const after = sum + term;
      carry += Math.abs(sum) >= Math.abs(term) ? sum - after + term : term - after + sum;
      sum = after;
    },
    total: () => sum + carry,
  };
};
