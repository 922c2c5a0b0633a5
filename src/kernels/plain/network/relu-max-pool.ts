/**
 * Rectifier and 2 x 2 max pooling of one image of convolution sums [height][width][filters]: writes max(0, largest of the
 * window + bias) to output[outputOffset ..), laid out [⌊height/2⌋][⌊width/2⌋][filters], and at the same place of `winners`
 * which of the window's corners it was (0 and 1 above, 2 and 3 below, the first of equals), or −1 where the rectifier is
 * closed. An odd last row or column is left out.
 */
export const reluMaxPool = (
  sums: Float32Array,
  height: number,
  width: number,
  filters: number,
  parameters: Float32Array,
  biasOffset: number,
  output: Float32Array,
  winners: Int8Array,
  outputOffset: number,
): void => {
  const below = width * filters;
  let to = outputOffset;
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const corner = (y * width + x) * filters;
      for (let n = 0; n < filters; n++) {
        const from = corner + n;
        let largest = sums[from]!;
        let winner = 0;
        const right = sums[from + filters]!;
        if (right > largest) {
          largest = right;
          winner = 1;
        }
        const down = sums[from + below]!;
        if (down > largest) {
          largest = down;
          winner = 2;
        }
        const across = sums[from + below + filters]!;
        if (across > largest) {
          largest = across;
          winner = 3;
        }
        largest += parameters[biasOffset + n]!;
        const closed = largest <= 0;
        output[to] = closed ? 0 : largest;
        winners[to] = closed ? -1 : winner;
        to++;
      }
    }
  }
};
