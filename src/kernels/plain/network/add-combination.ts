/**
 * out[outOffset + s·outSegment + k] += Σ_{j < count} coefficients[j] · source[offsets[j] + s·sourceSegment + k]
 * for s < segments and k < length: a linear combination of patches, added to a patch.
 * Four at a time, each four summed in float64 and in order, so that a number is loaded and stored once for four products.
 */
export const addCombination = (
  count: number,
  offsets: Int32Array,
  coefficients: Float32Array,
  segments: number,
  length: number,
  source: Float32Array,
  sourceSegment: number,
  out: Float32Array,
  outOffset: number,
  outSegment: number,
): void => {
  for (let s = 0; s < segments; s++) {
    const from = s * sourceSegment;
    const to = outOffset + s * outSegment;
    let j = 0;
    for (; j + 4 <= count; j += 4) {
      const p0 = offsets[j]! + from;
      const p1 = offsets[j + 1]! + from;
      const p2 = offsets[j + 2]! + from;
      const p3 = offsets[j + 3]! + from;
      const c0 = coefficients[j]!;
      const c1 = coefficients[j + 1]!;
      const c2 = coefficients[j + 2]!;
      const c3 = coefficients[j + 3]!;
      for (let k = 0; k < length; k++) {
        out[to + k]! += c0 * source[p0 + k]! + c1 * source[p1 + k]! + c2 * source[p2 + k]! + c3 * source[p3 + k]!;
      }
    }
    for (; j < count; j++) {
      const p0 = offsets[j]! + from;
      const c0 = coefficients[j]!;
      for (let k = 0; k < length; k++) out[to + k]! += c0 * source[p0 + k]!;
    }
  }
};
