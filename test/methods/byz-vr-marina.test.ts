import test, { type ExecutionContext } from 'ava';
import { randK } from '../../src/compressors/index.js';
import type { ByzVrMarinaOptions } from '../../src/methods/byz-vr-marina.js';
import { marinaSettings } from '../../src/methods/marina-settings.js';
import { seededRandom } from '../../src/random/index.js';
import { weightedMean, weightedMedian, type AggregatorRule } from '../../src/weighted/index.js';
import { leastSquares, length, minus, stage, type Problem } from './marina-stage.js';

const plus = (x: readonly number[], y: readonly number[], by = 1): number[] => x.map((value, k) => value + by * y[k]!);
const meanOf = (all: readonly (readonly number[])[]): number[] =>
  all.reduce<number[]>((sum, each) => plus(sum, each, 1 / all.length), new Array<number>(all[0]!.length).fill(0));

const options = { lr: 0.2, probability: 0.3, clip: 'none' } as const;

/** PAGE, with the minibatches that the run drew: g^{k+1} = ∇f(x^{k+1}) with probability p, else g^k + a minibatch's difference. */
const page = (problem: Problem, rounds: number, seed: number): readonly (readonly number[])[] => {
  const { dimension, samples, drawn, gradientOf } = problem;
  const coins = seededRandom(seed).fork('method');
  const next = drawn.map(() => 0);
  const everyone = drawn.map((_, worker) => worker);
  let [x, before] = [new Array<number>(dimension).fill(0), new Array<number>(dimension).fill(0)];
  let g: number[] = [];
  const iterates: number[][] = [];
  for (let k = 0; k < rounds; k++) {
    const full = coins.next() < options.probability || k === 0;
    const difference = (worker: number): number[] => {
      const rows = drawn[worker]![next[worker]!++]!;
      return minus(gradientOf(x, rows), gradientOf(before, rows));
    };
    g = full
      ? meanOf(everyone.map((worker) => gradientOf(x, samples.whole(worker)!.rows)))
      : plus(g, meanOf(everyone.map(difference)));
    before = x;
    x = plus(x, g, -options.lr);
    iterates.push(x);
  }
  return iterates;
};

const matches = (
  t: ExecutionContext,
  workers: number,
  rule: AggregatorRule,
  given: Partial<ByzVrMarinaOptions>,
): void => {
  const shape = { workers, dimension: 4, rows: 10, batch: 3 };
  const problem = leastSquares(shape);
  const { play, model } = stage({ ...options, ...given }, problem, rule, { seed: 7 });
  const iterates = Array.from({ length: 40 }, () => {
    play();
    return Array.from(model);
  });
  for (const [k, x] of page(problem, 40, 7).entries())
    t.true(length(minus(iterates[k]!, x)) <= 1e-14, `round ${k + 1}`);
};

test('with all workers honest and called, the mean and neither clipping nor compression it is PAGE', (t) => {
  matches(t, 5, weightedMean(), {});
});

test('of one worker it is PAGE whatever the rule', (t) => {
  for (const rule of [weightedMean(), weightedMedian()]) matches(t, 1, rule, {});
});

test('with C = Ĉ = n it is Byz-VR-MARINA: nobody is drawn, and each round has all; PP+ with the mean does the same', (t) => {
  matches(t, 5, weightedMean(), { sample: 5, fullSample: 5 });
  matches(t, 5, weightedMean(), { average: true });
});

test('a clip that no difference reaches changes nothing', (t) => {
  matches(t, 5, weightedMean(), { clip: 1e9 });
});

test('the rule aggregates full gradients, or differences on top of the estimate; with average: true it sees the former only', (t) => {
  for (const average of [false, true]) {
    const seen: number[] = [];
    const spy: AggregatorRule = (shape) => {
      const median = weightedMedian()(shape);
      return (input, out) => {
        seen.push(input.count);
        median(input, out);
      };
    };
    const problem = leastSquares({ workers: 9, dimension: 4, rows: 10, batch: 3 });
    const { play } = stage({ ...options, average, sample: 5, fullSample: 7 }, problem, spy);
    for (let k = 0; k < 50; k++) {
      const calls = seen.length;
      const { full, called, given, written, before, after } = play();
      t.is(called.length, full ? 7 : 5);
      t.is(seen.length - calls, Number(full || !average));
      const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[(values.length - 1) / 2]!;
      const middle = before.map((_, j) => median(written.map((vector) => vector[j]!)));
      const expected = full ? middle : plus(before, average ? meanOf(written) : middle);
      t.true(length(minus(after, expected)) <= 1e-15);
      if (!(average && !full)) t.deepEqual(given, written);
    }
    t.deepEqual([...new Set(seen)].toSorted(), average ? [7] : [5, 7]);
  }
});

