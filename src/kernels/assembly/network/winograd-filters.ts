import { transformFilter } from './winograd-transforms';

/** Bytes that `packWinogradFilters` writes. */
export function packedWinogradBytes(filters: usize, channels: usize): usize {
  return 4 * ((filters + 3) & ~3) * (64 * channels + 1);
}

/**
 * Packs filters [filters][5][5][channels] and their biases for `convolveAndPoolWinograd`: biases first, then panels of 8
 * filters transformed, [64 points][channels][8] (the last of 4 if no more are left), zeros where there is no filter.
 * Transformed in float64 and rounded once.
 */
export function packWinogradFilters(
  filters: usize,
  channels: usize,
  weights: usize,
  biases: usize,
  packed: usize,
  scratch: usize,
): void {
  const padded = (filters + 3) & ~3;
  memory.fill(packed, 0, packedWinogradBytes(filters, channels));
  memory.copy(packed, biases, 4 * filters);
  packed += 4 * padded;
  const taps = scratch;
  const columns = scratch + 25 * 16;
  const points = columns + 40 * 16;
  for (let n: usize = 0; n < filters; n++) {
    const panel = n & ~7;
    const width = min<usize>(8, padded - panel);
    const to: usize = packed + 4 * (panel * 64 * channels + n - panel);
    const step: usize = 4 * width * channels;
    for (let c: usize = 0; c < channels; c += 2) {
      const isPair = c + 1 < channels;
      const from = weights + 4 * (n * 25 * channels + c);
      for (let k: usize = 0; k < 25; k++) {
        const tap = from + 4 * k * channels;
        const values = isPair ? v128.load64_zero(tap) : v128.load32_zero(tap);
        v128.store(taps + 16 * k, f64x2.promote_low_f32x4(values));
      }
      for (let x: usize = 0; x < 5; x++) transformFilter(taps + 16 * x, 5 * 16, columns + 16 * x, 5 * 16);
      for (let i: usize = 0; i < 8; i++) {
        transformFilter(columns + 80 * i, 16, points, 16);
        let at = to + 8 * i * step + 4 * width * c;
        for (let j: usize = 0; j < 8; j++) {
          const values = f32x4.demote_f64x2_zero(v128.load(points + 16 * j));
          v128.store32_lane(at, values, 0);
          if (isPair) v128.store32_lane(at + 4 * width, values, 1);
          at += step;
        }
      }
    }
  }
}
