import test from 'ava';

import { normal } from '../../../src/learning/data/normal.js';
import type { Random } from '../../../src/random/random.js';
import { seededRandom } from '../../../src/random/seeded-random.js';

const fixed = (draw: number): Random => ({ ...seededRandom(1), next: () => draw });

test('is finite at the ends of the stream', (t) => {
  t.true(Number.isFinite(normal(fixed(0))));
  t.true(Number.isFinite(normal(fixed(1 - 2 ** -53))));
});

test('inverts the distribution: the median is 0, the 97.5th percentile 1.96', (t) => {
  t.is(normal(fixed(0.5)), 0);
  t.true(Math.abs(normal(fixed(0.975)) - 1.959963984540054) < 1e-12);
});
