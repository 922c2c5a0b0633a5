import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import type { Precision, Vector } from '../../src/kernels/vector.js';
import type { AggregatorRule } from '../../src/weighted/index.js';
import { ctma, geometricMedian, weightedMean, weightedMedian, weiszfeld } from '../../src/weighted/index.js';
import { bothKernels } from '../kernels/both.js';

const { simd } = bothKernels(1 << 29);

const rules: Readonly<Record<string, AggregatorRule>> = {
  mean: weightedMean(),
  cwmed: weightedMedian(),
  gm: geometricMedian(),
  rfa: weiszfeld(),
  'rfa from the mean': weiszfeld({ start: 'mean', iterations: 5 }),
  'ctma of gm': ctma({ lambda: 0.3 })(geometricMedian()),
  'ctma of cwmed': ctma({ lambda: 0.3 })(weightedMedian()),
  'ctma of rfa': ctma({ lambda: 0.3 })(weiszfeld()),
};

/** A stream of numbers in ±1 from a seed. */
const draws = (seed: number): (() => number) => {
  let state = 1 + (seed % 2147483646);
  return () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  };
};

/** What honest and Byzantine vectors are like. */
interface Kind {
  readonly name: string;
  /** How far honest vectors are apart, around a common one of length about √d. */
  readonly spread: number;
  /** How long Byzantine ones are. */
  readonly reach: number;
}

const kinds: readonly Kind[] = [
  { name: 'of one length', spread: 1, reach: 1 },
  { name: 'nearly equal, beside ones a million times longer', spread: 1e-4, reach: 1e6 },
  { name: 'nearly equal to the last bits', spread: 1e-6, reach: 1 },
];

/** Lets workers send one vector after another, and hands every state to `look` with what changed. */
const history = (
  { spread, reach }: Kind,
  precision: Precision,
  seed: number,
  look: (state: {
    count: number;
    dimension: number;
    vectors: Vector[];
    weights: Float64Array;
    changes: Float64Array;
    previous: (Vector | undefined)[];
  }) => void,
): void => {
  const draw = draws(seed);
  const [workers, dimension] = [9, 33];
  const common = Array.from({ length: dimension }, draw);
  const held = simd.memory.matrix(precision, workers, dimension);
  const next = simd.memory.matrix(precision, workers, dimension);
  const places: number[] = [];
  const state = {
    ...{ count: 0, dimension, vectors: [] as Vector[], previous: [] as (Vector | undefined)[] },
    ...{ weights: new Float64Array(workers), changes: new Float64Array(workers) },
  };
  for (let arrival = 0; arrival < 40; arrival++) {
    const worker = Math.floor(((draw() + 1) / 2) * workers) % workers;
    if (!places.includes(worker)) places.push(worker);
    const place = places.indexOf(worker);
    const vector = next[worker]!;
    // Two of nine lie, and they come no more often than others.
    for (let k = 0; k < dimension; k++) vector[k] = worker >= 7 ? reach * draw() : common[k]! + spread * draw();
    next[worker] = held[worker]!;
    held[worker] = vector;
    state.previous[place] = state.changes[place]! > 0 ? next[worker] : undefined;
    state.vectors[place] = vector;
    state.changes[place]! += 1;
    state.weights[place]! += 1;
    state.count = places.length;
    look(state);
  }
};

const seed = fc.integer({ min: 1, max: 1e6 });

for (const kind of kinds)
  for (const [name, rule] of Object.entries(rules))
    testProp(
      `${name}, vector by vector, is what it is from scratch: vectors ${kind.name}`,
      [fc.constantFrom<Precision>('float32', 'float64'), seed],
      (t, precision, start) => {
        const shape = { count: 9, dimension: 33, precision };
        const incremental = rule({ ...shape, kernels: simd });
        const reference = rule(shape);
        const out = simd.memory.vector(precision, 33);
        const expected = new Float64Array(33);
        history(kind, precision, start, (state) => {
          const { count, dimension, vectors, weights } = state;
          incremental(state, out);
          reference({ count, dimension, vectors, weights }, expected);
          // Rounded to the vectors' precision, and the liars' coefficients with it.
          const unit = precision === 'float32' ? 2 ** -23 : 2 ** -52;
          const scale = Math.max(1, ...expected.map(Math.abs));
          const error = Math.max(...expected.map((x, k) => Math.abs(x - out[k]!)));
          // Distances from a combination lose what float64 can't hold beside the longest term: below 1e-15 of the reach.
          const lost = 1e-15 * kind.reach;
          t.true(error <= 64 * unit * scale + 1e-7 * kind.spread + lost, `${error} at a size of ${scale}`);
        });
      },
      { numRuns: 10 },
    );

test('vectors that stop being finite, and start again, are left out and taken in', (t) => {
  const shape = { count: 3, dimension: 2, precision: 'float32', kernels: simd } as const;
  for (const rule of [geometricMedian(), weiszfeld(), ctma({ lambda: 0.1 })(geometricMedian())]) {
    const aggregate = rule(shape);
    const anew = rule({ count: 3, dimension: 2 });
    const vectors = simd.memory.matrix('float32', 3, 2);
    vectors.forEach((vector, i) => vector.set([i, i * i]));
    const given = { count: 3, dimension: 2, vectors, weights: [1, 1, 1], changes: [1, 1, 1] };
    const [out, expected] = [simd.memory.float32(2), new Float64Array(2)];
    for (const [change, value] of [3, NaN, NaN, 5, Infinity, 6].entries()) {
      vectors[1]!.set([value, 1]);
      given.changes[1] = change + 2;
      aggregate(given, out);
      anew({ ...given, changes: undefined }, expected);
      t.true(expected.every((x, k) => Math.abs(x - out[k]!) < 1e-5));
    }
  }
});
