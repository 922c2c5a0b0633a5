import test from 'ava';
import { momentumTailored } from '../../src/attacks/index.js';
import { seededRandom } from '../../src/random/index.js';

const falsehood = (options: Parameters<typeof momentumTailored>[0], newest?: number) => {
  const rule = momentumTailored(options);
  if (rule.kind !== 'gradient') throw new Error('It falsifies gradients.');
  return rule.falsehood({ workers: 2, dimension: 3, random: seededRandom(1), newest });
};

const length = (x: readonly number[]): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0));

/** The momentum of a worker whose true gradients are 0, after each message. */
const momentumOf = (lies: readonly boolean[], alpha: number, bias: number): readonly number[][] => {
  const { ask, falsify } = falsehood({ bias }, alpha);
  let momentum: number[] = [];
  return lies.map((liar, t) => {
    ask(1, liar);
    const gradient = new Float64Array(3);
    falsify(1, gradient);
    momentum = t === 0 ? [...gradient] : momentum.map((m, k) => (1 - alpha) * m + alpha * gradient[k]!);
    return momentum;
  });
};

test('a liar’s momentum is biased by v at once and as long as it lies, and decays by 1 − α from then on', (t) => {
  const lengths = momentumOf([false, false, true, true, true, false, false, true], 0.25, 2).map(length);
  const expected = [0, 0, 2, 2, 2, 1.5, 1.125, 2];
  lengths.forEach((value, i) => t.true(Math.abs(value - expected[i]!) < 1e-12, `${i}: ${value}`));
});

test('the first message is its gradient itself, so that v is added', (t) => {
  t.true(Math.abs(length(momentumOf([true], 0.1, 3)[0]!) - 3) < 1e-12);
});

test('all liars share one direction, which the seed decides', (t) => {
  const { ask, falsify } = falsehood({ bias: 1 }, 1);
  const [one, other] = [0, 1].map((worker) => {
    const gradient = new Float64Array(3);
    ask(worker, true);
    falsify(worker, gradient);
    return [...gradient];
  });
  t.deepEqual(one, other);
  t.true(Math.abs(length(one!) - 1) < 1e-12);
});

test('α of its own goes before that of the method, and one of them is needed', (t) => {
  const added = (alpha: number | undefined, newest: number | undefined): number => {
    const { ask, falsify } = falsehood({ alpha }, newest);
    const gradient = new Float64Array(3);
    ask(0, false);
    ask(0, true);
    falsify(0, gradient);
    return Math.round(length([...gradient]));
  };
  t.is(added(0.1, 0.5), 10);
  t.is(added(undefined, 0.5), 2);
  t.throws(() => added(undefined, undefined), { message: /needs alpha/ });
  t.throws(() => momentumTailored({ bias: 0 }), { message: /got 0$/ });
  t.throws(() => momentumTailored({ alpha: 2 }), { message: /got 2$/ });
});
