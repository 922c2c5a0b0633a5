import test from 'ava';
import fc from 'fast-check';
import { Observable } from 'rxjs';
import type { Host } from '../../src/scheduler/host.js';
import type { Pace, Steppable } from '../../src/scheduler/pace.js';
import { flatOut, realTime, sliced } from '../../src/scheduler/pace.js';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';
import { FakeHost } from './fake-host.js';

/** A run that emits `virtual instant: name` for actions at the given instants. */
const logged = (times: readonly number[], log: string[]): VirtualTimeScheduler => {
  const scheduler = new VirtualTimeScheduler();
  times.forEach((time, name) => {
    scheduler.schedule(() => log.push(`${scheduler.now()}: ${name}`), time);
  });
  return scheduler;
};

const paced = (pace: Pace, run: Steppable): Observable<unknown> =>
  new Observable((subscriber) => pace(run, subscriber));

/** Subscribes and notes how it ends. */
const endings = (source: Observable<unknown>): { ends: string[]; unsubscribe: () => void } => {
  const ends: string[] = [];
  const subscription = source.subscribe({
    error: (error: unknown) => ends.push(error instanceof Error ? error.message : String(error)),
    complete: () => ends.push('complete'),
  });
  return { ends, unsubscribe: () => subscription.unsubscribe() };
};

test('the sequence of steps is the same at every pace', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.nat(20), fc.double({ min: 0, max: 50, noNaN: true })), { maxLength: 60 }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      fc.double({ min: 0.01, max: 3, noNaN: true }),
      (times, slice, rate, tick, lateness) => {
        const logs = (['flat out', 'sliced', 'real time'] as const).map((kind) => {
          const host = new FakeHost(tick, lateness);
          const log: string[] = [];
          const pace = kind === 'flat out' ? flatOut : kind === 'sliced' ? sliced(slice, host) : realTime(rate, host);
          const { ends } = endings(paced(pace, logged(times, log)));
          host.settle();
          t.deepEqual(ends, ['complete'], kind);
          return log;
        });
        t.is(logs[0]!.length, times.length);
        t.deepEqual(logs[1], logs[0]);
        t.deepEqual(logs[2], logs[0]);
      },
    ),
  );
});

test('flat out is over before subscribe returns', (t) => {
  const log: string[] = [];
  const { ends } = endings(paced(flatOut, logged([3, 1, 2], log)));
  t.deepEqual(log, ['1: 1', '2: 2', '3: 0']);
  t.deepEqual(ends, ['complete']);
});

test('a slice lasts as long as it may, at least one step, and then others have their turn', (t) => {
  const host = new FakeHost(1);
  const log: string[] = [];
  const { ends } = endings(paced(sliced(3, host), logged([1, 2, 3, 4, 5, 6, 7], log)));
  t.is(log.length, 0);
  host.turn();
  t.is(log.length, 3);
  host.turn();
  t.is(log.length, 6);
  t.deepEqual(ends, []);
  host.turn();
  t.is(log.length, 7);
  t.deepEqual(ends, ['complete']);
  t.true(host.idle);
  t.deepEqual(host.waits, [0, 0, 0]);

  const slow = new FakeHost(1000);
  const slowLog: string[] = [];
  endings(paced(sliced(3, slow), logged([1, 2], slowLog)));
  slow.turn();
  t.is(slowLog.length, 1);
});

test('real time waits for each event’s instant, at the rate that is asked for', (t) => {
  const host = new FakeHost();
  const log: string[] = [];
  const at: number[] = [];
  const scheduler = logged([0, 10, 10, 40], log);
  scheduler.schedule(() => at.push(host.time), 10);
  scheduler.schedule(() => at.push(host.time), 40);
  const { ends } = endings(paced(realTime(2, host), scheduler));
  host.settle();
  t.deepEqual(host.waits, [0, 5, 15]);
  t.deepEqual(at, [1005, 1020]);
  t.deepEqual(log, ['0: 0', '10: 1', '10: 2', '40: 3']);
  t.deepEqual(ends, ['complete']);
});

