import test from 'ava';
import { l2Quantization, topK } from '../../src/compressors/index.js';
import { plainKernels } from '../../src/kernels/index.js';
import { compressed, momentum, sgd, type Compression, type Method, type Samples } from '../../src/methods/index.js';
import { seededRandom } from '../../src/random/index.js';

const samples: Samples = {
  batch: () => ({ rows: new Int32Array(0), labels: new Float64Array(0), noise: new Float64Array(0) }),
  draw: () => undefined,
};

const shape = { workers: 2, underway: 2, dimension: 3, precision: 'float64', kernels: plainKernels() } as const;

const compressionOf = (rule: Compression['rule']): Compression => ({
  rule,
  compressor: rule.create({ ...shape, memory: shape.kernels.memory }),
  randomOf: (worker) => seededRandom(1).fork(`worker ${worker + 1}/compression`),
});

const estimatorOf = (method: Method, rule: Compression['rule']) => {
  const estimator = compressed(method.estimator, compressionOf(rule))(shape, samples);
  const message = (worker: number, gradient: readonly number[]): readonly number[] => {
    estimator.draw(worker);
    const out = Float64Array.from(gradient);
    estimator.message(worker, [out], out);
    return [...out];
  };
  return { estimator, message };
};

test('the message is compressed once it is made, what the method keeps is not', (t) => {
  const rule = topK({ k: 1, feedback: false });
  const { estimator, message } = estimatorOf(momentum({ lr: 1, beta: 0.5 }), rule);
  t.deepEqual(message(0, [4, 2, 1]), [4, 0, 0]);
  // m = (0, 2, 1)/2 + (4, 2, 1)/2
  t.deepEqual(message(0, [0, 4, 1]), [0, 3, 0]);
  t.deepEqual(message(1, [1, 2, 3]), [0, 0, 3]);
  t.is(estimator.gradients, 1);
  t.is(estimator.everyBits, 64 + 2);
  t.deepEqual(
    [0, 1].map((worker) => estimator.bits!(worker)),
    [66, 66],
  );
});

test('what is left out is part of the state, beside the method’s', (t) => {
  const { estimator, message } = estimatorOf(momentum({ lr: 1, beta: 0.5 }), topK({ k: 1 }));
  message(1, [4, 2, 1]);
  t.deepEqual(Object.keys(estimator.state), ['momentum', 'counts', 'remainders', 'sizes']);
  t.deepEqual(estimator.state.remainders, [Float64Array.of(0, 0, 0), Float64Array.of(0, 2, 1)]);
});

test('sizes that vary are those of each worker’s latest message', (t) => {
  const { estimator, message } = estimatorOf(sgd({ lr: 1 }), l2Quantization());
  t.is(estimator.everyBits, undefined);
  for (const worker of [0, 1, 0, 0, 1, 1]) {
    const others = message(worker, [1, -2, 2]).filter((value) => value !== 0);
    t.true(others.every((value) => Math.abs(value) === 3));
    t.is(estimator.bits!(worker), 64 + 3 * others.length);
  }
});
