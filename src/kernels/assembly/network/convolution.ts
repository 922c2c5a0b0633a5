import { poolWindow } from './pool';

/** Bytes that `packFilters` writes. */
export function packedFilterBytes(filters: usize, patch: usize): usize {
  return 4 * ((filters + 3) & ~3) * (patch + 1);
}

/**
 * Packs filters of `patch` numbers each, [filters][patch], and their biases for `convolveAndPool`: biases first, then panels
 * of 8 filters, [patch][8] (the last of 4 if no more are left), zeros where there is no filter.
 */
export function packFilters(filters: usize, patch: usize, weights: usize, biases: usize, packed: usize): void {
  const padded = (filters + 3) & ~3;
  memory.fill(packed, 0, packedFilterBytes(filters, patch));
  memory.copy(packed, biases, 4 * filters);
  packed += 4 * padded;
  for (let n: usize = 0; n < filters; n++) {
    const panel = n & ~7;
    const width = min<usize>(8, padded - panel);
    let to = packed + 4 * (panel * patch + n - panel);
    for (let k: usize = 0; k < patch; k++) {
      store<f32>(to, load<f32>(weights));
      weights += 4;
      to += 4 * width;
    }
  }
}

/**
 * The pooled outputs of one window for a panel of 8 filters if `wide`, else of 4: sums over the patch below each of the
 * window's four corners, the first at `input`, `pixel` and `line` bytes apart.
 */
@inline
function poolPatches(
  wide: bool,
  size: usize,
  segment: usize,
  input: usize,
  pixel: usize,
  line: usize,
  panel: usize,
  biases: usize,
  output: usize,
  winners: usize,
  count: usize,
): void {
  const none = f32x4.splat(0);
  let a0 = none, a1 = none;
  let b0 = none, b1 = none;
  let c0 = none, c1 = none;
  let d0 = none, d1 = none;
  for (; size > 0; size--) {
    let p = input;
    let q = p + pixel;
    let r = p + line;
    let s = r + pixel;
    for (const end = p + segment; p < end; p += 4) {
      const w0 = v128.load(panel);
      const w1 = wide ? v128.load(panel, 16) : none;
      let x = v128.load32_splat(p);
      a0 = f32x4.add(a0, f32x4.mul(x, w0));
      if (wide) a1 = f32x4.add(a1, f32x4.mul(x, w1));
      x = v128.load32_splat(q);
      b0 = f32x4.add(b0, f32x4.mul(x, w0));
      if (wide) b1 = f32x4.add(b1, f32x4.mul(x, w1));
      x = v128.load32_splat(r);
      c0 = f32x4.add(c0, f32x4.mul(x, w0));
      if (wide) c1 = f32x4.add(c1, f32x4.mul(x, w1));
      x = v128.load32_splat(s);
      d0 = f32x4.add(d0, f32x4.mul(x, w0));
      if (wide) d1 = f32x4.add(d1, f32x4.mul(x, w1));
      q += 4;
      r += 4;
      s += 4;
      panel += wide ? 32 : 16;
    }
    input += line;
  }
  poolWindow(a0, b0, c0, d0, v128.load(biases), output, winners, wide ? 4 : count);
  if (wide) poolWindow(a1, b1, c1, d1, v128.load(biases, 16), output + 16, winners + 4, count - 4);
}

/**
 * Convolution (stride 1, no padding) with `filters` filters of `size` x `size`, rectifier and 2 x 2 max pooling (an odd edge
 * left out) of `rows` images [height][width][channels], straight into `output` [rows][pooled height][pooled width][filters]
 * with its `winners`, by filters from `packFilters`. A window's sums never leave the registers.
 */
export function convolveAndPool(
  rows: usize,
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
  input: usize,
  packed: usize,
  output: usize,
  winners: usize,
): void {
  const pooledHeight = (height - size + 1) >> 1;
  const pooledWidth = (width - size + 1) >> 1;
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const segment: usize = pixel * size;
  const patch: usize = segment * size;
  const padded = (filters + 3) & ~3;
  for (let row: usize = 0; row < rows; row++) {
    for (let y: usize = 0; y < pooledHeight; y++) {
      let corner = input + 2 * y * line;
      for (let x: usize = 0; x < pooledWidth; x++) {
        let panel = packed + 4 * padded;
        for (let n: usize = 0; n < filters; n += 8) {
          const biases = packed + 4 * n;
          const left = filters - n;
          const pooled = output + 4 * n;
          if (left > 4) poolPatches(true, size, segment, corner, pixel, line, panel, biases, pooled, winners + n, left);
          else poolPatches(false, size, segment, corner, pixel, line, panel, biases, pooled, winners + n, left);
          panel += 8 * patch;
        }
        corner += 2 * pixel;
        output += 4 * filters;
        winners += filters;
      }
    }
    input += line * height;
  }
}
