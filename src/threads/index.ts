import type { Threads } from '../scenario/surroundings.js';
import { sharedDataset } from './shared-dataset.js';
import { threadedGradients } from './threaded-gradients.js';

/** Has runs take their gradients in `count` threads of this process, this one included; at least 1. The run is the same. */
export const threads = (count: number): Threads | undefined =>
  count > 1 ? { count, share: sharedDataset, gradients: (spec) => threadedGradients(count, spec) } : undefined;

export { sharedDataset, threadedGradients };
