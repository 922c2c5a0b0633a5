import { loadLanes } from './lanes';
import { poolWindow } from './pool';
import { transformInput, transformOutput } from './winograd-transforms';

/**
 * Transforms one tile's inputs: 8 x 8 pixels of `padded` numbers at `input`, pixels and lines so many bytes apart, to `to`, the
 * points `step` bytes apart.
 */
export function transformTile(
  padded: usize,
  input: usize,
  pixel: usize,
  line: usize,
  to: usize,
  step: usize,
  columns: usize,
): void {
  for (const end = input + 4 * padded; input < end; input += 16) {
    for (let x: usize = 0; x < 8; x++) transformInput(input + x * pixel, line, columns + 16 * x, 128);
    for (let i: usize = 0; i < 8; i++) transformInput(columns + 128 * i, 16, to + 8 * i * step, step);
    to += 16;
  }
}

/** Copies what the image has of 8 x 8 pixels to `to` and fills the rest, and pixels up to `padded` numbers, with zeros. */
export function copyTile(
  channels: usize,
  input: usize,
  line: usize,
  lines: usize,
  pixels: usize,
  to: usize,
): void {
  const padded: usize = 16 * ((channels + 3) >> 2);
  if (lines < 8 || pixels < 8) memory.fill(to, 0, 64 * padded);
  for (let y: usize = 0; y < lines; y++) {
    let from = input + y * line;
    let at = to + 8 * y * padded;
    for (let x: usize = 0; x < pixels; x++) {
      let left = channels;
      for (; left >= 4; left -= 4) {
        v128.store(at, v128.load(from));
        from += 16;
        at += 16;
      }
      if (left == 0) continue;
      v128.store(at, left == 1 ? v128.load32_zero(from) : loadLanes(from, left));
      from += 4 * left;
      at += 16;
    }
  }
}

/** Transforms one tile's products for 4 filters back to sums, and pools those of its windows that the image has. */
export function poolTile(
  products: usize,
  biases: usize,
  filters: usize,
  below: usize,
  windowRows: usize,
  windowColumns: usize,
  output: usize,
  winners: usize,
  count: usize,
  columns: usize,
): void {
  for (let x: usize = 0; x < 8; x++) transformOutput(products + 128 * x, 8 * 128, columns + 16 * x, 128);
  const sums: usize = columns + 512;
  const bias = v128.load(biases);
  for (let y: usize = 0; y < windowRows; y++) {
    transformOutput(columns + 256 * y, 16, sums, 16);
    transformOutput(columns + 256 * y + 128, 16, sums + 64, 16);
    for (let x: usize = 0; x < windowColumns; x++) {
      const corner: usize = sums + 32 * x;
      const a = v128.load(corner);
      const b = v128.load(corner, 16);
      const c = v128.load(corner, 64);
      const d = v128.load(corner, 80);
      const at: usize = y * below + x * filters;
      poolWindow(a, b, c, d, bias, output + 4 * at, winners + at, count);
    }
  }
}
