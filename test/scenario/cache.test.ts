import test from 'ava';
import type { Share } from '../../src/learning/objective.js';
import type { Minimum } from '../../src/learning/optimum.js';
import { buildRun } from '../../src/scenario/build.js';
import { newCache, Optima, type Cache } from '../../src/scenario/cache.js';
import { smallBut } from './small-scenario.js';

const found = (value: number): Minimum => ({
  ...{ x: Float64Array.of(value), value, gradientNorm: 0, iterations: 1, reached: true },
});

/** A solver that counts how often it is asked. */
const solver = () => {
  const asked = { times: 0, solve: () => found((asked.times += 1)) };
  return asked;
};

test('an optimum is found once for the same rows under the same key', (t) => {
  const optima = new Optima();
  const asked = solver();
  const find = (key: string, shares: readonly Share[]) => optima.find(key, shares, asked.solve).value;
  const [a, b] = [Int32Array.of(1, 2), Int32Array.of(3)];
  t.is(find('k', [a, b]), 1);
  t.is(find('k', [a.slice(), b.slice()]), 1);
  t.is(find('other', [a, b]), 2);
  t.is(find('k', [b, a]), 3);
  t.is(find('k', [a]), 4);
  t.is(find('k', [null, null]), 5);
  t.is(find('k', [null, null]), 5);
  t.is(find('k', [null]), 6);
  t.is(find('k', [Int32Array.of(1), b]), 7);
});

test('workers who share their rows aren’t taken for such as have equal ones: sums have another order', (t) => {
  const optima = new Optima();
  const asked = solver();
  const share = Int32Array.of(1, 2);
  t.is(optima.find('k', [share, share], asked.solve).value, 1);
  t.is(optima.find('k', [share, share.slice()], asked.solve).value, 2);
});

test('the newest few are kept', (t) => {
  const optima = new Optima();
  const asked = solver();
  for (let i = 0; i < 17; i++) optima.find(String(i), [null], asked.solve);
  optima.find('16', [null], asked.solve);
  t.is(asked.times, 17);
  optima.find('0', [null], asked.solve);
  t.is(asked.times, 18);
});

test('what can’t be found is asked for again', (t) => {
  const optima = new Optima();
  const fail = (): Minimum => {
    throw new RangeError('no');
  };
  for (const _ of [1, 2]) t.throws(() => optima.find('k', [null], fail), { message: 'no' });
});

/** Counts how often an optimum was solved for, beside what the cache does. */
class Counted extends Optima {
  solved = 0;
  override find(key: string, shares: readonly Share[], solve: () => Minimum): Minimum {
    return super.find(key, shares, () => {
      this.solved += 1;
      return solve();
    });
  }
}

const gapOf = async (changes: Readonly<Record<string, unknown>>, cache?: Cache): Promise<number> => {
  const { plan } = await buildRun(smallBut({ ...learning, ...changes }), { directory: '/nowhere', cache });
  const { objective } = plan;
  const evaluation = objective.evaluate(new Float64Array(objective.dimension).fill(0.1), new Float64Array(0));
  for (;;) {
    const { done, value } = evaluation.next();
    if (done) return value.suboptimality!;
  }
};

const learning = {
  learn: {
    ...{ data: { kind: 'gaussian', rows: 100, testRows: 10 }, model: { kind: 'logistic', l2: 0.1 }, batch: 4 },
  },
  measure: { optimum: true },
};

test('runs of one command that learn the same solve for f* once, and find the same bits', async (t) => {
  const optima = new Counted();
  const cache = { ...newCache(), optima };
  const { learn } = learning;
  const same = [{}, { seed: 2 }, { method: { kind: 'sgd', lr: 0.2 } }, { learn: { ...learn, batch: 9 } }];
  const gaps: number[] = [];
  for (const changes of same) gaps.push(await gapOf(changes, cache));
  t.is(optima.solved, 1);
  for (const [i, changes] of same.entries()) t.is(gaps[i], await gapOf(changes));
  await gapOf({ workers: { count: 5, byzantine: 1 } }, cache);
  t.is(optima.solved, 2);
  await gapOf({ learn: { ...learn, model: { kind: 'logistic', l2: 0.2 } } }, cache);
  t.is(optima.solved, 3);
  for (const seed of [1, 2]) await gapOf({ seed, learn: { ...learn, partition: 'iid' } }, cache);
  t.is(optima.solved, 5);
});
