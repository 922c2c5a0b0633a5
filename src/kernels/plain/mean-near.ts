/** A part of a value's weight this small, relative to the total, is rounding: the value isn't looked at. */
export const WEIGHT_TOLERANCE = 1e-12;

/**
 * The mean of the weight `kept` nearest to `centre` along ascending values; of two that are equally far, relatively to
 * `tie`, the smaller first. What is no heavier than `slack` isn't looked at.
 */
export const meanNear = (
  values: Float64Array,
  shares: Float64Array,
  count: number,
  centre: number,
  kept: number,
  slack: number,
  tie: number,
): number => {
  let right = 0;
  while (right < count && values[right]! < centre) right++;
  let left = right - 1;
  let rest = kept;
  let sum = 0;
  while (rest > slack && (left >= 0 || right < count)) {
    const down = left >= 0 && (right === count || centre - values[left]! <= (values[right]! - centre) * (1 + tie));
    const i = down ? left-- : right++;
    const weight = Math.min(shares[i]!, rest);
    sum += weight * values[i]!;
    rest -= weight;
  }
  return sum / (kept - rest);
};
