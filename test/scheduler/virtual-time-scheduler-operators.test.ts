import test from 'ava';
import type { MonoTypeOperatorFunction, Observable, SchedulerLike } from 'rxjs';
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
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';
import { runAll } from './run-all.js';

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
