import test from 'ava';
import fc from 'fast-check';
import type { MonoTypeOperatorFunction, Observable, SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import {
  EMPTY,
  ReplaySubject,
  Subject,
  asyncScheduler,
  auditTime,
  bufferTime,
  concat,
  concatMap,
  debounceTime,
  delay,
  delayWhen,
  expand,
  from,
  interval,
  map,
  merge,
  mergeMap,
  observeOn,
  of,
  range,
  repeat,
  retry,
  sampleTime,
  scheduled,
  subscribeOn,
  switchMap,
  take,
  takeUntil,
  throttleTime,
  throwError,
  timeInterval,
  timeout,
  timer,
  timestamp,
  windowTime,
  zip,
  toArray,
  VirtualTimeScheduler as RxVirtualTimeScheduler,
} from 'rxjs';
import { StalledError } from '../../src/scheduler/stalled-error.js';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';

const runAll = (scheduler: VirtualTimeScheduler): void => {
  while (scheduler.step());
};

/** Everything that `make(scheduler)` emits in virtual time, as `instant: value`. */
const logOf = (make: (scheduler: SchedulerLike) => Observable<unknown>): string[] => {
  const scheduler = new VirtualTimeScheduler();
  const log: string[] = [];
  const note = (what: string): void => void log.push(`${scheduler.now()}: ${what}`);
  make(scheduler).subscribe({
    next: (value) => note(JSON.stringify(value)),
    error: (error: unknown) => note(error instanceof Error ? error.name : String(error)),
    complete: () => note('|'),
  });
  runAll(scheduler);
  return log;
};

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

/** A random program: what an action does when it fires. */
interface Program {
  readonly delays: readonly number[];
  readonly children: readonly Program[];
  /** Cancels the action that was scheduled as the so-manieth, if it is there. */
  readonly cancel: number | null;
}

const programs = fc.letrec<{ program: Program }>((tie) => ({
  program: fc.record({
    delays: fc.array(fc.nat(4), { minLength: 1, maxLength: 3 }),
    children: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('program'), { minLength: 1, maxLength: 4 }),
    ),
    cancel: fc.option(fc.nat(30), { freq: 2 }),
  }),
})).program;

/** Runs `roots` on a scheduler and returns what fired when. */
const traceOf = (scheduler: SchedulerLike, flush: () => void, roots: readonly Program[]): string[] => {
  const log: string[] = [];
  const handles: Subscription[] = [];
  const start = ({ delays, children, cancel }: Program): void => {
    const name = handles.length;
    handles.push(
      scheduler.schedule<number>(
        function (firing = 0) {
          log.push(`${scheduler.now()}: ${name} for the ${firing + 1}. time`);
          if (firing === 0) children.forEach(start);
          if (cancel !== null) handles[cancel]?.unsubscribe();
          const next = delays[firing + 1];
          if (next !== undefined) this.schedule(firing + 1, next);
        },
        delays[0],
        0,
      ),
    );
  };
  roots.forEach(start);
  flush();
  return log;
};

test('random programs leave the same log as on RxJS’s own virtual-time scheduler', (t) => {
  let longest = 0;
  fc.assert(
    fc.property(fc.array(programs, { minLength: 1, maxLength: 6 }), (roots) => {
      const ours = new VirtualTimeScheduler();
      const rx = new RxVirtualTimeScheduler();
      const log = traceOf(ours, () => runAll(ours), roots);
      t.deepEqual(
        log,
        traceOf(rx, () => rx.flush(), roots),
      );
      t.is(ours.fired, log.length);
      t.is(ours.pending, 0);
      longest = Math.max(longest, log.length);
    }),
    { numRuns: 300 },
  );
  t.true(longest > 20);
});

