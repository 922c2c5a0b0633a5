import { addCombination, addPart, partLength, sumCoefficients } from './combine';

// At most one in four sums of the convolution survives the pooling: both gradients go through the survivors only, gathered
// into lists of patches and coefficients; see `addCombination`.

/** Bytes that are worked on together, so that they stay in the nearest cache. */
const blockBytes: usize = 32768;

/** Bytes of scratch memory that `filterGradient` needs: a list, and room for an entry more. */
export function filterGradientScratchBytes(
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
): usize {
  const windows: usize = ((height - size + 1) >> 1) * ((width - size + 1) >> 1);
  return 8 * (windows * blockImages(4 * height * width * channels, windows * filters) + 1);
}

/** Bytes of scratch memory that `convolutionInputGradient` needs: a list for each column, and where its lines begin. */
export function inputGradientScratchBytes(height: usize, width: usize, filters: usize, size: usize): usize {
  const pooledHeight: usize = (height - size + 1) >> 1;
  const columns: usize = (width - size + 1) & ~1;
  return columns * (columnListBytes(pooledHeight, filters) + columnStartBytes(pooledHeight));
}

/** Bytes of one column's list, with room for an entry more. */
function columnListBytes(pooledHeight: usize, filters: usize): usize {
  return 8 * (pooledHeight * filters + 1);
}

/** Bytes of where the lines of one column's list begin, and where the last ends; a multiple of 8. */
function columnStartBytes(pooledHeight: usize): usize {
  return 8 * (pooledHeight + 1);
}

/** Number of images worked on together, of so many bytes and outputs each. */
function blockImages(bytes: usize, outputs: usize): usize {
  return max<usize>(1, blockBytes / (bytes + 5 * outputs));
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
  const pooledHeight = (height - size + 1) >> 1;
  const pooledWidth = (width - size + 1) >> 1;
  const windows: usize = pooledHeight * pooledWidth;
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const image: usize = line * height;
  const segment: usize = size * channels;
  const block = blockImages(image, windows * filters);
  memory.fill(weightGradient, 0, 4 * filters * size * segment);
  memory.fill(biasGradient, 0, 4 * filters);
  for (let first: usize = 0; first < rows; first += block) {
    const last = min(first + block, rows);
    for (let n: usize = 0; n < filters; n++) {
      let end = scratch;
      let at = first * windows * filters + n;
      for (let row = first; row < last; row++) {
        for (let y: usize = 0; y < pooledHeight; y++) {
          let corner = input + row * image + 2 * y * line;
          for (let x: usize = 0; x < pooledWidth; x++) {
            const winner = <usize>load<i8>(winners + at);
            store<u32>(end, <u32>(corner + (winner & 1) * pixel + ((winner >> 1) & 1) * line));
            store<f32>(end, load<f32>(outputGradient + 4 * at), 4);
            // A closed rectifier's entry is overwritten by the next: no branch that can't be foretold.
            end += ((~winner >> 31) & 1) << 3;
            at += filters;
            corner += 2 * pixel;
          }
        }
      }
      const to: usize = weightGradient + 4 * n * size * segment;
      addCombination(scratch, end, size, segment, line, to, 4 * segment);
      const bias = biasGradient + 4 * n;
      store<f32>(bias, load<f32>(bias) + sumCoefficients(scratch, end));
    }
  }
}

/** A list's entry for a filter that a gradient reaches. */
// @ts-ignore: decorator
@inline
function entryOf(filter: usize, gradient: usize): u64 {
  return (<u64>load<u32>(gradient) << 32) | <u64>(<u32>filter);
}

/**
 * Lists what survives of one column of windows: two columns of the convolution's sums, from top to bottom, to two lists next to
 * each other, with where each line of sums begins. An entry points so far before its filter that the filter's line which
 * meets line y of the input is always y segments further on.
 */
function listColumns(
  pooledHeight: usize,
  filters: usize,
  segment: usize,
  patch: usize,
  weights: usize,
  winners: usize,
  outputGradient: usize,
  below: usize,
  starts: usize,
  lists: usize,
): void {
  const rightStarts = starts + columnStartBytes(pooledHeight);
  let left = lists;
  let right = lists + columnListBytes(pooledHeight, filters);
  for (let line: usize = 0; line < 2 * pooledHeight; line++) {
    store<u32>(starts + 4 * line, <u32>left);
    store<u32>(rightStarts + 4 * line, <u32>right);
    const corner: usize = 2 * (line & 1);
    let filter: usize = weights - line * segment;
    for (let n: usize = 0; n < filters; n++) {
      const winner = <usize>load<i8>(winners + n);
      const entry = entryOf(filter, outputGradient + 4 * n);
      // A loser's entry is overwritten by the next: no branch that can't be foretold.
      store<u64>(left, entry);
      left += <usize>(winner == corner) << 3;
      store<u64>(right, entry);
      right += <usize>(winner == corner + 1) << 3;
      filter += patch;
    }
    if (corner == 0) continue;
    winners += below;
    outputGradient += 4 * below;
  }
  store<u32>(starts + 8 * pooledHeight, <u32>left);
  store<u32>(rightStarts + 8 * pooledHeight, <u32>right);
}

/**
 * As `filterGradient`, writes the gradient in the input, by the filters [filters][size][size][channels].
 * An input's line collects from as many lines of sums as a filter has: the survivors of one column of sums are one list, of
 * which each line of the input takes a part. Some of the filters' lines at a time, and some of their numbers.
 */
export function convolutionInputGradient(
  rows: usize,
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
  weights: usize,
  winners: usize,
  outputGradient: usize,
  inputGradient: usize,
  scratch: usize,
): void {
  const pooledHeight: usize = (height - size + 1) >> 1;
  const pooledWidth: usize = (width - size + 1) >> 1;
  const columns: usize = 2 * pooledWidth;
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const length: usize = size * channels;
  const segment: usize = 4 * length;
  const below: usize = pooledWidth * filters;
  const listBytes = columnListBytes(pooledHeight, filters);
  const startBytes = columnStartBytes(pooledHeight);
  const starts = scratch;
  const lists = starts + columns * startBytes;
  memory.fill(inputGradient, 0, rows * height * line);
  for (let row: usize = 0; row < rows; row++) {
    for (let x: usize = 0; x < columns; x += 2) {
      const at: usize = (row * pooledHeight * pooledWidth + (x >> 1)) * filters;
      listColumns(
        pooledHeight, filters, segment, segment * size, weights, winners + at, outputGradient + 4 * at, below,
        starts + x * startBytes, lists + x * listBytes,
      );
    }
    for (let k: usize = 0; k < length; ) {
      const part = partLength(length - k);
      const together = max<usize>(1, blockBytes / (4 * part * filters));
      for (let first: usize = 0; first < size; first += together) {
        const last: usize = min(first + together, size) - 1;
        for (let x: usize = 0; x < columns; x++) {
          const from = starts + x * startBytes;
          let to: usize = inputGradient + x * pixel + first * line + 4 * k;
          for (let y = first; y < 2 * pooledHeight + last; y++) {
            const begin = load<u32>(from + 4 * (y < last ? 0 : y - last));
            const end = load<u32>(from + 4 * min(y - first + 1, 2 * pooledHeight));
            addPart(part, begin, end, y * segment + 4 * k, to);
            to += line;
          }
        }
      }
      k += part;
    }
    inputGradient += height * line;
  }
}
