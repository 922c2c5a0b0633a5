import test from 'ava';
import { momentum, mu2Sgd, sgd, type Oracle } from '../../src/methods/index.js';
import { OutOfRangeError } from '../../src/registry/out-of-range-error.js';

/** Gradients 1, 2, 3, … in every coordinate. */
const counting = (): Oracle => {
  let calls = 0;
  return {
    batch: () => ({ rows: new Int32Array(0), labels: new Float64Array(0), noise: new Float64Array(0) }),
    draw: () => undefined,
    gradient: (_worker, _params, _batch, out) => {
      out.fill(++calls);
      return 10 * calls;
    },
  };
};

const shape = { workers: 2, dimension: 2, precision: 'float64' } as const;

test('sgd sends each gradient as it is and steps along the aggregate', (t) => {
  const method = sgd({ lr: 0.5 });
  const estimator = method.estimator(shape, counting());
  const out = new Float64Array(2);
  t.is(estimator.query(0, [0, 0], out), 10);
  t.deepEqual([...out], [1, 1]);
  t.is(estimator.query(0, [0, 0], out), 20);
  t.deepEqual([...out], [2, 2]);
  const x = Float64Array.of(1, -1);
  method.update(x, 'float64').step(1, [2, 4], x);
  t.deepEqual([...x], [0, -3]);
});

test('worker momentum starts at the first gradient and keeps a share β of the past, each worker its own', (t) => {
  const estimator = momentum({ lr: 1, beta: 0.75 }).estimator(shape, counting());
  const out = new Float64Array(2);
  estimator.query(0, [0, 0], out);
  t.deepEqual([...out], [1, 1]);
  estimator.query(0, [0, 0], out);
  t.deepEqual([...out], [1.25, 1.25]);
  estimator.query(1, [0, 0], out);
  t.deepEqual([...out], [3, 3]);
  estimator.query(0, [0, 0], out);
  t.deepEqual([...out], [0.75 * 1.25 + 1, 0.75 * 1.25 + 1]);
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
