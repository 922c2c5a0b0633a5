import test from 'ava';
import type { Kernels } from '../../src/kernels/index.js';
import type { Precision, Vector } from '../../src/kernels/vector.js';
import { centeredClipping, geometricMedian, krum, weiszfeld, type AggregatorRule } from '../../src/weighted/index.js';
import { bothKernels } from '../kernels/both.js';

const { plain, simd } = bothKernels(1 << 24);

const [count, dimension] = [6, 150];

const value = (i: number, k: number): number =>
  Math.fround(((i * 7919 + k * 104_729 + i * i * k * 31) % 2003) / 700 - i / 5);

/** Results of one aggregator for rows of which, call after call, one is spoilt by a number in one place. */
const results = (
  kernels: Kernels,
  precision: Precision,
  rule: AggregatorRule,
  spoilt: readonly number[],
): number[][] => {
  const vectors: readonly Vector[] = kernels.memory.matrix(precision, count, dimension);
  const out = kernels.memory.vector(precision, dimension);
  const aggregate = rule({ count, dimension, precision, kernels });
  return spoilt.map((bad, call) => {
    vectors.forEach((vector, i) => vector.set(Array.from({ length: dimension }, (_, k) => value(i, k + call))));
    if (bad !== 0) vectors[call % count]![(call * 41) % dimension] = bad;
    aggregate({ count, dimension, vectors, weights: new Float64Array(count).fill(1) }, out);
    return [...out];
  });
};

const rules: Readonly<Record<string, AggregatorRule>> = {
  krum: krum({ f: 1 }),
  'geometric median': geometricMedian(),
  weiszfeld: weiszfeld(),
  'weiszfeld from the mean': weiszfeld({ start: 'mean' }),
  'centred clipping': centeredClipping({ radius: 3 }),
  'centred clipping from 0': centeredClipping({ radius: 3, start: 'zero', iterations: 2 }),
};

// 0 spoils nothing; 1e25 is finite, but its square isn't in float32.
const sequences = [
  [0, NaN, NaN, 0, 0, Infinity, 0],
  [NaN, 0, -Infinity],
  [1e25, 0, NaN, 1e25, 1e25, 0],
];

for (const [name, rule] of Object.entries(rules))
  for (const precision of ['float32', 'float64'] as const)
    test(`${name} in ${precision} leaves out what is not finite, and forgets it when all are finite again`, (t) => {
      for (const spoilt of sequences) {
        const [a, b] = [plain, simd].map((kernels) => results(kernels, precision, rule, spoilt)) as [
          number[][],
          number[][],
        ];
        a.forEach((expected, call) => {
          t.true(expected.every(Number.isFinite));
          const largest = Math.max(...expected.map(Math.abs));
          expected.forEach((x, k) =>
            t.true(Math.abs(x - b[call]![k]!) <= 2e-5 * largest, `call ${call}, ${k}: ${x} and ${b[call]![k]!}`),
          );
        });
      }
    });

test('finite vectors whose squares overflow in float32 are not left out', (t) => {
  const spoilt = [1e25, 0, NaN, 1e25, 1e25, 0];
  for (const rule of [krum({ f: 1 }), geometricMedian(), weiszfeld({ iterations: 1 })]) {
    const [a, b] = [plain, simd].map((kernels) => results(kernels, 'float32', rule, spoilt)) as [
      number[][],
      number[][],
    ];
    a.forEach((expected, call) => {
      const largest = Math.max(...expected.map(Math.abs));
      expected.forEach((x, k) => t.true(Math.abs(x - b[call]![k]!) <= 2e-5 * largest, `call ${call}, ${k}`));
    });
  }
});

test('vectors longer than 1e75 are left out, whatever they are near to', (t) => {
  for (const kernels of [plain, simd]) {
    for (const rule of [krum({ f: 0 }), centeredClipping({ radius: 1 })]) {
      const vectors = kernels.memory.matrix('float64', 4, 2);
      vectors.forEach((vector, i) => vector.fill(i < 3 ? 2e75 : 1));
      const out = kernels.memory.float64(2);
      const aggregate = rule({ count: 4, dimension: 2, precision: 'float64', kernels });
      aggregate({ count: 4, dimension: 2, vectors, weights: new Float64Array(4).fill(1) }, out);
      t.true(out[0]! > 0.7 && out[0]! <= 1, `${out[0]!}`);
    }
  }
});
