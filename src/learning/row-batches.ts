import type { Examples } from './dataset.js';
import type { Objective } from './objective.js';

/**
 * Samples of `size` rows of `train`, each uniform on the worker's share, with replacement: an unbiased estimate of the
 * share's mean, independent from sample to sample. One draw from `random` a row.
 * `draw` throws a RangeError when the share is empty.
 */
export const rowBatches = (train: Examples, size: number): Pick<Objective, 'batch' | 'draw'> => ({
  batch: () => ({ rows: new Int32Array(size), labels: new Float64Array(size), noise: new Float64Array(0) }),
  draw: (random, share, { rows, labels }) => {
    const choices = share === null ? train.count : share.length;
    if (choices === 0) throw new RangeError('a worker has no rows to draw from: its share of the data is empty');
    for (let i = 0; i < rows.length; i++) {
      const choice = Math.floor(random.next() * choices);
      const row = share === null ? choice : share[choice]!;
      rows[i] = row;
      labels[i] = train.labels[row]!;
    }
  },
});
