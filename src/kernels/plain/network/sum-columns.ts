/** out[outOffset + j] = Σ_i matrix[i][j] for a matrix of `rows` x `columns`, summed in float64 from the first row on. */
export const sumColumns = (
  rows: number,
  columns: number,
  matrix: Float32Array,
  out: Float32Array,
  outOffset: number,
): void => {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += matrix[i * columns + j]!;
    out[outOffset + j] = sum;
  }
};
