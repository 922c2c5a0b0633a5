import { z } from 'zod';

import { definePart } from '../../../registry/part.js';
import type { Partition } from './partition.js';

/** Every worker draws from all rows: the homogeneous setting of Dahan & Levy 2024. */
export const shared = definePart({
  summary: 'Every worker draws from all rows.',
  source: 'Dahan & Levy 2024, Weight for Robustness, section 2',
  parameters: z.strictObject({}),
  create: (): Partition => (_labels, _classes, workers) => Array.from({ length: workers }, () => null),
});
