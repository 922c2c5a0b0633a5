import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { SchedulerLike } from 'rxjs';
import { Observable, VirtualTimeScheduler as RxVirtualTimeScheduler, merge } from 'rxjs';
import { exponential } from '../src/random/exponential.js';
import { seededRandom } from '../src/random/seeded-random.js';
import { VirtualTimeScheduler } from '../src/scheduler/virtual-time-scheduler.js';
import { notInstalled, pythonWith, simpy as simpyModule } from './python.js';
import type { Row } from './row.js';

/** Required: how many times more events per second than RxJS's own scheduler, by number of pending events. */
const atLeast = { 100: 20, 1_000: 80, 10_000: 400 } as const;

/** Events to fire per measurement: few on RxJS's scheduler, which sorts all pending events at each of them. */
const ourEvents = 1_000_000;
const rxEvents = { 100: 100_000, 1_000: 20_000, 10_000: 4_000 } as const;
const simpyEvents = 200_000;
const rounds = 3;

/** Exponential delays with mean 1, drawn beforehand so that both sides spend their time on events. */
const delays = ((): Float64Array => {
  const random = seededRandom('event queue').fork('delays');
  const distribution = exponential(1);
  return Float64Array.from({ length: 65_536 }, () => distribution.sample(random));
})();

/** One worker: emits its id, waits, and so on for ever; its state is the index of its next delay. */
const worker = (scheduler: SchedulerLike, id: number): Observable<number> =>
  new Observable<number>((subscriber) =>
    scheduler.schedule<number>(
      function (next = 0) {
        subscriber.next(id);
        this.schedule(next + 1, delays[next & 65_535]);
      },
      delays[(id * 7_919) & 65_535],
      id * 7_919 + 1,
    ),
  );

interface Program {
  readonly fireUntil: (time: number) => void;
  readonly fired: () => number;
}

const start = (scheduler: SchedulerLike, pending: number, fireUntil: (time: number) => void): Program => {
  let fired = 0;
  merge(...Array.from({ length: pending }, (_, id) => worker(scheduler, id))).subscribe(() => fired++);
  return { fireUntil, fired: () => fired };
};

const onOurs = (pending: number): Program => {
  const scheduler = new VirtualTimeScheduler();
  return start(scheduler, pending, (time) => {
    while (scheduler.step(time));
  });
};

const onRx = (pending: number): Program => {
  const scheduler = new RxVirtualTimeScheduler();
  return start(scheduler, pending, (time) => {
    scheduler.maxFrames = time;
    scheduler.flush();
  });
};

/** Events per second of host time, after a warm-up of one virtual millisecond. */
const throughput = ({ fireUntil, fired }: Program, pending: number, events: number): number => {
  fireUntil(1);
  const before = fired();
  const began = performance.now();
  fireUntil(1 + events / pending);
  return ((fired() - before) * 1000) / (performance.now() - began);
};

/** SimPy's events per second; undefined where it isn't installed. */
const simpyThroughput = (pending: number): number | undefined => {
  const found = pythonWith(simpyModule.module);
  if (found === undefined) return undefined;
  const script = join(import.meta.dirname, '..', '..', 'bench', 'simpy_hold.py');
  const { status, stdout } = spawnSync(found.python, [script, String(pending), String(simpyEvents)], {
    encoding: 'utf8',
  });
  return status === 0 ? Number(stdout) : undefined;
};

/** The most that each of some measurements gives, taken in turns, so that a busy machine meets them all. */
const best = (...measures: readonly (() => number | undefined)[]): readonly (number | undefined)[] => {
  const most: (number | undefined)[] = measures.map(() => undefined);
  for (let round = 0; round < rounds; round++)
    measures.forEach((measure, i) => {
      const value = measure();
      if (value !== undefined) most[i] = Math.max(value, most[i] ?? 0);
    });
  return most;
};

/**
 * Throughput of the hold model: so many workers pending, each an Observable that schedules itself again after a random
 * exponential delay, all merged; the same program on RxJS's VirtualTimeScheduler and, where it is installed, on SimPy.
 */
export const eventQueueBench = (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const pending of [100, 1_000, 10_000] as const) {
    const [ours, rx, simpy] = best(
      () => throughput(onOurs(pending), pending, ourEvents),
      () => throughput(onRx(pending), pending, rxEvents[pending]),
      () => simpyThroughput(pending),
    );
    const base = { name: `events per second, ${pending.toLocaleString('en')} pending`, value: ours!, unit: '1/s' };
    rows.push({ ...base, ratio: ours! / rx!, peer: 'RxJS VirtualTimeScheduler', atLeast: atLeast[pending] });
    if (simpy === undefined) rows.push({ ...base, skipped: notInstalled(simpyModule) });
    else rows.push({ ...base, ratio: ours! / simpy, peer: 'SimPy' });
  }
  return Promise.resolve(rows);
};

/** RxJS's version, and SimPy's where it is installed. */
export const eventQueueVersions = (): readonly string[] => {
  const manifest = join(import.meta.dirname, '..', '..', 'node_modules', 'rxjs', 'package.json');
  const rxjs = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
  const simpy = pythonWith(simpyModule.module);
  return [`RxJS ${rxjs}`, ...(simpy ? [`SimPy ${simpy.version}`] : [])];
};
