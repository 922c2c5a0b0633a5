import test from 'ava';
import fc from 'fast-check';
import { highestLevel } from '../../src/methods/dynabro-settings.js';
import { seededRandom } from '../../src/random/index.js';
import { weightedMedian } from '../../src/weighted/index.js';
import { forcedLevels } from './forced-levels.js';

const open = { filter: 'none' } as const;

/** The levels of rounds, 0 where the one drawn isn't used, by the gradients that they cost. */
const drawnLevels = (levels: number, rounds: number): readonly number[] => {
  const { run } = forcedLevels({ ...open, levels }, { context: { random: seededRandom(5) } });
  return Array.from({ length: rounds }, (_, t) => {
    run.begin(t + 1);
    return Math.log2(run.gradients(0));
  });
};

test('J is j with probability 2^−j, and no level is used above the highest', (t) => {
  const rounds = 20_000;
  for (const highest of [1, 4]) {
    const drawn = drawnLevels(highest, rounds);
    for (let j = 0; j <= highest; j++) {
      const p = 2 ** -(j === 0 ? highest : j);
      const count = drawn.filter((each) => each === j).length;
      t.true(Math.abs(count - rounds * p) <= 5 * Math.sqrt(rounds * p * (1 - p)), `${j} of ${highest}: ${count}`);
    }
    t.true(drawn.every((each) => Number.isInteger(each) && each <= highest));
  }
});

test('a message has a part for each of the levels 0, J and J − 1 that differ', (t) => {
  const { run, begin } = forcedLevels({ ...open, levels: 4 });
  const told = [1, 2, 3, 4, 5, 40].map((level) => {
    begin(level);
    return [run.parts, run.gradients(0), run.bits(0)];
  });
  t.deepEqual(told, [[2, 2, 128], [3, 4, 192], [3, 8, 192], [3, 16, 192], [1, 1, 64], [1, 1, 64]]); // prettier-ignore
});

test('parts are the means of the first gradient, of all, and of the first half, whatever the gradients are', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -9, max: 9 })), {
        minLength: 64,
        maxLength: 64,
      }),
      (level, values) => {
        const bench = forcedLevels(
          { ...open, levels: 5 },
          { workers: 2, dimension: 2, gradientOf: (worker, number) => values[32 * worker + number]! },
        );
        bench.begin(level);
        const losses = bench.write();
        t.deepEqual([...bench.taken], [2 ** level, 2 ** level]);
        bench.messages.forEach((message, worker) => {
          const taken = values.slice(32 * worker, 32 * worker + 2 ** level);
          const meanOf = (count: number) =>
            [0, 1].map((k) => taken.slice(0, count).reduce((sum, each) => sum + each[k]!, 0) / count);
          t.is(losses[worker], taken[0]![0]);
          t.deepEqual([...message], [...meanOf(1), ...meanOf(2 ** level), ...meanOf(Math.max(1, 2 ** (level - 1)))]);
        });
      },
    ),
  );
});

test('a message says of levels that it hasn’t got what its first gradient says, not what an older one did', (t) => {
  const bench = forcedLevels({ ...open, levels: 3 }, { gradientOf: (_worker, number) => [number + 1] });
  bench.begin(3);
  bench.write();
  t.deepEqual([...bench.messages[0]!], [1, 4.5, 2.5]);
  bench.begin(9);
  bench.write();
  t.deepEqual([...bench.messages[0]!], [1, 1, 1]);
});

/** The weights with which the gradients of one worker, in turn, are in g_t, under the mean: gradients are unit vectors. */
const coefficients = (level: number, highest: number): readonly number[] => {
  const dimension = 2 ** highest;
  const unit = (number: number) => Array.from({ length: dimension }, (_, k) => Number(k === number));
  const bench = forcedLevels(
    { ...open, levels: highest },
    { dimension, gradientOf: (_worker, number) => unit(number) },
  );
  bench.begin(level);
  bench.write();
  return bench.combine().aggregate;
};

