import { a9a } from './a9a.js';
import { digits } from './digits.js';
import { gaussian } from './gaussian.js';
import { libsvmFiles } from './libsvm-files.js';
import { mnist } from './mnist.js';
import { w8a } from './w8a.js';

export type { DatasetContext, DatasetRule } from './dataset-rule.js';
export { partitions } from './partitions/index.js';
export type { Partition } from './partitions/partition.js';

/** Every data set, by the name that scenario files give it. */
export const datasets = { digits, mnist, a9a, w8a, libsvm: libsvmFiles, gaussian } as const;
