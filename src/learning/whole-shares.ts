import type { Examples } from './dataset.js';
import type { Batch, Share } from './objective.js';

const noise = new Float64Array(0);

/**
 * Samples of all rows of a share of `train`, each once, in the share's order, with their labels. That of all training rows is
 * made once, at the first call for it; a share's at each call. Throws a RangeError when the share is empty.
 */
export const wholeShares = (train: Examples): ((share: Share) => Batch) => {
  let all: Batch | undefined;
  return (share) => {
    if (share === null) {
      all ??= {
        rows: Int32Array.from({ length: train.count }, (_, row) => row),
        labels: train.labels.slice(0, train.count),
        noise,
      };
      return all;
    }
    if (share.length === 0) throw new RangeError('a worker has no rows to learn from: its share of the data is empty');
    return { rows: share, labels: Float64Array.from(share, (row) => train.labels[row]!), noise };
  };
};
