/** Eigenvalues this close to the largest, relatively, are equal to it. */
const TIE_TOLERANCE = 1e-9;

/** Off-diagonal numbers this small, relative to their neighbours on the diagonal, are 0. */
const NEGLIGIBLE = Number.EPSILON / 2;

/**
 * The largest eigenvalue of a symmetric positive semidefinite matrix of n rows, row-major with row length n, which is
 * overwritten. Writes to `squares` how much of each coordinate's unit vector lies in its eigenspace, squared: v_i² for the unit
 * eigenvector v, or Σv_i² over an orthonormal basis where several eigenvalues are equally large, so that nothing depends on
 * the choice of one. A matrix of zeros has 0, and `squares` of 1.
 */
export type TopEigenspace = (matrix: Float64Array, n: number, squares: Float64Array) => number;

/**
 * Claims scratch memory for up to `most` rows. Householder's reduction to three diagonals, then QR steps with Wilkinson's shift:
 * all eigenvalues to rounding, from no random start. Golub & Van Loan 2013, algorithms 8.3.1 to 8.3.3. O(13·n³/3).
 */
export const topEigenspace = (most: number): TopEigenspace => {
  const diagonal = new Float64Array(most);
  const beside = new Float64Array(most);
  const vectors = new Float64Array(most * most);
  const scratch = new Float64Array(most);
  return (matrix, n, squares) => {
    const trace = normalize(matrix, n);
    if (!(trace > 0)) {
      squares.fill(1, 0, n);
      return 0;
    }
    tridiagonalize(matrix, n, diagonal, beside, scratch);
    diagonalize(diagonal, beside, n, vectors);
    let top = 0;
    for (let i = 0; i < n; i++) top = Math.max(top, diagonal[i]!);
    squares.fill(0, 0, n);
    for (let i = 0; i < n; i++) {
      if (diagonal[i]! < top * (1 - TIE_TOLERANCE)) continue;
      for (let j = 0; j < n; j++) scratch[j] = vectors[i * n + j]!;
      reflectBack(matrix, n, scratch);
      for (let j = 0; j < n; j++) squares[j]! += scratch[j]! * scratch[j]!;
    }
    return top * trace;
  };
};

/** Divides a matrix by its trace, which is returned; its squares then neither overflow nor vanish. */
const normalize = (matrix: Float64Array, n: number): number => {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i]!;
  if (trace > 0) for (let i = 0; i < n * n; i++) matrix[i]! /= trace;
  return trace;
};

/**
 * Writes the diagonal and what is beside it of the tridiagonal matrix T with A = Q·T·Qᵀ. Q is a product of reflections,
 * whose axes are left in the rows of A right of its diagonal; one that is 0 reflects nothing.
 */
const tridiagonalize = (
  a: Float64Array,
  n: number,
  diagonal: Float64Array,
  beside: Float64Array,
  change: Float64Array,
): void => {
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k]!;
    if (k === n - 1) break;
    const row = k * n;
    let squared = 0;
    for (let j = k + 1; j < n; j++) squared += a[row + j]! * a[row + j]!;
    const first = a[row + k + 1]!;
    const length = first > 0 ? -Math.sqrt(squared) : Math.sqrt(squared);
    beside[k] = length;
    // The axis x − length·e has the squared length 2·length·(length − x_1).
    const half = length * (length - first);
    if (!(half > 0)) {
      a.fill(0, row + k + 1, row + n);
      continue;
    }
    a[row + k + 1] = first - length;
    const scale = 1 / Math.sqrt(2 * half);
    for (let j = k + 1; j < n; j++) a[row + j]! *= scale;
    reflectBlock(a, n, k, change);
  }
};

/** Replaces the block B below and right of k by H·B·H, H = I − 2·v·vᵀ with the unit vector v in row k. */
const reflectBlock = (a: Float64Array, n: number, k: number, change: Float64Array): void => {
  const v = k * n;
  let along = 0;
  for (let i = k + 1; i < n; i++) {
    let sum = 0;
    for (let j = k + 1; j < n; j++) sum += a[i * n + j]! * a[v + j]!;
    change[i] = 2 * sum;
    along += sum * a[v + i]!;
  }
  for (let i = k + 1; i < n; i++) change[i]! -= 2 * along * a[v + i]!;
  for (let i = k + 1; i < n; i++) {
    const axis = a[v + i]!;
    const by = change[i]!;
    for (let j = k + 1; j < n; j++) a[i * n + j]! -= axis * change[j]! + by * a[v + j]!;
  }
};

/** Applies Q to a vector. */
const reflectBack = (a: Float64Array, n: number, x: Float64Array): void => {
  for (let k = n - 2; k >= 0; k--) {
    let along = 0;
    for (let j = k + 1; j < n; j++) along += a[k * n + j]! * x[j]!;
    for (let j = k + 1; j < n; j++) x[j]! -= 2 * along * a[k * n + j]!;
  }
};

/** Turns a tridiagonal matrix into the diagonal one of its eigenvalues, and writes their unit eigenvectors to rows of `vectors`. */
const diagonalize = (diagonal: Float64Array, beside: Float64Array, n: number, vectors: Float64Array): void => {
  vectors.fill(0, 0, n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  let last = n - 1;
  while (last > 0) {
    if (isNegligible(diagonal, beside, last - 1)) {
      last--;
      continue;
    }
    let first = last - 1;
    while (first > 0 && !isNegligible(diagonal, beside, first - 1)) first--;
    stepDown(diagonal, beside, first, last, vectors, n);
  }
};

const isNegligible = (diagonal: Float64Array, beside: Float64Array, k: number): boolean =>
  Math.abs(beside[k]!) <= NEGLIGIBLE * (Math.abs(diagonal[k]!) + Math.abs(diagonal[k + 1]!)) + Number.MIN_VALUE;

/** One implicit QR step on the rows from `first` to `last`, by rotations of neighbouring rows and columns. */
const stepDown = (
  diagonal: Float64Array,
  beside: Float64Array,
  first: number,
  last: number,
  vectors: Float64Array,
  n: number,
): void => {
  const corner = beside[last - 1]!;
  const apart = (diagonal[last - 1]! - diagonal[last]!) / 2;
  const root = Math.sqrt(apart * apart + corner * corner);
  const shift = diagonal[last]! - (corner * corner) / (apart + (apart < 0 ? -root : root));
  let x = diagonal[first]! - shift;
  let z = beside[first]!;
  for (let k = first; k < last; k++) {
    const r = Math.sqrt(x * x + z * z);
    const c = r > 0 ? x / r : 1;
    const s = r > 0 ? z / r : 0;
    if (k > first) beside[k - 1] = r;
    const upper = diagonal[k]!;
    const side = beside[k]!;
    const lower = diagonal[k + 1]!;
    diagonal[k] = c * c * upper + 2 * c * s * side + s * s * lower;
    diagonal[k + 1] = s * s * upper - 2 * c * s * side + c * c * lower;
    beside[k] = c * s * (lower - upper) + (c * c - s * s) * side;
    if (k < last - 1) {
      x = beside[k]!;
      z = s * beside[k + 1]!;
      beside[k + 1]! *= c;
    }
    for (let j = 0; j < n; j++) {
      const above = vectors[k * n + j]!;
      const below = vectors[(k + 1) * n + j]!;
      vectors[k * n + j] = c * above + s * below;
      vectors[(k + 1) * n + j] = c * below - s * above;
    }
  }
};
