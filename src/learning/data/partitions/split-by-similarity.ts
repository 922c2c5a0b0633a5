import type { Random } from '../../../random/random.js';
import { evenBounds } from './even-bounds.js';
import { requireRowEach } from './partition.js';
import { shuffle } from './shuffle.js';

/**
 * Equal shares (sizes differ by one at most) of which the part `similarity`, from 0 to 1, is drawn at random; the other rows
 * are sorted by label, then by number, and dealt in contiguous chunks. 1 is an i.i.d. split, 0 the most unequal one.
 */
export const splitBySimilarity = (
  labels: Float64Array,
  workers: number,
  similarity: number,
  random: Random,
): readonly Int32Array[] => {
  requireRowEach(labels.length, workers);
  const rows = Int32Array.from(labels, (_, row) => row);
  const alike = Math.round(similarity * rows.length);
  if (alike > 0) shuffle(rows, random);
  const sorted = rows.subarray(alike).sort((a, b) => labels[a]! - labels[b]! || a - b);
  const bounds = evenBounds(rows.length, workers);
  // Rounding the same way at both ends makes a share's two parts add up to its size.
  const alikeBounds = bounds.map((bound) => Math.round(similarity * bound));
  return Array.from({ length: workers }, (_, worker) => {
    const [start, end] = [bounds[worker]!, bounds[worker + 1]!];
    const [alikeStart, alikeEnd] = [alikeBounds[worker]!, alikeBounds[worker + 1]!];
    const share = new Int32Array(end - start);
    share.set(rows.subarray(alikeStart, alikeEnd));
    share.set(sorted.subarray(start - alikeStart, end - alikeEnd), alikeEnd - alikeStart);
    return share.sort();
  });
};
