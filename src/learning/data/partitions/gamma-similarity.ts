import { z } from 'zod';

import { definePart } from '../../../registry/part.js';
import type { Partition } from './partition.js';
import { splitBySimilarity } from './split-by-similarity.js';

/** Equal shares of which the part `gamma` is i.i.d. and the rest comes sorted by label: between `extreme` (0) and `iid` (1). */
export const gammaSimilarity = definePart({
  summary:
    'Each share holds a part gamma of i.i.d. rows; the others are sorted by label and dealt in contiguous chunks.',
  source: 'Hsu, Qi & Brown 2019; Karimireddy et al. 2020, SCAFFOLD, section 7 ("similarity")',
  precondition: 'There are at least as many rows as workers.',
  parameters: z.strictObject({
    gamma: z.number().min(0).max(1).default(0.5).describe('part of i.i.d. rows in each share, 0 (extreme) to 1 (iid)'),
  }),
  create:
    ({ gamma }): Partition =>
    (labels, _classes, workers, random) =>
      splitBySimilarity(labels, workers, gamma, random),
});
