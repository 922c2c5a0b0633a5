import test from 'ava';
import { randK, topK, type CompressorRule } from '../../src/compressors/index.js';
import { plainKernels } from '../../src/kernels/index.js';
import { deviationFactor, dynaBroSettings, highestLevel } from '../../src/methods/dynabro-settings.js';
import type { RoundContext } from '../../src/methods/round-method.js';
import { OptionError } from '../../src/registry/option-error.js';
import { seededRandom } from '../../src/random/index.js';
import { forcedLevels } from './forced-levels.js';

const settingsOf = (options: object, context: Partial<RoundContext> = {}) =>
  dynaBroSettings({ lr: 1, ...options }, { ...forcedContext, ...context });

const forcedContext = { workers: 5, steps: 100, followed: false, robustness: 4 } as RoundContext;

test('the highest level is the whole part of log2 T, and never more than samples can be counted', (t) => {
  t.deepEqual([1, 2, 3, 4, 1023, 1024, 1025, 1e9].map(highestLevel), [0, 1, 1, 2, 9, 10, 10, 29]);
  t.is(highestLevel(2 ** 31), 30);
});

test('C is √(8 ln(16 m² T))', (t) => {
  // 16·25·100 = 40,000, whose logarithm is 10.596634733096073.
  t.true(Math.abs(deviationFactor(5, 100) - Math.sqrt(8 * 10.596634733096073)) < 1e-12);
});

test('T is the run’s steps, J_max follows it, each unless given', (t) => {
  const { levels, deviation, threshold } = settingsOf({ noise: 2 });
  t.is(levels, 6);
  t.true(Math.abs(deviation! - 2 * Math.sqrt(8 * 10.596634733096073)) < 1e-12);
  t.true(Math.abs(threshold! - (1 + Math.SQRT2) * 3 * deviation!) < 1e-9);
  t.is(settingsOf({ noise: 2, horizon: 1024 }).levels, 10);
  t.is(settingsOf({ noise: 2, horizon: 1024, levels: 3 }).levels, 3);
  t.is(settingsOf({ noise: 2, horizon: 1 }).levels, 0);
});

test('without a filter neither V nor κ is needed, and T only for the levels', (t) => {
  const none = { steps: undefined, robustness: undefined };
  t.deepEqual(settingsOf({ filter: 'none', levels: 4 }, none), { levels: 4, deviation: undefined, threshold: undefined }); // prettier-ignore
  t.is(settingsOf({ filter: 'none' }).threshold, undefined);
});

test('what is missing is told at its option', (t) => {
  const lacking = (options: object, context: Partial<RoundContext> = {}) => {
    const error = t.throws(() => settingsOf(options, context), { instanceOf: OptionError });
    return [error.option, error.message];
  };
  const horizon = ['horizon', 'the run doesn’t end by steps, so T, the number of rounds, must be given'];
  t.deepEqual(lacking({ noise: 1 }, { steps: undefined }), horizon);
  t.deepEqual(lacking({ noise: 1, levels: 2 }, { steps: undefined }), horizon);
  t.deepEqual(lacking({ filter: 'none' }, { steps: undefined }), horizon);
  t.is(lacking({})[0], 'noise');
  t.regex(lacking({})[1]!, /^the fail-safe filter needs V, .*; or the filter is none$/);
  t.deepEqual(lacking({ filter: 'none' }, { followed: true }), [
    'noise',
    'the aggregator’s threshold follows V, which must be given',
  ]);
  t.is(lacking({ noise: 1 }, { robustness: undefined })[0], 'constant');
});

const compressing = (rule: CompressorRule): Partial<RoundContext> => {
  const shape = { workers: 1, dimension: 4, precision: 'float64' } as const;
  const compressor = rule.create({ ...shape, memory: plainKernels().memory });
  return { compression: { rule, compressor, randomOf: () => seededRandom(1) } };
};

test('a biased compressor is refused', (t) => {
  t.throws(() => settingsOf({ noise: 1 }, compressing(topK({ k: 1 }))), {
    instanceOf: RangeError,
    message: /^dynabro needs an unbiased compressor, such as randk or l2-quantization, since it remembers nothing/,
  });
});

test('each part is compressed by itself, and all of them count', (t) => {
  const context = compressing(randK({ k: 1 }));
  const bench = forcedLevels(
    { filter: 'none', levels: 3 },
    { dimension: 4, gradientOf: (_worker, number) => [1, 2, 3, 4].map((value) => value + 4 * number), context },
  );
  // One number of float64, and 2 bits for its place.
  for (const [level, parts] of [
    [1, 2],
    [3, 3],
    [9, 1],
  ] as const) {
    // prettier-ignore
    bench.begin(level);
    t.is(bench.run.bits(0), 66 * parts);
    bench.write();
    t.is(bench.run.bits(0), 66 * parts);
    const [message] = bench.messages;
    const taken = bench.run.gradients(0);
    // Means of 1, of 2^J and of half as many gradients; each grows by 4 from one to the next.
    [1, taken, Math.max(1, taken / 2)].slice(0, parts).forEach((count, part) => {
      const kept = [...message!.subarray(4 * part, 4 * part + 4)].map((value) => value / 4);
      const place = kept.findIndex((value) => value !== 0);
      t.is(kept.filter((value) => value !== 0).length, 1);
      t.is(kept[place], place + 1 + 2 * (count - 1));
    });
  }
});