test('real time counts from where the run stands when it is subscribed to', (t) => {
  const host = new FakeHost();
  const scheduler = logged([100, 130], []);
  scheduler.step();
  endings(paced(realTime(1, host), scheduler));
  host.settle();
  t.deepEqual(host.waits, [0, 30]);
});

test('real time that can’t be kept up with still lets others have their turn', (t) => {
  const host = new FakeHost(4);
  const log: string[] = [];
  endings(paced(realTime(1e6, host), logged([1, 2, 3, 4, 5, 6, 7, 8, 9], log)));
  host.turn();
  t.true(log.length > 0 && log.length < 9);
  host.settle();
  t.is(log.length, 9);
});

test('real time ends with a run that has reached its end though events are left', (t) => {
  const host = new FakeHost();
  const scheduler = logged([1, 2, 3], []);
  const run: Steppable = {
    step: (until = Infinity) => scheduler.step(Math.min(until, 2)),
    nextTime: () => scheduler.nextTime(),
    now: () => scheduler.now(),
  };
  const { ends } = endings(paced(realTime(1, host), run));
  host.settle();
  t.deepEqual(ends, ['complete']);
  t.is(scheduler.now(), 2);
});

const paces: Record<string, (host: Host) => Pace> = {
  flatOut: () => flatOut,
  sliced: (host) => sliced(5, host),
  realTime: (host) => realTime(1, host),
};

for (const [name, make] of Object.entries(paces)) {
  test(`${name}: an exception in a step errors the subscriber, and the run can go on afterwards`, (t) => {
    const host = new FakeHost();
    const log: string[] = [];
    const scheduler = logged([1, 3], log);
    scheduler.schedule(() => {
      throw new Error('broken action');
    }, 2);
    const { ends } = endings(paced(make(host), scheduler));
    host.settle();
    t.deepEqual(ends, ['broken action']);
    t.deepEqual(log, ['1: 0']);
    const again = endings(paced(make(host), scheduler));
    host.settle();
    t.deepEqual(again.ends, ['complete']);
    t.deepEqual(log, ['1: 0', '3: 1']);
  });

  test(`${name}: no step follows once the subscriber is closed from inside a step`, (t) => {
    const host = new FakeHost();
    const log: string[] = [];
    const scheduler = logged([1, 2, 3], log);
    const ends: string[] = [];
    new Observable((subscriber) => {
      scheduler.schedule(() => subscriber.unsubscribe(), 2);
      return make(host)(scheduler, subscriber);
    }).subscribe({ complete: () => ends.push('complete') });
    host.settle();
    t.deepEqual(log, ['1: 0', '2: 1']);
    t.deepEqual(ends, []);
    t.is(scheduler.pending, 1);
  });
}

for (const name of ['sliced', 'realTime']) {
  test(`${name}: unsubscribing between slices calls off the next one`, (t) => {
    const host = new FakeHost(1);
    const log: string[] = [];
    const { ends, unsubscribe } = endings(paced(paces[name]!(host), logged([1, 50, 51, 52, 53, 54, 55, 56, 100], log)));
    host.turn();
    unsubscribe();
    t.true(host.idle);
    t.deepEqual(ends, []);
    t.true(log.length < 9);
  });
}

test('slices and rates must be positive', (t) => {
  for (const wrong of [0, -1, NaN]) {
    t.throws(() => sliced(wrong), {
      instanceOf: RangeError,
      message: `A slice must last more than 0 ms, got ${wrong}.`,
    });
    t.throws(() => realTime(wrong), {
      instanceOf: RangeError,
      message: `A rate must be a finite number of virtual ms per host ms > 0, got ${wrong}.`,
    });
  }
  t.throws(() => realTime(Infinity), { instanceOf: RangeError });
});

test('the machine’s own event loop carries a sliced run to its end, and takes turns with others', async (t) => {
  const log: string[] = [];
  const scheduler = logged([1, 2, 3], log);
  await new Promise<void>((resolve, reject) => {
    paced(sliced(Number.MIN_VALUE), scheduler).subscribe({ complete: resolve, error: reject });
    t.deepEqual(log, []);
  });
  t.deepEqual(log, ['1: 0', '2: 1', '3: 2']);
});
