import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { seededRandom } from '../../src/random/index.js';
import { dnc } from '../../src/weighted/dnc.js';
import { aggregate, agree, dot, integerCase, longest, meanOf, minus, norm, sum, type Case } from '../laws/cases.js';
import { bothKernels } from '../kernels/both.js';
import { equalCase, meanAt } from './equal-case.js';
import { line, ofFirstArrivals } from './line.js';

test('on a line, what is farthest from the mean goes', (t) => {
  t.deepEqual(aggregate(dnc({ f: 1 }), line([0, 2, 10])), [1]);
  t.deepEqual(aggregate(dnc({ f: 2 }), line([0, 2, 4, -60, 60])), [2]);
  // Twice as many as may lie.
  t.deepEqual(aggregate(dnc({ f: 1, c: 2 }), line([0, 1, 2, 3, -100])), [1]);
});

test('only the direction of the greatest scatter matters', (t) => {
  // Along the first axis 10 and −10 stand out; (0, 7) doesn't, since nothing else scatters along the second.
  const each = { vectors: [[10, 0], [-10, 0], [0, 7], [0, 0], [1, 0], [-1, 0]], weights: [1, 1, 1, 1, 1, 1] }; // prettier-ignore
  t.true(agree(aggregate(dnc({ f: 2 }), each), [0, 7 / 4], 1e-3));
});

test('by weight, the vector at the boundary stays in part', (t) => {
  // Of 8, 6 stay: of 30, the farthest from the mean 6.75, weight 1, nothing, and of the next, 0 with weight 3, 2.
  const [result] = aggregate(dnc({ lambda: 0.25 }), line([0, 3, 5, 30], [3, 3, 1, 1]));
  t.true(Math.abs(result! - (0 * 2 + 3 * 3 + 5) / 6) < 1e-12, `${result}`);
});

/** The definition on all coordinates; undefined where the direction or the order is a matter of rounding. */
const slow = ({ vectors }: Case, removed: number): number[] | undefined => {
  const mean = meanOf({ vectors, weights: vectors.map(() => 1) });
  const rows = vectors.map((x) => minus(x, mean));
  const times = (x: readonly number[]): number[] => mean.map((_, k) => sum(rows.map((row) => row[k]! * dot(row, x))));
  const unit = (x: readonly number[]): number[] => x.map((v) => v / norm(x));
  let v = unit(mean.map((_, k) => 1 + 0.1 * k * k));
  for (let step = 0; step < 300; step++) v = unit(times(v));
  let second = mean.map((_, k) => 1 - 0.3 * k);
  for (let step = 0; step < 300; step++) {
    second = minus(second, v.map((a) => a * dot(v, second))); // prettier-ignore
    second = unit(times(second));
  }
  if (
    !v.every(Number.isFinite) ||
    norm(
      times(
        minus(
          second,
          v.map((a) => a * dot(v, second)),
        ),
      ),
    ) >
      0.9 * norm(times(v))
  )
    // prettier-ignore
    return undefined;
  const scores = rows.map((x) => dot(x, v) ** 2);
  const order = scores.map((_, i) => i).sort((i, j) => scores[i]! - scores[j]!);
  const kept = order.slice(0, order.length - removed);
  const [inside, outside] = [scores[kept.at(-1)!]!, scores[order[kept.length] ?? -1] ?? Infinity];
  return outside - inside > 1e-6 * Math.max(...scores) ? meanAt({ vectors, weights: [] }, kept) : undefined;
};

testProp(
  'the result is the one of the definition',
  [equalCase(1)],
  (t, each) => {
    const expected = slow(each, each.f);
    fc.pre(expected !== undefined);
    t.true(agree(aggregate(dnc({ f: each.f }), each), expected, longest(each)));
  },
  { numRuns: 1000 },
);

testProp(
  'a share of whole weights sorts out as many copies',
  [integerCase],
  (t, { vectors, weights }) => {
    const copies = vectors.flatMap((x, i) => Array.from({ length: weights[i]! }, () => x));
    const f = Math.floor((copies.length - 1) / 3);
    const expected = slow({ vectors: copies, weights: [] }, f);
    fc.pre(expected !== undefined);
    const each = { vectors, weights };
    t.true(agree(aggregate(dnc({ lambda: f / copies.length }), each), expected, longest(each)));
  },
  { numRuns: 300 },
);

/** Draws of k coordinates of d, as told. */
const told = (draws: readonly (readonly number[])[], d: number) => {
  const flat = draws.flatMap((places) => places.map((place, i) => (place - i + 0.5) / (d - i)));
  let next = 0;
  return { next: () => flat[next++]! };
};

test('what every iteration leaves is averaged; each looks at the coordinates that it has drawn', (t) => {
  // The first coordinate tells of the fourth vector, the second of the fifth.
  const vectors = [[0, 0, 1], [1, 1, 2], [-1, 1, 3], [50, 0, 4], [0, 50, 6], [0, -1, 5]]; // prettier-ignore
  const shape = { count: 6, dimension: 3, random: () => told([[0], [1]], 3) };
  const out = new Float64Array(3);
  const input = { count: 6, dimension: 3, vectors, weights: vectors.map(() => 1) };
  dnc({ f: 1, iterations: 2, coordinates: 1 })(shape)(input, out);
  t.true(agree([...out], meanAt({ vectors, weights: [] }, [0, 1, 2, 5]), 1));
});

