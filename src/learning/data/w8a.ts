import { z } from 'zod';

import { definePart } from '../../registry/part.js';
import type { DatasetRule } from './dataset-rule.js';
import { readLibsvm } from './read-libsvm.js';

/** The web-page data w8a from `w8a/w8a` in the data folder, scored on `w8a/w8a.t` where that is there, else on the training rows. */
export const w8a = definePart({
  summary:
    'w8a: 49,749 web pages, 300 binary features, two classes; scored on the training rows when w8a/w8a.t is not there.',
  source: 'Platt 1998; LIBSVM data collection',
  precondition: 'w8a/w8a, and w8a/w8a.t for a score on test rows, are in the data folder, plain or .gz.',
  files: true,
  parameters: z.strictObject({}),
  create:
    (): DatasetRule =>
    ({ directory }) =>
      readLibsvm(directory, {
        name: 'w8a',
        train: 'w8a/w8a',
        test: 'w8a/w8a.t',
        testMayBeMissing: true,
        features: 300,
        task: 'classification',
      }),
});
