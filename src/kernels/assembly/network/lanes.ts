/** The `count` numbers at `p`, from 1 to 4 of them, with zeros after; nothing beyond them is read. */
export function loadLanes(p: usize, count: usize): v128 {
  if (count >= 4) return v128.load(p);
  if (count == 1) return v128.load32_zero(p);
  const pair = v128.load64_zero(p);
  return count == 2 ? pair : v128.load32_lane(p + 8, pair, 2);
}

/** Writes the first `count` numbers of `values`, from 1 to 4 of them, to `p`, and nothing beyond. */
export function storeLanes(p: usize, values: v128, count: usize): void {
  if (count >= 4) {
    v128.store(p, values);
  } else if (count == 1) {
    v128.store32_lane(p, values, 0);
  } else {
    v128.store64_lane(p, values, 0);
    if (count == 3) v128.store32_lane(p + 8, values, 2);
  }
}

/** The sum of four numbers, in pairs. */
@inline
export function sumLanes(values: v128): f32 {
  const pairs = f32x4.add(values, i32x4.shuffle(values, values, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The sums of four numbers each, in pairs. */
@inline
export function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 1, 4, 5), i32x4.shuffle(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 1, 4, 5), i32x4.shuffle(c, d, 2, 3, 6, 7));
  return f32x4.add(i32x4.shuffle(ab, cd, 0, 2, 4, 6), i32x4.shuffle(ab, cd, 1, 3, 5, 7));
}
