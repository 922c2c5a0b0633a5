import test from 'ava';
import { models } from '../../src/learning/index.js';
import { withSuboptimality } from '../../src/learning/suboptimality.js';
import { scores } from './scores.js';
import { synthetic } from './synthetic.js';

const quadratic = models.quadratic.create({ dimension: 3, smoothness: 4, condition: 4, noise: 1, optimum: 2 })({
  data: undefined,
  batch: 1,
});
const claim = () => new Float64Array(3);

test('the distance from the least value and the gradient’s norm stand before the other scores', (t) => {
  const scored = withSuboptimality(quadratic, [null, null], Float64Array.of(2, 2, 2), claim);
  t.deepEqual(scored.metric, { name: 'suboptimality', better: 'less' });
  t.deepEqual(scored.beside, ['gradientNorm', 'error']);
  const { suboptimality, gradientNorm, error, distance } = scores(scored, Float64Array.of(3, 2, 2)).scores;
  // The first eigenvalue is 4.
  t.deepEqual([suboptimality, gradientNorm, error, distance], [2, 4, 2, 1]);
  t.deepEqual(scores(scored, Float64Array.of(2, 2, 2)).scores.suboptimality, 0);
});

test('a point below the alleged least value shows itself, but for rounding', (t) => {
  const scored = withSuboptimality(quadratic, [null], Float64Array.of(3, 2, 2), claim);
  t.is(scores(scored, Float64Array.of(2, 2, 2)).scores.suboptimality, -2);
  const nearly = withSuboptimality(quadratic, [null], Float64Array.of(3, 2, 2), claim);
  t.is(scores(nearly, Float64Array.of(3 - 2 ** -52, 2, 2)).scores.suboptimality, 0);
});

test('it yields between blocks of rows', (t) => {
  const data = synthetic('sliced', [2], 2, 600);
  const objective = models.logistic.create({ bias: false, l2: 0.1 })({ data, batch: 1 });
  const scored = withSuboptimality(objective, [null], Float64Array.of(0, 0), () => new Float64Array(2));
  const first = scores(scored, Float64Array.of(1, 0));
  t.is(first.yields, scores(objective, Float64Array.of(1, 0)).yields + 5);
  t.is(scores(scored, Float64Array.of(1, 0)).yields, first.yields - 2);
  t.true(first.scores.gradientNorm! > 0 && Number.isFinite(first.scores.suboptimality));
  t.true('accuracy' in first.scores);
});
