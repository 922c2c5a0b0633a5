import type { CarrierRule, Retry, Round } from '../../src/engine/index.js';
import { journeys } from '../../src/engine/index.js';
import { seededRandom } from '../../src/random/index.js';
import { VirtualTimeScheduler } from '../../src/scheduler/virtual-time-scheduler.js';

export type Entry = readonly [time: number, what: string, worker: number, ...rest: unknown[]];

/** A transport by itself, with a log of what it tells: workers are numbered from 0. */
export const laneOf = (
  workers: number,
  carriers: readonly CarrierRule[],
  { retry, seed = 1 }: { readonly retry?: Retry; readonly seed?: number } = {},
) => {
  const clock = new VirtualTimeScheduler();
  const log: Entry[] = [];
  const note = (what: string, worker: number, ...rest: readonly unknown[]): void =>
    void log.push([clock.now(), what, worker, ...rest]);
  const transport = journeys(
    carriers,
    retry,
  )({
    ...{ clock, workers, random: seededRandom(seed), dimension: 1, precision: 'float32', byzantine: () => false },
    delayed: (worker, phase, span, cause) => note('delayed', worker, phase, span, cause),
    lost: (worker, reason) => note('lost', worker, reason),
    freed: (worker) => note('freed', worker),
    copied: (worker, span) => note('copied', worker, span),
    available: () => undefined,
    returned: () => undefined,
    soon: () => undefined,
  });
  transport.arrivals.subscribe((worker) => note('arrived', worker));
  return {
    clock,
    log,
    transport,
    /** Dispatches a round to a worker at an instant. */
    at: (time: number, worker: number, round: Partial<Round> = {}): void =>
      void clock.schedule(
        () => transport.dispatch(worker, { download: 0, compute: 0, upload: 0, ...round }),
        time,
        undefined,
      ),
    run: (): readonly Entry[] => {
      while (clock.step());
      return log;
    },
  };
};

/** The mean, and its standard error. */
export const meanOf = (values: readonly number[]): readonly [mean: number, error: number] => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return [mean, Math.sqrt(variance / values.length)];
};
