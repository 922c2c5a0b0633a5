import { z } from 'zod';

import { definePart } from '../../../registry/part.js';
import type { Partition } from './partition.js';
import { splitBySimilarity } from './split-by-similarity.js';

/** Rows sorted by label and dealt in contiguous chunks of equal size: most workers know one class or two. */
export const extreme = definePart({
  summary: 'Rows are sorted by label and dealt in contiguous chunks of equal size; draws nothing at random.',
  source: 'Allouah, Farhadkhani, Guerraoui, Gupta, Pinot & Stephan 2023, Fixing by Mixing, experiments',
  precondition: 'There are at least as many rows as workers.',
  parameters: z.strictObject({}),
  create: (): Partition => (labels, _classes, workers, random) => splitBySimilarity(labels, workers, 0, random),
});
