import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import { z } from 'zod';

import type { Random } from '../../../random/random.js';
import { definePart } from '../../../registry/part.js';
import type { Partition } from './partition.js';
import { requireRowEach } from './partition.js';
import { shuffle } from './shuffle.js';

/** A draw from the symmetric Dirichlet(alpha): gamma draws, by inversion, divided by their sum. */
const drawProportions = (workers: number, alpha: number, random: Random): Float64Array => {
  const draws = Float64Array.from({ length: workers }, () => gammaQuantile(random.next(), alpha, 1));
  const sum = draws.reduce((a, b) => a + b, 0);
  if (sum > 0) return draws.map((draw) => draw / sum);
  // A tiny alpha gives draws below the least float64: in that limit one worker has it all.
  draws[Math.floor(random.next() * workers)] = 1;
  return draws;
};

const rowsOfClass = (labels: Float64Array, label: number): Int32Array => {
  const rows: number[] = [];
  for (let row = 0; row < labels.length; row++) if (labels[row] === label) rows.push(row);
  return Int32Array.from(rows);
};

/** Moves one row from the largest share to each empty one. */
const fillEmpty = (shares: readonly number[][]): void => {
  for (const share of shares) {
    if (share.length > 0) continue;
    const largest = shares.reduce((a, b) => (b.length > a.length ? b : a));
    share.push(largest.pop()!);
  }
};

/** Each class is dealt to the workers in proportions drawn from Dirichlet(alpha); a worker left with nothing gets one row of the largest share. */
export const dirichlet = definePart({
  summary:
    'Each class is dealt in proportions drawn from Dirichlet(alpha): the smaller alpha, the more unequal the shares.',
  source: 'Yurochkin et al. 2019; Hsu, Qi & Brown 2019',
  precondition: 'Labels are classes, and there are at least as many rows as workers.',
  parameters: z.strictObject({
    alpha: z
      .number()
      .min(0.001)
      .max(1e6)
      .default(0.5)
      .describe('concentration, 0.001 (a class to one worker) to 1000000 (equal shares of each class)'),
  }),
  create:
    ({ alpha }): Partition =>
    (labels, classes, workers, random) => {
      if (classes < 2) throw new RangeError(`dirichlet deals rows by class, but the data have ${classes} classes.`);
      requireRowEach(labels.length, workers);
      const shares = Array.from({ length: workers }, (): number[] => []);
      for (let label = 0; label < classes; label++) {
        const rows = shuffle(rowsOfClass(labels, label), random);
        const proportions = drawProportions(workers, alpha, random);
        let reached = 0;
        let start = 0;
        for (let worker = 0; worker < workers; worker++) {
          reached += proportions[worker]!;
          const end = worker === workers - 1 ? rows.length : Math.min(rows.length, Math.round(reached * rows.length));
          for (let i = start; i < end; i++) shares[worker]!.push(rows[i]!);
          start = end;
        }
      }
      fillEmpty(shares);
      return shares.map((share) => Int32Array.from(share).sort());
    },
});
