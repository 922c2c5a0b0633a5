/**
 * Lists the filters that won a pooling window with its corner `corner`: where their weights begin (`offsets`, from
 * `filtersOffset` on, `patch` apart), and the gradient that reaches them (`coefficients`). Returns how many there are, at
 * most `filters`. `gradients` and `winners` hold the window's filters from `offset` on.
 */
export const gatherCornerWinners = (
  gradients: Float32Array,
  winners: Int8Array,
  offset: number,
  filters: number,
  corner: number,
  filtersOffset: number,
  patch: number,
  offsets: Int32Array,
  coefficients: Float32Array,
): number => {
  let count = 0;
  for (let n = 0; n < filters; n++) {
    if (winners[offset + n] !== corner) continue;
    const gradient = gradients[offset + n]!;
    if (gradient === 0) continue;
    offsets[count] = filtersOffset + n * patch;
    coefficients[count] = gradient;
    count++;
  }
  return count;
};