/** Operators under load, each compared with RxJS's own virtual time. */
const pipelines = {
  delay: (s) => interval(3, s).pipe(take(4), delay(7, s)),
  delayWhen: (s) =>
    interval(3, s).pipe(
      take(4),
      delayWhen((k) => timer(10 - 3 * k, s)),
    ),
  timer: (s) => timer(5, 4, s).pipe(take(5)),
  switchMap: (s) =>
    interval(10, s).pipe(
      take(3),
      switchMap((k) =>
        interval(4, s).pipe(
          take(4),
          map((j) => [k, j]),
        ),
      ),
    ),
  mergeMap: (s) => range(0, 6).pipe(mergeMap((k) => timer((k * 7) % 5, s).pipe(map(() => k)), 2)),
  concatMap: (s) =>
    interval(1, s).pipe(
      take(4),
      concatMap((k) => timer(5, s).pipe(map(() => k))),
    ),
  debounceTime: (s) =>
    from([1, 2, 8, 9, 30]).pipe(
      mergeMap((at) => timer(at, s).pipe(map(() => at))),
      debounceTime(5, s),
    ),
  throttleTime: (s) => interval(3, s).pipe(take(12), throttleTime(10, s, { leading: true, trailing: true })),
  auditTime: (s) => interval(3, s).pipe(take(12), auditTime(10, s)),
  sampleTime: (s) => interval(3, s).pipe(take(12), sampleTime(10, s)),
  bufferTime: (s) => interval(3, s).pipe(take(12), bufferTime(10, 5, 4, s)),
  windowTime: (s) =>
    interval(3, s).pipe(
      take(9),
      windowTime(10, s),
      mergeMap((w) => w.pipe(toArray())),
    ),
  timeout: (s) => timer(20, s).pipe(timeout({ first: 15, scheduler: s })),
  'timeout each': (s) =>
    from([1, 2, 9]).pipe(
      concatMap((d) => timer(d, s)),
      timeout({ each: 5, scheduler: s }),
    ),
  observeOn: (s) => range(0, 4).pipe(observeOn(s, 2)),
  subscribeOn: (s) => of(1).pipe(subscribeOn(s, 6)),
  scheduled: (s) => scheduled([1, 2, 3], s),
  expand: (s) => of(1).pipe(expand((k) => (k < 50 ? timer(k, s).pipe(map(() => 2 * k)) : EMPTY))),
  'expand on the scheduler': (s) => of(1).pipe(expand((k) => (k < 50 ? of(3 * k) : EMPTY), 1, s)),
  repeat: (s) => timer(2, s).pipe(repeat({ count: 3, delay: () => timer(10, s) })),
  retry: (s) =>
    concat(timer(1, s), throwError(() => new Error('again')).pipe(observeOn(s))).pipe(
      retry({ count: 2, delay: () => timer(4, s) }),
    ),
  timestamp: (s) => interval(3, s).pipe(take(3), timestamp(s)),
  timeInterval: (s) => merge(timer(1, s), timer(9, s)).pipe(timeInterval(s)),
  takeUntil: (s) => interval(3, s).pipe(takeUntil(timer(10, s))),
  zip: (s) => zip(interval(3, s), interval(5, s)).pipe(take(4)),
  replay: (s) => {
    const subject = new ReplaySubject<number>(Infinity, 10, s);
    interval(3, s).pipe(take(8)).subscribe(subject);
    return timer(20, s).pipe(mergeMap(() => subject));
  },
} satisfies Record<string, (s: SchedulerLike) => Observable<unknown>>;

for (const [name, make] of Object.entries<(s: SchedulerLike) => Observable<unknown>>(pipelines)) {
  test(`${name} runs in virtual time as it does on RxJS’s scheduler`, (t) => {
    const rx = new RxVirtualTimeScheduler();
    const expected: string[] = [];
    const note = (what: string): void => void expected.push(`${rx.now()}: ${what}`);
    make(rx).subscribe({
      next: (value) => note(JSON.stringify(value)),
      error: (error: unknown) => note(error instanceof Error ? error.name : String(error)),
      complete: () => note('|'),
    });
    rx.flush();
    t.true(expected.length > 0);
    t.deepEqual(logOf(make), expected);
  });
}

test('operators emit at the instants that their documentation promises', (t) => {
  t.deepEqual(logOf(pipelines.delay), ['10: 0', '13: 1', '16: 2', '19: 3', '19: |']);
  t.deepEqual(logOf(pipelines.timer), ['5: 0', '9: 1', '13: 2', '17: 3', '21: 4', '21: |']);
  t.deepEqual(logOf(pipelines.switchMap), [
    ...['14: [0,0]', '18: [0,1]', '24: [1,0]', '28: [1,1]'],
    ...['34: [2,0]', '38: [2,1]', '42: [2,2]', '46: [2,3]', '46: |'],
  ]);
  t.deepEqual(
    logOf((s) => interval(3, s).pipe(take(6), bufferTime(10, s))),
    ['10: [0,1,2]', '18: [3,4,5]', '18: |'],
  );
  t.deepEqual(logOf(pipelines.timeout), ['15: TimeoutError']);
  t.deepEqual(logOf(pipelines.debounceTime), ['7: 2', '14: 9', '30: 30', '30: |']);
  t.deepEqual(logOf(pipelines.takeUntil), ['3: 0', '6: 1', '9: 2', '10: |']);
});

test('operators that are unsubscribed from leave nothing in the queue', (t) => {
  for (const [name, make] of Object.entries<(s: SchedulerLike) => Observable<unknown>>(pipelines)) {
    const scheduler = new VirtualTimeScheduler();
    const subscription = make(scheduler).subscribe({ error: () => undefined });
    scheduler.step();
    subscription.unsubscribe();
    // The one pipeline with a subscription of its own besides the one that is given up.
    if (name !== 'replay') t.is(scheduler.pending, 0, name);
  }
});

test('fractions of milliseconds don’t keep debounceTime from ever firing', (t) => {
  const scheduler = new VirtualTimeScheduler({ maxEventsAtOneInstant: 1000 });
  const source = new Subject<number>();
  const log: number[] = [];
  const debounced: MonoTypeOperatorFunction<number> = debounceTime(0.1 + 0.2, scheduler);
  source.pipe(debounced).subscribe((k) => log.push(k));
  for (let k = 0; k < 100; k++) scheduler.schedule(() => source.next(k), 1 / 3 + k * 0.7);
  runAll(scheduler);
  t.deepEqual(
    log,
    Array.from({ length: 100 }, (_, k) => k),
  );
});

test('it stands in wherever RxJS takes a scheduler', (t) => {
  const schedulers: SchedulerLike[] = [new VirtualTimeScheduler(), asyncScheduler];
  t.true(schedulers.every((scheduler) => typeof scheduler.now() === 'number'));
});
