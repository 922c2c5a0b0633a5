/**
 * Solves M·x = b for a symmetric positive definite M of n rows, row-major with row length n, of which only the lower
 * triangle is read; M is overwritten by its Cholesky factor and b by x. False, with b useless, when a pivot isn't positive.
 * O(n³/6).
 */
export const choleskySolve = (matrix: Float64Array, b: Float64Array, n: number): boolean => {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (j < i) {
        matrix[i * n + j] = rest / matrix[j * n + j]!;
      } else {
        if (!(rest > 0)) return false;
        matrix[i * n + i] = Math.sqrt(rest);
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i]! -= matrix[i * n + k]! * b[k]!;
    b[i]! /= matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= matrix[k * n + i]! * b[k]!;
    b[i]! /= matrix[i * n + i]!;
  }
  return true;
};
