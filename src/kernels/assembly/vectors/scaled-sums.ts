// Sums of scaled vectors. `out`, `x`, `y`, `p` and `w` are byte offsets of n numbers each; vectors that overlap must be
// the same vector. Scalars are float64 at the interface and rounded to float32 once in the float32 forms.
import { lanes } from './lanes';

/** out += a·x over n float32 numbers. */
export function addScaled32(out: usize, a: f64, x: usize, n: i32): void {
  sumScaled<f32>(out, out, a, x, n);
}

/** out += a·x over n float64 numbers. */
export function addScaled64(out: usize, a: f64, x: usize, n: i32): void {
  sumScaled<f64>(out, out, a, x, n);
}

/** out = x + a·y over n float32 numbers; `out` may be `x` or `y`. */
export function sumScaled32(out: usize, x: usize, a: f64, y: usize, n: i32): void {
  sumScaled<f32>(out, x, a, y, n);
}

/** out = x + a·y over n float64 numbers; `out` may be `x` or `y`. */
export function sumScaled64(out: usize, x: usize, a: f64, y: usize, n: i32): void {
  sumScaled<f64>(out, x, a, y, n);
}

/** out = a·x over n float32 numbers; `out` may be `x`. */
export function scale32(out: usize, a: f64, x: usize, n: i32): void {
  scale<f32>(out, a, x, n);
}

/** out = a·x over n float64 numbers; `out` may be `x`. */
export function scale64(out: usize, a: f64, x: usize, n: i32): void {
  scale<f64>(out, a, x, n);
}

/** p += share·(w − p) over n float32 numbers; where w = p, p keeps its bits. */
export function moveTowards32(p: usize, w: usize, share: f64, n: i32): void {
  moveTowards<f32>(p, w, share, n);
}

/** p += share·(w − p) over n float64 numbers; where w = p, p keeps its bits. */
export function moveTowards64(p: usize, w: usize, share: f64, n: i32): void {
  moveTowards<f64>(p, w, share, n);
}

function sumScaled<T>(out: usize, x: usize, a: f64, y: usize, n: i32): void {
  const scale = v128.splat<T>(<T>a);
  let k = 0;
  for (; k + 4 * lanes<T>() <= n; k += 4 * lanes<T>()) {
    const v0 = v128.add<T>(v128.load(x), v128.mul<T>(scale, v128.load(y)));
    const v1 = v128.add<T>(v128.load(x, 16), v128.mul<T>(scale, v128.load(y, 16)));
    const v2 = v128.add<T>(v128.load(x, 32), v128.mul<T>(scale, v128.load(y, 32)));
    const v3 = v128.add<T>(v128.load(x, 48), v128.mul<T>(scale, v128.load(y, 48)));
    v128.store(out, v0);
    v128.store(out, v1, 16);
    v128.store(out, v2, 32);
    v128.store(out, v3, 48);
    x += 64;
    y += 64;
    out += 64;
  }
  for (; k < n; k++) {
    store<T>(out, <T>(load<T>(x) + <T>(<T>a * load<T>(y))));
    x += sizeof<T>();
    y += sizeof<T>();
    out += sizeof<T>();
  }
}

function scale<T>(out: usize, a: f64, x: usize, n: i32): void {
  const factor = v128.splat<T>(<T>a);
  let k = 0;
  for (; k + 2 * lanes<T>() <= n; k += 2 * lanes<T>()) {
    const v0 = v128.mul<T>(factor, v128.load(x));
    const v1 = v128.mul<T>(factor, v128.load(x, 16));
    v128.store(out, v0);
    v128.store(out, v1, 16);
    x += 32;
    out += 32;
  }
  for (; k < n; k++) {
    store<T>(out, <T>(<T>a * load<T>(x)));
    x += sizeof<T>();
    out += sizeof<T>();
  }
}

function moveTowards<T>(p: usize, w: usize, share: f64, n: i32): void {
  const step = v128.splat<T>(<T>share);
  let k = 0;
  for (; k + lanes<T>() <= n; k += lanes<T>()) {
    const from = v128.load(p);
    const to = v128.load(w);
    const moved = v128.add<T>(from, v128.mul<T>(step, v128.sub<T>(to, from)));
    // Adding 0 would make −0 to 0, and ∞ − ∞ is NaN.
    v128.store(p, v128.bitselect(from, moved, v128.eq<T>(from, to)));
    p += 16;
    w += 16;
  }
  for (; k < n; k++) {
    const from = load<T>(p);
    const to = load<T>(w);
    if (from != to) store<T>(p, <T>(from + <T>(<T>share * <T>(to - from))));
    p += sizeof<T>();
    w += sizeof<T>();
  }
}
