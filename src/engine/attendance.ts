import { defer, distinctUntilChanged, map, Subscription, tap } from 'rxjs';
import type { Availability } from '../network/index.js';
import { OutOfRangeError } from '../registry/out-of-range-error.js';
import type { Influence, InfluenceRule } from './influence.js';
import type { Journeys } from './journeys.js';
import { namesOf } from './names.js';

const truth = (value: unknown, worker: number): boolean => {
  if (typeof value === 'boolean') return value;
  throw new OutOfRangeError(`the availability of worker ${worker + 1} is ${String(value)}; it must be true or false`);
};

const failure = (error: unknown, worker: number): unknown =>
  error instanceof OutOfRangeError
    ? error
    : new OutOfRangeError(
        `the availability of worker ${worker + 1} failed: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );

/**
 * Workers come and go as their streams say, each in virtual time with random draws of its own; undefined: always there. Workers
 * are numbered from 0.
 */
export const attendance =
  (availabilities: readonly (Availability | undefined)[]): InfluenceRule =>
  ({ clock, random, available, returned }): Influence => {
    const branch = clock.branch();
    const { length } = availabilities;
    const away = new Uint8Array(length);
    /** Whether a worker stays as it is for good. */
    const settled = new Uint8Array(length);
    const waiting = (journeys: Journeys, forGood: boolean): readonly number[] =>
      Array.from(away.keys()).filter(
        (worker) => away[worker] === 1 && settled[worker] === Number(forGood) && journeys.waits(worker),
      );

    const change = (journeys: Journeys, worker: number, there: boolean): void => {
      if (there === (away[worker] === 0)) return;
      away[worker] = Number(!there);
      available(worker, there);
      if (there) {
        journeys.comeBack(worker);
        returned(worker);
      } else journeys.leave(worker, availabilities[worker]!.during);
    };
    const follow = (journeys: Journeys, { presence }: Availability, worker: number): Subscription =>
      defer(() => presence(branch, random.fork(`worker ${worker + 1}/availability`)))
        .pipe(
          map((value: unknown) => truth(value, worker)),
          distinctUntilChanged(),
          // What fails here fails the stream; nobody would hear of it from an observer.
          tap((there) => change(journeys, worker, there)),
        )
        .subscribe({
          error: (error: unknown) => journeys.fail(failure(error, worker)),
          complete: () => (settled[worker] = 1),
        });

    return {
      get background() {
        return branch.pending;
      },
      start: (journeys) => {
        const all = new Subscription();
        availabilities.forEach((availability, worker) => {
          if (availability) all.add(follow(journeys, availability, worker));
        });
        return all;
      },
      hopeful: (journeys) => branch.pending > 0 && waiting(journeys, false).length > 0,
      waiting: (journeys) => {
        const gone = waiting(journeys, true);
        const silent = waiting(journeys, false);
        const told = [
          ...(gone.length === 0 ? [] : [`the server waits for ${namesOf(gone)}, away for good`]),
          ...(silent.length === 0
            ? []
            : [`the server waits for ${namesOf(silent)}, away, whom nothing on the clock brings back`]),
        ];
        return told.join('; ') || undefined;
      },
    };
  };
