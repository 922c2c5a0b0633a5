/** matrix[i][j] += vector[offset + j] for a matrix of `rows` x `columns`. */
export const addToRows = (
  rows: number,
  columns: number,
  vector: Float32Array,
  offset: number,
  matrix: Float32Array,
): void => {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) matrix[i * columns + j]! += vector[offset + j]!;
  }
};
