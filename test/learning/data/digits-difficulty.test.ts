import test from 'ava';

import { digits } from '../../../src/learning/data/digits.js';
import type { Dataset } from '../../../src/learning/dataset.js';
import { cnn } from '../../../src/learning/cnn.js';
import { mlp } from '../../../src/learning/mlp.js';
import type { Objective } from '../../../src/learning/objective.js';
import { seededRandom } from '../../../src/random/seeded-random.js';
import { simd, type Kernels } from '../../../src/kernels/index.js';
import { newVector } from '../../../src/kernels/vector.js';

/** What a run works with; with plain loops, which give the same to rounding, training takes several times as long. */
const source = (await simd())!;
const BYTES = 1 << 28;

const loading = digits.create(digits.parameters.parse({}))({ random: seededRandom('data'), directory: '' });

/** Test accuracy after steps of momentum SGD on batches of 16. */
const accuracyOf = (objective: Objective, steps: number, rate: number): number => {
  const { precision, dimension, statistics } = objective;
  const random = seededRandom(1);
  const [params, gradient, momentum] = [0, 0, 0].map(() => newVector(precision, dimension));
  const running = newVector(precision, statistics);
  const seen = newVector(precision, statistics);
  objective.initial(random.fork('initial'), params!);
  objective.initialStatistics(running);
  const batch = objective.batch();
  for (let step = 0; step < steps; step++) {
    objective.draw(random, null, batch);
    objective.gradient(params!, batch, gradient!, seen);
    objective.blend?.(running, seen);
    for (let k = 0; k < dimension; k++) {
      momentum![k] = 0.9 * momentum![k]! + gradient![k]!;
      params![k] = params![k]! - rate * momentum![k]!;
    }
  }
  const scoring = objective.evaluate(params!, running);
  for (;;) {
    const { done, value } = scoring.next();
    if (done) return value.accuracy!;
  }
};

const reaches = (
  title: string,
  build: (given: { readonly data: Dataset; readonly batch: number; readonly kernels: Kernels }) => Objective,
  { epochs, rate, least, most }: Record<'epochs' | 'rate' | 'least' | 'most', number>,
) =>
  test(title, async (t) => {
    const accuracy = accuracyOf(
      build({ data: await loading, batch: 16, kernels: source.create(BYTES) }),
      epochs * 375,
      rate,
    );
    t.true(accuracy >= least && accuracy <= most, `${accuracy}`);
    t.log(accuracy);
  });

reaches('softmax regression does not learn the digits', mlp.create({ hidden: [] }), {
  epochs: 3,
  rate: 0.001,
  least: 0.6,
  most: 0.85,
});
reaches('a hidden layer of 64 learns them fairly', mlp.create({ hidden: [64] }), {
  epochs: 5,
  rate: 0.01,
  least: 0.88,
  most: 0.97,
});
// 98.5 % after three epochs; one keeps the test short.
reaches('the convolutional network learns them well', cnn.create({}), {
  epochs: 1,
  rate: 0.01,
  least: 0.95,
  most: 1,
});
