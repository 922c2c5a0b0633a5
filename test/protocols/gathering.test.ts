import test from 'ava';
import type { SimulationEvent, WorkerPlan } from '../../src/engine/index.js';
import { simulate, type Plan, type Protocol, type World } from '../../src/engine/index.js';
import { instantLink } from '../../src/network/index.js';
import { basgd, boundedStaleness, buffered, synchronous } from '../../src/protocols/index.js';
import { planOf } from '../engine/small-plan.js';

/** Workers whose i-th message always takes the i-th of these spans, in ms. */
const clockwork = (spans: readonly number[], liars: readonly number[] = []): readonly WorkerPlan[] =>
  spans.map((span, i) => ({
    byzantine: liars.includes(i + 1),
    speed: 1,
    share: Int32Array.of(i),
    link: { ...instantLink, compute: { sample: () => span } },
  }));

interface Seen {
  readonly events: readonly SimulationEvent[];
  /** The rows that each step was made of, first coordinates only. */
  readonly rows: readonly (readonly number[])[];
}

const seen = (plan: Plan, protocol: Protocol): Seen => {
  const events: SimulationEvent[] = [];
  const rows: number[][] = [];
  let world: World | undefined;
  const watched: Plan = {
    ...plan,
    aggregator: (shape) => {
      const rule = plan.aggregator(shape);
      return (input, out) => {
        rows.push(Array.from({ length: input.count }, (_, i) => input.vectors[i]![0]!));
        rule(input, out);
      };
    },
  };
  simulate(watched, protocol, undefined, (made) => (world = made)).subscribe((event) => events.push(event));
  return { events, rows: world ? rows : [] };
};

/** [time, worker] of the messages received. */
const arrivals = ({ events }: Seen): readonly (readonly [number, number])[] =>
  events.flatMap((event) => (event.kind === 'received' ? [[event.time, event.worker] as const] : []));

const steps = ({ events }: Seen): readonly number[] =>
  events.flatMap((event) => (event.kind === 'stepped' ? [event.time] : []));

const dropped = ({ events }: Seen): readonly (readonly [number, number, string])[] =>
  events.flatMap((event) => (event.kind === 'dropped' ? [[event.time, event.worker, event.reason] as const] : []));

test('a buffer of three steps on every third message, and everybody goes on at once', (t) => {
  const run = seen(planOf({ workers: clockwork([2, 5]), stop: { steps: 3 } }), buffered({ size: 3 }));
  t.deepEqual(arrivals(run), [
    [2, 1], [4, 1], [5, 2],
    [6, 1], [8, 1], [10, 2],
    [10, 1], [12, 1], [14, 1],
  ]); // prettier-ignore
  t.deepEqual(steps(run), [5, 10, 14]);
  t.deepEqual(run.rows.map((row) => row.length), [3, 3, 3]); // prettier-ignore
});

test('a buffer of one is the last message alone, and a rule sees no more than the buffer', (t) => {
  const run = seen(planOf({ workers: clockwork([2, 3, 7]), stop: { steps: 20 } }), buffered({ size: 1 }));
  t.true(run.rows.every((row) => row.length === 1));
  t.is(steps(run).length, 20);
});

test('staleness in a buffer counts the steps since the download', (t) => {
  // Worker 2 downloads at 0, before any step; worker 1 makes steps at 2 and 4 by itself.
  const run = seen(planOf({ workers: clockwork([1, 4.5]), stop: { steps: 3 } }), buffered({ size: 2 }));
  const slow = run.events.find((event) => event.kind === 'received' && event.worker === 2);
  t.is(slow?.kind === 'received' ? slow.staleness : -1, 2);
});

test('BASGD steps when no buffer is empty, on their means', (t) => {
  // Workers 1 and 3 share buffer 1, worker 2 has buffer 2: at 6 the first holds messages of 2, 4, 6 and 5.
  const plan = planOf({ workers: clockwork([2, 6, 5]), stop: { steps: 1 } });
  const each = seen(plan, buffered({ size: 5 }));
  const run = seen(plan, basgd({ buffers: 2 }));
  t.deepEqual(steps(run), [6]);
  t.deepEqual(
    arrivals(run).map(([, worker]) => worker),
    [1, 1, 3, 2],
  );
  const [a, b, c, d] = each.rows[0]!;
  const mean = (a! + b! + c!) / 3;
  t.true(Math.abs(run.rows[0]![0]! - mean) < 1e-12);
  t.is(run.rows[0]![1], d);
});

test('BASGD with more buffers than workers is refused', (t) => {
  t.throws(() => basgd({ buffers: 3 }).check(clockwork([1, 1])), {
    instanceOf: RangeError,
    message: '3 buffers need 3 workers or more, got 2',
  });
});

test('with bound 0 nobody is sent a second model before all have delivered one', (t) => {
  const run = seen(planOf({ workers: clockwork([1, 2, 5]), stop: { steps: 9 } }), boundedStaleness({ bound: 0 }));
  t.deepEqual(arrivals(run), [
    [1, 1], [2, 2], [5, 3],
    [6, 1], [7, 2], [10, 3],
    [11, 1], [12, 2], [15, 3],
  ]); // prettier-ignore
});

