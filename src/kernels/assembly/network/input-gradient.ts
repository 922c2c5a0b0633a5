import { addLine } from './combine';

/** Bytes of scratch memory that `convolutionInputGradient` needs: two lists, and where their lines begin. */
export function inputGradientScratchBytes(height: usize, filters: usize, size: usize): usize {
  const pooledHeight: usize = (height - size + 1) >> 1;
  return 2 * (listBytesOf(pooledHeight, filters) + startBytesOf(pooledHeight));
}

/** Bytes of one column's list, with room for an entry more. */
function listBytesOf(pooledHeight: usize, filters: usize): usize {
  return 8 * (pooledHeight * filters + 1);
}

/** Bytes of where the lines of one column's list begin, and where the last ends; a multiple of 8. */
function startBytesOf(pooledHeight: usize): usize {
  return 8 * (pooledHeight + 1);
}

/** A list's entry for a filter that a gradient reaches. */
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
  const rightStarts = starts + startBytesOf(pooledHeight);
  let left = lists;
  let right = lists + listBytesOf(pooledHeight, filters);
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

/** Adds what one column of sums gives to the input, from its first line at `out` on. */
function addColumn(pooledHeight: usize, size: usize, length: usize, line: usize, starts: usize, out: usize): void {
  for (let y: usize = 0; y < 2 * pooledHeight + size - 1; y++) {
    const from = load<u32>(starts + 4 * (y < size ? 0 : y - size + 1));
    const end = load<u32>(starts + 4 * min(y + 1, 2 * pooledHeight));
    addLine(from, end, 4 * y * length, length, out);
    out += line;
  }
}

/**
 * As `filterGradient`, writes the gradient in the input, by the filters [filters][size][size][channels].
 * An input's line collects from as many lines of sums as a filter has: the survivors of one column of sums are one list, of
 * which each line of the input takes a part.
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
  const length: usize = size * channels;
  const segment: usize = 4 * length;
  const below: usize = pooledWidth * filters;
  const startBytes = startBytesOf(pooledHeight);
  const lists: usize = scratch + 2 * startBytes;
  memory.fill(inputGradient, 0, rows * height * line);
  for (let row: usize = 0; row < rows; row++) {
    for (let x: usize = 0; x < pooledWidth; x++) {
      listColumns(
        pooledHeight, filters, segment, segment * size, weights, winners + x * filters, outputGradient + 4 * x * filters,
        below, scratch, lists,
      );
      addColumn(pooledHeight, size, length, line, scratch, inputGradient + 2 * x * pixel);
      addColumn(pooledHeight, size, length, line, scratch + startBytes, inputGradient + (2 * x + 1) * pixel);
    }
    winners += pooledHeight * below;
    outputGradient += 4 * pooledHeight * below;
    inputGradient += height * line;
  }
}
