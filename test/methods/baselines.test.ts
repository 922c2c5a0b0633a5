import test from 'ava';
import { plainKernels } from '../../src/kernels/index.js';
import { momentum, mu2Sgd, sgd, type Method, type Samples } from '../../src/methods/index.js';
import { OutOfRangeError } from '../../src/registry/out-of-range-error.js';

const noSamples: Samples = {
  batch: () => ({ rows: new Int32Array(0), labels: new Float64Array(0), noise: new Float64Array(0) }),
  draw: () => undefined,
};

/** A worker's messages made of gradients that are 1, 2, 3, … in every coordinate. */
const messagesOf = (method: Method) => {
  const shape = { workers: 2, underway: 2, dimension: 2, precision: 'float64', kernels: plainKernels() } as const;
  const estimator = method.estimator(shape, noSamples);
  let calls = 0;
  return (worker: number): number[] => {
    const out = new Float64Array(2);
    const gradients = estimator.draw(worker).map((_, i) => (i === 0 ? out : new Float64Array(2)).fill(++calls));
    estimator.message(worker, gradients, out);
    return [...out];
  };
};

test('sgd sends each gradient as it is and steps along the aggregate', (t) => {
  const method = sgd({ lr: 0.5 });
  const next = messagesOf(method);
  t.deepEqual(next(0), [1, 1]);
  t.deepEqual(next(0), [2, 2]);
  const x = Float64Array.of(1, -1);
  method.update(x, 'float64').step(1, [2, 4], x);
  t.deepEqual([...x], [0, -3]);
});

test('worker momentum starts at the first gradient and keeps a share β of the past, each worker its own', (t) => {
  const next = messagesOf(momentum({ lr: 1, beta: 0.75 }));
  t.deepEqual(next(0), [1, 1]);
  t.deepEqual(next(0), [1.25, 1.25]);
  t.deepEqual(next(1), [3, 3]);
  t.deepEqual(next(0), [0.75 * 1.25 + 1, 0.75 * 1.25 + 1]);
});

test('corrected momentum takes two gradients a message and carries the difference to the next', (t) => {
  const next = messagesOf(mu2Sgd({ lr: 1, beta: 0.25, gamma: 0.1 }));
  // d_1 = 1, kept 1 − 2; d_2 = 3 + 0.75·(1 − 2).
  t.deepEqual(next(0), [1, 1]);
  t.deepEqual(next(0), [2.25, 2.25]);
  t.deepEqual(next(1), [5, 5]);
  t.deepEqual(next(0), [7 + 0.75 * (2.25 - 4), 7 + 0.75 * (2.25 - 4)]);
});

test('a learning rate may be a function of t', (t) => {
  const x = Float64Array.of(0, 0);
  const update = sgd({ lr: ({ t: step }) => 1 / step! }).update(x, 'float64');
  update.step(4, [1, 2], x);
  t.deepEqual([...x], [-0.25, -0.5]);
});

test('projection brings the model back to the ball, along the ray', (t) => {
  const x = Float64Array.of(0, 0);
  const update = sgd({ lr: 1, radius: 5 }).update(x, 'float64');
  update.step(1, [-6, -8], x);
  t.deepEqual([...x], [3, 4]);
});

test('rates out of their range are refused at once, or when a formula gets there', (t) => {
  t.throws(() => sgd({ lr: -1 }), { instanceOf: OutOfRangeError, message: /lr is -1; it must be finite, >= 0/ });
  t.throws(() => sgd({ lr: NaN }), { instanceOf: OutOfRangeError });
  t.throws(() => mu2Sgd({ lr: 1, beta: 7 }), {
    instanceOf: OutOfRangeError,
    message: /beta is 7; it must be finite, > 0, <= 1/,
  });
  t.throws(() => mu2Sgd({ lr: 1, alpha: 0 }), { instanceOf: OutOfRangeError, message: /alpha is 0/ });
  const x = Float64Array.of(0);
  const update = sgd({ lr: ({ t: step }) => 1 / (3 - step!) }).update(x, 'float64');
  update.step(2, [1], x);
  t.throws(() => update.step(4, [1], x), { instanceOf: OutOfRangeError, message: /lr is -1 at t = 4/ });
});

test('a formula’s text is refused outside of scenarios', (t) => {
  t.throws(() => sgd({ lr: '0.1 / t' }), { instanceOf: TypeError, message: /was not compiled/ });
});
