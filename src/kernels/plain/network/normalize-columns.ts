/**
 * For a matrix of `rows` x `columns`: writes the columns' means and after them their biased variances to `moments`, and each
 * column brought to mean 0 and variance 1 (`normalized`), its deviation taken as √(variance + epsilon).
 */
export const normalizeColumns = (
  rows: number,
  columns: number,
  matrix: Float32Array,
  epsilon: number,
  moments: Float64Array,
  normalized: Float32Array,
): void => {
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += matrix[i * columns + j]!;
    const mean = sum / rows;
    let squares = 0;
    for (let i = 0; i < rows; i++) {
      const difference = matrix[i * columns + j]! - mean;
      squares += difference * difference;
    }
    const variance = squares / rows;
    const scale = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < rows; i++) normalized[i * columns + j] = (matrix[i * columns + j]! - mean) * scale;
    moments[j] = mean;
    moments[columns + j] = variance;
  }
};
