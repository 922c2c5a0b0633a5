import { z } from 'zod';

import { definePart } from '../../registry/part.js';
import type { DatasetRule } from './dataset-rule.js';
import { readLibsvm } from './read-libsvm.js';

/** The census data a9a from `a9a/a9a` and `a9a/a9a.t` in the data folder. */
export const a9a = definePart({
  summary:
    'a9a: 32,561 and 16,281 rows of the census, 123 binary features; does somebody earn more than $50,000 a year?',
  source: 'Platt 1998, from the UCI data set Adult; LIBSVM data collection',
  precondition: 'a9a/a9a and a9a/a9a.t are in the data folder, plain or .gz.',
  files: true,
  parameters: z.strictObject({}),
  create:
    (): DatasetRule =>
    ({ directory }) =>
      readLibsvm(directory, {
        name: 'a9a',
        train: 'a9a/a9a',
        test: 'a9a/a9a.t',
        testMayBeMissing: false,
        features: 123,
        task: 'classification',
      }),
});
