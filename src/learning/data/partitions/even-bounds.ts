/** Where `parts` parts of `total` rows begin, and where the last ends: sizes differ by one at most. */
export const evenBounds = (total: number, parts: number): Int32Array =>
  Int32Array.from({ length: parts + 1 }, (_, part) => Math.floor((part * total) / parts));
