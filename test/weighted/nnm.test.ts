import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { AggregatorRule } from '../../src/weighted/aggregator.js';
import { geometricMedian } from '../../src/weighted/geometric-median.js';
import { krum } from '../../src/weighted/krum.js';
import { mixedDistances } from '../../src/weighted/mixed-distances.js';
import { nearestNeighbors } from '../../src/weighted/nearest-neighbors.js';
import { nnm } from '../../src/weighted/nnm.js';
import { pairwiseDistances } from '../../src/weighted/pairwise-distances.js';
import { weightedMean } from '../../src/weighted/weighted-mean.js';
import { weightedMedian } from '../../src/weighted/weighted-median.js';
import { weiszfeld } from '../../src/weighted/weiszfeld.js';
import { aggregate, agree, anyCase, dot, longest, minus, sum, type Case } from '../laws/cases.js';
import { equalCase, meanAt, squaredDistance } from './equal-case.js';
import { line } from './line.js';

/** A rule that isn't known to be a combination of the vectors. */
const opaque =
  (rule: AggregatorRule): AggregatorRule =>
  (shape) =>
    rule(shape);

test('0, 1, 3 and 100 become the means of the three nearest', (t) => {
  // 4/3 three times, and 104/3 for the outlier.
  t.deepEqual(aggregate(nnm({ f: 1 })(weightedMedian()), line([0, 1, 3, 100])), [4 / 3]);
  t.true(Math.abs(aggregate(nnm({ f: 1 })(weightedMean()), line([0, 1, 3, 100]))[0]! - 29 / 3) < 1e-12);
});

test('by weight, the vector at the boundary is mixed in in part', (t) => {
  // Of 4, 3 are kept. 0: 2 of 0, 1 of 1: 1/3. 1: likewise. 5: 1 of 5, 1 of 1, 1 of 0: 2.
  t.true(Math.abs(aggregate(nnm({ lambda: 0.25 })(weightedMean()), line([0, 1, 5], [2, 1, 1]))[0]! - 3 / 4) < 1e-12);
});

/** The definition, on vectors no two of which are equally far from a third. */
const mixed = (each: Case, f: number): Case => ({
  ...each,
  vectors: each.vectors.map((x) => {
    const order = each.vectors.map((_, i) => i);
    order.sort((i, j) => squaredDistance(each.vectors[i]!, x) - squaredDistance(each.vectors[j]!, x));
    return meanAt(each, order.slice(0, each.vectors.length - f));
  }),
});

const isGeneric = ({ vectors }: Case): boolean =>
  vectors.every((x) => {
    const far = vectors.map((y) => squaredDistance(x, y)).sort((a, b) => a - b);
    return far.every((distance, i) => i === 0 || distance > far[i - 1]! * (1 + 1e-6) + 1e-6);
  });

for (const [name, base] of [
  ['the median', weightedMedian()],
  ['the geometric median', geometricMedian()],
] as const) {
  testProp(
    `over ${name} the result is the one of the definition`,
    [equalCase(1)],
    (t, each) => {
      fc.pre(isGeneric(each));
      const expected = aggregate(base, mixed(each, each.f));
      t.true(agree(aggregate(nnm({ f: each.f })(base), each), expected, 10 * longest(each)));
    },
    { numRuns: 1000 },
  );
}

testProp(
  'a rule that needs only distances gets on them the result that it gets on the means',
  [anyCase, fc.double({ min: 0, max: 0.49, noNaN: true })],
  (t, each, lambda) => {
    const base = weiszfeld({ iterations: 4, start: 'mean', smoothing: 0.1 });
    const expected = aggregate(nnm({ lambda })(opaque(base)), each);
    t.true(agree(aggregate(nnm({ lambda })(base), each), expected, 100 * longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'distances, norms and products of means are those of the means themselves',
  [anyCase, fc.double({ min: 0, max: 0.49, noNaN: true })],
  (t, each, lambda) => {
    const n = each.vectors.length;
    const shape = { count: n, dimension: each.vectors[0]!.length };
    const input = pairwiseDistances(shape)({ ...shape, ...each });
    const mixing = new Float64Array(n * n);
    nearestNeighbors(n)(input, (1 - lambda) * sum(each.weights), mixing);
    const means = each.vectors.map((_, i) =>
      each.vectors[0]!.map((__, k) => sum(each.vectors.map((x, j) => mixing[i * n + j]! * x[k]!))),
    );
    const result = mixedDistances(n)(input, mixing);
    const { squared, squaredNorms } = result;
    const slack = 1e-12 * (1 + longest(each)) ** 2;
    const near = (a: number, b: number): boolean => Math.abs(a - b) <= slack;
    t.true(
      means.every(
        (x, i) =>
          near(squaredNorms[i]!, dot(x, x)) &&
          means.every(
            (y, j) =>
              near(squared[i * n + j]!, squaredDistance(x, y)) &&
              near(result.product(i, j, 0), dot(minus(x, means[0]!), minus(y, means[0]!))),
          ),
      ),
    );
  },
);

test('over Krum and its like it remains a matter of distances', (t) => {
  t.truthy(nnm({ f: 1 })(krum({ f: 1 })).affine);
  t.truthy(nnm({ f: 1 })(nnm({ f: 1 })(geometricMedian())).affine);
  t.falsy(nnm({ f: 1 })(weightedMedian()).affine);
});

test('a wide gap leaves the digits of what is near', (t) => {
  const values = [0, 1e-3, 2e-3, 1e12, 1.5e12];
  const result = aggregate(nnm({ lambda: 0.4 })(geometricMedian()), line(values));
  t.true(Math.abs(result[0]! - 1e-3) < 1e-9, `${result[0]}`);
});

test('where fewer than 2f + 1 have arrived, a majority is mixed', (t) => {
  const rule = nnm({ f: 2 })(weightedMedian())({ count: 5, dimension: 1 });
  const out = new Float64Array(1);
  for (const [values, expected] of [
    [[7], 7],
    [[7, 1], 4],
    [[7, 1, 2], 1.5],
  ] as const) {
    rule({ count: values.length, dimension: 1, vectors: values.map((v) => [v]), weights: values.map(() => 3) }, out);
    t.is(out[0], expected);
  }
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  for (const base of [weightedMedian(), geometricMedian()]) {
    t.deepEqual(aggregate(nnm({ f: 1 })(base), line([NaN, 2, 2])), [2]);
    t.deepEqual(aggregate(nnm({ lambda: 0.1 })(base), line([NaN])), [NaN]);
  }
});

test('shapes below the precondition, of the base too, and unequal weights with f are refused', (t) => {
  t.throws(() => nnm({ f: 2 })(weightedMedian())({ count: 4, dimension: 1 }), {
    message: 'nnm with f = 2 needs 5 workers or more, got 4',
  });
  t.throws(() => nnm({ f: 2 })(krum({ f: 2 }))({ count: 6, dimension: 1 }), {
    message: 'krum with f = 2 needs 7 workers or more, got 6',
  });
  t.throws(() => aggregate(nnm({ f: 1 })(weightedMedian()), line([1, 2, 3], [1, 1, 2])), {
    message: 'nnm counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
  });
});
