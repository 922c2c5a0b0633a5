import { z } from 'zod';

import { definePart } from '../../registry/part.js';
import type { DatasetRule } from './dataset-rule.js';
import { readLibsvm } from './read-libsvm.js';

/** Any data in LIBSVM text files; without `test`, models are scored on the training rows. */
export const libsvmFiles = definePart({
  summary: 'Any data in LIBSVM text files, plain or .gz; scored on the training rows when no test file is named.',
  source: 'Chang & Lin 2011, LIBSVM: a library for support vector machines',
  files: true,
  parameters: z.strictObject({
    train: z.string().min(1).describe('file of training rows: a path below the data folder, or absolute'),
    test: z.string().min(1).optional().describe('file of test rows: a path below the data folder, or absolute'),
    features: z.int().min(1).optional().describe('number of features, ≥ 1; without it, the largest index in the files'),
    task: z
      .enum(['classification', 'regression'])
      .default('classification')
      .describe('whether labels are classes (whole numbers) or targets: classification or regression'),
  }),
  create:
    ({ train, test, features, task }): DatasetRule =>
    ({ directory }) =>
      readLibsvm(directory, { name: train, train, test, testMayBeMissing: false, features, task }),
});