test('with bound s nobody is ever more than s + 1 messages ahead, and some are', (t) => {
  for (const bound of [1, 2, 5]) {
    const run = seen(planOf({ workers: clockwork([1, 3, 11]), stop: { steps: 200 } }), boundedStaleness({ bound }));
    const counts = [0, 0, 0];
    let most = 0;
    for (const [, worker] of arrivals(run)) {
      counts[worker - 1]! += 1;
      most = Math.max(most, Math.max(...counts) - Math.min(...counts));
    }
    t.is(most, bound + 1);
  }
});

test('a bound that nobody reaches is the asynchronous run', (t) => {
  const plan = planOf({ workers: clockwork([1, 3, 11]), stop: { steps: 50 } });
  const run = seen(plan, boundedStaleness({ bound: 1000 }));
  t.deepEqual(arrivals(run).slice(0, 5), [[1, 1], [2, 1], [3, 2], [3, 1], [4, 1]]); // prettier-ignore
});

test('a synchronous round lasts as long as its slowest worker', (t) => {
  const run = seen(planOf({ workers: clockwork([1, 2, 5]), stop: { steps: 3 } }), synchronous());
  t.deepEqual(steps(run), [5, 10, 15]);
  t.deepEqual(run.rows.map((row) => row.length), [3, 3, 3]); // prettier-ignore
});

test('with a quorum of two the third is late, and takes part again when it is free', (t) => {
  const run = seen(planOf({ workers: clockwork([1, 2, 5]), stop: { steps: 4 } }), synchronous({ quorum: 2 }));
  // Rounds of workers 1 and 2 end at 2 and 4; the next has both again, since worker 3 is busy until 5 and then free.
  t.deepEqual(steps(run), [2, 4, 6, 8]);
  t.deepEqual(dropped(run), [[5, 3, 'late']]);
});

test('late messages may be used in the round that is on', (t) => {
  const plan = planOf({ workers: clockwork([1, 2, 5]), stop: { steps: 3 } });
  const run = seen(plan, synchronous({ quorum: 2, late: 'use' }));
  t.deepEqual(dropped(run), []);
  // At 5 worker 3's message joins that of worker 1, and two are enough.
  t.deepEqual(steps(run), [2, 4, 5]);
});

test('without a quorum a late message that is used makes up for none of the round', (t) => {
  const plan = planOf({ workers: clockwork([1000, 1500, 3000]), stop: { steps: 3 } });
  const run = seen(plan, synchronous({ deadline: '2s', late: 'use' }));
  // The second round is that of workers 1 and 2, from 2 s on; worker 3's message, at 3 s, is used in it.
  t.deepEqual(steps(run).slice(0, 2), [2000, 3500]);
  t.is(run.rows[1]!.length, 3);
});

test('at the deadline the server steps with what is there, or with the first that comes', (t) => {
  // Worker 2 is busy with the first round until 8: rounds in between are worker 1’s alone, the one from 8 on is both’s.
  const run = seen(planOf({ workers: clockwork([1, 8]), stop: { steps: 8 } }), synchronous({ deadline: '3ms' }));
  t.deepEqual(steps(run), [3, 4, 5, 6, 7, 8, 11, 12]);
  t.deepEqual(dropped(run), [[8, 2, 'late']]);
  const slow = seen(planOf({ workers: clockwork([7, 8]), stop: { steps: 1 } }), synchronous({ deadline: '3ms' }));
  t.deepEqual(steps(slow), [7]);
});

test('the workers of a round are drawn, each as often as any other', (t) => {
  const workers = clockwork([1, 1, 1, 1, 1]);
  const run = seen(planOf({ workers, stop: { steps: 4000 } }), synchronous({ participants: 2 }));
  const counts = [0, 0, 0, 0, 0];
  for (const [, worker] of arrivals(run)) counts[worker - 1]! += 1;
  // 4,000 rounds, two fifths each: standard deviation √(4000 · 0.4 · 0.6) = 31.
  for (const count of counts) t.true(Math.abs(count - 1600) < 4.5 * 31, counts.join(' '));
  t.true(run.rows.every((row) => row.length === 2));
});

test('what can’t be is refused', (t) => {
  const workers = clockwork([1, 1, 1]);
  t.throws(() => synchronous({ participants: 4 }).check(workers), {
    message: 'participants is 4, but there are 3 workers',
  });
  t.throws(() => synchronous({ participants: 2, quorum: 3 }).check(workers), {
    message: 'quorum is 3, but 2 workers take part in a round',
  });
  t.throws(() => synchronous({ deadline: 'soon' }), { instanceOf: RangeError, message: /no duration/ });
  for (const protocol of [buffered({ size: 2 }), basgd({ buffers: 1 }), synchronous(), boundedStaleness({ bound: 1 })])
    t.throws(() => protocol.check(clockwork([1], [1])), { message: /at least one must be honest/ });
});

test('who waits for what is said', (t) => {
  const told = (protocol: Protocol): string | undefined => {
    let text: string | undefined;
    simulate(planOf({ workers: clockwork([1, 5]), stop: { steps: 1 } }), protocol, undefined, (world) => {
      text = protocol.waiting?.(world);
    }).subscribe();
    return text;
  };
  t.is(told(buffered({ size: 4 })), 'the server waits for 4 more messages to fill its buffer of 4');
  t.is(told(basgd({ buffers: 2 })), 'the server waits for buffer 1, 2 of 2, which no message has reached');
  t.is(told(boundedStaleness({ bound: 1 })), 'those ahead wait for worker 1, 2');
});
