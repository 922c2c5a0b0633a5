import test from 'ava';
import {
  compressors,
  identity,
  l2Quantization,
  randK,
  sign,
  topK,
  type CompressorRule,
} from '../../src/compressors/index.js';
import { indexBits } from '../../src/compressors/encoding.js';
import { heapMemory } from '../../src/kernels/memory.js';
import { seededRandom } from '../../src/random/index.js';
import { atWork, sent, vectorOf } from './measured.js';

const rules: Readonly<Record<keyof typeof compressors, CompressorRule>> = {
  identity: identity(),
  randk: randK({ share: 0.5 }),
  topk: topK({ share: 0.5 }),
  'l2-quantization': l2Quantization(),
  sign: sign(),
};

test('names and aliases are all different, and each part makes its compressor', (t) => {
  const words = Object.entries(compressors).flatMap(([name, { aliases }]) => [name, ...aliases]);
  t.is(new Set(words).size, words.length);
  for (const [name, { parameters, create }] of Object.entries(compressors)) {
    const kept = 'k' in parameters.shape ? { k: 2 } : {};
    const made = (create as (options: unknown) => CompressorRule)(parameters.parse(kept));
    t.is(made.unbiased, rules[name as keyof typeof rules].unbiased);
    t.is(made.bits(4, 'float32'), rules[name as keyof typeof rules].bits(4, 'float32'));
    t.is(Object.keys(made.create(shapeOf(4)).state).length, name === 'topk' || name === 'sign' ? 1 : 0);
  }
});

for (const [name, rule] of Object.entries(rules)) {
  test(`${name}: what isn’t finite goes through whole, in a message of the largest size`, (t) => {
    const largest = rule.bits(3, 'float64') ?? 64 + 3 * 3;
    for (const wrong of [NaN, Infinity, -Infinity]) {
      t.deepEqual(sent(rule, [1, wrong, 2]), { received: [1, wrong, 2], bits: largest });
      t.deepEqual(sent(rule, [wrong, 5, NaN]), { received: [wrong, 5, NaN], bits: largest });
    }
  });

  test(`${name}: zeros stay zeros`, (t) => {
    const { received, bits } = sent(rule, [0, -0, 0, 0]);
    t.true(received.every((value) => value === 0));
    t.is(bits, rule.bits(4, 'float64') ?? 64);
  });

  test(`${name}: one number is sent as it is`, (t) => {
    t.deepEqual(sent(rule, [-7]).received, [-7]);
  });

  test(`${name}: it claims the vectors that it says, and nothing more when it works`, (t) => {
    const shape = shapeOf(4096);
    const compressor = rule.create(shape);
    const { claimed } = shape.memory;
    t.true(claimed <= rule.vectors(5) * 4 * 4096, `${claimed}`);
    compressor.compress(4, new Float32Array(4096).fill(1), seededRandom(1));
    t.is(shape.memory.claimed, claimed);
  });

  test(`${name}: the constants are those of its kind`, (t) => {
    const { omega, most, contraction, density } = rule.constants(9);
    t.is(omega !== undefined && most !== undefined, rule.unbiased);
    t.is(contraction !== undefined, !rule.unbiased);
    t.true(density > 0 && density <= 9);
  });
}

const shapeOf = (dimension: number) => ({ workers: 5, dimension, precision: 'float32', memory: heapMemory() }) as const;

test('after what isn’t finite nothing remains', (t) => {
  for (const rule of [topK({ k: 1 }), sign()]) {
    const compressor = atWork(rule, 2);
    const random = seededRandom(1);
    compressor.compress(0, vectorOf([3, 2]), random);
    const vector = vectorOf([NaN, 1]);
    compressor.compress(0, vector, random);
    t.deepEqual([...compressor.state.remainders![0]!], [0, 0]);
    t.is(vector[1]! - 1, rule.bits(2, 'float64') === 66 ? -0.5 : 2, 'what was kept goes through with it');
  }
});

test('identity sends d numbers', (t) => {
  t.deepEqual(sent(identity(), [1, -2, 3]), { received: [1, -2, 3], bits: 192 });
  t.is(identity().bits(10, 'float32'), 320);
});

test('an index takes the bits that tell coordinates apart', (t) => {
  t.deepEqual([1, 2, 3, 4, 5, 1024, 1025, 1e6].map(indexBits), [0, 1, 2, 2, 3, 10, 11, 20]);
});
