// The transforms of F(4 x 4, 5 x 5) in one dimension, at the points 0, 1, −1, 2, −2, ½, −½ and ∞, four numbers at a time:
// convolution of 5 with 8 numbers to 4 as Aᵀ[(G·g) ⊙ (Bᵀ·d)]. Winograd 1980; Lavin & Gray 2016.
// Even and odd parts are shared by the points that differ in sign; factors are exact but for those of G.

@inline
function times(factor: f32, values: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), values);
}

/** Bᵀ·d: from 8 numbers `fromStep` bytes apart to 8 `toStep` apart. */
@inline
export function transformInput(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const d0 = v128.load(from);
  const d1 = v128.load(from + fromStep);
  const d2 = v128.load(from + 2 * fromStep);
  const d3 = v128.load(from + 3 * fromStep);
  const d4 = v128.load(from + 4 * fromStep);
  const d5 = v128.load(from + 5 * fromStep);
  const d6 = v128.load(from + 6 * fromStep);
  const d7 = v128.load(from + 7 * fromStep);
  v128.store(to, f32x4.add(f32x4.sub(d0, d6), times(5.25, f32x4.sub(d4, d2))));
  let even = f32x4.sub(f32x4.add(d2, d6), times(4.25, d4));
  let odd = f32x4.sub(f32x4.add(d1, d5), times(4.25, d3));
  v128.store(to + toStep, f32x4.add(even, odd));
  v128.store(to + 2 * toStep, f32x4.sub(even, odd));
  even = f32x4.sub(f32x4.add(d6, times(0.25, d2)), times(1.25, d4));
  odd = f32x4.sub(f32x4.add(times(0.5, d1), times(2, d5)), times(2.5, d3));
  v128.store(to + 3 * toStep, f32x4.add(even, odd));
  v128.store(to + 4 * toStep, f32x4.sub(even, odd));
  even = f32x4.sub(f32x4.add(d6, times(4, d2)), times(5, d4));
  odd = f32x4.sub(f32x4.add(times(2, d1), times(0.5, d5)), times(2.5, d3));
  v128.store(to + 5 * toStep, f32x4.add(even, odd));
  v128.store(to + 6 * toStep, f32x4.sub(even, odd));
  v128.store(to + 7 * toStep, f32x4.add(f32x4.sub(d7, d1), times(5.25, f32x4.sub(d3, d5))));
}

/** Aᵀ·m: from 8 numbers `fromStep` bytes apart to 4 `toStep` apart. */
@inline
export function transformOutput(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const m1 = v128.load(from + fromStep);
  const m2 = v128.load(from + 2 * fromStep);
  const even1 = f32x4.add(m1, m2);
  const odd1 = f32x4.sub(m1, m2);
  const m3 = v128.load(from + 3 * fromStep);
  const m4 = v128.load(from + 4 * fromStep);
  const even2 = f32x4.add(m3, m4);
  const odd2 = f32x4.sub(m3, m4);
  const m5 = v128.load(from + 5 * fromStep);
  const m6 = v128.load(from + 6 * fromStep);
  const even3 = f32x4.add(m5, m6);
  const odd3 = f32x4.sub(m5, m6);
  v128.store(to, f32x4.add(f32x4.add(v128.load(from), even1), f32x4.add(even2, even3)));
  v128.store(to + toStep, f32x4.add(odd1, f32x4.add(times(2, odd2), times(0.5, odd3))));
  v128.store(to + 2 * toStep, f32x4.add(even1, f32x4.add(times(4, even2), times(0.25, even3))));
  const last = f32x4.add(odd1, v128.load(from + 7 * fromStep));
  v128.store(to + 3 * toStep, f32x4.add(last, f32x4.add(times(8, odd2), times(0.125, odd3))));
}

/** G·g in float64: from 5 pairs of numbers `fromStep` bytes apart to 8 `toStep` apart. */
@inline
export function transformFilter(from: usize, fromStep: usize, to: usize, toStep: usize): void {
  const g0 = v128.load(from);
  const g1 = v128.load(from + fromStep);
  const g2 = v128.load(from + 2 * fromStep);
  const g3 = v128.load(from + 3 * fromStep);
  const g4 = v128.load(from + 4 * fromStep);
  v128.store(to, g0);
  storeSigns(f64x2.add(f64x2.add(g0, g2), g4), f64x2.add(g1, g3), -2.0 / 9.0, to + toStep, toStep);
  let even = f64x2.add(g0, f64x2.add(times64(4, g2), times64(16, g4)));
  let odd = f64x2.add(times64(2, g1), times64(8, g3));
  storeSigns(even, odd, 1.0 / 90.0, to + 3 * toStep, toStep);
  even = f64x2.add(g0, f64x2.add(times64(0.25, g2), times64(0.0625, g4)));
  odd = f64x2.add(times64(0.5, g1), times64(0.125, g3));
  storeSigns(even, odd, 32.0 / 45.0, to + 5 * toStep, toStep);
  v128.store(to + 7 * toStep, g4);
}

@inline
function times64(factor: f64, values: v128): v128 {
  return f64x2.mul(f64x2.splat(factor), values);
}

/** factor·(even + odd) and factor·(even − odd). */
@inline
function storeSigns(even: v128, odd: v128, factor: f64, to: usize, toStep: usize): void {
  v128.store(to, times64(factor, f64x2.add(even, odd)));
  v128.store(to + toStep, times64(factor, f64x2.sub(even, odd)));
}
