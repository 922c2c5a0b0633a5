import { products4, products8 } from './winograd-products';
import { copyTile, poolTile, transformTile } from './winograd-tiles';

// F(4 x 4, 5 x 5): a tile of 8 x 8 inputs gives 4 x 4 sums, 2 x 2 pooling windows, through 64 products instead of 400. At each
// of the 64 points the products over channels are one multiplication of matrices; tiles go through it four at a time.

/** Bytes of scratch memory that `packWinogradFilters` and `convolveAndPoolWinograd` need. */
export function winogradScratchBytes(channels: usize): usize {
  return columnBytes + productBytes + (4 + 1) * 256 * ((channels + 3) & ~3);
}

/** What lies between the two passes of a transform: 8 x 8 vectors. */
const columnBytes: usize = 1024;
/** The products of 4 tiles for a panel of 8 filters at each of the 64 points. */
const productBytes: usize = 8192;

/**
 * As `convolveAndPool` of 5 x 5 filters, by filters from `packWinogradFilters`. Tiles are numbered through all images, and
 * those that an edge cuts are filled up with zeros.
 */
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
  const pooledHeight: usize = (height - 4) >> 1;
  const pooledWidth: usize = (width - 4) >> 1;
  const tileColumns: usize = (pooledWidth + 1) >> 1;
  const imageTiles: usize = tileColumns * ((pooledHeight + 1) >> 1);
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const padded: usize = (channels + 3) & ~3;
  const below: usize = pooledWidth * filters;
  const products: usize = scratch + columnBytes;
  const copy: usize = products + productBytes;
  const tiles: usize = copy + 256 * padded;
  const count: usize = rows * imageTiles;
  for (let first: usize = 0; first < count; first += 4) {
    const last: usize = min(first + 4, count);
    for (let t = first; t < last; t++) {
      const image: usize = t / imageTiles;
      const y: usize = 4 * ((t - image * imageTiles) / tileColumns);
      const x: usize = 4 * ((t - image * imageTiles) % tileColumns);
      const corner: usize = input + (image * height + y) * line + x * pixel;
      const to: usize = tiles + 4 * padded * (t - first);
      if (padded == channels && height >= y + 8 && width >= x + 8) {
        transformTile(padded, corner, pixel, line, to, 16 * padded, scratch);
      } else {
        copyTile(channels, corner, line, min(8, height - y), min(8, width - x), copy);
        transformTile(padded, copy, 4 * padded, 32 * padded, to, 16 * padded, scratch);
      }
    }
    let panel: usize = packed + 4 * ((filters + 3) & ~3);
    for (let n: usize = 0; n < filters; n += 8) {
      const left: usize = filters - n;
      if (left > 4) products8(channels, tiles, 4 * padded, panel, products);
      else products4(channels, tiles, 4 * padded, panel, products);
      panel += 8 * 64 * pixel;
      for (let t = first; t < last; t++) {
        const image: usize = t / imageTiles;
        const y: usize = 2 * ((t - image * imageTiles) / tileColumns);
        const x: usize = 2 * ((t - image * imageTiles) % tileColumns);
        const yCount: usize = min(2, pooledHeight - y);
        const xCount: usize = min(2, pooledWidth - x);
        const at: usize = (image * pooledHeight + y) * below + x * filters + n;
        for (let k: usize = 0; k < min(8, left); k += 4) {
          const from: usize = products + 32 * (t - first) + 4 * k;
          const bias: usize = packed + 4 * (n + k);
          const to: usize = output + 4 * (at + k);
          poolTile(from, bias, filters, below, yCount, xCount, to, winners + at + k, min(4, left - k), scratch);
        }
      }
    }
  }
}
