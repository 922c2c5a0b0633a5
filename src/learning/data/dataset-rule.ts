import type { Random } from '../../random/random.js';
import type { Dataset } from '../dataset.js';

/** Where a data set comes from. */
export interface DatasetContext {
  /** The stream that generated data sets draw from. */
  readonly random: Random;
  /** The folder in which data files are looked for. */
  readonly directory: string;
}

/**
 * Reads or generates a data set. What it gives depends on the options, the stream and the files only.
 * Rejects with an Error of one sentence when a file is missing or is not what it should be.
 */
export type DatasetRule = (context: DatasetContext) => Promise<Dataset>;
