import test from 'ava';
import fc from 'fast-check';
import type { ReceivedEvent } from '../../src/engine/event.js';
import { simulate, type Plan, type Protocol } from '../../src/engine/index.js';
import { everyNth, exactShare } from '../../src/protocols/arrivals-sampled.js';
import { asynchronous } from '../../src/protocols/index.js';
import { planOf, workersOf } from '../engine/small-plan.js';

const arrivals = (plan: Plan, protocol: Protocol): ReceivedEvent[] => {
  const seen: ReceivedEvent[] = [];
  simulate(plan, protocol).subscribe((event) => {
    if (event.kind === 'received') seen.push(event);
  });
  return seen;
};

const lambdas = fc.double({ min: 0, max: 0.4999, noNaN: true });

test('the exact rule keeps t_B = ⌊λt⌋ at every prefix', (t) => {
  const lawful = (lambda: number): boolean => {
    const turn = exactShare(lambda);
    let byzantine = 0;
    for (let step = 1; step <= 500; step++) {
      if (turn(step)) byzantine += 1;
      if (byzantine > lambda * step * (1 + 1e-12) || byzantine < lambda * step - 1) return false;
    }
    return true;
  };
  t.notThrows(() => fc.assert(fc.property(lambdas, lawful)));
  t.true(exactShare(0.29)(100), '0.29 · 100 is 29, whatever floating point says');
});

test('the authors’ rule makes every ⌈1/λ⌉-th arrival Byzantine', (t) => {
  const turns = (lambda: number) => Array.from({ length: 12 }, (_, i) => i + 1).filter(everyNth(lambda));
  t.deepEqual(turns(0.4), [3, 6, 9, 12]);
  t.deepEqual(turns(0.3), [4, 8, 12]);
  t.deepEqual(turns(1 / 3), [3, 6, 9, 12]);
  t.deepEqual(turns(0.2), [5, 10]);
  t.deepEqual(turns(0.1), [10]);
  t.deepEqual(turns(0), []);
});

/** Largest distance, in standard deviations, of each member's share of its group's arrivals from its share of speed. */
const deviation = (plan: Plan, seen: readonly ReceivedEvent[]): number => {
  let worst = 0;
  for (const liars of [false, true]) {
    const members = plan.workers.flatMap((worker, i) =>
      worker.byzantine === liars ? [{ id: i + 1, speed: worker.speed }] : [],
    );
    const speed = members.reduce((sum, member) => sum + member.speed, 0);
    const group = seen.filter(({ byzantine }) => byzantine === liars).length;
    for (const member of members) {
      const p = member.speed / speed;
      const count = seen.filter(({ worker }) => worker === member.id).length;
      if (p < 1) worst = Math.max(worst, Math.abs(count - group * p) / Math.sqrt(group * p * (1 - p)));
    }
  }
  return worst;
};

for (const [name, speed] of [
  ['uniform', () => 1],
  ['id', (id: number) => id],
  ['id²', (id: number) => id * id],
] as const) {
  test(`sampled arrivals are drawn within each group with probability ∝ ${name}`, (t) => {
    const workers = workersOf(9, { byzantine: 4, speed });
    const plan = planOf({ workers, stop: { steps: 20_000 }, measure: { kind: 'steps', steps: 20_000 } });
    const seen = arrivals(plan, asynchronous({ arrivals: 'sampled', byzantineShare: 0.3 }));
    t.is(seen.filter(({ byzantine }) => byzantine).length, 6000);
    t.true(deviation(plan, seen) < 4.5);
  });

  test(`timed arrivals with exponential(1 / speed) follow the same law (speed ${name})`, (t) => {
    const workers = workersOf(9, { byzantine: 4, speed, timed: true });
    const plan = planOf({ workers, stop: { steps: 20_000 }, measure: { kind: 'steps', steps: 20_000 } });
    const seen = arrivals(plan, asynchronous());
    t.true(deviation(plan, seen) < 4.5);
    const rate = workers.reduce((sum, worker) => sum + worker.speed, 0) / 1000;
    // The sum of 20,000 exponential gaps: mean n / rate, standard deviation √n / rate.
    t.true(Math.abs(seen.at(-1)!.time * rate - 20_000) < 4.5 * Math.sqrt(20_000));
  });
}

test('timed arrivals have no memory: who comes next doesn’t depend on who came', (t) => {
  const workers = workersOf(2, { speed: (id) => id, timed: true });
  const seen = arrivals(
    planOf({ workers, stop: { steps: 20_000 }, measure: { kind: 'steps', steps: 20_000 } }),
    asynchronous(),
  );
  const afterFirst = seen.filter((_, i) => seen[i - 1]?.worker === 1);
  const share = afterFirst.filter(({ worker }) => worker === 1).length / afterFirst.length;
  t.true(Math.abs(share - 1 / 3) < 4.5 * Math.sqrt(2 / 9 / afterFirst.length));
});

test('warm-up puts one message of every worker at the server before the first step', (t) => {
  const workers = workersOf(5, { byzantine: 2 });
  const events: string[] = [];
  const plan = planOf({ workers, stop: { steps: 10 }, measure: { kind: 'steps', steps: 100 } });
  simulate(plan, asynchronous({ arrivals: 'sampled', byzantineShare: 0.4, warmup: true })).subscribe((event) => {
    if (event.kind === 'received' || event.kind === 'stepped') events.push(event.kind);
    if (event.kind === 'finished') t.is(event.messages, 15);
  });
  t.deepEqual(events.slice(0, 7), ['received', 'received', 'received', 'received', 'received', 'received', 'stepped']);
});

test('warm-up takes no time and draws none: later delays are those of a run without it', (t) => {
  const workers = workersOf(4, { timed: true });
  const times = (warmup: boolean) => {
    const plan = planOf({ workers, stop: { steps: 50 }, measure: { kind: 'steps', steps: 100 } });
    return arrivals(plan, asynchronous({ warmup })).map(({ time }) => time);
  };
  t.deepEqual(times(true).slice(0, 4), [0, 0, 0, 0]);
  t.deepEqual(times(true).slice(4), times(false));
});

test('the server’s answer is the model after its step, or before it where asked', (t) => {
  const versions = (reply: 'after-update' | 'before-update') => {
    const seen: number[] = [];
    simulate(
      planOf({ workers: workersOf(1), stop: { steps: 3 } }),
      asynchronous({ arrivals: 'sampled', reply }),
    ).subscribe((event) => {
      if (event.kind === 'assigned') seen.push(event.version);
    });
    return seen;
  };
  t.deepEqual(versions('after-update'), [0, 1, 2]);
  t.deepEqual(versions('before-update'), [0, 0, 1, 2]);
});

test('options that contradict each other are refused with a sentence', (t) => {
  const workers = workersOf(4, { byzantine: 1 });
  t.throws(() => asynchronous({ byzantineShare: 0.3 }), { instanceOf: RangeError, message: /arrivals: sampled/ });
  t.throws(() => asynchronous({ rule: 'exact' }), { instanceOf: RangeError, message: /arrivals: sampled/ });
  t.throws(() => asynchronous({ arrivals: 'sampled' }).check(workers), { message: /byzantineShare is missing/ });
  t.throws(() => asynchronous({ arrivals: 'sampled', byzantineShare: 0.1 }).check(workersOf(3)), {
    message: /no worker is Byzantine/,
  });
});
