import { addCombination, sumCoefficients } from './combine';
import { loadLanes } from './lanes';

// At most one in four sums of the convolution survives the pooling: the gradients go through the survivors only, gathered into
// lists of patches and coefficients; see `addCombination`.

/** Bytes that are worked on together, so that they stay in the nearest cache. */
const blockBytes: usize = 32768;

/** Bytes of scratch memory that `filterGradient` needs: where four lists end, and the lists, with room for an entry more. */
export function filterGradientScratchBytes(
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
): usize {
  const windows: usize = ((height - size + 1) >> 1) * ((width - size + 1) >> 1);
  return 16 + 4 * 8 * (windows * blockImages(4 * height * width * channels, windows * filters) + 1);
}

/** Number of images worked on together, of so many bytes and outputs each. */
function blockImages(bytes: usize, outputs: usize): usize {
  return max<usize>(1, blockBytes / (bytes + 5 * outputs));
}

/** Which corner won the windows of `count` filters, from 1 to 4, or −1; as int32, with −1 after them. */
@inline
function loadWinners(winners: usize, count: usize): v128 {
  let bytes: u32;
  if (count >= 4) {
    bytes = load<u32>(winners);
  } else {
    bytes = 0xffffff00 | load<u8>(winners);
    if (count > 1) bytes = (bytes & 0xffff00ff) | (<u32>load<u8>(winners, 1) << 8);
    if (count > 2) bytes = (bytes & 0xff00ffff) | (<u32>load<u8>(winners, 2) << 16);
  }
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(i32x4.splat(bytes)));
}

/**
 * Lists what survives of `count` filters, from 1 to 4, in `rows` images, (patch, gradient), in lists `listBytes` apart from
 * `list` on, and writes where they end to `ends`. `winners` and `outputGradient` begin with the first image's first window of
 * the first filter.
 */
function listFilters(
  count: usize,
  rows: usize,
  pooledHeight: usize,
  pooledWidth: usize,
  filters: usize,
  input: usize,
  pixel: usize,
  line: usize,
  image: usize,
  winners: usize,
  outputGradient: usize,
  list: usize,
  listBytes: usize,
  ends: usize,
): void {
  let a = list;
  let b = a + listBytes;
  let c = b + listBytes;
  let d = c + listBytes;
  const one = i32x4.splat(1);
  const right = i32x4.splat(<i32>pixel);
  const below = i32x4.splat(<i32>line);
  for (let row: usize = 0; row < rows; row++) {
    for (let y: usize = 0; y < pooledHeight; y++) {
      let corner = input + row * image + 2 * y * line;
      for (let x: usize = 0; x < pooledWidth; x++) {
        const winner = loadWinners(winners, count);
        const gradient = count >= 4 ? v128.load(outputGradient) : loadLanes(outputGradient, count);
        const across = v128.and(right, i32x4.eq(v128.and(winner, one), one));
        const down = v128.and(below, i32x4.gt_s(winner, one));
        const patch = i32x4.add(i32x4.splat(<i32>corner), i32x4.add(across, down));
        const low = i32x4.shuffle(patch, gradient, 0, 4, 1, 5);
        const high = i32x4.shuffle(patch, gradient, 2, 6, 3, 7);
        v128.store64_lane(a, low, 0);
        v128.store64_lane(b, low, 1);
        v128.store64_lane(c, high, 0);
        v128.store64_lane(d, high, 1);
        // A closed rectifier's entry is overwritten by the next: no branch that can't be foretold.
        const open = ~i32x4.bitmask(winner);
        a += (<usize>(open & 1)) << 3;
        b += (<usize>(open & 2)) << 2;
        c += (<usize>(open & 4)) << 1;
        d += <usize>(open & 8);
        winners += filters;
        outputGradient += 4 * filters;
        corner += 2 * pixel;
      }
    }
  }
  store<u32>(ends, <u32>a);
  store<u32>(ends, <u32>b, 4);
  store<u32>(ends, <u32>c, 8);
  store<u32>(ends, <u32>d, 12);
}

/**
 * From the gradient in the output of `convolveAndPool` and its winners, writes those in the filters, [filters][size][size]
 * [channels], and biases.
 */
export function filterGradient(
  rows: usize,
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
  input: usize,
  winners: usize,
  outputGradient: usize,
  weightGradient: usize,
  biasGradient: usize,
  scratch: usize,
): void {
  const pooledHeight: usize = (height - size + 1) >> 1;
  const pooledWidth: usize = (width - size + 1) >> 1;
  const windows: usize = pooledHeight * pooledWidth;
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const image: usize = line * height;
  const segment: usize = size * channels;
  const patch: usize = 4 * size * segment;
  const block = blockImages(image, windows * filters);
  const listBytes: usize = 8 * (windows * block + 1);
  const lists: usize = scratch + 16;
  memory.fill(weightGradient, 0, filters * patch);
  memory.fill(biasGradient, 0, 4 * filters);
  for (let first: usize = 0; first < rows; first += block) {
    const images: usize = min(block, rows - first);
    for (let n: usize = 0; n < filters; n += 4) {
      const count: usize = min(4, filters - n);
      const at: usize = first * windows * filters + n;
      listFilters(
        count, images, pooledHeight, pooledWidth, filters, input + first * image, pixel, line, image, winners + at,
        outputGradient + 4 * at, lists, listBytes, scratch,
      );
      for (let i: usize = 0; i < count; i++) {
        const list: usize = lists + i * listBytes;
        const end = load<u32>(scratch + 4 * i);
        addCombination(list, end, size, segment, line, weightGradient + (n + i) * patch, 4 * segment);
        const bias: usize = biasGradient + 4 * (n + i);
        store<f32>(bias, load<f32>(bias) + sumCoefficients(list, end));
      }
    }
  }
}
