import test from 'ava';
import type { SchedulerAction } from 'rxjs';
import { StalledError } from '../../src/scheduler/stalled-error.js';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';
import { runAll } from './run-all.js';

test('actions fire in order of time, equal times in order of scheduling, one with each step', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: string[] = [];
  const note = (what?: string): void => void log.push(`${scheduler.now()}: ${what}`);
  scheduler.schedule(note, 20, 'd');
  scheduler.schedule(note, 10, 'b');
  scheduler.schedule(note, 10, 'c');
  scheduler.schedule(note, 0, 'a');
  t.is(scheduler.pending, 4);
  t.is(scheduler.nextTime(), 0);
  t.is(scheduler.now(), 0);
  t.deepEqual(log, []);
  t.true(scheduler.step());
  t.deepEqual(log, ['0: a']);
  t.is(scheduler.nextTime(), 10);
  runAll(scheduler);
  t.deepEqual(log, ['0: a', '10: b', '10: c', '20: d']);
  t.is(scheduler.fired, 4);
  t.is(scheduler.pending, 0);
  t.is(scheduler.nextTime(), Infinity);
  t.false(scheduler.step());
  t.is(scheduler.now(), 20);
});

test('step(until) fires what is due at or before that instant, and leaves the clock at the last event', (t) => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.schedule(() => undefined, 5);
  scheduler.schedule(() => undefined, 6);
  t.false(scheduler.step(4.9));
  t.is(scheduler.now(), 0);
  t.true(scheduler.step(5));
  t.false(scheduler.step(5));
  t.is(scheduler.now(), 5);
  t.is(scheduler.pending, 1);
});

test('an action schedules itself again, reused, with a new state', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: [number, number][] = [];
  const seen = new Set<unknown>();
  const subscription = scheduler.schedule<number>(
    function (count) {
      log.push([scheduler.now(), count]);
      seen.add(this);
      if (count < 3) this.schedule(count + 1, count * 10);
    },
    1,
    0,
  );
  runAll(scheduler);
  t.deepEqual(log, [
    [1, 0],
    [1, 1],
    [11, 2],
    [31, 3],
  ]);
  t.deepEqual([...seen], [subscription]);
});

test('an action that is scheduled again before it is due is due at its new time only', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: [number, string | undefined][] = [];
  const actions: SchedulerAction<string>[] = [];
  scheduler.schedule<string>(
    function (state) {
      log.push([scheduler.now(), state]);
      actions.push(this);
      if (state === 'first') {
        this.schedule('replaced', 5);
        this.schedule('second', 10);
      }
    },
    1,
    'first',
  );
  scheduler.schedule(() => actions[0]?.schedule('moved', 100), 3);
  runAll(scheduler);
  t.deepEqual(log, [
    [1, 'first'],
    [103, 'moved'],
  ]);
});

test('unsubscribing cancels an action for good, from outside and from inside', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: string[] = [];
  const cancelled = scheduler.schedule(() => log.push('cancelled'), 5);
  scheduler.schedule(() => cancelled.unsubscribe(), 5 - 1);
  scheduler.schedule<number>(function (count = 0) {
    log.push(`tick ${count}`);
    this.schedule(count + 1, 1);
    if (count === 2) this.unsubscribe();
    this.schedule(count + 1, 1);
  }, 10);
  runAll(scheduler);
  t.deepEqual(log, ['tick 0', 'tick 1', 'tick 2']);
  t.true(cancelled.closed);
  t.is(scheduler.pending, 0);
  t.is(scheduler.fired, 4);
});

test('an exception in an action reaches the caller of step, cancels that action, and nothing else', (t) => {
  const scheduler = new VirtualTimeScheduler();
  const log: number[] = [];
  scheduler.schedule<number>(function () {
    this.schedule(1, 1);
    throw new Error('broken action');
  }, 1);
  scheduler.schedule(() => log.push(scheduler.now()), 1);
  scheduler.schedule(() => log.push(scheduler.now()), 3);
  t.throws(() => scheduler.step(), { message: 'broken action' });
  t.is(scheduler.now(), 1);
  t.is(scheduler.pending, 2);
  runAll(scheduler);
  t.deepEqual(log, [1, 3]);
  t.is(scheduler.fired, 3);
});

test('delays into the past and delays that are no finite number are refused, also inside an action', (t) => {
  const scheduler = new VirtualTimeScheduler();
  for (const wrong of [-1, -1e-300, NaN, Infinity, -Infinity]) {
    const expected = {
      instanceOf: RangeError,
      message: `A delay must be a finite number of virtual milliseconds >= 0, got ${wrong}.`,
    };
    t.throws(() => scheduler.schedule(() => undefined, wrong), expected);
    scheduler.schedule(function () {
      this.schedule(undefined, wrong);
    });
    t.throws(() => scheduler.step(), expected);
  }
  t.is(scheduler.pending, 0);
  t.throws(() => scheduler.step(NaN), {
    instanceOf: RangeError,
    message: 'The time to step to must be a number, got NaN.',
  });
  scheduler.schedule(() => undefined, Number.MAX_VALUE);
  scheduler.step();
  t.throws(() => scheduler.schedule(() => undefined, Number.MAX_VALUE), { instanceOf: RangeError });
});

test('the watchdog ends a run whose time stands still, after exactly as many events as it allows', (t) => {
  const scheduler = new VirtualTimeScheduler({ maxEventsAtOneInstant: 10 });
  scheduler.schedule(function () {
    this.schedule(undefined, scheduler.fired < 5 ? 7 : 0);
  });
  const error = t.throws(() => runAll(scheduler), { instanceOf: StalledError });
  t.is(scheduler.fired, 14);
  t.is(error.time, 28);
  t.is(error.events, 10);
  t.is(error.name, 'StalledError');
  t.is(
    error.message,
    '10 events fired at 28 ms of virtual time without moving it on, and more are due at that instant.',
  );
  t.is(scheduler.pending, 1);
  t.throws(() => scheduler.step(), { instanceOf: StalledError });
});

test('the watchdog sees delays too short to move the clock, and lets as many events through as it allows', (t) => {
  const tooShort = new VirtualTimeScheduler({ maxEventsAtOneInstant: 100 });
  tooShort.schedule(function () {
    this.schedule(undefined, tooShort.now() === 0 ? 1e9 : 1e-9);
  });
  t.is(t.throws(() => runAll(tooShort), { instanceOf: StalledError }).time, 1e9);

  const many = new VirtualTimeScheduler({ maxEventsAtOneInstant: 100 });
  for (let instant = 0; instant < 3; instant++) for (let k = 0; k < 100; k++) many.schedule(() => undefined, instant);
  t.notThrows(() => runAll(many));
  t.is(many.fired, 300);
  for (const wrong of [0, NaN]) {
    t.throws(() => new VirtualTimeScheduler({ maxEventsAtOneInstant: wrong }), {
      instanceOf: RangeError,
      message: `maxEventsAtOneInstant must be at least 1, got ${wrong}.`,
    });
  }
});

test('a million scheduled and cancelled actions leave nothing behind', (t) => {
  const scheduler = new VirtualTimeScheduler();
  scheduler.schedule(() => undefined, 1);
  for (let k = 0; k < 1_000_000; k++) scheduler.schedule(() => t.fail(), 1 + (k % 97)).unsubscribe();
  t.is(scheduler.pending, 1);
  runAll(scheduler);
  t.is(scheduler.fired, 1);
});
