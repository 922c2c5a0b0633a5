import { fc, testProp } from '@fast-check/ava';
import test from 'ava';
import { throttle } from '../../src/policies/index.js';
import { halfSquare } from '../engine/half-square.js';
import { judgeOf, minus, norm } from './context.js';

const close = (t: { true(value: boolean, message?: string): void }, a: readonly number[], b: readonly number[]): void =>
  t.true(
    a.length === b.length && a.every((x, i) => Math.abs(x - b[i]!) <= 1e-12),
    `${a.join()} instead of ${b.join()}`,
  );

test('a round of two workers by hand', (t) => {
  const { judge, policy } = judgeOf(throttle({ q: 4, tau: 5, clip: 1, ball: 2 }), 2, halfSquare(2));
  close(t, judge({ worker: 0 }, [3, 4])!, [1.5, 2]);
  close(t, judge({ worker: 0 }, [3, 4])!, [0.6 / 4, 0.8 / 4]);
  close(t, judge({ worker: 0 }, [0, 0.5])!, [0, 0.5 / 16]);
  t.false(policy.over!());
  // Clipped to a distance of 5 from the anchor, which is 0 in the first round.
  close(t, judge({ worker: 1 }, [30, 40])!, [1.5, 2]);
  t.true(policy.over!());
  t.false(policy.over!());
  // The anchor is now the mean (3, 4) on the ball of radius 2: (1.2, 1.6).
  close(t, judge({ worker: 1 }, [1.2, 101.6])!, [0.6, 3.3]);
  close(t, judge({ worker: 1 }, [0, 1])!, [0, 1 / 4]);
});

test('a vector that isn’t finite doesn’t count, but its worker has delivered', (t) => {
  const { judge, policy } = judgeOf(throttle({ tau: 1, clip: 1, ball: 1 }), 2, halfSquare(1));
  t.is(judge({ worker: 0 }, [NaN]), undefined);
  t.is(judge({ worker: 0 }, [Infinity]), undefined);
  t.truthy(judge({ worker: 1 }, [1]));
  t.true(policy.over!());
});

test('however often a worker repeats, it is no first message again', (t) => {
  const { judge, policy } = judgeOf(throttle({ q: 1e9, tau: 1, clip: 1, ball: 1 }), 2, halfSquare(1));
  t.is(norm(judge({ worker: 0 }, [1])!), 0.5);
  for (let repeat = 1; repeat <= 400; repeat++) t.true(norm(judge({ worker: 0 }, [1])!) <= 1e-9);
  t.false(policy.over!());
  judge({ worker: 1 }, [1]);
  t.true(policy.over!());
});

testProp(
  'whatever comes how often, a worker has at most 1/n + 1/(q − 1) of a step in a round, within its clipping',
  [
    fc.integer({ min: 2, max: 5 }),
    fc.double({ min: 1.01, max: 10, noNaN: true }),
    fc.array(fc.tuple(fc.nat(4), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 60 }),
  ],
  (t, n, q, messages) => {
    const [tau, clip, ball] = [3, 2, 1];
    const { judge, policy } = judgeOf(throttle({ q, tau, clip, ball }), n, halfSquare(1));
    let share = new Float64Array(n);
    let seen = new Set<number>();
    for (const [who, x] of messages) {
      const worker = who % n;
      const first = !seen.has(worker);
      seen.add(worker);
      const counted = judge({ worker }, [x])!;
      // The anchor is in the ball, so that a first message is ball + tau long at most.
      const longest = first ? ball + tau : clip;
      t.true(norm(counted) <= (first ? longest / n : longest / q) * (1 + 1e-9));
      share[worker]! += norm(counted) / longest;
      t.true(share[worker]! <= (1 / n + 1 / (q - 1)) * (1 + 1e-9));
      t.is(policy.over!(), seen.size === n);
      if (seen.size < n) continue;
      share = new Float64Array(n);
      seen = new Set();
    }
  },
);

testProp(
  'first messages within τ of the anchor are only scaled',
  [fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })],
  (t, vector) => {
    const { judge } = judgeOf(throttle({ tau: 2, clip: 1, ball: 1 }), 4, halfSquare(3));
    t.true(
      norm(
        minus(
          judge({ worker: 2 }, vector)!,
          vector.map((x) => x / 4),
        ),
      ) <= 1e-15,
    );
  },
);

test('a protocol whose steps are made of several messages is refused', (t) => {
  const rule = throttle({ tau: 1, clip: 1, ball: 1 });
  t.throws(() => rule.check!({ workers: 3, rows: 2, restarts: true }), { instanceOf: RangeError, message: /"buffered" with size 1/ }); // prettier-ignore
  t.throws(() => rule.check!({ workers: 3, rows: undefined, restarts: false }), { instanceOf: RangeError });
  t.notThrows(() => rule.check!({ workers: 3, rows: 1, restarts: true }));
});
