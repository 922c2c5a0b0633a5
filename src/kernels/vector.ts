/** float32 for networks, float64 for convex objectives. */
export type Vector = Float32Array | Float64Array;

/** A vector that is lent: read it, never write it, never keep it. */
export type ReadonlyVector = Readonly<ArrayLike<number>>;

/** In how many bits the numbers of a run’s vectors are kept; the objective decides. */
export type Precision = 'float32' | 'float64';

/** Bytes of a number. */
export const bytesOf = (precision: Precision): 4 | 8 => (precision === 'float32' ? 4 : 8);

/** A new vector of `dimension` zeros. */
export const newVector = (precision: Precision, dimension: number): Vector =>
  precision === 'float32' ? new Float32Array(dimension) : new Float64Array(dimension);
