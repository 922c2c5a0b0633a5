import type { Compression, Estimator, MethodShape, Samples } from '../methods/index.js';
import { compressed } from '../methods/index.js';
import { StreamTable } from '../random/stream-table.js';
import type { Plan } from './plan.js';

const compressionOf = ({ compression: rule, random }: Plan, shape: MethodShape): Compression | undefined => {
  if (rule === undefined) return undefined;
  const { workers, dimension, precision, kernels } = shape;
  const streams = new StreamTable(random, workers, (worker) => `worker ${worker + 1}/compression`);
  return {
    rule,
    compressor: rule.create({ workers, dimension, precision, memory: kernels.memory }),
    randomOf: (worker) => streams.at(worker),
  };
};

/** A run's estimator, whose messages are compressed if the plan says so. */
export const estimatorOf = (plan: Plan, shape: MethodShape, samples: Samples): Estimator => {
  const { method } = plan;
  const compression = compressionOf(plan, shape);
  if (compression === undefined) return method.estimator(shape, samples);
  return method.compresses
    ? method.estimator({ ...shape, compression }, samples)
    : compressed(method.estimator, compression)(shape, samples);
};
