import { loadLanes } from './lanes';
import { poolWindow } from './pool';
import { transformFilter, transformInput, transformOutput } from './winograd-transforms';

// F(4 x 4, 5 x 5): a tile of 8 x 8 inputs gives 4 x 4 sums, 2 x 2 pooling windows, through 64 products instead of 400. At each
// of the 64 points the products over channels are one multiplication of matrices; tiles go through it four at a time.

/** Bytes that `packWinogradFilters` writes. */
export function packedWinogradBytes(filters: usize, channels: usize): usize {
  return 4 * ((filters + 3) & ~3) * (64 * channels + 1);
}

/** Bytes of scratch memory that `packWinogradFilters` and `convolveAndPoolWinograd` need. */
export function winogradScratchBytes(channels: usize): usize {
  return columnBytes + productBytes + (4 + 1) * 256 * ((channels + 3) & ~3);
}

/** What lies between the two passes of a transform: 8 x 8 vectors. */
const columnBytes: usize = 1024;
/** The products of 4 tiles for a panel of 8 filters at each of the 64 points. */
const productBytes: usize = 8192;

/**
 * Packs filters [filters][5][5][channels] and their biases for `convolveAndPoolWinograd`: biases first, then panels of 8
 * filters transformed, [64 points][channels][8] (the last of 4 if no more are left), zeros where there is no filter.
 * Transformed in float64 and rounded once, which keeps a third of the error away.
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

/**
 * Transforms one tile's inputs: 8 x 8 pixels of `padded` numbers at `input`, pixels and lines so many bytes apart, to `to`, the
 * points `step` bytes apart.
 */
function transformTile(
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
function copyTile(
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

/** The products of 4 tiles with a panel of 8 filters at each of the 64 points. */
function products8(channels: usize, tiles: usize, tile: usize, panel: usize, products: usize): void {
  for (const end = products + 64 * 128; products < end; products += 128) {
    let c00 = f32x4.splat(0), c01 = c00;
    let c10 = c00, c11 = c00;
    let c20 = c00, c21 = c00;
    let c30 = c00, c31 = c00;
    let a0 = tiles;
    let a1 = a0 + tile;
    let a2 = a1 + tile;
    let a3 = a2 + tile;
    tiles = a3 + tile;
    for (const last = a0 + 4 * channels; a0 < last; a0 += 4) {
      const b0 = v128.load(panel);
      const b1 = v128.load(panel, 16);
      let x = v128.load32_splat(a0);
      c00 = f32x4.add(c00, f32x4.mul(x, b0));
      c01 = f32x4.add(c01, f32x4.mul(x, b1));
      x = v128.load32_splat(a1);
      c10 = f32x4.add(c10, f32x4.mul(x, b0));
      c11 = f32x4.add(c11, f32x4.mul(x, b1));
      x = v128.load32_splat(a2);
      c20 = f32x4.add(c20, f32x4.mul(x, b0));
      c21 = f32x4.add(c21, f32x4.mul(x, b1));
      x = v128.load32_splat(a3);
      c30 = f32x4.add(c30, f32x4.mul(x, b0));
      c31 = f32x4.add(c31, f32x4.mul(x, b1));
      a1 += 4;
      a2 += 4;
      a3 += 4;
      panel += 32;
    }
    v128.store(products, c00);
    v128.store(products, c01, 16);
    v128.store(products, c10, 32);
    v128.store(products, c11, 48);
    v128.store(products, c20, 64);
    v128.store(products, c21, 80);
    v128.store(products, c30, 96);
    v128.store(products, c31, 112);
  }
}

/** The same with a panel of 4 filters. */
function products4(channels: usize, tiles: usize, tile: usize, panel: usize, products: usize): void {
  for (const end = products + 64 * 128; products < end; products += 128) {
    let c0 = f32x4.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    let a0 = tiles;
    let a1 = a0 + tile;
    let a2 = a1 + tile;
    let a3 = a2 + tile;
    tiles = a3 + tile;
    for (const last = a0 + 4 * channels; a0 < last; a0 += 4) {
      const b = v128.load(panel);
      c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), b));
      c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b));
      c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b));
      c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b));
      a1 += 4;
      a2 += 4;
      a3 += 4;
      panel += 16;
    }
    v128.store(products, c0);
    v128.store(products, c1, 32);
    v128.store(products, c2, 64);
    v128.store(products, c3, 96);
  }
}