test('a large minibatch in place of a full gradient is the mean of ⌈b′/b⌉ minibatches at the new model', (t) => {
  const problem = leastSquares({ workers: 3, dimension: 4, rows: 10, batch: 3 });
  const { play, run, model } = stage({ ...options, fullBatch: 7 }, problem, weightedMean());
  for (let k = 0; k < 20; k++) {
    const here = Array.from(model);
    const { full, called, written } = play();
    t.is(run.gradients(0), full ? 3 : 2);
    if (full)
      for (const [i, worker] of called.entries()) {
        const batches = problem.drawn[worker]!.slice(-3);
        t.true(length(minus(written[i]!, meanOf(batches.map((rows) => problem.gradientOf(here, rows))))) <= 1e-15);
      }
  }
  t.is(problem.taken.get(10), undefined);
});

test('a full gradient is taken once for all who have the same rows, and is what each would take', (t) => {
  const problem = leastSquares({ workers: 5, dimension: 4, rows: 10, batch: 3 });
  const [same, other] = [problem.samples.whole(0)!, problem.samples.whole(1)!];
  const whole = (worker: number) => (worker === 2 ? other : same);
  const { play, model } = stage(options, { ...problem, samples: { ...problem.samples, whole } }, weightedMean());
  let taken = 0;
  for (let k = 0; k < 30; k++) {
    const here = Array.from(model);
    const { full, called, written } = play();
    if (!full) continue;
    for (const [i, worker] of called.entries()) t.deepEqual(written[i], problem.gradientOf(here, whole(worker).rows));
    // Once more after whoever has other rows, unless that is the first or the last.
    taken += [0, 4].includes(called.indexOf(2)) ? 2 : 3;
  }
  t.is(problem.taken.get(10), taken);
});

test('a difference counts two minibatch gradients, a full gradient as many as the share has minibatches', (t) => {
  for (const [batch, count] of [
    [3, 4],
    [5, 2],
    [10, 1],
    [64, 1],
  ] as const) {
    // prettier-ignore
    const { play, run } = stage(options, leastSquares({ workers: 2, dimension: 3, rows: 10, batch }), weightedMean());
    for (let k = 0; k < 20; k++) {
      const { full } = play();
      t.is(run.gradients(1), full ? count : 2);
    }
  }
});

test('c_k has the probability p, and a stream of its own', (t) => {
  const flags = (given: Partial<ByzVrMarinaOptions>, compression = false): readonly boolean[] => {
    const problem = leastSquares({ workers: 6, dimension: 3, rows: 4, batch: 2 });
    const settings = compression ? { compression: randK({ k: 1 }) } : {};
    const { play } = stage({ ...options, ...given }, problem, weightedMedian(), settings);
    return Array.from({ length: 400 }, () => play((_, own) => (given.average ? own.map(() => 7) : own)).full);
  };
  const coins = seededRandom(1).fork('method');
  const expected = Array.from({ length: 400 }, (_, k) => coins.next() < 0.3 || k === 0);
  for (const given of [{}, { sample: 2, fullSample: 4 }, { clip: 1 }, { fullBatch: 3 }, { average: true, clip: 1 }])
    t.deepEqual(flags(given), expected);
  t.deepEqual(flags({ sample: 3 }, true), expected);
  // Six standard deviations.
  const share = expected.filter(Boolean).length / 400;
  t.true(Math.abs(share - 0.3) < 6 * Math.sqrt((0.3 * 0.7) / 400));
});

test('p is the least of C/n, b/m and ζ_Q/d unless given', (t) => {
  const probability = (given: object, batch: number, compression?: ReturnType<typeof randK>): number => {
    const problem = leastSquares({ workers: 10, dimension: 8, rows: 20, batch });
    const marina = { lr: 0.1, clip: 1, ...given };
    const { context } = stage(marina, problem, weightedMean(), compression && { compression });
    return marinaSettings(marina, context, batch).probability;
  };
  t.is(probability({ sample: 4 }, 20), 0.4);
  t.is(probability({ sample: 4 }, 5), 0.25);
  t.is(probability({ sample: 4 }, 5, randK({ k: 1 })), 0.125);
  t.is(probability({}, 20), 1);
  t.is(probability({ fullBatch: 10 }, 1), 0.1);
  t.is(probability({ probability: 0.7, sample: 1 }, 1), 0.7);
});
