import { tile4x8 } from './multiply';

/** The products of 4 tiles with a panel of 8 filters at each of the 64 points. */
export function products8(channels: usize, tiles: usize, tile: usize, panel: usize, products: usize): void {
  for (const end = products + 64 * 128; products < end; products += 128) {
    tile4x8(channels, tiles, tile, 4, panel, 32, products, 32);
    tiles += 4 * tile;
    panel += 32 * channels;
  }
}

/** The same with a panel of 4 filters. */
export function products4(channels: usize, tiles: usize, tile: usize, panel: usize, products: usize): void {
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
