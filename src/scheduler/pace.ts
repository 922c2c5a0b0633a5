import type { Subscriber, TeardownLogic } from 'rxjs';
import type { Host } from './host.js';
import { host as machine } from './host.js';
import type { SimulationTime } from './time.js';

/** A run that advances one event at a time. */
export interface Steppable {
  /** Fires the next event; false when none is due at or before `until`. */
  step(until?: SimulationTime): boolean;
  /** When the next event is due; Infinity when there will be none. */
  nextTime(): SimulationTime;
  /** The instant of the last event. */
  now(): SimulationTime;
}

/**
 * Decides when `run` steps, until it ends (then completes `subscriber`), throws (then errors it) or `subscriber` is closed.
 * The sequence of steps is the same at every pace.
 */
export type Pace = (run: Steppable, subscriber: Subscriber<unknown>) => TeardownLogic;

/** As fast as it goes, to the end before `subscribe` returns. */
export const flatOut: Pace = (run, subscriber) => {
  try {
    while (!subscriber.closed && run.step());
  } catch (error) {
    subscriber.error(error);
    return;
  }
  subscriber.complete();
};

/**
 * As fast as it goes in slices of about `milliseconds` of host time, with a breath between them for whatever else waits
 * in the event loop; the first slice begins after `subscribe` has returned. RangeError unless `milliseconds` > 0.
 */
export const sliced = (milliseconds: number, host: Host = machine): Pace => {
  if (!(milliseconds > 0)) throw new RangeError(`A slice must last more than 0 ms, got ${milliseconds}.`);
  return (run, subscriber) =>
    repeatedly(host, subscriber, () => {
      const end = host.now() + milliseconds;
      do {
        if (!run.step()) return undefined;
      } while (!subscriber.closed && host.now() < end);
      return 0;
    });
};

/** A run that can't keep up with real time still lets others have their turn this often, in host milliseconds. */
const longestSlice = 10;

/**
 * `rate` virtual milliseconds per millisecond of host time, counted from when it is subscribed to; an event fires as soon
 * as its time has come, and late if the machine can't keep up. RangeError unless `rate` is finite and > 0.
 */
export const realTime = (rate: number, host: Host = machine): Pace => {
  if (!(rate > 0 && rate < Infinity)) {
    throw new RangeError(`A rate must be a finite number of virtual ms per host ms > 0, got ${rate}.`);
  }
  return (run, subscriber) => {
    const hostStart = host.now();
    const start = run.now();
    return repeatedly(host, subscriber, () => {
      const end = host.now() + longestSlice;
      let due = start + (host.now() - hostStart) * rate;
      while (run.step(due)) {
        if (subscriber.closed || host.now() >= end) return 0;
        due = start + (host.now() - hostStart) * rate;
      }
      const next = run.nextTime();
      // Due, and yet no step was possible: the run has come to its end.
      return next === Infinity || next <= due ? undefined : (next - due) / rate;
    });
  };
};

/** Calls `slice` again and again, each time after the host milliseconds that it returned; undefined ends it. */
const repeatedly = (host: Host, subscriber: Subscriber<unknown>, slice: () => number | undefined): TeardownLogic => {
  let cancel = (): void => undefined;
  const deferSlice = (milliseconds: number): void => {
    cancel = host.defer(runSlice, milliseconds);
  };
  const runSlice = (): void => {
    let wait: number | undefined;
    try {
      wait = slice();
    } catch (error) {
      subscriber.error(error);
      return;
    }
    if (subscriber.closed) return;
    if (wait === undefined) subscriber.complete();
    else deferSlice(wait);
  };
  deferSlice(0);
  return () => cancel();
};