/** Transforms one tile's products for 4 filters back to sums and pools those of its windows that the image has. */
function poolTile(
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
  const sums = columns + 512;
  const bias = v128.load(biases);
  for (let y: usize = 0; y < windowRows; y++) {
    transformOutput(columns + 256 * y, 16, sums, 16);
    transformOutput(columns + 256 * y + 128, 16, sums + 64, 16);
    for (let x: usize = 0; x < windowColumns; x++) {
      const corner = sums + 32 * x;
      const at: usize = y * below + x * filters;
      poolWindow(
        v128.load(corner),
        v128.load(corner, 16),
        v128.load(corner, 64),
        v128.load(corner, 80),
        bias,
        output + 4 * at,
        winners + at,
        count,
      );
    }
  }
}

/** As `convolveAndPool` of 5 x 5 filters, by filters from `packWinogradFilters`. */
export function convolveAndPoolWinograd(
  rows: usize,
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  input: usize,
  packed: usize,
  output: usize,
  winners: usize,
  scratch: usize,
): void {
  const pooledHeight = (height - 4) >> 1;
  const pooledWidth = (width - 4) >> 1;
  const tileColumns = (pooledWidth + 1) >> 1;
  const imageTiles = tileColumns * ((pooledHeight + 1) >> 1);
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const padded = (channels + 3) & ~3;
  const paddedFilters = (filters + 3) & ~3;
  const products = scratch + columnBytes;
  const copy = products + productBytes;
  const tiles = copy + 256 * padded;
  const count = rows * imageTiles;
  for (let first: usize = 0; first < count; first += 4) {
    const last = min(first + 4, count);
    for (let t = first; t < last; t++) {
      const image: usize = t / imageTiles;
      const y = (t - image * imageTiles) / tileColumns;
      const x = t - image * imageTiles - y * tileColumns;
      const corner = input + (image * height + 4 * y) * line + 4 * x * pixel;
      const to: usize = tiles + 4 * padded * (t - first);
      if (padded == channels && height >= 4 * y + 8 && width >= 4 * x + 8) {
        transformTile(padded, corner, pixel, line, to, 16 * padded, scratch);
      } else {
        copyTile(channels, corner, line, min(8, height - 4 * y), min(8, width - 4 * x), copy);
        transformTile(padded, copy, 4 * padded, 32 * padded, to, 16 * padded, scratch);
      }
    }
    let panel = packed + 4 * paddedFilters;
    for (let n: usize = 0; n < filters; n += 8) {
      const left = filters - n;
      if (left > 4) products8(channels, tiles, 4 * padded, panel, products);
      else products4(channels, tiles, 4 * padded, panel, products);
      panel += 8 * 64 * 4 * channels;
      for (let t = first; t < last; t++) {
        const image: usize = t / imageTiles;
        const y = (t - image * imageTiles) / tileColumns;
        const x = t - image * imageTiles - y * tileColumns;
        const at: usize = ((image * pooledHeight + 2 * y) * pooledWidth + 2 * x) * filters + n;
        const windowRows = min(2, pooledHeight - 2 * y);
        const windowColumns = min(2, pooledWidth - 2 * x);
        const from = products + 32 * (t - first);
        const below = pooledWidth * filters;
        const bias = packed + 4 * n;
        poolTile(
          from, bias, filters, below, windowRows, windowColumns, output + 4 * at, winners + at, min(4, left), scratch,
        );
        if (left > 4) {
          poolTile(
            from + 16, bias + 16, filters, below, windowRows, windowColumns, output + 4 * at + 16, winners + at + 4,
            min(4, left - 4), scratch,
          );
        }
      }
    }
  }
}
