// Squared distances of all pairs of rows.
//
// Common arguments: `rows` is a list of `count` u32 byte offsets of rows of n numbers, `count` 1 or more; `out` the
// byte offset of count·count float64 numbers, row-major, symmetric, zeros on the diagonal; `scratch` the byte offset of
// (count + 4)·(4·(count + 4) + 4096) bytes.
import { loadWide, row } from './lanes';
import { addTiles, WIDTH } from './pair-tiles';
import { squaredDistance32 } from './squared-distance';

/** Blocks that are copied at a time, so that each row is read in longer streams. */
const BLOCKS: i32 = 8;

/** Below this share of the squared lengths' sum, a distance by products has lost too many digits. */
const LOSS: f64 = 1 / 64;

/** ‖x_i − x_j‖² of float32 rows, subtracted, squared and summed in float64. */
export function pairwiseDistances32(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseDistances<f32>(rows, count, n, out, scratch);
}

/** ‖x_i − x_j‖² of float64 rows. */
export function pairwiseDistances64(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  pairwiseDistances<f64>(rows, count, n, out, scratch);
}

@inline
function pairwiseDistances<T>(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  memory.fill(out, 0, (<usize>count * <usize>count) << 3);
  if (count < 2) return;
  layOut<f64>(addBlocks<T, f64>(rows, 0, count, n, scratch), count, out, count);
  mirror(out, count);
}

/**
 * ‖x_i − x_j‖² of float32 rows by scalar products of y_i = x_i − x_0, ‖y_i‖² + ‖y_j‖² − 2·y_i·y_j, summed in float32
 * over 128 coordinates and in float64 beyond: less than half of the time. Where the result is below 1/64 of
 * ‖y_i‖² + ‖y_j‖², or not finite, the exact distance takes its place, so that the relative error stays below 3e-4,
 * usually below 1e-5. Rows that crowd together far from the first one are slow.
 */
export function pairwiseDistancesByProducts32(rows: usize, count: i32, n: i32, out: usize, scratch: usize): void {
  memory.fill(out, 0, (<usize>count * <usize>count) << 3);
  if (count < 2) return;
  // y_0 is 0: the others are enough.
  const sums = addBlocks<f32, f32>(rows + 4, row(rows, 0), count - 1, n, scratch);
  layOut<f32>(sums, count - 1, place(out, 1, 1, count), count);
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const p = place(out, i, j, count);
      const squares = load<f64>(place(out, i, i, count)) + load<f64>(place(out, j, j, count));
      const squared = squares - 2 * load<f64>(p);
      const precise = squares < Infinity && squared >= LOSS * squares;
      store<f64>(p, precise ? squared : squaredDistance32(row(rows, i), row(rows, j), n));
    }
  }
  mirror(out, count);
}

@inline
function place(out: usize, i: i32, j: i32, count: i32): usize {
  return out + (<usize>(i * count + j) << 3);
}

/** Copies what is above the diagonal to below it, and makes the diagonal 0. */
function mirror(out: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) store<f64>(place(out, i, j, count), load<f64>(place(out, j, i, count)));
    store<f64>(place(out, i, i, count), 0);
  }
}

/**
 * Where in scratch memory the sums of `addTiles` over all coordinates are, of rows of type `T` as `L`; `centre`, where
 * products are summed, is subtracted first.
 */
@inline
function addBlocks<T, L>(rows: usize, centre: usize, count: i32, n: i32, scratch: usize): usize {
  const length = <i32>(WIDTH / sizeof<L>());
  const most = (count + 3) & ~3;
  const bytes = <usize>most * WIDTH;
  const sums = scratch + bytes * BLOCKS;
  // Of all pairs, those of a row with itself and of rows that are missing to a multiple of four too.
  memory.fill(scratch, 0, bytes * BLOCKS + (<usize>(most * (most + 1)) << 2));
  for (let start = 0; start < n; start += BLOCKS * length) {
    const end = min(n, start + BLOCKS * length);
    for (let i = 0; i < count; i += 4) {
      let to = scratch + <usize>i * WIDTH;
      for (let k = start; k < end; k += length) {
        const offset = <usize>k * sizeof<T>();
        if (i + 4 <= count && k + length <= end) {
          copyFour<T, L>(rows + (<usize>i << 2), offset, centre + offset, to);
        } else {
          for (let j = i; j < min(count, i + 4); j++) {
            copyBlock<T, L>(row(rows, j) + offset, centre + offset, min(length, end - k), to + <usize>(j - i) * WIDTH);
          }
        }
        to += bytes;
      }
    }
    let block = scratch;
    for (let k = start; k < end; k += length) {
      addTiles<L>(block, count, sums);
      block += bytes;
    }
  }
  return sums;
}

/** Writes the sums of `addTiles` to their places in a table with rows of `width` numbers, on and above the diagonal. */
@inline
function layOut<L>(sums: usize, count: i32, out: usize, width: i32): void {
  for (let i = 0; i < count; i += 4) {
    let columns = 4;
    for (let j = i; j < count; j += columns) {
      if (j > i) columns = min(2, count - j);
      for (let p = i; p < i + 4; p++) {
        const from = j > i ? j : sizeof<L>() == 4 ? p : p + 1;
        for (let q = from; q < j + columns; q++) {
          if (q < count) store<f64>(place(out, p, q, width), load<f64>(sums));
          sums += 8;
        }
      }
    }
  }
}

/**
 * Copies a block of four rows at once, which reads memory faster than one row after the other, as `L`, less the
 * centre's where products are summed.
 */
@inline
function copyFour<T, L>(rows: usize, offset: usize, centre: usize, to: usize): void {
  const from = row(rows, 0) + offset;
  const second = row(rows, 1) + offset - from;
  const third = row(rows, 2) + offset - from;
  const fourth = row(rows, 3) + offset - from;
  let p = from;
  for (const end = to + WIDTH; to < end; to += 16) {
    v128.store(to, copied<T, L>(p, centre));
    v128.store(to, copied<T, L>(p + second, centre), 512);
    v128.store(to, copied<T, L>(p + third, centre), 1024);
    v128.store(to, copied<T, L>(p + fourth, centre), 1536);
    p += 16 / sizeof<L>() * sizeof<T>();
    centre += 16;
  }
}

/** One vector's worth of numbers as `L`, less the centre's where products are summed. */
@inline
function copied<T, L>(from: usize, centre: usize): v128 {
  return sizeof<L>() == 4 ? f32x4.sub(v128.load(from), v128.load(centre)) : loadWide<T>(from);
}

/** Copies `length` numbers of a row, 1 to a block's, and zeros up to the block's end. */
function copyBlock<T, L>(from: usize, centre: usize, length: i32, to: usize): void {
  const end = to + WIDTH;
  const last = to + <usize>length * sizeof<L>();
  for (; to + 16 <= last; to += 16) {
    v128.store(to, copied<T, L>(from, centre));
    from += 16 / sizeof<L>() * sizeof<T>();
    centre += 16;
  }
  if (to == end) return;
  for (; to < last; to += sizeof<L>()) {
    store<L>(to, sizeof<L>() == 4 ? <L>(load<T>(from) - load<T>(centre)) : <L>load<T>(from));
    from += sizeof<T>();
    centre += sizeof<T>();
  }
  memory.fill(to, 0, end - to);
}
