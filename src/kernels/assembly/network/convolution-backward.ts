import { addCombination, addLine, sumCoefficients } from './combine';

// At most one in four sums of the convolution survives the pooling: both gradients go through the survivors only, gathered
// into lists of patches and coefficients; see `addCombination`.

/** Bytes of images and of their gradients that are worked on together, so that they stay in the nearest cache. */
const blockBytes: usize = 32768;

/** Bytes of scratch memory that `filterGradient` and `convolutionInputGradient` need. */
export function backwardScratchBytes(
  height: usize,
  width: usize,
  channels: usize,
  filters: usize,
  size: usize,
): usize {
  const windows: usize = ((height - size + 1) >> 1) * ((width - size + 1) >> 1);
  const entries = windows * blockImages(4 * height * width * channels, windows * filters);
  return 8 * max(entries, 5 * filters);
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

/**
 * Lists what reaches the input through one of the two corners in a line of a pooling window: appends (filter, gradient) for
 * each filter that `winner` of the window won, to the list that ends at `end`, and returns its new end.
 */
// @ts-ignore: decorator
@inline
function entryOf(filter: usize, gradient: usize): u64 {
  return (<u64>load<u32>(gradient) << 32) | <u64>(<u32>filter);
}

/**
 * As `filterGradient`, writes the gradient in the input, by the filters [filters][size][size][channels].
 * One column of the convolution's sums at a time: its survivors from top to bottom are one list, and a line of the input is
 * reached by a part of it, `size` lines long. Entries point so far before a filter that one distance leads from all of
 * them to the line of the filter that meets this line of the input.
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
  const pixel: usize = 4 * channels;
  const line: usize = pixel * width;
  const segment: usize = pixel * size;
  const patch: usize = segment * size;
  const startBytes: usize = 4 * (2 * pooledHeight + 1);
  const listBytes: usize = 8 * (pooledHeight * filters + 1);
  const leftStarts = scratch;
  const rightStarts = leftStarts + startBytes;
  const left = (rightStarts + startBytes + 7) & ~7;
  const right = left + listBytes;
  memory.fill(inputGradient, 0, rows * height * line);
  for (let row: usize = 0; row < rows; row++) {
    for (let x: usize = 0; x < pooledWidth; x++) {
      let leftEnd = left;
      let rightEnd = right;
      for (let y: usize = 0; y < pooledHeight; y++) {
        const window: usize = ((row * pooledHeight + y) * pooledWidth + x) * filters;
        for (let below: usize = 0; below < 2; below++) {
          const sum: usize = 2 * y + below;
          store<u32>(leftStarts + 4 * sum, <u32>leftEnd);
          store<u32>(rightStarts + 4 * sum, <u32>rightEnd);
          let filter = weights - sum * segment;
          for (let at = window; at < window + filters; at++) {
            const winner = <usize>load<i8>(winners + at);
            const entry = entryOf(filter, outputGradient + 4 * at);
            // A loser's entry is overwritten by the next: no branch that can't be foretold.
            store<u64>(leftEnd, entry);
            leftEnd += <usize>(winner == 2 * below) << 3;
            store<u64>(rightEnd, entry);
            rightEnd += <usize>(winner == 2 * below + 1) << 3;
            filter += patch;
          }
        }
      }
      store<u32>(leftStarts + 8 * pooledHeight, <u32>leftEnd);
      store<u32>(rightStarts + 8 * pooledHeight, <u32>rightEnd);
      let to = inputGradient + row * height * line + 2 * x * pixel;
      const reached: usize = 2 * pooledHeight + size - 1;
      for (let y: usize = 0; y < reached; y++) {
        const from: usize = 4 * (y < size ? 0 : y - size + 1);
        const end: usize = 4 * min(y + 1, 2 * pooledHeight);
        addLine(load<u32>(leftStarts + from), load<u32>(leftStarts + end), y * segment, size * channels, to);
        addLine(load<u32>(rightStarts + from), load<u32>(rightStarts + end), y * segment, size * channels, to + pixel);
        to += line;
      }
    }
  }
}
