import { z } from 'zod';

import { definePart } from '../../../registry/part.js';
import type { Partition } from './partition.js';
import { splitBySimilarity } from './split-by-similarity.js';

/** Rows dealt at random in equal shares. */
export const iid = definePart({
  summary: 'Rows are dealt at random, in equal shares.',
  source: 'McMahan, Moore, Ramage, Hampson & Agüera y Arcas 2017, section 3',
  precondition: 'There are at least as many rows as workers.',
  parameters: z.strictObject({}),
  create: (): Partition => (labels, _classes, workers, random) => splitBySimilarity(labels, workers, 1, random),
});
