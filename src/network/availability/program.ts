import { from, type ObservableInput, type SchedulerLike } from 'rxjs';
import type { Random } from '../../random/random.js';
import type { AvailabilityRule, During } from './availability.js';

/**
 * When a worker, told by its id from 1, is there: a stream in virtual time, made with RxJS's operators on the scheduler that is
 * handed in, and with no other randomness than the worker's own. Completion says that the worker stays as it is for good.
 */
export type AvailabilityProgram = (
  worker: number,
  scheduler: SchedulerLike,
  random: Random,
) => ObservableInput<boolean>;

/** A function as a rule; its streams may be those of another copy of RxJS. */
export const programmed =
  (program: AvailabilityProgram, during: During): AvailabilityRule =>
  ({ worker }) => ({
    during,
    presence: (scheduler, random) => {
      const stream = program(worker, scheduler, random);
      // A Promise settles in the machine's time, which is no part of a run.
      if (stream instanceof Promise) throw new RangeError('a Promise was returned, where an Observable is needed');
      return from(stream);
    },
  });
