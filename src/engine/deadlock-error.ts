import type { SimulationTime } from '../scheduler/time.js';

/** The run can't go on: nothing is left that could ever happen. */
export class DeadlockError extends Error {
  override readonly name = 'DeadlockError';

  constructor(
    /** The instant after which nothing happens. */
    readonly time: SimulationTime,
    waiting: string,
  ) {
    super(`nothing is left to happen after ${time} ms of virtual time: ${waiting}`);
  }
}
