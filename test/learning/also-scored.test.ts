import test from 'ava';
import { alsoScored } from '../../src/learning/also-scored.js';
import { models } from '../../src/learning/index.js';
import { scores } from './scores.js';
import { synthetic } from './synthetic.js';

const data = synthetic('scored', [4], 2);
const objective = models.logistic.create({ bias: true, l2: 0 })({ data, batch: 2 });

test('the other examples’ accuracy stands beside the scores, which stay what they are', (t) => {
  const flipped = { ...data.test, labels: data.test.labels.map((label) => 1 - label) };
  const other = models.logistic.create({ bias: true, l2: 0 })({
    data: { ...data, train: flipped, test: flipped },
    batch: 2,
  });
  const both = alsoScored(objective, other, 'flipped');
  const params = Float64Array.of(1, -1, 0.5, 0.25, 0.1);
  const own = scores(objective, params).scores;
  t.deepEqual(scores(both, params).scores, { ...own, flipped: 1 - own.accuracy! });
  t.deepEqual(both.beside, ['flipped']);
  t.deepEqual(alsoScored(both, other, 'more').beside, ['flipped', 'more']);
  t.is(both.metric, objective.metric);
});
