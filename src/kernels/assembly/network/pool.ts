import { storeLanes } from './lanes';

/**
 * The largest of a pooling window's four sums for each of 4 filters, plus `biases`, behind the rectifier: writes the first
 * `count` of them to `output`, and to `winners` (int8) which corner of the window each is (0 and 1 above, 2 and 3 below, the
 * first of equals), or −1 where the rectifier is closed.
 */
@inline
export function poolWindow(
  aboveLeft: v128,
  aboveRight: v128,
  belowLeft: v128,
  belowRight: v128,
  biases: v128,
  output: usize,
  winners: usize,
  count: usize,
): void {
  // A NaN in the first corner stays, one elsewhere loses; a later corner's number is above those before it.
  let winner = v128.and(f32x4.gt(aboveRight, aboveLeft), i32x4.splat(1));
  let largest = f32x4.pmax(aboveLeft, aboveRight);
  winner = i32x4.max_s(winner, v128.and(f32x4.gt(belowLeft, largest), i32x4.splat(2)));
  largest = f32x4.pmax(largest, belowLeft);
  winner = i32x4.max_s(winner, v128.and(f32x4.gt(belowRight, largest), i32x4.splat(3)));
  largest = f32x4.pmax(largest, belowRight);
  largest = f32x4.add(largest, biases);
  // Not "greater than 0": NaN passes, so that a diverged model shows.
  const closed = f32x4.le(largest, f32x4.splat(0));
  largest = v128.andnot(largest, closed);
  winner = v128.or(winner, closed);
  const narrow = i16x8.narrow_i32x4_s(winner, winner);
  const bytes = i8x16.narrow_i16x8_s(narrow, narrow);
  if (count >= 4) {
    v128.store(output, largest);
    v128.store32_lane(winners, bytes, 0);
  } else {
    storeLanes(output, largest, count);
    store<i8>(winners, <i8>i8x16.extract_lane_s(bytes, 0));
    if (count > 1) store<i8>(winners + 1, <i8>i8x16.extract_lane_s(bytes, 1));
    if (count > 2) store<i8>(winners + 2, <i8>i8x16.extract_lane_s(bytes, 2));
  }
}
