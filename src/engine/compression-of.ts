import type { Compression } from '../methods/index.js';
import { StreamTable } from '../random/stream-table.js';
import type { CompressorShape } from '../compressors/index.js';
import type { Plan } from './plan.js';

/** How a run's messages are compressed; undefined where they aren't. */
export const compressionOf = (
  { compression: rule, random }: Pick<Plan, 'compression' | 'random'>,
  shape: CompressorShape,
): Compression | undefined => {
  if (rule === undefined) return undefined;
  const streams = new StreamTable(random, shape.workers, (worker) => `worker ${worker + 1}/compression`);
  return { rule, compressor: rule.create(shape), randomOf: (worker) => streams.at(worker) };
};
