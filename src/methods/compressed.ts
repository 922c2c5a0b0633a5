import type { Compression, EstimatorRule } from './method.js';

/** The estimator with each message compressed, once it is made: the server gets what the receiver makes of it. */
export const compressed =
  (estimator: EstimatorRule, { rule, compressor, randomOf }: Compression): EstimatorRule =>
  (shape, samples) => {
    const whole = estimator(shape, samples);
    const sizes = new Float64Array(shape.workers);
    return {
      state: { ...whole.state, ...compressor.state, sizes },
      gradients: whole.gradients,
      draw: (worker) => whole.draw(worker),
      message(worker, gradients, out) {
        whole.message(worker, gradients, out);
        sizes[worker] = compressor.compress(worker, out, randomOf(worker));
      },
      bits: (worker) => sizes[worker]!,
      everyBits: rule.bits(shape.dimension, shape.precision),
    };
  };