test('under the mean every level is unbiased, and the second moment is exactly J_max − 1 + 2^(1 − J_max)', (t) => {
  const moments = (highest: number) => {
    const levels = Array.from({ length: highest + 1 }, (_, i) => {
      const weights = coefficients(i + 1, highest);
      const [sum, squares] = [weights.reduce((a, b) => a + b, 0), weights.reduce((a, b) => a + b * b, 0)];
      // Of level 0, whose only gradient is part of both means, nothing is left: −1 for the first half, 1 for the second, 1 for it.
      t.is(squares, i < highest ? 2 ** (i + 1) - 1 : 1);
      t.is(sum, 1);
      return { probability: 2 ** -Math.min(i + 1, highest), squares, cost: i < highest ? 2 ** (i + 1) : 1 };
    });
    const mean = (of: 'squares' | 'cost') => levels.reduce((sum, each) => sum + each.probability * each[of], 0);
    return { squares: mean('squares'), cost: mean('cost') };
  };
  for (const horizon of [2, 8, 1024]) {
    const highest = highestLevel(horizon);
    const { squares, cost } = moments(highest);
    t.is(squares, highest - 1 + 2 ** (1 - highest));
    t.is(cost, highest + 2 ** -highest);
    // B.2's bound with c = 1, and its number for a level 0 of its own gradient.
    t.true(squares <= 14 * Math.log2(horizon) && squares < highest + 1);
  }
});

/** The mean of what `of` gives over all gradients of 0 and 1, a 1 in one case of four, of three workers with `samples` each. */
const expected = (
  samples: number,
  of: (gradientOf: (worker: number, number: number) => number[]) => number,
): number => {
  const bits = 3 * samples;
  let mean = 0;
  for (let case_ = 0; case_ < 1 << bits; case_++) {
    let probability = 1;
    for (let k = 0; k < bits; k++) probability *= ((case_ >> k) & 1) === 1 ? 0.25 : 0.75;
    mean += probability * of((worker, number) => [(case_ >> (samples * worker + number)) & 1]);
  }
  return mean;
};

test('without a filter the levels telescope: E g_t is E ĝ of the highest level, of a rule that isn’t linear too', (t) => {
  const highest = 2;
  const options = { ...open, levels: highest };
  let current: (worker: number, number: number) => number[] = () => [0];
  const bench = forcedLevels(options, {
    workers: 3,
    rule: weightedMedian(),
    gradientOf: (worker, number) => current(worker, number),
  });
  const ofLevel = (level: number, samples: number) =>
    expected(samples, (gradientOf) => {
      current = gradientOf;
      bench.begin(level);
      bench.write();
      return bench.combine().aggregate[0]!;
    });
  const estimate = ofLevel(1, 2) / 2 + ofLevel(2, 4) / 4 + ofLevel(3, 1) / 4;
  const median = (samples: number) =>
    expected(samples, (gradientOf) => {
      const means = [0, 1, 2].map((worker) => {
        let sum = 0;
        for (let number = 0; number < samples; number++) sum += gradientOf(worker, number)[0]!;
        return sum / samples;
      });
      return means.sort((a, b) => a - b)[1]!;
    });
  t.true(Math.abs(estimate - median(4)) < 1e-12, `${estimate} ${median(4)}`);
  // Which isn't what a single gradient of each gives.
  t.true(Math.abs(median(4) - median(1)) > 0.01);
});

test('drawn with normal noise, mean and second moment are those', (t) => {
  const stream = seededRandom(3);
  const noise = () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += stream.next();
    return sum;
  };
  const bench = forcedLevels(
    { ...open, horizon: 1024 },
    { gradientOf: () => [noise()], context: { random: seededRandom(4) } },
  );
  const rounds = 40_000;
  let [sum, squares, fourths] = [0, 0, 0];
  for (let round = 0; round < rounds; round++) {
    bench.begin(1);
    bench.write();
    const [g] = bench.combine().aggregate;
    sum += g!;
    squares += g! ** 2;
    fourths += g! ** 4;
  }
  t.true(Math.abs(sum / rounds) <= (5 * Math.sqrt(squares)) / rounds);
  t.true(Math.abs(squares / rounds - 9 - 2 ** -9) <= (5 * Math.sqrt(fourths)) / rounds, `${squares / rounds}`);
});

test('what isn’t a number goes through where there is no filter', (t) => {
  const bench = forcedLevels({ ...open, levels: 2 });
  bench.begin(2);
  bench.messages[0]!.set([1, NaN, 1]);
  t.deepEqual(bench.combine(), { aggregate: [NaN], tripped: undefined });
  bench.messages[0]!.set([1, 4, 2]);
  t.deepEqual(bench.combine(), { aggregate: [9], tripped: undefined });
});