test('where no vector is left by all iterations, those that most leave are averaged', (t) => {
  const vectors = [[90, 0, 0], [0, 90, 0], [0, 0, 90]]; // prettier-ignore
  const shape = { count: 3, dimension: 3, random: () => told([[0], [0], [0]], 3) };
  const out = new Float64Array(3);
  // The place 0 is exchanged with itself, so that each draw is the first coordinate.
  dnc({ f: 1, iterations: 3, coordinates: 1 })(shape)({ count: 3, dimension: 3, vectors, weights: [1, 1, 1] }, out);
  t.deepEqual([...out], [0, 45, 45]);
  // 0, 1 and 2 in turn: place 1 holds coordinate 1, then place 2 coordinate 2.
  const turns = { ...shape, random: () => told([[0], [1], [2]], 3) };
  dnc({ f: 1, iterations: 3, coordinates: 1 })(turns)({ count: 3, dimension: 3, vectors, weights: [1, 1, 1] }, out);
  t.true(agree([...out], [30, 30, 30], 1));
});

test('the sample is as large as told, and each coordinate is in it as often as any other', (t) => {
  // Vector k stands out in coordinate k only, so that it goes when k is drawn: with 1 of 4 drawn, a quarter of the time.
  const vectors = [[9, 0, 0, 0], [0, 9, 0, 0], [0, 0, 9, 0], [0, 0, 0, 9], [0, 0, 0, 0]]; // prettier-ignore
  const random = (name: string) => seededRandom('sample').fork(name);
  const rule = dnc({ f: 1, coordinates: 1 })({ count: 5, dimension: 4, random });
  const out = new Float64Array(4);
  const gone = [0, 0, 0, 0];
  for (let call = 0; call < 4000; call++) {
    rule({ count: 5, dimension: 4, vectors, weights: [1, 1, 1, 1, 1] }, out);
    out.forEach((value, k) => (gone[k]! += value === 0 ? 1 : 0));
  }
  t.is(sum(gone), 4000);
  t.true(
    gone.every((times) => Math.abs(times - 1000) < 4 * Math.sqrt(750)),
    gone.join(' '),
  );
});

testProp('all coordinates, however they are asked for, are all', [equalCase(1)], (t, each) => {
  const d = each.vectors[0]!.length;
  const expected = aggregate(dnc({ f: each.f, coordinates: d }), each);
  t.deepEqual(aggregate(dnc({ f: each.f, coordinates: d + 3, iterations: 4 }), each), expected);
});

test('where fewer than 2f + 1 have arrived, as many go as they allow', (t) => {
  t.true(agree(ofFirstArrivals(dnc({ f: 2 })), [7, 4, 1.5, 7 / 3], 1));
});

test('vectors that are not finite are left out; with none left the result is NaN', (t) => {
  for (const coordinates of [1, 2]) {
    const pairs = (...values: number[]): Case => ({ vectors: values.map((v) => [v, v]), weights: values.map(() => 1) });
    t.deepEqual(aggregate(dnc({ f: 1, coordinates }), pairs(NaN, 2, 2)), [2, 2]);
    t.deepEqual(aggregate(dnc({ lambda: 0.1, coordinates }), pairs(Infinity)), [NaN, NaN]);
  }
});

test('options out of range, too few workers, unequal weights with f and shapes without draws are refused', (t) => {
  t.throws(() => dnc({ f: 1, iterations: 0 }), { message: 'dnc.iterations: a whole number >= 1, got 0' });
  t.throws(() => dnc({ f: 1, coordinates: 1.5 }), { message: 'dnc.coordinates: a whole number >= 1, got 1.5' });
  t.throws(() => dnc({ f: 1, c: 2.1 }), { message: 'dnc.c: it is above 0 and at most 2, got 2.1' });
  t.throws(() => dnc({ f: 1, c: 0 }), { message: 'dnc.c: it is above 0 and at most 2, got 0' });
  t.throws(() => dnc({ f: 2 })({ count: 4, dimension: 1 }), {
    instanceOf: RangeError,
    message: 'dnc with f = 2 needs 5 workers or more, got 4',
  });
  t.throws(() => dnc({ f: 2, coordinates: 1 })({ count: 5, dimension: 2 }), {
    instanceOf: RangeError,
    message: 'dnc draws at random, so it needs a shape with random, streams of draws by name',
  });
  t.throws(() => aggregate(dnc({ f: 1 }), line([1, 2, 3], [1, 1, 2])), {
    message: 'dnc counts vectors, so they must have one weight, but found 1 and 2; in a scenario, set weights: uniform',
  });
});

for (const precision of ['float64', 'float32'] as const)
  test(`${precision}: SIMD kernels give the plain ones’ result`, (t) => {
    const random = (name: string) => seededRandom('both').fork(name);
    const shape = { count: 9, dimension: 501, precision, random };
    const results = Object.values(bothKernels()).map((kernels) => {
      const vectors = kernels.memory.matrix(precision, 9, 501);
      vectors.forEach((x, i) => x.forEach((_, k) => (x[k] = Math.sin(i * i + 7 * k) + (i > 6 ? 3 : 0))));
      const out = kernels.memory.vector(precision, 501);
      const weights = Array.from({ length: 9 }, () => 1);
      dnc({ f: 2, coordinates: 77, iterations: 3 })({ ...shape, kernels })({ ...shape, vectors, weights }, out);
      return [...out];
    });
    t.true(norm(minus(results[0]!, results[1]!)) < (precision === 'float64' ? 1e-11 : 1e-4));
  });
