/**
 * Lists the windows of `rows` pooled images through which a gradient reaches filter `filter`: where the patch of input
 * under the winner begins (`offsets`), and the gradient (`coefficients`). Returns how many there are, at most
 * rows · pooledHeight · pooledWidth.
 * `gradients` and `winners` are [rows][pooledHeight][pooledWidth][filters], as `reluMaxPool` leaves them; the input is
 * [rows][height][width][channels].
 */
export const gatherFilterWinners = (
  gradients: Float32Array,
  winners: Int8Array,
  rows: number,
  pooledHeight: number,
  pooledWidth: number,
  filters: number,
  filter: number,
  height: number,
  width: number,
  channels: number,
  offsets: Int32Array,
  coefficients: Float32Array,
): number => {
  let count = 0;
  let from = filter;
  for (let row = 0; row < rows; row++) {
    for (let y = 0; y < pooledHeight; y++) {
      const line = row * height + 2 * y;
      for (let x = 0; x < pooledWidth; x++) {
        const winner = winners[from]!;
        const gradient = gradients[from]!;
        from += filters;
        if (winner < 0 || gradient === 0) continue;
        offsets[count] = ((line + (winner >> 1)) * width + 2 * x + (winner & 1)) * channels;
        coefficients[count] = gradient;
        count++;
      }
    }
  }
  return count;
};
